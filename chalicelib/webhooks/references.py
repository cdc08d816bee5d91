"""What a delivery can be found by: the type of its event, and the order or tracking number in the event's data.

Attempts and unfinished deliveries carry them in `hint`, the one attribute that the table's indexes project, so that a
list can be filtered without reading the items behind it.
"""

import unicodedata
from collections.abc import Mapping
from typing import Any, NamedTuple

from pynamodb.expressions.condition import Condition

from chalicelib.kit import codec, ids
from chalicelib.table import keys
from chalicelib.table.items import Item
from chalicelib.table.keys import Key

MAX_NUMBER_LENGTH = 100
"""Longer numbers are not kept, so that an attempt stays within one write unit."""


def delivery_id_of(event_id: str, webhook_type: str, webhook_id: str) -> str:
    """The id of an event's delivery to a webhook. It follows from both, so that dispatching an event twice makes the
    same delivery, and it has the event's time."""
    return ids.derived_ordered_id(event_id, webhook_type, webhook_id)


def first_attempt_key(organization_id: str, webhook_id: str, delivery_id: str) -> Key | None:
    """The key of a delivery's first attempt, if the delivery was not deferred before. It follows from the delivery's
    id, so that whoever gets the message again finds the attempt. None for deliveries of earlier releases, whose ids
    have no time."""
    if delivery_id[14:15] != "8":
        return None
    # The id of an attempt and that of its delivery differ, since both are ids of rows in one list.
    return keys.delivery_attempt(organization_id, webhook_id, f"{delivery_id[:14]}7{delivery_id[15:]}")


class References(NamedTuple):
    order_number: str | None = None
    tracking_number: str | None = None


def references_of(data: str | None) -> References:
    """The numbers in an event's data, which is JSON text. An alert has them in its `object`."""
    document = codec.loads(data) if data else {}
    if not isinstance(document, Mapping):
        return References()
    source = document.get("object", document)
    if not isinstance(source, Mapping):
        return References()
    return References(_number(source.get("order_number")), _number(source.get("tracking_number")))


def _number(value: Any) -> str | None:
    return value if isinstance(value, str) and 0 < len(value) <= MAX_NUMBER_LENGTH else None


def comparable_order_number(text: str) -> str:
    """Order numbers match without surrounding space, a leading `#`, and case."""
    return unicodedata.normalize("NFC", text).strip().removeprefix("#").strip().casefold()


def comparable_tracking_number(text: str) -> str:
    """Tracking numbers match without any space, and without case."""
    return "".join(text.split()).casefold()


def make_hint(created_at: str, status: str, event_type: str, references: References) -> str:
    order = comparable_order_number(references.order_number or "")
    tracking = comparable_tracking_number(references.tracking_number or "")
    return f"{created_at}|{status}|t:{event_type}|o:{order}|n:{tracking}|"


def with_status(hint: str, status: str) -> str:
    created_at, _, rest = hint.split("|", 2)
    return f"{created_at}|{status}|{rest}"


def created_at_of(hint: str) -> str:
    return hint.partition("|")[0]


def has_status(status: str) -> Condition:
    condition: Condition = Item.hint.contains(f"|{status}|")
    return condition


def matching(event_type: str | None, order_number: str | None, tracking_number: str | None) -> Condition | None:
    """The condition on `hint` that all given values match; None if there are none."""
    parts = []
    if event_type is not None:
        parts.append(f"|t:{event_type}|")
    if order_number is not None:
        parts.append(f"|o:{comparable_order_number(order_number)}|")
    if tracking_number is not None:
        parts.append(f"|n:{comparable_tracking_number(tracking_number)}|")
    condition: Condition | None = None
    for part in parts:
        contains = Item.hint.contains(part)
        condition = contains if condition is None else condition & contains
    return condition
