"""What guest access keeps, all of it in the partition of the customer whose e-mail was given."""

from pynamodb.attributes import BooleanAttribute, UnicodeAttribute
from pynamodb.expressions.condition import Condition

from chalicelib.kit import clock
from chalicelib.table.items import IntegerAttribute, Item
from chalicelib.table.keys import Key
from chalicelib.table.transaction import update


class AccessRequestItem(Item):
    """Written alike for every request. Whose e-mail was given stands in the key, where nobody can read it."""

    order_number = UnicodeAttribute()
    limited = BooleanAttribute()
    language = UnicodeAttribute(null=True)
    """That the browser prefers, if it is one of ours: the letter's."""
    created_at = UnicodeAttribute()


class AccessCodeItem(Item):
    """The code of an order number and e-mail, and how often it was tried; where there is no code, only that."""

    request_id = UnicodeAttribute(null=True)
    """Sorts by time, so that a request which is late in the queue does not replace a younger one's code."""
    hash = UnicodeAttribute(null=True)
    order_id = UnicodeAttribute(null=True)
    expires_at = UnicodeAttribute(null=True)
    tries = IntegerAttribute(default=0)


class OrderAccessItem(Item):
    hash = UnicodeAttribute()
    order_id = UnicodeAttribute()
    created_at = UnicodeAttribute()
    expires_at = UnicodeAttribute()


def count_try(key: Key, kept_seconds: int) -> AccessCodeItem:
    """Count one try, whether or not there is a code; what there is after that. Unconditional, so that a live code
    makes no other work than a burned one, or none."""
    expires = clock.epoch(clock.in_seconds(kept_seconds))
    row = update(key, [AccessCodeItem.tries.add(1), AccessCodeItem.expires.set(AccessCodeItem.expires | expires)])
    assert row is not None
    return AccessCodeItem.of(row)


def is_not_older_than(request_id: str) -> Condition:
    younger: Condition = AccessCodeItem.request_id.does_not_exist() | (AccessCodeItem.request_id <= request_id)
    return younger
