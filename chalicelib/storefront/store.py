"""Items of guest access, all in the partition of the customer whose e-mail address was given."""

from pynamodb.attributes import UnicodeAttribute
from pynamodb.expressions.condition import Condition

from chalicelib.kit import clock
from chalicelib.table.items import IntegerAttribute, Item
from chalicelib.table.keys import Key
from chalicelib.table.transaction import update


class AccessRequestItem(Item):
    """The same for every request. The key contains a keyed hash of the e-mail address, never the address."""

    order_number = UnicodeAttribute()
    language = UnicodeAttribute(null=True)
    """The browser's preferred language among ours."""
    created_at = UnicodeAttribute()


class AccessCodeItem(Item):
    """The code for an order number and e-mail address. Attempts are counted even without a code."""

    request_id = UnicodeAttribute(null=True)
    """Sorts by time, so that a delayed request does not replace a later one's code."""
    hash = UnicodeAttribute(null=True)
    order_id = UnicodeAttribute(null=True)
    expires_at = UnicodeAttribute(null=True)
    tries = IntegerAttribute(default=0)


class OrderAccessItem(Item):
    hash = UnicodeAttribute()
    order_id = UnicodeAttribute()
    created_at = UnicodeAttribute()
    expires_at = UnicodeAttribute()


def count_attempt(key: Key, kept_seconds: int) -> AccessCodeItem:
    """Count one attempt and return the item. Unconditional, so that a live code, a burned one and none at all take the
    same work."""
    expires = clock.epoch(clock.in_seconds(kept_seconds))
    row = update(key, [AccessCodeItem.tries.add(1), AccessCodeItem.expires.set(AccessCodeItem.expires | expires)])
    assert row is not None
    return AccessCodeItem.of(row)


def is_latest_request(request_id: str) -> Condition:
    is_latest: Condition = AccessCodeItem.request_id.does_not_exist() | (AccessCodeItem.request_id <= request_id)
    return is_latest
