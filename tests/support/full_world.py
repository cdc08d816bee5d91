"""An organization with every type of item in it, made without queues or e-mails, so that DynamoDB Local can have it."""

from typing import Any

from chalicelib.alerts.store import new_seen_item
from chalicelib.erasure import orders as erasure_orders
from chalicelib.insights.store import counter
from chalicelib.kit import ids
from chalicelib.mail import store as mail
from chalicelib.mail import unsubscribing
from chalicelib.orders import source_deletion
from chalicelib.orders.store import OrderDetailItem
from chalicelib.organizations.principals import Actor
from chalicelib.privacy.identity import customer_id
from chalicelib.search.store import new_entries
from chalicelib.storefront import access
from chalicelib.table import keys
from chalicelib.table.batch_write import write_many
from chalicelib.table.transaction import Transaction, put, update
from chalicelib.tasks import service as tasks
from chalicelib.tasks.store import FulfilmentItem
from chalicelib.totals.organization import add_up
from chalicelib.tracking_feeds import store as tracking
from chalicelib.tracking_pages import service as tracking_pages
from chalicelib.webhooks.destinations import Destination
from tests.support import world as make
from tests.support.attempts import attempt_of
from tests.support.factories import EMBED
from tests.support.world import EMAIL, NUMBER, World

GUEST = Actor("guest", ip_address="203.0.113.9")
STRAY_ORDER = "5b7a5d2e-9d3b-4f3e-8f0a-0c1f4f2b8a11"
"""An order whose sync died after its search entries and detail were written."""


def populate(world: World) -> None:
    org, user = world.acme.organization_id, world.owner.end_user_id
    order_id, shipment_id = make.order(world)["id"], make.shipment(world)["id"]
    make.bridge(world)
    make.api_key(world)
    make.operator_session(world)
    make.request(world)
    make.page(world)
    make.customer_export(world)
    _shops(world)
    _customers(world, org, user, order_id)
    _notifications(world)
    _webhooks(world, org, user)
    _removed_tracking_page(world, org)
    _former_owner(world)
    _work(world, org, user)
    unlinked = {"external_id": "S-2", "order_external_id": "not-yet", "tracking_number": "1Z 999"}
    world.shop.sync([], [{**unlinked, "status": "exception"}])
    body = {"shipmentId": shipment_id}
    world.owner.client.post(f"{EMBED}/sessions", body)
    slug = world.acme.config["slug"]
    world.acme.configure(slug=f"{slug}-new")
    world.acme.configure(slug=slug)
    _tracking(org, user, shipment_id)
    key = {"Idempotency_Key": "once"}
    assert world.acme.server.post("/api/v1/api-keys", {"name": "Once"}, **key).status == 201
    add_up(org, [user])
    failed = {"orders": [], "shipments": [], "status": "error", "error_message": "Refused"}
    assert (
        world.acme.server.post(f"/api/v1/bridges/{world.owner.bridge(name='Failing')['id']}/sync", failed).status < 300
    )
    write_many(
        [
            *new_entries(org, user, world.shop.bridge["id"], STRAY_ORDER, "2026-01-01", ["stray"]),
            OrderDetailItem.at(keys.order_detail(org, user, STRAY_ORDER, "v1"), document={"notes": None}),
        ]
    )


def _tracking(org: str, user: str, shipment_id: str) -> None:
    """A number that is followed, a report that no shipment has taken, a day's figures, and a letter not wanted."""
    assert tracking.claim(org, "1z999", user, shipment_id)
    tracking.keep_report(org, "1z000", "2026-01-15", {"number": "1Z000"}, None)
    update(keys.figures(org, user, "2026-01-15"), [counter("orders").add(1)])
    update(keys.figures(org, None, "2026-01-15"), [counter("orders").add(1)])
    unsubscribing.unsubscribe(unsubscribing.subscription(org, user, EMAIL, "shipped"))


def _shops(world: World) -> None:
    start: Any = world.owner.client.post(f"{EMBED}/bridges/shopify/oauth/start", {"shopDomain": "mystore"})
    assert start.status < 300, start.text


