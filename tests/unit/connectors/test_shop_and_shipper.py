"""A merchant with a Shopify store and a ShipStation account: what happens by itself."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from time_machine import travel

from chalicelib.connectors import worker
from chalicelib.connectors.receiving import receive
from chalicelib.connectors.scheduling import run as start_due_work
from chalicelib.connectors.shopify.hooks import TOPICS
from chalicelib.kit import clock
from chalicelib.kit.settings import settings
from tests.support.connector_kills import dying
from tests.support.factories import EMBED, Acme, Session
from tests.support.faults import Crash
from tests.support.gateway import Client, Reply
from tests.support.pipeline import Pipeline
from tests.support.platform_doubles import Platforms, installed
from tests.support.shopify.double import DOMAIN, signed_hook
from tests.support.shopify.objects import fulfillment, line, order
from tests.unit.connectors.test_consent import BASE, Browser

pytestmark = pytest.mark.xdist_group("shopify")


class Merchant:
    def __init__(self, acme: Acme, platforms: Platforms) -> None:
        self.acme = acme
        self.platforms = platforms
        self.session: Session = acme.session("merchant-1", ttlSeconds=86400)
        self.pipeline = Pipeline()

    def connect(self) -> tuple[str, str]:
        shop = self.session.bridge(
            type="shopify", name="Store", config={"shopDomain": DOMAIN, "accessToken": "shpat_permanent"}
        )
        shipper = self.session.bridge(
            type="shipstation", name="Shipper", config={"apiKey": self.platforms.shipper.account.data["api_key"]}
        )
        return str(shop["id"]), str(shipper["id"])

    def run(self) -> None:
        """Everything that events and messages start, to its end."""
        while self.pipeline.dispatch() + self.pipeline.drain(settings().bridges_queue_url, receive):
            pass

    def sync(self, bridge_id: str) -> None:
        assert self.session.client.post(f"{EMBED}/bridges/{bridge_id}/sync").status == 202
        self.run()

    def visit(self, bridge_id: str, *, after: timedelta) -> None:
        """The next look at the shop, once the lease of a process that died has ended."""
        with travel(clock.now() + after, tick=False):
            worker.handle({"organization_id": self.acme.organization_id, "bridge_id": bridge_id})

    def push(self, bridge_id: str) -> None:
        changed = self.session.client.patch(f"{EMBED}/bridges/{bridge_id}", {"push_fulfillments": True})
        assert changed.data["push_fulfillments"] is True
        self.run()

    def page_of(self, shipment_id: str) -> str:
        made = self.session.client.post(f"{EMBED}/tracking-pages", {"shipmentId": shipment_id}).data
        return Client().get("/t/" + made["token"]).text

    def list(self, what: str) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.session.client.get(f"{EMBED}/{what}?limit=50").data
        return found


@pytest.fixture
def platforms(cloud: None) -> Iterator[Platforms]:
    with installed(Platforms()) as platforms:
        yield platforms


@pytest.fixture
def merchant(acme: Acme, platforms: Platforms) -> Merchant:
    return Merchant(acme, platforms)


def test_an_order_its_label_and_no_second_parcel(merchant: Merchant, platforms: Platforms) -> None:
    number = platforms.shopify.store.add(order([line("MUG-1", 2)], name="#1001"))
    account = platforms.shipper.account
    shop, shipper = merchant.connect()
    merchant.run()
    [shown] = merchant.list("orders")
    assert (shown["order_number"], shown["status"]) == ("#1001", "confirmed")

    account.add_label(account.add_order("1001"), "1Z999", "ups")
    merchant.sync(shipper)
    [shipment] = merchant.list("shipments")
    assert (shipment["tracking_number"], shipment["order_id"]) == ("1Z999", shown["id"])

    # ShipStation tells the store itself, as it does if the store is connected there.
    platforms.shopify.store.fulfillmentCreate(
        {
            "lineItemsByFulfillmentOrder": [
                {"fulfillmentOrderId": platforms.shopify.store.order_of(number)["fulfillmentOrders"][0]["id"]}
            ],
            "trackingInfo": {"number": "1Z999", "company": "UPS"},
        }
    )
    merchant.sync(shop)
    assert len(merchant.list("shipments")) == 1
    assert merchant.list("orders")[0]["status"] == "shipped"


@pytest.mark.parametrize("dies_at", [None, 1])
def test_from_the_order_to_the_shoppers_page_without_a_call_by_hand(
    merchant: Merchant, platforms: Platforms, dies_at: int | None
) -> None:
    store, account = platforms.shopify.store, platforms.shipper.account
    number = store.add(order([line("MUG-1", 2)], name="#1001"))
    shop, shipper = merchant.connect()
    merchant.run()
    merchant.push(shop)
    account.add_label(account.add_order("1001"), "1Z999", "ups")
    if dies_at is None:
        merchant.sync(shipper)
    else:
        # After the store has made the fulfilment, before that is noted.
        with dying(platforms.shopify, dies_at, done=True), pytest.raises(Crash):
            merchant.sync(shipper)
        merchant.visit(shop, after=timedelta(minutes=15))
    told = [entry for entry in store.log if entry.startswith("fulfilled")]
    assert told == [f"fulfilled {number} 1Z999"]
    [tracking] = store.order_of(number)["fulfillments"][0]["trackingInfo"]
    assert (tracking["number"], tracking["company"]) == ("1Z999", "UPS")
    assert "1Z999" in tracking["url"]

    with travel(clock.now() + timedelta(minutes=20), tick=False):
        merchant.sync(shop)
        [shown] = merchant.list("orders")
        [shipment] = merchant.list("shipments")
        page = merchant.page_of(str(shipment["id"]))
    assert (shown["status"], shipment["order_id"], shipment["bridge_id"]) == ("shipped", shown["id"], shipper)
    assert "1Z999" in page
    assert len([entry for entry in store.log if entry.startswith("fulfilled")]) == 1


def test_an_approved_cancellation_reaches_the_shop_and_the_shipper(merchant: Merchant, platforms: Platforms) -> None:
    store, account = platforms.shopify.store, platforms.shipper.account
    number = store.add(order([line("MUG-1", 2)], name="#1001"))
    account.add_order("1001")
    merchant.connect()
    merchant.run()
    [shown] = merchant.list("orders")
    body = {"orderId": shown["id"], "actionType": "cancel", "title": "Bought twice"}
    request_id = merchant.session.client.post(f"{EMBED}/action-requests", body).data["id"]
    path = f"{EMBED}/action-requests/{request_id}/resolve"
    assert merchant.acme.server.patch(path, {"status": "approved"}).status == 200
    for minutes in range(5):
        with travel(clock.now() + timedelta(minutes=minutes), tick=False):
            start_due_work()
            merchant.run()
    assert merchant.session.client.get(f"{EMBED}/action-requests").data[0]["application"]["status"] == "applied"
    assert merchant.list("orders")[0]["status"] == "cancelled"
    assert [entry for entry in store.log if entry.startswith("cancelled")] == [f"cancelled {number}"]
    assert len([entry for entry in store.log if entry.startswith("cancelling")]) == 1
    assert [parcel["status"] for parcel in account.data["orders"]] == ["cancelled"]
    titles = [each["title"] for each in merchant.session.client.get(f"{EMBED}/orders/{shown['id']}").data["activities"]]
    assert {"Request carried out", "Also carried out at ShipStation"} <= {*titles}


def test_a_shipper_that_cannot_be_reached_changes_nothing_about_the_request(
    merchant: Merchant, platforms: Platforms
) -> None:
    store, account = platforms.shopify.store, platforms.shipper.account
    store.add(order([line("MUG-1", 2)], name="#1001"))
    merchant.connect()
    merchant.run()
    [shown] = merchant.list("orders")
    body = {"orderId": shown["id"], "actionType": "hold", "title": "Wait"}
    request_id = merchant.session.client.post(f"{EMBED}/action-requests", body).data["id"]
    account.data["api_key"] = "another"
    path = f"{EMBED}/action-requests/{request_id}/resolve"
    assert merchant.acme.server.patch(path, {"status": "approved"}).status == 200
    for days in range(3):
        with travel(clock.now() + timedelta(days=days), tick=False):
            start_due_work()
            merchant.run()
    application = merchant.session.client.get(f"{EMBED}/action-requests").data[0]["application"]
    assert (application["status"], application["message"]) == ("applied", None)
    found = merchant.session.client.get(f"{EMBED}/orders/{shown['id']}").data["activities"]
    titles = [each["title"] for each in found]
    assert "Not carried out at ShipStation" in titles
    assert "Request could not be carried out" not in titles


def test_a_parcel_with_some_of_the_lines_leaves_the_others_open(merchant: Merchant, platforms: Platforms) -> None:
    store, account = platforms.shopify.store, platforms.shipper.account
    number = store.add(order([line("MUG-1", 2), line("HAT-1")], name="#1001"))
    shop, shipper = merchant.connect()
    secret = account.data["api_secret"]
    merchant.session.client.patch(
        f"{EMBED}/bridges/{shipper}", {"config": {"apiKey": account.data["api_key"], "apiSecret": secret}}
    )
    merchant.run()
    merchant.push(shop)
    items = [{"sku": "mug-1", "name": "Mug", "quantity": 1}]
    account.add_label(account.add_order("1001", items=items), "1Z999", "ups")
    merchant.sync(shipper)
    [part] = store.order_of(number)["fulfillmentOrders"]
    assert [entry["remainingQuantity"] for entry in part["lineItems"]] == [1, 1]
    account.add_label(account.add_order("1001", items=[{"sku": "HAT-1", "name": "Hat", "quantity": 1}]), "1Z998")
    merchant.sync(shipper)
    assert [entry["remainingQuantity"] for entry in part["lineItems"]] == [1, 0]
    with travel(clock.now() + timedelta(minutes=20), tick=False):
        merchant.sync(shop)
        assert len(merchant.list("shipments")) == 2
        assert merchant.list("orders")[0]["status"] == "partially_shipped"


def test_a_void_cancels_the_shipment(merchant: Merchant, platforms: Platforms) -> None:
    number = platforms.shopify.store.add(order())
    _, shipper = merchant.connect()
    account = platforms.shipper.account
    label = account.add_label(account.add_order("x", number), "1Z999")
    merchant.run()
    assert merchant.list("shipments")[0]["status"] == "label_created"
    account.void(label)
    merchant.sync(shipper)
    assert merchant.list("shipments")[0]["status"] == "cancelled"


def test_first_sync_of_many_orders_waits_for_the_bucket_and_ends_complete(
    merchant: Merchant, platforms: Platforms
) -> None:
    store = platforms.shopify.store
    numbers = {store.add(order([line()], fulfillments=[fulfillment(f"N{number}")])) for number in range(35)}
    platforms.shopify.bucket = platforms.shopify.bucket_size = 1000
    shop, _ = merchant.connect()
    merchant.run()
    seen = {row["external_id"] for row in merchant.list("orders")}
    assert seen < numbers, "the bucket was empty before the end"
    assert {row["status"] for row in merchant.list("bridges")} == {"active"}
    for minutes in range(1, 5):
        with travel(clock.now() + timedelta(minutes=minutes), tick=False):
            merchant.sync(shop)
    assert {row["external_id"] for row in merchant.list("orders")} == numbers
    assert len(merchant.list("shipments")) == 35


@pytest.mark.parametrize(
    ("config", "status"),
    [
        ({"shopDomain": DOMAIN, "accessToken": "wrong"}, "error"),
        ({"shopDomain": DOMAIN, "clientId": "app-1", "clientSecret": "shpss_secret"}, "active"),
        ({"shopDomain": DOMAIN, "clientId": "app-1", "clientSecret": "wrong"}, "error"),
    ],
)
def test_credentials(merchant: Merchant, platforms: Platforms, config: dict[str, str], status: str) -> None:
    number = platforms.shopify.store.add(order())
    merchant.session.bridge(type="shopify", name="Store", config=config)
    merchant.run()
    [shown] = merchant.list("bridges")
    assert (shown["status"], shown["reconnect_required"]) == (status, status == "error")
    found = [row["external_id"] for row in merchant.list("orders")]
    assert found == ([number] if status == "active" else [])


class TestConsent:
    """A store of the deployment's app: connected by consent, told of changes by hooks, renewed in time."""

    @pytest.fixture
    def bridge_id(self, merchant: Merchant, platforms: Platforms) -> str:
        started = merchant.session.client.post(f"{EMBED}/bridges/shopify/oauth/start", {"shopDomain": "example"}).data
        browser = Browser()
        page = browser.get(started["authUrl"])
        assert DOMAIN in page.text
        gone_on = browser.submit(started["authUrl"], page)
        end = browser.get(platforms.shopify.authorize(gone_on.headers["Location"]))
        assert (end.status, "Connected to Example Store." in end.text) == (200, True)
        merchant.run()
        return str(started["bridgeId"])

    def test_brings_in_orders(self, merchant: Merchant, platforms: Platforms, bridge_id: str) -> None:
        [bridge] = merchant.list("bridges")
        assert (bridge["id"], bridge["status"]) == (bridge_id, "active")
        assert sorted(hook["topic"] for hook in platforms.shopify.store.hooks) == sorted(TOPICS)
        platforms.shopify.store.add(order(name="#1001"))
        merchant.sync(bridge_id)
        assert [row["order_number"] for row in merchant.list("orders")] == ["#1001"]

    def test_hooks_bring_changes_at_once_and_twice_does_no_harm(
        self, merchant: Merchant, platforms: Platforms, bridge_id: str
    ) -> None:
        store, told = platforms.shopify.store, list[tuple[str, Any]]()
        store.on_change = lambda topic, body: told.append((topic, body))
        number = store.add(order(name="#1001"))
        held = store.order_of(number)
        store.fulfillmentOrderHold(held["fulfillmentOrders"][0]["id"], {"reason": "OTHER", "handle": "theirs"})
        # The newest first, and each twice.
        for position, (topic, body) in enumerate(reversed([*told, *told])):
            assert deliver(platforms, topic, body, f"d-{position % len(told)}").status == 202
            merchant.run()
        [shown] = merchant.list("orders")
        assert (shown["order_number"], shown["status"]) == ("#1001", "on_hold")
        store.delete(number)
        assert deliver(platforms, *told[-1], "d-9").status == 202
        forged = deliver(platforms, *told[-1], "d-10", secret="guessed")
        assert (forged.status, forged.code) == (401, "hook_forged")

    def test_an_uninstalled_app_asks_to_connect_again(
        self, merchant: Merchant, platforms: Platforms, bridge_id: str
    ) -> None:
        assert deliver(platforms, "app/uninstalled", {"id": 1}, "d-1").status == 202
        [bridge] = merchant.list("bridges")
        assert (bridge["status"], bridge["reconnect_required"]) == ("error", True)

    @pytest.mark.parametrize("done", [False, True])
    def test_tokens_are_renewed_whatever_dies(
        self, merchant: Merchant, platforms: Platforms, bridge_id: str, done: bool
    ) -> None:
        platforms.shopify.store.add(order(name="#1001"))
        with travel(clock.now() + timedelta(hours=3), tick=False):
            with dying(platforms.shopify, 0, done=done), pytest.raises(Crash):
                merchant.sync(bridge_id)
            merchant.visit(bridge_id, after=timedelta(minutes=15))
            assert [row["order_number"] for row in merchant.list("orders")] == ["#1001"]
            assert merchant.list("bridges")[0]["status"] == "active"


def deliver(platforms: Platforms, topic: str, body: Any, delivery: str, **signing: str) -> Reply:
    """As Shopify posts it to the address that was registered for the topic."""
    name = topic.replace("/", "_").upper()
    [address] = {hook["uri"] for hook in platforms.shopify.store.hooks if hook["topic"] == name}
    headers, content = signed_hook(topic, body, delivery=delivery, **signing)
    return Client().call("POST", address.removeprefix(BASE), content.decode(), **headers)
