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


def queued() -> list[str]:
    """The resource ids of the events on the queue."""
    sqs, found = aws.client("sqs"), []
    while messages := sqs.receive_message(QueueUrl=settings().events_queue_url, MaxNumberOfMessages=10).get("Messages"):
        found += [json.loads(message["Body"])["resource_id"] for message in messages]
    return found


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
