"""Another owner's object gets the same response as an unknown one, on every route that takes an id.

The routes come from the route table. A new route without a case fails, and so does a new id in a body or query.
"""

import uuid
from collections.abc import Callable
from typing import Any

import pytest

from chalicelib.api.routing import endpoints
from chalicelib.http.endpoint import Endpoint
from chalicelib.kit import ids
from chalicelib.storefront import access
from tests.support import world as make
from tests.support.factories import EMBED, Acme
from tests.support.gateway import Client, Reply
from tests.support.guests import DETAIL, get_code, verify, wrong
from tests.support.storefront import Storefront, verify_sender
from tests.support.world import HOOK, Path, World

WITH_ID = [endpoint for endpoint in endpoints() if "{" in endpoint.path]
# Their path variable is not an id with an owner: a file of the reference page, or a token that is the credential.
PUBLIC_BY_TOKEN = {
    "docs_asset",
    "get_asset",
    "view_tracking_page",
    "open_tracking_page",
    "view_order_page",
    "cancel_from_order_page",
    "open_unsubscribe_page",
    "unsubscribe",
}
# Of a bridge or an app, whose signature is its own; of a state, which is random; and of a service.
SECRET = {
    "take_hook",
    "take_app_hook",
    "take_tracking_hook",
    "show_consent",
    "agree_to_consent",
    "return_from_platform",
    "take_credentials",
    "return_from_shop",
}
OF_SERVICES = {"list_tasks", "record_task_result"}


@pytest.fixture
def world(acme: Acme) -> World:
    return World.of(acme)


# How to create the owner's object, and a body that succeeds for its owner.
CASES: dict[str, tuple[Callable[[World], Path], Any]] = {
    "update_bridge": (make.bridge, {"name": "Mine now"}),
    "delete_bridge": (make.bridge, None),
    "test_bridge": (make.bridge, None),
    "get_bridge": (make.bridge, None),
    "administer_bridge": (make.bridge, {"name": "Mine now"}),
    "remove_bridge": (make.bridge, None),
    "sync_bridge": (make.bridge, {"orders": [{"external_id": "1"}]}),
    "sync_now": (make.bridge, None),
    "list_runs": (make.bridge, None),
    "list_all_runs": (make.bridge, None),
    "get_end_user": (make.end_user, None),
    "update_end_user": (make.end_user, {"support": {"email": "mine@example.com"}}),
    "delete_end_user": (make.end_user, None),
    "revoke_session": (make.session, None),
    "list_sessions": (make.end_user, None),
    "revoke_sessions": (make.end_user, None),
    "get_end_user_order": (make.order, None),
    "get_end_user_shipment": (make.shipment, None),
    "list_order_deliveries": (make.order, None),
    "get_end_user_tracking_page": (make.owned_page, None),
    "get_end_user_notification": (make.owned_notification, None),
    "get_end_user_webhook": (make.owned_webhook, None),
    "list_end_user_deliveries": (make.owned_webhook, None),
    "retry_end_user_delivery": (make.owned_delivery, None),
    "replay_end_user_webhook": (make.owned_webhook, {"since": "2026-01-15T00:00:00.000Z"}),
    "revoke_api_key": (make.api_key, None),
    "end_operator_session": (make.operator_session, None),
    "get_order": (make.order, None),
    "get_customer_export": (make.customer_export, None),
    "get_own_customer_export": (make.customer_export, None),
    "get_shipment": (make.shipment, None),
    "get_tracking": (make.shipment, None),
    "update_webhook": (make.webhook, {"isActive": False}),
    "delete_webhook": (make.webhook, None),
    "list_deliveries": (make.webhook, None),
    "rotate_secret": (make.webhook, None),
    "test_webhook": (make.webhook, None),
    "retry_delivery": (make.delivery, None),
    "replay_webhook": (make.webhook, {"since": "2026-01-15T00:00:00.000Z"}),
    "update_rule": (make.rule, {"isActive": False}),
    "delete_rule": (make.rule, None),
    "test_rule": (make.rule, None),
    "list_rule_deliveries": (make.rule_webhook, None),
    "retry_rule_delivery": (make.rule_delivery, None),
    "replay_rule": (make.rule_webhook, {"since": "2026-01-15T00:00:00.000Z"}),
    "retry_organization_delivery": (make.organization_delivery, None),
    "update_notification": (make.notification, {"isRead": True}),
    "get_action_request": (make.request, None),
    "cancel_action_request": (make.request, None),
    "resolve_action_request": (make.request, {"status": "denied"}),
    "apply_action_request": (make.request, None),
    "update_application": (make.request, {"status": "applied"}),
    "revoke_tracking_page": (make.page, None),
    "get_customer_order": (make.number, None),
    "cancel_customer_order": (make.number, None),
    "request_customer_address_change": (
        make.number_of_a_changeable_order,
        {"street": "456 Oak Ave", "city": "Springfield", "country": "US"},
    ),
    "track_order": (make.token, None),
}
OF_END_USER = (
    *("get_end_user_tracking_page", "get_end_user_notification", "get_end_user_webhook"),
    *("list_end_user_deliveries", "retry_end_user_delivery", "replay_end_user_webhook"),
)
QUERIES = dict.fromkeys(OF_END_USER, "?end_user_id={owner}")
# They would call a bridge service or a receiver, or need a connector.
NOT_CALLED_BY_OWNER = {"test_bridge", "test_webhook", "sync_now", "apply_action_request", "update_application"}


