"""What guest access keeps, all of it in the partition of the customer whose e-mail was given."""

from pynamodb.attributes import BooleanAttribute, UnicodeAttribute
from pynamodb.expressions.condition import Condition

from chalicelib import clock
from chalicelib.table.items import IntegerAttribute, Item, Row
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
    request_id = UnicodeAttribute()
    """Sorts by time, so that a request which is late in the queue does not replace a younger one's code."""
    hash = UnicodeAttribute()
    order_id = UnicodeAttribute()
    expires_at = UnicodeAttribute()
    tries = IntegerAttribute(default=0)


class OrderAccessItem(Item):
    hash = UnicodeAttribute()
    order_id = UnicodeAttribute()
    created_at = UnicodeAttribute()
    expires_at = UnicodeAttribute()


def count_try(key: Key, most: int) -> Row | None:
    """Count one try against the code, if there is one that can still be tried; the code as it is after that."""
    can_be_tried = (AccessCodeItem.tries < most) & (AccessCodeItem.expires_at > clock.timestamp())
    return update(key, [AccessCodeItem.tries.add(1)], can_be_tried)


def is_not_older_than(request_id: str) -> Condition:
    younger: Condition = AccessCodeItem.request_id.does_not_exist() | (AccessCodeItem.request_id <= request_id)
    return younger
