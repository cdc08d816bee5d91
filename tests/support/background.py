"""Runs background work at once: events of the log, and messages of the cleanup queue."""

from unittest.mock import patch

from chalicelib.cleanup import messages as cleanup
from chalicelib.cleanup import service
from chalicelib.events.relay import message_of
from chalicelib.events.store import EventItem
from chalicelib.kit.queues import Message
from chalicelib.table.keys import PAST
from tests.support.account import everything

MOST_PARTS = 200


def left_of(*texts: str) -> list[str]:
    """The keys that contain one of the texts, apart from those of the log and what leads there, counters
    and session slots."""
    found = [f"{row['pk']['S']} {row['sk']['S']}" for row in everything()]
    beside = ("EV#", "EU#", "SES#", "US#")
    kept = [key for key in found if (not key.startswith(beside) or " BR#" in key) and f" {PAST}" not in key]
    return [key for key in kept if any(text in key for text in texts)]


def clean_up(*, twice: bool = False) -> int:
    """Run the cleanup that the log's events start, to its end. Returns the number of messages. `twice`: each message is
    delivered twice, as a queue may do."""
    events = [EventItem.of(row) for row in everything() if row["pk"]["S"].startswith("EV#")]
    pending = [message for event in events for message in cleanup.messages_for(message_of(event))]
    parts = 0

    def send(_: str, messages: list[Message]) -> None:
        pending.extend(messages)

    with patch.object(service, "send", send):
        while pending:
            message = pending.pop(0)
            for _ in range(2 if twice and parts < 10 else 1):
                service.handle(message.body)
            parts += 1
            assert parts < MOST_PARTS, "the background never comes to its end"
    return parts
