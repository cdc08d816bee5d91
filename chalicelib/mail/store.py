from pynamodb.attributes import UnicodeAttribute

from chalicelib.kit import clock
from chalicelib.table.items import Item
from chalicelib.table.keys import Key
from chalicelib.table.transaction import update

TAKEN_S = 120
"""Longer than the function that sends may run."""


class LetterItem(Item):
    """Whether a letter went out. Stands beside whatever else the item at its key holds."""

    taken_until = UnicodeAttribute(null=True)
    sent_at = UnicodeAttribute(null=True)
    ses_message_id = UnicodeAttribute(null=True)
    """What SES calls the letter; None where it was not one that could be sent."""


def take(key: Key, kept_seconds: int, bounced: str | None) -> bool:
    """Whether the letter is the caller's to send: nobody has sent it, and nobody else is about to.

    `bounced`: the one that came back, in SES's words; a letter sent since then counts.
    """
    now = clock.timestamp()
    free = LetterItem.taken_until.does_not_exist() | (LetterItem.taken_until < now)
    unsent = LetterItem.sent_at.does_not_exist()
    if bounced is not None:
        unsent |= LetterItem.ses_message_id == bounced
    actions = [
        LetterItem.taken_until.set(clock.in_seconds(TAKEN_S)),
        LetterItem.expires.set(clock.epoch(clock.in_seconds(kept_seconds))),
    ]
    return update(key, actions, unsent & free) is not None


def put_back(key: Key) -> None:
    update(key, [LetterItem.taken_until.remove()])


def mark_sent(key: Key, ses_message_id: str | None) -> None:
    called = LetterItem.ses_message_id
    named = called.remove() if ses_message_id is None else called.set(ses_message_id)
    update(key, [LetterItem.sent_at.set(clock.timestamp()), LetterItem.taken_until.remove(), named])
