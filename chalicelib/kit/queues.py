"""Queue messages: sending them in batches, and handling received batches message by message."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from chalicelib.kit import aws, codec, log

BATCH_SIZE = 10
MAX_BATCH_BYTES = 256 * 1024
Failures = dict[str, list[dict[str, str]]]
"""A partial batch response: the messages that SQS should deliver again."""


@dataclass(frozen=True, slots=True)
class Message:
    body: dict[str, Any]
    group: str | None = None
    """The tenant. Fair queues keep one tenant's backlog from delaying the others."""
    delay_seconds: int = 0


class NotSent(Exception):
    """SQS did not accept some messages. `failed` holds their positions."""

    def __init__(self, failed: list[int]) -> None:
        super().__init__(f"{len(failed)} message(s) were not sent")
        self.failed = failed


def send(queue_url: str, messages: Sequence[Message]) -> None:
    """Send all messages. Raises NotSent with the positions of those that may not have been sent."""
    failed: list[int] = []
    for batch in _batches(messages):
        entries = [_entry(position, messages[position]) for position in batch]
        try:
            response = aws.client("sqs").send_message_batch(QueueUrl=queue_url, Entries=entries)
        except Exception as failure:
            raise NotSent([*failed, *range(batch[0], len(messages))]) from failure
        failed += [int(entry["Id"]) for entry in response.get("Failed", [])]
    if failed:
        raise NotSent(failed)


def _batches(messages: Sequence[Message]) -> list[list[int]]:
    batches: list[list[int]] = []
    size = 0
    for position, message in enumerate(messages):
        weight = len(codec.dumps(message.body).encode())
        if not batches or len(batches[-1]) == BATCH_SIZE or size + weight > MAX_BATCH_BYTES:
            batches.append([])
            size = 0
        batches[-1].append(position)
        size += weight
    return batches


def _entry(position: int, message: Message) -> dict[str, Any]:
    entry: dict[str, Any] = {"Id": str(position), "MessageBody": codec.dumps(message.body)}
    if message.group is not None:
        entry["MessageGroupId"] = message.group
    if message.delay_seconds:
        entry["DelaySeconds"] = min(900, message.delay_seconds)
    return entry


def each_message(event: dict[str, Any], handle: Callable[[dict[str, Any]], None]) -> Failures:
    """Call `handle` with the JSON body of each message. A failure affects only its own message."""
    failed = []
    for record in event["Records"]:
        with log.bound(message_id=record["messageId"]):
            try:
                body = codec.loads(record["body"])
                with log.bound(**_ids_of(body)):
                    handle(body)
            except Exception as failure:
                log.error("message_failed", failure)
                failed.append({"itemIdentifier": record["messageId"]})
    return {"batchItemFailures": failed}


def _ids_of(body: dict[str, Any]) -> dict[str, Any]:
    """The ids in a message, including its event's, for every log line about it."""
    event = body["event"] if isinstance(body.get("event"), dict) else {}
    ids = {"event_id": event.get("id"), **{name: value for name, value in body.items() if name.endswith("_id")}}
    return {name: value for name, value in ids.items() if value is not None}