def _observable(reply: Reply) -> tuple[int, Any, dict[str, str]]:
    """Everything in a response that could reveal a difference, without the request's own id."""
    body = reply.json
    if "error" in body:
        body["error"].pop("request_id")
    # The remaining part of a limit decreases with every call.
    differing = ("X-Request-Id", "RateLimit-Remaining", "RateLimit-Reset")
    return reply.status, body, {name: value for name, value in reply.headers.items() if name not in differing}


def test_every_route_with_an_id_has_a_case() -> None:
    assert {endpoint.name for endpoint in WITH_ID} - PUBLIC_BY_TOKEN - SECRET - OF_SERVICES == CASES.keys()


@pytest.mark.parametrize("endpoint", [e for e in WITH_ID if e.name in CASES], ids=lambda endpoint: endpoint.name)
def test_another_owners_id_is_an_unknown_id(world: World, endpoint: Endpoint) -> None:
    create, body = CASES[endpoint.name]
    owned = create(world)
    intruders = world.intruders(endpoint)
    for prefix in endpoint.prefixes:
        path = prefix + endpoint.path + QUERIES.get(endpoint.name, "")
        for intruder in intruders:
            foreign = intruder.call(endpoint.method, path.format(**owned), body)
            unknown = intruder.call(endpoint.method, path.format(**dict.fromkeys(owned, str(uuid.uuid4()))), body)
            assert foreign.status == 404
            assert _observable(foreign) == _observable(unknown)
    if endpoint.name not in NOT_CALLED_BY_OWNER:
        path = endpoint.paths[0] + QUERIES.get(endpoint.name, "")
        done = world.rightful(endpoint).call(endpoint.method, path.format(**owned), body)
        assert done.status < 300, done.text


def test_a_delivery_is_found_under_its_own_webhook_only(world: World) -> None:
    owned = make.delivery(world)
    mine = world.neighbour.client.post(f"{EMBED}/webhooks", {"url": HOOK, "events": ["order.created"]}).data["id"]
    path = f"{EMBED}/webhooks/{mine}/deliveries/{owned['deliveryId']}/retry"
    assert world.neighbour.client.post(path).status == 404


def test_an_order_token_or_code_of_another_organization_is_an_unknown_one(world: World) -> None:
    make.number(world)
    verify_sender()
    code = get_code(world.shop)
    owned = Storefront(world.stranger, "owner")
    assert _observable(verify(owned, code)) == _observable(verify(owned, wrong(code)))
    token = verify(world.shop, code).json["accessToken"]
    unknown = ids.new_credential(access.TOKEN_PREFIX, ids.new_id())
    foreign = owned.client.get(DETAIL, X_Order_Access=token)
    assert foreign.status == 401
    assert _observable(foreign) == _observable(owned.client.get(DETAIL, X_Order_Access=unknown))
    assert world.shop.client.get(DETAIL, X_Order_Access=token).status == 200


def test_every_token_in_a_header_has_a_case() -> None:
    assert {endpoint.name for endpoint in endpoints() if endpoint.headers} == {"get_order_by_token"}


def test_an_order_page_is_found_in_its_own_organization_only(world: World) -> None:
    token = make.token(world)["token"]
    assert Client().get(f"/o/{world.acme.organization_id}/{token}").status == 200
    assert Client().get(f"/o/{world.stranger.organization_id}/{token}").status == 404


