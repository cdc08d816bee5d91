from pynamodb.attributes import UnicodeAttribute

from chalicelib.kit import clock
from chalicelib.table.items import IntegerAttribute, Item
from chalicelib.table.keys import Key
from chalicelib.table.transaction import update

CLAIM_S = 120
"""Longer than the sending function may run."""


class SentEmailItem(Item):
    """Whether an e-mail was sent. These attributes may stand beside those of another item at the same key."""

    claimed_until = UnicodeAttribute(null=True, attr_name="taken_until")
    sent_at = UnicodeAttribute(null=True)
    ses_message_id = UnicodeAttribute(null=True)
    """None if the address was undeliverable."""
    overtaken = IntegerAttribute(null=True)
    """Set on a confirmation that will not be sent, because a later letter came first."""


class UnsubscribedItem(Item):
    """That nobody writes letters of one kind to one address in one merchant's name."""

    at_time = UnicodeAttribute(attr_name="since")


CONFIRMED_JUST_NOW_S = 3600


def claim(key: Key, retention_s: int, bounced: str | None) -> bool:
    """Whether the caller may send the e-mail: nobody has sent it, or is about to.

    `bounced` is SES's id of a bounced e-mail, which does not count as sent; one sent since then does.
    """
    now = clock.timestamp()
    is_free = SentEmailItem.claimed_until.does_not_exist() | (SentEmailItem.claimed_until < now)
    is_unsent = SentEmailItem.sent_at.does_not_exist() & SentEmailItem.overtaken.does_not_exist()
    if bounced is not None:
        is_unsent |= SentEmailItem.ses_message_id == bounced
    actions = [
        SentEmailItem.claimed_until.set(clock.in_seconds(CLAIM_S)),
        SentEmailItem.expires.set(clock.epoch(clock.in_seconds(retention_s))),
    ]
    return update(key, actions, is_unsent & is_free) is not None


def overtake(confirmation: Key, retention_s: int) -> bool:
    """Keep an order's confirmation from being sent any more. False if it is being sent, or was within the hour: then a
    letter would only repeat it. Of the two, whoever writes first goes."""
    actions = [
        SentEmailItem.overtaken.set(1),
        SentEmailItem.expires.set(clock.epoch(clock.in_seconds(retention_s))),
    ]
    claimed, sent_at = SentEmailItem.claimed_until, SentEmailItem.sent_at
    is_idle = claimed.does_not_exist() | (claimed < clock.timestamp())
    is_past = sent_at.does_not_exist() | (sent_at < clock.in_seconds(-CONFIRMED_JUST_NOW_S))
    return update(confirmation, actions, is_idle & is_past) is not None


def release(key: Key) -> None:
    update(key, [SentEmailItem.claimed_until.remove()])


def mark_sent(key: Key, ses_message_id: str | None) -> None:
    attribute = SentEmailItem.ses_message_id
    set_id = attribute.remove() if ses_message_id is None else attribute.set(ses_message_id)
    update(key, [SentEmailItem.sent_at.set(clock.timestamp()), SentEmailItem.claimed_until.remove(), set_id])
