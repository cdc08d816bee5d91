"""Records of the Sync API, and a bridge for them."""

from dataclasses import dataclass
from typing import Any

from tests.support.factories import EMBED, Acme, Session
from tests.support.gateway import Client, Reply

ORDER: dict[str, Any] = {
    "external_id": "ext-1001",
    "order_number": "ORD-1001",
    "status": "pending",
    "payment_status": "paid",
    "customer": {"name": "Jane Doe", "email": "jane@example.com", "phone": "+1 555 0100"},
    "line_items": [{"title": "Widget", "sku": "WID-7", "quantity": 2, "price": 22.5}],
    "shipping_address": {"address1": "123 Main St", "city": "Anytown", "state": "CA", "zip": "90210", "country": "US"},
    "totals": {"subtotal": 45, "tax": 4.99, "total": 49.99},
    "currency": "USD",
    "ordered_at": "2026-01-15T10:30:00Z",
}
SHIPMENT: dict[str, Any] = {
    "external_id": "shp-1001",
    "order_external_id": "ext-1001",
    "tracking_number": "1Z999AA10123456784",
    "carrier": "UPS",
    "service": "ground",
    "status": "label_created",
    "ship_date": "2026-01-15",
    "estimated_delivery": "2026-01-20",
    "weight": {"value": 2.5, "unit": "lb"},
    "ship_from": {"city": "Los Angeles", "state": "CA", "country": "US"},
    "ship_to": {"city": "New York", "state": "NY", "country": "US"},
}


def order(number: int | str = 1001, **fields: Any) -> dict[str, Any]:
    names = {"external_id": f"ext-{number}", "order_number": f"ORD-{number}"}
    return {name: value for name, value in {**ORDER, **names, **fields}.items() if value is not ...}


def shipment(number: int | str = 1001, **fields: Any) -> dict[str, Any]:
    names = {"external_id": f"shp-{number}", "order_external_id": f"ext-{number}"}
    return {name: value for name, value in {**SHIPMENT, **names, **fields}.items() if value is not ...}


@dataclass
class Merchant:
    """An end user with a bridge. `sync` sends records, `client` reads them."""

    acme: Acme
    session: Session
    bridge_id: str

    @classmethod
    def of(cls, acme: Acme, external_id: str = "merchant-1", **bridge: Any) -> "Merchant":
        session = acme.session(external_id)
        return cls(acme, session, session.bridge(**bridge)["id"])

    def another(self, **bridge: Any) -> "Merchant":
        """The same end user with another bridge."""
        return Merchant(self.acme, self.session, self.session.bridge(**bridge)["id"])

    @property
    def client(self) -> Client:
        return self.session.client

    def try_sync(self, **body: Any) -> Reply:
        return self.acme.server.post(f"/api/v1/bridges/{self.bridge_id}/sync", body)

    def sync(self, *orders: dict[str, Any], shipments: list[dict[str, Any]] | None = None, **body: Any) -> Any:
        reply = self.try_sync(orders=list(orders), shipments=shipments or [], **body)
        assert reply.status == 200, reply.text
        return reply.data

    def orders(self, query: str = "") -> Any:
        reply = self.client.get(f"{EMBED}/orders{query}")
        assert reply.status == 200, reply.text
        return reply.json

    def shipments(self, query: str = "") -> Any:
        reply = self.client.get(f"{EMBED}/shipments{query}")
        assert reply.status == 200, reply.text
        return reply.json

    def order(self, number: int | str = 1001) -> Any:
        """The detail of the order with this number."""
        found = next(o for o in self.orders("?limit=50")["data"] if o["external_id"] == f"ext-{number}")
        return self.client.get(f"{EMBED}/orders/{found['id']}").data

    def shipment(self, number: int | str = 1001) -> Any:
        found = next(s for s in self.shipments("?limit=50")["data"] if s["external_id"] == f"shp-{number}")
        return self.client.get(f"{EMBED}/shipments/{found['id']}").data

    def events(self, prefix: str = "") -> list[Any]:
        """The end user's events, oldest first."""
        path = f"{EMBED}/events?limit=100&end_user_id={self.session.end_user_id}"
        logged = self.acme.server.get(path).data
        return [event for event in reversed(logged) if event["event_type"].startswith(prefix)]


def counted(**changes: int) -> dict[str, int]:
    return {"created": 0, "updated": 0, "unchanged": 0, "failed": 0, **changes}