def _customers(world: World, org: str, user: str, order_id: str) -> None:
    customer = customer_id(org, EMAIL)
    world.shop.customer(EMAIL)
    # Somebody without an order: nothing but the item itself leads to them.
    world.shop.customer("visitor@example.com")
    access.request_code(org, NUMBER, "stranger@example.com", None, GUEST)
    for _ in range(2):
        code = access.issue_code(org, access.Grant(customer, order_id), NUMBER, ids.new_ordered_id())
        assert code is not None
        if _ == 0:
            access.redeem_code(org, NUMBER, EMAIL, code, GUEST)
    assert mail.claim(keys.confirmation(org, customer, order_id), 86400, None)
    # The order names somebody else by now, and one of its customers was erased.
    world.shop.order(NUMBER, "john@example.com", customer={"name": "John Roe", "email": "john@example.com"})
    world.shop.order("ORD-7", "gone@example.com")
    erased = world.acme.server.post("/api/v1/customers/erase", {"email": "gone@example.com"})
    assert erased.status < 300, erased.text
    gone = customer_id(org, "gone@example.com")
    assert erasure_orders.erase(org, ids.derived_id(world.shop.bridge["id"], "order", "ext-ORD-7"), gone)


def _notifications(world: World) -> None:
    for _ in range(2):
        notification = make.notification(world)
    path = f"{EMBED}/alerts/notifications/{notification['id']}"
    assert world.owner.client.patch(path, {"isDismissed": True}).status == 200


def _webhooks(world: World, org: str, user: str) -> None:
    hook = make.webhook(world)["id"]
    rule = make.rule(world)["id"]
    make.rule_webhook(world)
    make.organization_delivery(world)
    removed = make.webhook(world)["id"]
    for webhook_id in (hook, removed):
        make.skipped_delivery(Destination(org, user, "webhook", webhook_id))
        put(attempt_of(org, webhook_id, sent_at="2026-01-01T00:00:00.000Z"))
    put(new_seen_item(org, rule, ids.new_ordered_id()))
    assert world.owner.client.delete(f"{EMBED}/webhooks/{removed}").status < 300


def _work(world: World, org: str, user: str) -> None:
    """A connector's work for a bridge, and for one that is gone."""
    removed = world.owner.bridge(name="Gone with its work")
    for bridge_id in (world.shop.bridge["id"], removed["id"]):
        bridge, transaction = tasks.BridgeRef(org, user, bridge_id, "woocommerce"), Transaction()
        tasks.begin(transaction, bridge, is_connected=True)
        tasks.ask(transaction, bridge, "grab_orders", "manual", GUEST)
        told = FulfilmentItem.at(keys.bridge_fulfilment(org, bridge_id, "shipment"), fulfilment_id="1")
        told.tracking_number = "1Z"
        transaction.put(told)
        transaction.commit()
        assert tasks.take_hook(bridge, "delivery-1", "get_order", "order-1")
    assert source_deletion.mark(org, user, ids.derived_id(world.shop.bridge["id"], "order", f"ext-{NUMBER}"))
    assert world.owner.client.delete(f"{EMBED}/bridges/{removed['id']}").status < 300


def _removed_tracking_page(world: World, org: str) -> None:
    """A deleted bridge whose tracking page was removed, and whose other data is not yet."""
    bridge = world.owner.bridge(name="Removed")
    body = {"orders": [], "shipments": [{"external_id": "R-1", "status": "in_transit"}]}
    assert world.acme.server.post(f"/api/v1/bridges/{bridge['id']}/sync", body).status == 200
    shipment_id = ids.derived_id(bridge["id"], "shipment", "R-1")
    world.made("tracking-pages", {"shipmentId": shipment_id})
    assert world.owner.client.delete(f"{EMBED}/bridges/{bridge['id']}").status < 300
    tracking_pages.remove_of_bridge(org, bridge["id"])


def _former_owner(world: World) -> None:
    """An end user who is gone, and whose bridge is orphaned with its data."""
    leaving = world.acme.session("leaving")
    bridge = leaving.bridge()
    body = {"orders": [{"external_id": "L-1", "customer": {"email": "left@example.com"}}], "shipments": []}
    assert world.acme.server.post(f"/api/v1/bridges/{bridge['id']}/sync", body).status == 200
    assert world.acme.server.delete(f"/api/v1/embed/users/{leaving.end_user_id}").status < 300
