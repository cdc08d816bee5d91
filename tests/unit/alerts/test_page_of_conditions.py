"""The fields listed in docs/alert-conditions.md are those of real events."""

import re
from pathlib import Path
from typing import Any

from chalicelib.events.fields import fields_of
from chalicelib.events.service import list_recent
from chalicelib.events.types import SUBSCRIBABLE
from chalicelib.kit import codec
from chalicelib.tracking_feeds import scheduling
from tests.support.factories import Service
from tests.support.hooks import Merchant

PAGE = (Path(__file__).parents[3] / "docs" / "alert-conditions.md").read_text()
ORDER: dict[str, Any] = {
    "external_id": "o-1",
    "order_number": "1001",
    "status": "confirmed",
    "customer": {"name": "Jane Doe", "email": "jane@example.com", "phone": "1"},
    "line_items": [{"title": "Mug", "sku": "MUG-1", "quantity": 1, "price": 5}],
    "totals": {"subtotal": 5, "tax": 1, "shipping": 1, "discount": 0, "total": 7},
    "currency": "USD",
    "tags": ["vip"],
    "notes": "ring twice",
    "ordered_at": "2026-01-15T10:00:00Z",
}
SHIPMENT: dict[str, Any] = {
    "external_id": "s-1",
    "order_external_id": "o-1",
    "tracking_number": "1Z",
    "carrier": "UPS",
    "service": "ground",
    "status": "label_created",
    "ship_date": "2026-01-15",
    "weight": {"value": 1, "unit": "lb"},
    "checkpoints": [{"status": "label_created", "checkpoint_time": "2026-01-15T10:00:00Z", "city": "Chicago"}],
}


def promised() -> dict[str, set[str]]:
    """Fields by event type, as listed in the table."""
    rows = re.findall(r"^\| `([\w.]+)(…?)` \| (.+) \|$", PAGE.split("| events | fields |")[1].split("\n\n")[0], re.M)
    fields: dict[str, set[str]] = {}
    for name, several, cell in rows:
        named = set(re.findall(r"`(\w+)`", cell))
        before = (
            fields.get("order.created", set()) if name.startswith("order.") else fields.get("shipment.created", set())
        )
        for event_type in SUBSCRIBABLE:
            if event_type == name or (several and event_type.startswith(name)):
                fields[event_type] = named | before if cell.startswith("these") else named
    return fields


def test_events_have_the_fields_of_the_page(merchant: Merchant) -> None:
    bridge = merchant.session.bridge()
    path = f"/api/v1/bridges/{bridge['id']}/sync"
    service = Service("shipstation").client
    for order, shipment in (
        ({}, {}),
        ({"status": "processing", "notes": "once"}, {"status": "in_transit"}),
        ({}, {"status": "in_transit", "estimated_delivery": "2026-01-17"}),
        ({}, {"status": "in_transit", "estimated_delivery": "2026-01-18"}),
        ({"currency": "EUR"}, {"status": "exception"}),
        ({}, {"status": "delivered"}),
    ):
        body = {"orders": [{**ORDER, **order}], "shipments": [{**SHIPMENT, **shipment}], "completed": True}
        assert service.post(path, body).status == 200
        scheduling.run()
    merchant.session.client.delete(f"/api/v1/embed/bridges/{bridge['id']}")
    found = {}
    for event_type in SUBSCRIBABLE:
        for event in list_recent(*merchant.whose, event_type, 1000):
            assert event.data is not None
            found[event_type] = set(codec.loads(event.data))
    assert found == promised()
    assert found == {name: set(fields_of(name)) for name in SUBSCRIBABLE}