# Calls with an id in the body or query. Another owner's id and an unknown one get the same response.
Names = Callable[[World, str], Reply]
NAMED: dict[tuple[str, str], tuple[Callable[[World], Path], Names]] = {
    ("create_action_request", "order_id"): (
        make.order,
        lambda world, order: world.neighbour.client.post(
            f"{EMBED}/action-requests", {"orderId": order, "actionType": "hold", "title": "Hold"}
        ),
    ),
    ("create_tracking_page", "shipment_id"): (
        make.shipment,
        lambda world, shipment: world.neighbour.client.post(f"{EMBED}/tracking-pages", {"shipmentId": shipment}),
    ),
    ("administer_bridge", "end_user_id"): (
        make.end_user,
        lambda world, user: world.stranger.server.patch(
            f"/api/v1/bridges/{world.strangers_user.bridge()['id']}", {"end_user_id": user}
        ),
    ),
    ("list_orders", "bridge_id"): (
        make.bridge,
        lambda world, bridge: world.neighbour.client.get(f"{EMBED}/orders?bridge_id={bridge}"),
    ),
    ("list_end_user_orders", "bridge_id"): (
        make.bridge,
        lambda world, bridge: world.acme.server.get(
            f"/api/v1/orders?end_user_id={world.neighbour.end_user_id}&bridge_id={bridge}"
        ),
    ),
    ("list_events", "end_user_id"): (
        make.end_user,
        lambda world, user: world.stranger.server.get(f"{EMBED}/events?end_user_id={user}"),
    ),
    ("get_organization_insights", "end_user_id"): (
        make.end_user,
        lambda world, user: world.stranger.server.get(f"/api/v1/insights?end_user_id={user}"),
    ),
    ("list_all_bridges", "end_user_id"): (
        make.end_user,
        lambda world, user: world.stranger.server.get(f"/api/v1/bridges?end_user_id={user}"),
    ),
}


def _read_by_stranger(path: str) -> Names:
    return lambda world, user: world.stranger.server.get(f"/api/v1/{path}?end_user_id={user}")


def _send_by_stranger(path: str, body: Any = None) -> Names:
    """With a webhook of the stranger's own end user."""

    def call(world: World, user: str) -> Reply:
        webhook = f"/api/v1/webhooks/{make.strangers_webhook(world)}"
        return world.stranger.server.post(f"{webhook}/{path}?end_user_id={user}", body)

    return call


NAMED |= {
    (f"list_end_user_{name}", "end_user_id"): (make.end_user, _read_by_stranger(path))
    for name, path in {
        "orders": "orders",
        "shipments": "shipments",
        "tracking_pages": "tracking-pages",
        "notifications": "notifications",
        "rules": "alert-rules",
        "webhooks": "webhooks",
        "deliveries": f"webhooks/{uuid.uuid4()}/deliveries",
    }.items()
}
NAMED |= {
    (f"get_end_user_{name}", "end_user_id"): (make.end_user, _read_by_stranger(f"{path}/{uuid.uuid4()}"))
    for name, path in (("tracking_page", "tracking-pages"), ("notification", "notifications"), ("webhook", "webhooks"))
}
NAMED[("list_deliveries_by_order_number", "end_user_id")] = (
    make.end_user,
    lambda world, user: world.stranger.server.get(f"/api/v1/deliveries?order_number=ORD-1&end_user_id={user}"),
)
NAMED |= {
    ("retry_end_user_delivery", "end_user_id"): (
        make.end_user,
        _send_by_stranger(f"deliveries/{uuid.uuid4()}/retry"),
    ),
    ("replay_end_user_webhook", "end_user_id"): (
        make.end_user,
        _send_by_stranger("replay", {"since": "2026-01-15T00:00:00.000Z"}),
    ),
}
# Names chosen by the caller, which are only looked up within their organization.
CHOSEN_BY_CALLER = {"external_id", "default_dispatcher_id"}


def test_every_id_in_a_body_or_query_has_a_case() -> None:
    ids = {
        (endpoint.name, name)
        for endpoint in endpoints()
        for model in (endpoint.body, endpoint.query)
        if model is not None
        for name in model.model_fields
        if name.endswith("_id") and name not in CHOSEN_BY_CALLER
    }
    assert ids == NAMED.keys()


@pytest.mark.parametrize("case", NAMED, ids=".".join)
def test_another_owners_id_in_a_body_or_query_is_an_unknown_id(world: World, case: tuple[str, str]) -> None:
    create, call = NAMED[case]
    make.bridge(world)
    foreign, unknown = call(world, create(world)["id"]), call(world, str(uuid.uuid4()))
    assert _observable(foreign) == _observable(unknown)
    assert foreign.status == 404 or foreign.data == []


def test_a_state_is_unknown_to_services_of_another_type(world: World) -> None:
    started = world.owner.client.post(f"{EMBED}/bridges/shopify/oauth/start", {"shopDomain": "mystore"}).data
    state = started["authUrl"].partition("state=")[2]
    body = {"state": state, "shop": "mystore.myshopify.com", "config": {"accessToken": "a"}}
    path = "/api/v1/bridges/shopify/oauth/complete"
    foreign = world.other_service.client.post(path, body)
    unknown = world.other_service.client.post(path, {**body, "state": "unknown"})
    assert (foreign.status, foreign.code) == (400, "invalid_state")
    assert _observable(foreign) == _observable(unknown)
