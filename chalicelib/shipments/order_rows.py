"""A shipment as the list row of its order shows it: one attribute per shipment on the order's summary.

The shipment's own transaction writes it, and writes of the order keep it (`Transaction.rewrite`). An order list needs
no further read, and neither side conflicts with the other.
"""

import json
import uuid
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Collection, Mapping
from functools import reduce
from typing import Any, Final

from pynamodb.expressions.condition import Condition
from pynamodb.expressions.operand import Path
from pynamodb.expressions.update import Action

from chalicelib.kit import codec
from chalicelib.records.change import RowWrite
from chalicelib.table.items import Row

PREFIX: Final = "p#"
MAX_SHOWN: Final = 20
"""Shipments in an order's row: an order may have thousands, and every write of its summary costs by their size."""

COUNT: Final = "pn"
"""The attribute that counts the shown shipments: calls that overlap can't see each other's."""


def attribute_name(shipment_id: str) -> str:
    return f"{PREFIX}{urlsafe_b64encode(uuid.UUID(shipment_id).bytes).rstrip(b'=').decode()}"


def _shipment_id(name: str) -> str:
    return str(uuid.UUID(bytes=urlsafe_b64decode(f"{name.removeprefix(PREFIX)}==")))


def text_of(fields: Mapping[str, Any], status: str, bridge_id: str, order_bridge_id: str) -> str:
    """The attribute's value. It names the shipment's bridge only if that is not the order's."""
    values = [fields["tracking_number"], fields["carrier"], status]
    return codec.dumps(values if bridge_id == order_bridge_id else [*values, bridge_id])


def names_in(row: Row) -> set[str]:
    """The attributes that a raw order summary has."""
    return {name for name in row if name.startswith(PREFIX)}


def count_in(row: Row) -> int:
    """The number of shipments that a raw order summary shows."""
    return int(row[COUNT]["N"]) if COUNT in row else len(names_in(row))


def new_row(values: Mapping[str, str]) -> list[Action]:
    """Shows these shipments in an order that is being created."""
    return [*(Path([name]).set(text) for name, text in values.items()), Path([COUNT]).set(len(values))]


def update_of(writes: Mapping[str, RowWrite]) -> tuple[list[Action], Condition | None]:
    """The changes of an order's summary, and the condition that each applies exactly once and that not more than
    MAX_SHOWN are shown. None if nothing is added or removed."""
    actions: list[Action] = [
        Path([name]).remove() if write.text is None else Path([name]).set(write.text) for name, write in writes.items()
    ]
    conditions: list[Any] = [
        Path([name]).does_not_exist() if write.delta > 0 else Path([name]).exists()
        for name, write in writes.items()
        if write.delta
    ]
    change = sum(write.delta for write in writes.values())
    if change:
        actions.append(Path([COUNT]).add(change))
    if change > 0:
        conditions.append(Path([COUNT]).does_not_exist() | (Path([COUNT]) <= MAX_SHOWN - change))
    return actions, reduce(lambda one, other: one & other, conditions) if conditions else None


def json_of(row: Row, hidden: Collection[str]) -> str:
    """The shipments of a raw order summary as a JSON array, without those of `hidden` bridges."""
    names = names_in(row)
    if not names:
        return "[]"
    shown = []
    for name in sorted(names):
        tracking_number, carrier, status, *bridge = json.loads(row[name]["S"])
        if not bridge or bridge[0] not in hidden:
            id_and_number = {"id": _shipment_id(name), "tracking_number": tracking_number}
            shown.append({**id_and_number, "carrier": carrier, "status": status})
    return codec.dumps(shown)
