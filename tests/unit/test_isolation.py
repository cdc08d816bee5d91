"""Somebody else's object is an unknown object: the same answer, for every route that takes an id.

The routes come from the route table itself. A new one without a case here fails, as does a new id in a body or query.
"""

import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import pytest

from chalicelib.alerts import notifications
from chalicelib.features import FEATURE_SCOPES
from chalicelib.http.endpoint import Auth, Endpoint
from chalicelib.routing import ENDPOINTS
from chalicelib.table.transaction import Transaction
from tests.support.factories import EMBED, Acme, Service, Session
from tests.support.gateway import Client, Reply
from tests.support.pipeline import Pipeline
from tests.support.storefront import SHOP, Storefront, everything

WITH_ID = [endpoint for endpoint in ENDPOINTS if "{" in endpoint.path]
# Their variable names no object of anybody: a file of the reference page; tokens, which are what lets one in.
PUBLIC_BY_TOKEN = {"docs_asset", "view_tracking_page", "open_tracking_page", "view_order_page"}
NUMBER, EMAIL = "ORD-2026-0042", "jane@example.com"
HOOK = "https://8.8.8.8/hook"
"""Nothing is sent: only saved, and counted as due."""
Path = dict[str, str]


@dataclass
class World:
    """Two organizations; the first has two end users. The owner's objects are asked for by everybody else."""

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
        return self.acme.server

    @cached_property
    def shop(self) -> Storefront:
        """The owner's, with one order and its shipment."""
        shop = Storefront(self.acme, "owner")
        shop.order(NUMBER, EMAIL)
        shop.sync([], [{"external_id": "S-1", "order_external_id": f"ext-{NUMBER}", "status": "in_transit"}])
        return shop

    def listed(self, path: str) -> str:
        """The id of what the owner finds first in a list."""
        return str(self.owner.client.get(f"{EMBED}/{path}").data[0]["id"])

    def made(self, path: str, body: Any) -> str:
        reply = self.owner.client.post(f"{EMBED}/{path}", body)
        assert reply.status == 201, reply.text
        return str(reply.data["id"])


@pytest.fixture
def world(acme: Acme) -> World:
    stranger = Acme.create()
    return World(acme, acme.session("owner"), acme.session("neighbour"), stranger, stranger.session("owner"))


def _bridge(world: World) -> Path:
    return {"id": str(world.owner.bridge()["id"])}


def _end_user(world: World) -> Path:
    return {"id": world.owner.end_user_id}


def _session(world: World) -> Path:
    return {"id": str(world.owner.created["sessionId"])}


def _api_key(world: World) -> Path:
    return {"id": str(world.acme.server.post("/api/v1/api-keys", {"name": "CI"}).data["id"])}


def _order(world: World) -> Path:
    assert world.shop
    return {"id": world.listed("orders")}


def _shipment(world: World) -> Path:
    assert world.shop
    return {"id": world.listed("shipments")}


def _webhook(world: World) -> Path:
    return {"id": world.made("webhooks", {"url": HOOK, "events": ["order.created"]})}


def _delivery(world: World) -> Path:
    path = _webhook(world)
    assert world.shop
    pipeline = Pipeline()
    pipeline.dispatch()
    # Switched off at the last moment, so that the delivery is kept and nothing is sent.
    world.acme.configure(enabled_features=["data_room"])
    pipeline.deliver()
    world.acme.configure(enabled_features=list(FEATURE_SCOPES))
    ids = [row["sk"]["S"] for row in everything() if row["pk"]["S"].startswith("DLV#")]
    return {**path, "deliveryId": ids[0]}


def _rule(world: World) -> Path:
    return {"id": world.made("alerts/rules", {"name": "Any", "eventType": "order.created", "condition": {}})}


def _notification(world: World) -> Path:
    transaction = Transaction()
    notifications.add(
        transaction,
        world.acme.organization_id,
        world.owner.end_user_id,
        rule_id=None,
        event_type="order.created",
        severity="info",
        title="An order",
        message="There is an order.",
        metadata={},
    )
    transaction.commit()
    return {"id": world.listed("alerts/notifications")}


def _request(world: World) -> Path:
    order = _order(world)["id"]
    return {"id": world.made("action-requests", {"orderId": order, "actionType": "hold", "title": "Hold"})}


def _page(world: World) -> Path:
    return {"id": world.made("tracking-pages", {"shipmentId": _shipment(world)["id"]})}


def _number(world: World) -> Path:
    assert world.shop
    return {"order_number": NUMBER}


def _token(world: World) -> Path:
    return {"token": world.shop.customer(EMAIL).get(f"{SHOP}/orders/{NUMBER}").json["trackingToken"]}


# How to make the owner's object, and a body with which its owner is let through.
CASES: dict[str, tuple[Callable[[World], Path], Any]] = {
    "update_bridge": (_bridge, {"name": "Mine now"}),
    "delete_bridge": (_bridge, None),
    "test_bridge": (_bridge, None),
    "get_bridge": (_bridge, None),
    "administer_bridge": (_bridge, {"name": "Mine now"}),
    "remove_bridge": (_bridge, None),
    "sync_bridge": (_bridge, {"orders": [{"external_id": "1"}]}),
    "get_end_user": (_end_user, None),
    "delete_end_user": (_end_user, None),
    "revoke_session": (_session, None),
    "revoke_api_key": (_api_key, None),
    "get_order": (_order, None),
    "get_shipment": (_shipment, None),
    "get_tracking": (_shipment, None),
    "update_webhook": (_webhook, {"isActive": False}),
    "delete_webhook": (_webhook, None),
    "list_deliveries": (_webhook, None),
    "rotate_secret": (_webhook, None),
    "test_webhook": (_webhook, None),
    "retry_delivery": (_delivery, None),
    "replay_webhook": (_webhook, {"since": "2026-01-15T00:00:00.000Z"}),
    "update_rule": (_rule, {"isActive": False}),
    "delete_rule": (_rule, None),
    "test_rule": (_rule, None),
    "update_notification": (_notification, {"isRead": True}),
    "get_action_request": (_request, None),
    "cancel_action_request": (_request, None),
    "resolve_action_request": (_request, {"status": "denied"}),
    "revoke_tracking_page": (_page, None),
    "get_customer_order": (_number, None),
    "cancel_customer_order": (_number, None),
    "track_order": (_token, None),
}
# They would call somebody else's service, or a receiver.
NOT_DONE_BY_THE_OWNER = {"test_bridge", "test_webhook"}


