"""A shipment as the list row of its order shows it: one attribute per shipment on the order's summary.

The shipment's own transaction writes it, and writes of the order keep it (`Transaction.rewrite`). An order list needs
no further read, and neither side conflicts with the other.
"""

import json
import uuid
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Collection, Mapping
from typing import Any, Final

from pynamodb.expressions.operand import Path
from pynamodb.expressions.update import Action

from chalicelib.kit import codec
from chalicelib.table.items import Row

PREFIX: Final = "p#"
MAX_SHOWN: Final = 20
"""Shipments in an order's row: an order may have thousands, and every write of its summary costs by their size."""


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


def actions(values: Mapping[str, str | None]) -> list[Action]:
    """Sets these attributes; None removes one."""
    return [Path([name]).remove() if value is None else Path([name]).set(value) for name, value in values.items()]


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
    # Calls that overlap may have added more.
    return codec.dumps(shown[:MAX_SHOWN])
