"""The relay from stream to queue: a crash in the middle of a batch loses nothing."""

import json
from typing import Any

import pytest
from botocore.exceptions import EndpointConnectionError

from chalicelib.events.relay import relay
from chalicelib.events.store import new_item
from chalicelib.kit import aws, clock
from chalicelib.kit.settings import settings

pytestmark = pytest.mark.usefixtures("cloud")

ORG = "11111111-1111-4111-8111-111111111111"


def records(count: int) -> list[dict[str, Any]]:
    """The stream records of new events."""
    made = []
    for number in range(count):
        item = new_item(ORG, None, "config.updated")
        item.resource_type, item.resource_id = "embed_config", str(number)
        key = {"pk": {"S": item.pk}, "sk": {"S": item.sk}}
        image = {"Keys": key, "NewImage": item.serialize(), "SequenceNumber": f"{number:03d}"}
        made.append({"eventName": "INSERT", "dynamodb": image})
    return made


def counters(user: str, number: int) -> dict[str, Any]:
    """The stream record of a change of the end user's counters."""
    key = {"pk": {"S": f"EU#{ORG}#{user}"}, "sk": {"S": "STATS"}}
    return {"eventName": "MODIFY", "dynamodb": {"Keys": key, "SequenceNumber": f"{number:03d}"}}


def bodies(queue_url: str) -> list[Any]:
    sqs, found = aws.client("sqs"), []
    while messages := sqs.receive_message(QueueUrl=queue_url, MaxNumberOfMessages=10).get("Messages"):
        found += [json.loads(message["Body"]) for message in messages]
    return found


def queued() -> list[str]:
    """The resource ids of the events on the queue."""
    return [body["resource_id"] for body in bodies(settings().events_queue_url)]


@pytest.mark.parametrize("dies_at", [0, 1, 2])
def test_the_stream_resumes_at_the_first_refused_event(monkeypatch: pytest.MonkeyPatch, dies_at: int) -> None:
    batch = records(25)
    sqs, calls = aws.client("sqs"), []
    send = sqs.send_message_batch

    def dying(**wanted: Any) -> Any:
        calls.append(wanted)
        if len(calls) == dies_at + 1:
            raise EndpointConnectionError(endpoint_url="sqs")
        return send(**wanted)

    monkeypatch.setattr(sqs, "send_message_batch", dying)
    answer = relay({"Records": batch})
    (failure,) = answer["batchItemFailures"]
    assert failure["itemIdentifier"] == f"{dies_at * 10:03d}"
    rest = [r for r in batch if r["dynamodb"]["SequenceNumber"] >= failure["itemIdentifier"]]
    monkeypatch.setattr(sqs, "send_message_batch", send)
    assert relay({"Records": rest}) == {"batchItemFailures": []}
    assert sorted(queued(), key=int) == [str(number) for number in range(25)]


def test_events_carry_the_time_they_were_created() -> None:
    before = clock.timestamp()
    assert relay({"Records": records(1)}) == {"batchItemFailures": []}
    sqs = aws.client("sqs")
    (message,) = sqs.receive_message(QueueUrl=settings().events_queue_url)["Messages"]
    assert before <= json.loads(message["Body"])["created_at"] <= clock.timestamp()


def test_changes_of_an_end_users_counters_are_one_message(monkeypatch: pytest.MonkeyPatch) -> None:
    events = records(2)
    batch = [*events, counters("one", 10), counters("two", 11), counters("one", 12)]
    sqs = aws.client("sqs")
    send = sqs.send_message_batch

    def refusing(**wanted: Any) -> Any:
        if wanted["QueueUrl"] == settings().figures_queue_url:
            raise EndpointConnectionError(endpoint_url="sqs")
        return send(**wanted)

    monkeypatch.setattr(sqs, "send_message_batch", refusing)
    assert relay({"Records": batch}) == {"batchItemFailures": [{"itemIdentifier": "010"}]}
    monkeypatch.setattr(sqs, "send_message_batch", send)
    assert relay({"Records": batch[2:]}) == {"batchItemFailures": []}
    assert sorted(queued()) == ["0", "1"]
    users = [{"organization_id": ORG, "end_user_id": user} for user in ("one", "two")]
    assert sorted(bodies(settings().figures_queue_url), key=str) == users
