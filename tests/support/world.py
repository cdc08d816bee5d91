"""Two organizations with every type of object, and callers who must not reach them."""

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from chalicelib.alerts.event_types import describe
from chalicelib.bridges.store import find_with_owner
from chalicelib.erasure import exports
from chalicelib.http.endpoint import Auth, Endpoint
from chalicelib.kit import ids
from chalicelib.notifications import service as notifications
from chalicelib.organizations.features import FEATURE_SCOPES
from chalicelib.table.transaction import Transaction
from chalicelib.webhooks import claims
from chalicelib.webhooks.attached import organization_destination, rule_destination
from chalicelib.webhooks.destinations import Destination
from chalicelib.webhooks.queueing import read_message
from tests.support.account import everything
from tests.support.factories import EMBED, Acme, Service, Session
from tests.support.gateway import Client
from tests.support.pipeline import Pipeline
from tests.support.storefront import SHOP, Storefront

NUMBER, EMAIL = "ORD-2026-0042", "jane@example.com"
HOOK = "https://8.8.8.8/hook"
"""Never called: only saved, and counted as due."""
Path = dict[str, str]


@dataclass
class World:
    """Two organizations, of which the first has two end users. All others request the owner's objects."""

    acme: Acme
    owner: Session
    neighbour: Session
    stranger: Acme
    strangers_user: Session
    service: Service = field(default_factory=lambda: Service("shipstation"))
    other_service: Service = field(default_factory=lambda: Service("woocommerce"))

    def intruders(self, endpoint: Endpoint) -> list[Client]:
        match endpoint.auth:
            case Auth.SESSION:
                return [self.neighbour.client, self.strangers_user.client]
            case Auth.API_KEY_OR_SERVICE:
                return [self.stranger.server, self.other_service.client]
            case Auth.CUSTOMER:
                return [self.shop.customer("john@example.com"), Storefront(self.stranger, "owner").customer(EMAIL)]
            case Auth.SHOP:
                return [Storefront(self.stranger, "owner").client]
        return [self.stranger.server]

    def rightful(self, endpoint: Endpoint) -> Client:
        match endpoint.auth:
            case Auth.SESSION:
                return self.owner.client
            case Auth.CUSTOMER:
                return self.shop.customer(EMAIL)
            case Auth.SHOP:
                return self.shop.client
            case Auth.SERVICE:
                return Service("shopify").client
            case Auth.PUBLIC | Auth.PUBLISHABLE_KEY:
                return Client()
        return self.acme.server

    @classmethod
    def of(cls, acme: Acme) -> "World":
        stranger = Acme.create()
        return cls(acme, acme.session("owner"), acme.session("neighbour"), stranger, stranger.session("owner"))

    @cached_property
    def shop(self) -> Storefront:
        """The owner's shop, with one order and its shipment."""
        shop = Storefront(self.acme, "owner")
        shop.order(NUMBER, EMAIL)
        shop.sync([], [{"external_id": "S-1", "order_external_id": f"ext-{NUMBER}", "status": "in_transit"}])
        return shop

    def listed(self, path: str) -> str:
        """The id of the first object in one of the owner's lists."""
        return str(self.owner.client.get(f"{EMBED}/{path}").data[0]["id"])

    def made(self, path: str, body: Any) -> str:
        reply = self.owner.client.post(f"{EMBED}/{path}", body)
        assert reply.status == 201, reply.text
        return str(reply.data["id"])


# Each creates one of the owner's objects. Returns the path variables that identify it.


def bridge(world: World) -> Path:
    return {"id": str(world.owner.bridge()["id"])}


def end_user(world: World) -> Path:
    return {"id": world.owner.end_user_id}


def session(world: World) -> Path:
    return {"id": str(world.owner.created["sessionId"])}


def api_key(world: World) -> Path:
    return {"id": str(world.acme.server.post("/api/v1/api-keys", {"name": "CI"}).data["id"])}


def operator_session(world: World) -> Path:
    return {"id": str(world.acme.server.post("/api/v1/console/sessions", {"name": "Ada"}).data["id"])}


def order(world: World) -> Path:
    assert world.shop
    return {"id": world.listed("orders")}


