"""A merchant with a shop whose orders and shipments were synced."""

from dataclasses import dataclass
from typing import Any

from chalicelib.kit import ids
from tests.support.factories import EMBED, Acme, Session
from tests.support.gateway import Client

ORDERED_AT = "2026-01-10T08:00:00.000Z"


@dataclass
class Merchant:
    acme: Acme
    session: Session
    bridge: dict[str, Any]

    @classmethod
    def of(cls, acme: Acme, external_id: str = "merchant-1", **fields: Any) -> "Merchant":
        session = acme.session(external_id, ttlSeconds=86400, **fields)
        return cls(acme, session, session.bridge())

    @property
    def client(self) -> Client:
        return self.session.client

    @property
    def end_user_id(self) -> str:
        return self.session.end_user_id

    def reopen(self) -> Client:
        """Create a new session of the same end user, since the old one ends within a week."""
        self.session = self.acme.session(str(self.session.created["endUser"]["externalId"]), ttlSeconds=86400)
        return self.client

    def sync(self, **body: Any) -> None:
        reply = self.acme.server.post(f"/api/v1/bridges/{self.bridge['id']}/sync", body)
        assert reply.status == 200, reply.text
        assert reply.data["errors"] == [], reply.text

    def order(self, external_id: str = "1001", **fields: Any) -> str:
        """The id of a new order."""
        self.sync(
            orders=[{"external_id": external_id, "order_number": external_id, "ordered_at": ORDERED_AT, **fields}]
        )
        return ids.derived_id(self.bridge["id"], "order", external_id)

    def shipment(self, external_id: str = "shp-1", **fields: Any) -> str:
        """The id of a new shipment."""
        shipment = {
            "external_id": external_id,
            "tracking_number": "1Z999AA10123456784",
            "carrier": "UPS",
            "service": "ground",
            "status": "in_transit",
            "ship_date": "2026-01-15",
            "estimated_delivery": "2026-01-20",
            **fields,
        }
        self.sync(shipments=[shipment])
        return ids.derived_id(self.bridge["id"], "shipment", external_id)

    def ask(self, order_id: str, action_type: str = "cancel", **fields: Any) -> dict[str, Any]:
        """A new action request."""
        body = {"orderId": order_id, "actionType": action_type, "title": f"Please {action_type}", **fields}
        reply = self.client.post(f"{EMBED}/action-requests", body)
        assert reply.status == 201, reply.text
        made: dict[str, Any] = reply.data
        return made

    def page(self, shipment_id: str) -> dict[str, Any]:
        """The tracking page of a shipment."""
        reply = self.client.post(f"{EMBED}/tracking-pages", {"shipmentId": shipment_id})
        assert reply.status in (200, 201), reply.text
        page: dict[str, Any] = reply.data
        return page
