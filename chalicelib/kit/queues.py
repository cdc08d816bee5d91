"""Sending to queues, ten messages a call."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from chalicelib.kit import aws, codec

BATCH_SIZE = 10
MAX_BATCH_BYTES = 256 * 1024


@dataclass(frozen=True, slots=True)
class Message:
    body: dict[str, Any]
    group: str | None = None
    """Whose it is: one tenant's backlog does not hold up the others (fair queues)."""
    delay_seconds: int = 0


class NotSent(Exception):
    """Some messages were not taken. `failed`: their positions."""

    def __init__(self, failed: list[int]) -> None:
        super().__init__(f"{len(failed)} message(s) were not sent")
        self.failed = failed


def send(queue_url: str, messages: Sequence[Message]) -> None:
    """All of them, or NotSent with the positions of those that may not have been."""
    failed: list[int] = []
    for batch in _batches(messages):
        entries = [_entry(position, messages[position]) for position in batch]
        try:
            answer = aws.client("sqs").send_message_batch(QueueUrl=queue_url, Entries=entries)
        except Exception as failure:
            raise NotSent([*failed, *range(batch[0], len(messages))]) from failure
        failed += [int(entry["Id"]) for entry in answer.get("Failed", [])]
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