def customer_export(world: World) -> Path:
    export_id, found = ids.new_id(), find_with_owner(world.shop.bridge["id"])
    assert found is not None
    exports.offer(found[1], export_id, [order(world)["id"]], EMAIL)
    return {"id": export_id}


def shipment(world: World) -> Path:
    assert world.shop
    return {"id": world.listed("shipments")}


def webhook(world: World) -> Path:
    return {"id": world.made("webhooks", {"url": HOOK, "events": ["order.created"]})}


def strangers_webhook(world: World) -> str:
    reply = world.strangers_user.client.post(f"{EMBED}/webhooks", {"url": HOOK, "events": ["order.created"]})
    return str(reply.data["id"])


def owned_webhook(world: World) -> Path:
    return {**webhook(world), "owner": world.owner.end_user_id}


def owned_page(world: World) -> Path:
    return {**page(world), "owner": world.owner.end_user_id}


def owned_notification(world: World) -> Path:
    return {**notification(world), "owner": world.owner.end_user_id}


def owned_delivery(world: World) -> Path:
    return {**delivery(world), "owner": world.owner.end_user_id}


def delivery(world: World) -> Path:
    path = webhook(world)
    assert world.shop
    pipeline = Pipeline()
    pipeline.dispatch()
    # Deactivated just before, so that the delivery is kept and nothing is sent.
    world.acme.configure(enabled_features=["data_room"])
    pipeline.deliver()
    world.acme.configure(enabled_features=list(FEATURE_SCOPES))
    found = [row["sk"]["S"] for row in everything() if row["pk"]["S"].startswith("DLV#")]
    return {**path, "deliveryId": found[0]}


def rule(world: World) -> Path:
    return {"id": world.made("alerts/rules", {"name": "Any", "eventType": "order.created", "condition": {}})}


def rule_webhook(world: World) -> Path:
    body = {"name": "Any", "eventType": "order.created", "condition": {}, "deliveryMethod": "webhook"}
    return {"id": world.made("alerts/rules", {**body, "webhookUrl": HOOK})}


def rule_delivery(world: World) -> Path:
    path = rule_webhook(world)
    whose = rule_destination(world.acme.organization_id, world.owner.end_user_id, path["id"])
    return {**path, "deliveryId": skipped_delivery(whose)}


def organization_delivery(world: World) -> Path:
    world.acme.configure(settings={"webhookUrl": HOOK})
    return {"deliveryId": skipped_delivery(organization_destination(world.acme.organization_id))}


def skipped_delivery(destination: Destination) -> str:
    """One that was not sent; its id."""
    event = {"id": ids.new_ordered_id(), "type": "order.created", "end_user_id": None, "created_at": "", "data": "{}"}
    delivery_id = ids.new_id()
    task = read_message({"webhook": destination.packed, "delivery_id": delivery_id, "event": event})
    claims.skip(task, event)
    return delivery_id


def notification(world: World, event_type: str = "order.created", data: Any = None) -> Path:
    severity, title, message = describe(event_type, data or {"order_number": NUMBER}, "Any")
    transaction = Transaction()
    notifications.add(
        transaction,
        world.acme.organization_id,
        world.owner.end_user_id,
        rule_id=None,
        event_type=event_type,
        severity=severity,
        title=title,
        message=message,
        metadata={},
    )
    transaction.commit()
    return {"id": world.listed("alerts/notifications")}


def request(world: World) -> Path:
    of = order(world)["id"]
    return {"id": world.made("action-requests", {"orderId": of, "actionType": "hold", "title": "Hold"})}


def page(world: World) -> Path:
    return {"id": world.made("tracking-pages", {"shipmentId": shipment(world)["id"]})}


def number(world: World) -> Path:
    assert world.shop
    return {"order_number": NUMBER}


def number_of_a_changeable_order(world: World) -> Path:
    world.acme.configure(settings={"shopperActions": {"addressChange": True}})
    return number(world)


def token(world: World) -> Path:
    return {"token": world.shop.customer(EMAIL).get(f"{SHOP}/orders/{NUMBER}").json["trackingToken"]}