def _told(reply: Reply) -> tuple[int, Any]:
    body = reply.json
    if "error" in body:
        body["error"].pop("request_id")
    return reply.status, body


def test_every_route_with_an_id_has_a_case() -> None:
    assert {endpoint.name for endpoint in WITH_ID} - PUBLIC_BY_TOKEN == CASES.keys()


@pytest.mark.parametrize("endpoint", [e for e in WITH_ID if e.name in CASES], ids=lambda endpoint: endpoint.name)
def test_somebody_elses_id_is_an_unknown_id(world: World, endpoint: Endpoint) -> None:
    make, body = CASES[endpoint.name]
    theirs = make(world)
    intruders = world.intruders(endpoint)
    for prefix in endpoint.prefixes:
        path = prefix + endpoint.path
        for intruder in intruders:
            foreign = intruder.call(endpoint.method, path.format(**theirs), body)
            unknown = intruder.call(endpoint.method, path.format(**dict.fromkeys(theirs, str(uuid.uuid4()))), body)
            assert foreign.status == 404
            assert _told(foreign) == _told(unknown)
    if endpoint.name not in NOT_DONE_BY_THE_OWNER:
        done = world.rightful(endpoint).call(endpoint.method, endpoint.paths[0].format(**theirs), body)
        assert done.status < 300, done.text


def test_a_delivery_is_found_below_its_own_webhook_only(world: World) -> None:
    theirs = _delivery(world)
    mine = world.neighbour.client.post(f"{EMBED}/webhooks", {"url": HOOK, "events": ["order.created"]}).data["id"]
    path = f"{EMBED}/webhooks/{mine}/deliveries/{theirs['deliveryId']}/retry"
    assert world.neighbour.client.post(path).status == 404


def test_an_order_page_is_found_in_its_own_organization_only(world: World) -> None:
    token = _token(world)["token"]
    assert Client().get(f"/o/{world.acme.organization_id}/{token}").status == 200
    assert Client().get(f"/o/{world.stranger.organization_id}/{token}").status == 404


# Ids that stand in a body or a query: the call that names one. Somebody else's and an unknown one are answered alike.
Names = Callable[[World, str], Reply]
NAMED: dict[tuple[str, str], tuple[Callable[[World], Path], Names]] = {
    ("create_action_request", "order_id"): (
        _order,
        lambda world, order: world.neighbour.client.post(
            f"{EMBED}/action-requests", {"orderId": order, "actionType": "hold", "title": "Hold"}
        ),
    ),
    ("create_tracking_page", "shipment_id"): (
        _shipment,
        lambda world, shipment: world.neighbour.client.post(f"{EMBED}/tracking-pages", {"shipmentId": shipment}),
    ),
    ("administer_bridge", "end_user_id"): (
        _end_user,
        lambda world, user: world.stranger.server.patch(
            f"/api/v1/bridges/{world.strangers_user.bridge()['id']}", {"end_user_id": user}
        ),
    ),
    ("list_events", "end_user_id"): (
        _end_user,
        lambda world, user: world.stranger.server.get(f"{EMBED}/events?end_user_id={user}"),
    ),
    ("list_all_bridges", "end_user_id"): (
        _end_user,
        lambda world, user: world.stranger.server.get(f"/api/v1/bridges?end_user_id={user}"),
    ),
}
# Names that their callers give, which are never looked up outside of their own organization.
OF_THE_CALLER = {"external_id", "default_dispatcher_id"}


def test_every_id_in_a_body_or_query_has_a_case() -> None:
    ids = {
        (endpoint.name, name)
        for endpoint in ENDPOINTS
        for model in (endpoint.body, endpoint.query)
        if model is not None
        for name in model.model_fields
        if name.endswith("_id") and name not in OF_THE_CALLER
    }
    assert ids == NAMED.keys()


@pytest.mark.parametrize("case", NAMED, ids=".".join)
def test_somebody_elses_id_in_a_body_or_query_is_an_unknown_id(world: World, case: tuple[str, str]) -> None:
    make, call = NAMED[case]
    _bridge(world)
    foreign, unknown = call(world, make(world)["id"]), call(world, str(uuid.uuid4()))
    assert _told(foreign) == _told(unknown)
    assert foreign.status == 404 or foreign.data == []


def test_a_state_is_unknown_to_services_of_another_type(world: World) -> None:
    started = world.owner.client.post(f"{EMBED}/bridges/shopify/oauth/start", {"shopDomain": "mystore"}).data
    state = started["authUrl"].partition("state=")[2]
    body = {"state": state, "shop": "mystore.myshopify.com", "config": {"accessToken": "a"}}
    path = "/api/v1/bridges/shopify/oauth/complete"
    foreign = world.other_service.client.post(path, body)
    unknown = world.other_service.client.post(path, {**body, "state": "unknown"})
    assert (foreign.status, foreign.code) == (400, "invalid_state")
    assert _told(foreign) == _told(unknown)
