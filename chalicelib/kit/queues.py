"""Queue messages: sending them in batches, and handling received batches message by message."""

from collections.abc import Callable, Mapping, Sequence
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
    """The tenant (`tenant_group`). Fair queues keep one tenant's backlog from delaying the others."""
    delay_seconds: int = 0


def tenant_group(organization_id: str, end_user_id: str | None) -> str:
    """The message group of an end user; without one, of what concerns the organization itself."""
    return f"{organization_id}.{end_user_id or '-'}"


@dataclass(frozen=True, slots=True)
class Received:
    message_id: str
    body: str
    receipt: str | None = None
    """With this the function itself deletes the message. None for messages that Lambda took, which it also deletes."""


class NotSent(Exception):
    """SQS did not accept some messages. `failed` holds their positions."""

    def __init__(self, failed: list[int]) -> None:
        super().__init__(f"{len(failed)} message(s) were not sent")
        self.failed = failed


def send(queue_url: str, messages: Sequence[Message]) -> None:
    """Send all messages. Raises NotSent with the positions of those that may not have been sent."""
    failed: list[int] = []
    bodies = [codec.dumps(message.body) for message in messages]
    for batch in _batches(bodies):
        entries = [_entry(position, messages[position], bodies[position]) for position in batch]
        try:
            response = aws.client("sqs").send_message_batch(QueueUrl=queue_url, Entries=entries)
        except Exception as failure:
            raise NotSent([*failed, *range(batch[0], len(messages))]) from failure
        failed += [int(entry["Id"]) for entry in response.get("Failed", [])]
    if failed:
        raise NotSent(failed)


def _batches(bodies: Sequence[str]) -> list[list[int]]:
    batches: list[list[int]] = []
    size = 0
    for position, body in enumerate(bodies):
        weight = len(body.encode())
        if not batches or len(batches[-1]) == BATCH_SIZE or size + weight > MAX_BATCH_BYTES:
            batches.append([])
            size = 0
        batches[-1].append(position)
        size += weight
    return batches


def _entry(position: int, message: Message, body: str) -> dict[str, Any]:
    entry: dict[str, Any] = {"Id": str(position), "MessageBody": body}
    if message.group is not None:
        entry["MessageGroupId"] = message.group
    if message.delay_seconds:
        entry["DelaySeconds"] = min(900, message.delay_seconds)
    return entry


def receive(queue_url: str, number: int, seconds: int) -> list[Received]:
    """Take up to `number` messages (ten at most), waiting up to `seconds` for the first. They come again unless they
    are deleted."""
    answer = aws.client("sqs").receive_message(QueueUrl=queue_url, MaxNumberOfMessages=number, WaitTimeSeconds=seconds)
    return [Received(each["MessageId"], each["Body"], each["ReceiptHandle"]) for each in answer.get("Messages", ())]


def delete_received(queue_url: str, messages: Sequence[Received]) -> None:
    """Delete those that this function took. Never raises: what is not deleted comes again, and consumers are
    idempotent."""
    receipts = [message.receipt for message in messages if message.receipt is not None]
    for start in range(0, len(receipts), BATCH_SIZE):
        entries = [{"Id": str(n), "ReceiptHandle": one} for n, one in enumerate(receipts[start : start + BATCH_SIZE])]
        try:
            failed = aws.client("sqs").delete_message_batch(QueueUrl=queue_url, Entries=entries).get("Failed")
        except Exception as failure:
            log.error("messages_not_deleted", failure, messages=len(entries))
        else:
            if failed:
                log.error("messages_not_deleted", messages=len(failed))


def read_bodies(batch: Mapping[str, Any], *needed: str) -> tuple[dict[str, Any], set[str]]:
    """The JSON bodies of a batch by message id, and the ids of messages that are no object or lack a name: one such
    message must not fail the others."""
    bodies, failed = {}, set()
    for record in batch["Records"]:
        try:
            body = codec.loads(record["body"])
            if not isinstance(body, dict) or not body.keys() >= set(needed):
                raise TypeError
            bodies[record["messageId"]] = body
        except (ValueError, TypeError) as failure:
            log.error("message_unreadable", failure, message_id=record["messageId"])
            failed.add(record["messageId"])
    return bodies, failed


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
