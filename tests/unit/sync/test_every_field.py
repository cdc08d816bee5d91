"""Every field that a sync may send is stored and shown: none is silently dropped."""

from collections.abc import Iterator
from types import ModuleType
from typing import Any

import pytest

from chalicelib.orders import shape as orders
from chalicelib.orders.record import OrderRecord
from chalicelib.records.record import Record
from chalicelib.shipments import shape as shipments
from chalicelib.shipments.record import ShipmentRecord
from tests.support.factories import EMBED, Acme
from tests.support.orders import Merchant
from tests.support.records import filled


def text(path: str) -> str:
    return "jane@example.com" if path == "customer.email" else f"The {path}"


ORDER = {"external_id": "o-1", **filled(OrderRecord, text)}
SHIPMENT = {"external_id": "s-1", "order_external_id": "o-1", **filled(ShipmentRecord, text)}
NOT_SHOWN = {
    "order_external_id": "shown as `order_id`",
    "checkpoints.utc_offset": "only pages need it, for local times",
}
ALWAYS_PRESENT: dict[type[Record], set[str]] = {
    OrderRecord: {"external_id", "ordered_at", "updated_at"},
    ShipmentRecord: {"external_id", "updated_at"},
}
"""Required, or by default the time of the sync."""


@pytest.fixture
def merchant(acme: Acme) -> Merchant:
    return Merchant.of(acme)


def not_shown(sent: Any, shown: Any, path: str = "") -> Iterator[str]:
    """Dotted paths of what was sent but is missing or null in what is shown."""
    if isinstance(sent, dict) and isinstance(shown, dict):
        for name, value in sent.items():
            yield from not_shown(value, shown.get(name), f"{path}.{name}".lstrip("."))
    elif isinstance(sent, list) and sent and isinstance(shown, list) and shown:
        yield from not_shown(sent[0], shown[0], path)
    elif shown is None or shown == []:
        yield path


def missing(merchant: Merchant) -> list[str]:
    (order,), (shipment,) = merchant.orders()["data"], merchant.shipments()["data"]
    return [
        *not_shown(ORDER, merchant.client.get(f"{EMBED}/orders/{order['id']}").data),
        *not_shown(SHIPMENT, merchant.client.get(f"{EMBED}/shipments/{shipment['id']}").data),
    ]


def test_is_shown(merchant: Merchant) -> None:
    assert merchant.sync(ORDER, shipments=[SHIPMENT])["warnings"] == []
    assert sorted(missing(merchant)) == sorted(NOT_SHOWN), "add it to the summary or to IN_DETAIL, in shape.py"


def test_is_kept_by_a_sync_without_it(merchant: Merchant) -> None:
    merchant.sync(ORDER, shipments=[SHIPMENT])
    counts = merchant.sync(
        {"external_id": "o-1", "status": "shipped"}, shipments=[{"external_id": "s-1", "status": "in_transit"}]
    )
    assert (counts["orders"]["updated"], counts["shipments"]["updated"]) == (1, 1)
    assert sorted(missing(merchant)) == sorted(NOT_SHOWN)


@pytest.mark.parametrize(("record", "shape"), [(OrderRecord, orders), (ShipmentRecord, shipments)])
def test_has_a_default(record: type[Record], shape: ModuleType) -> None:
    assert set(record.model_fields) - set(shape.DEFAULTS) == ALWAYS_PRESENT[record], "add it to DEFAULTS, in shape.py"
