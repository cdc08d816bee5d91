"""The shop's webhooks: kept alive, read, and not believed."""

import base64
import hashlib
import hmac

import pytest

from chalicelib.connectors.faults import Forged
from chalicelib.connectors.shop import HookRequest, HookTarget
from chalicelib.connectors.woocommerce import hooks
from tests.support.demo_shop import Merchant, open_demo_shop

TARGET = HookTarget("https://embed.example/hooks/bridges/brd_1", "secret-of-the-bridge")


@pytest.fixture
def merchant() -> Merchant:
    shop = open_demo_shop()
    assert hooks.keep_hooks(shop.shop, TARGET) == TARGET.secret
    return shop


def received(merchant: Merchant) -> list[HookRequest]:
    merchant.demo.webhooks.deliver()
    requests = [
        HookRequest({name.lower(): value for name, value in headers.items()}, body, {}, TARGET.secret)
        for address, body, headers in merchant.posted
        if address == TARGET.address
    ]
    merchant.posted.clear()
    return requests


def statuses(merchant: Merchant) -> dict[str, str]:
    return {hook["topic"]: hook["status"] for hook in merchant.demo.webhooks.all()}


def test_they_are_registered_once_for_each_topic(merchant: Merchant) -> None:
    assert statuses(merchant) == dict.fromkeys(hooks.TOPICS, "active")
    merchant.calls.clear()
    hooks.keep_hooks(merchant.shop, TARGET)
    assert [call.method for call in merchant.calls] == ["GET", "GET"]


def test_one_that_the_shop_switched_off_is_switched_on_again(merchant: Merchant) -> None:
    order = merchant.order()
    merchant.post_status = 500
    for number in range(7):
        merchant.owner("PUT", f"orders/{order['id']}", {"customer_note": f"{number}"})
    merchant.owner("DELETE", f"orders/{order['id']}")
    merchant.demo.webhooks.deliver()
    assert statuses(merchant)["order.updated"] == "disabled"
    assert statuses(merchant)["order.deleted"] == "active"
    hooks.keep_hooks(merchant.shop, TARGET)
    assert statuses(merchant) == dict.fromkeys(hooks.TOPICS, "active")


def test_a_lost_answer_or_memory_leaves_no_double_and_the_right_secret(merchant: Merchant) -> None:
    merchant.memory.clear()
    topic = hooks.TOPICS[0]
    merchant.owner("POST", "webhooks", {"topic": topic, "delivery_url": TARGET.address, "secret": "another"})
    merchant.owner("POST", "webhooks", {"topic": topic, "delivery_url": "https://other.example", "secret": "theirs"})
    hooks.keep_hooks(merchant.shop, TARGET)
    found = [hook for hook in merchant.store.all("webhook") if hook["topic"] == topic]
    assert sorted((hook["delivery_url"], hook["secret"]) for hook in found) == [
        (TARGET.address, TARGET.secret),
        ("https://other.example", "theirs"),
    ]


def test_removing_them_leaves_those_of_others(merchant: Merchant) -> None:
    merchant.owner("POST", "webhooks", {"topic": "order.updated", "delivery_url": "https://other.example"})
    hooks.remove_hooks(merchant.shop, TARGET)
    assert [hook["delivery_url"] for hook in merchant.demo.webhooks.all()] == ["https://other.example"]


def test_every_change_of_an_order_is_heard(merchant: Merchant) -> None:
    received(merchant)
    order = merchant.order()
    order_id = str(order["id"])
    merchant.owner("PUT", f"orders/{order_id}", {"status": "on-hold"})
    merchant.owner("DELETE", f"orders/{order_id}")
    heard = [hooks.read_hook(request) for request in received(merchant)]
    assert [(hook.topic, hook.task, hook.external_id) for hook in heard] == [
        (topic, "get_order", order_id) for topic in ("order.created", "order.updated", "order.deleted")
    ]


def test_two_orders_in_the_same_second_are_two_deliveries(merchant: Merchant) -> None:
    received(merchant)
    merchant.order()
    merchant.order()
    first, second = received(merchant)
    again = hooks.read_hook(first)
    assert hooks.read_hook(first).delivery_id == again.delivery_id
    assert hooks.read_hook(first).delivery_id != hooks.read_hook(second).delivery_id


def test_the_ping_of_a_new_webhook_asks_for_nothing(merchant: Merchant) -> None:
    pings = received(merchant)
    assert len(pings) == len(hooks.TOPICS)
    assert [hooks.read_hook(ping).task for ping in pings] == [None] * len(pings)


def signed(body: bytes, secret: str = TARGET.secret, topic: str = "order.updated") -> HookRequest:
    signature = base64.b64encode(hmac.new(secret.encode(), body, hashlib.sha256).digest()).decode()
    return HookRequest({"x-wc-webhook-signature": signature, "x-wc-webhook-topic": topic}, body, {}, TARGET.secret)


def test_the_forged_are_refused(merchant: Merchant) -> None:
    received(merchant)
    merchant.order()
    (genuine,) = received(merchant)
    headers = {name: value for name, value in genuine.headers.items() if name != "x-wc-webhook-signature"}
    for forged in (
        HookRequest(genuine.headers, genuine.body + b" ", {}, TARGET.secret),
        HookRequest(headers, genuine.body, {}, TARGET.secret),
        HookRequest({**headers, "x-wc-webhook-signature": "ünsigned"}, genuine.body, {}, TARGET.secret),
        HookRequest({}, b"", {}, TARGET.secret),
        HookRequest({}, b"webhook_id=1&id=2", {}, TARGET.secret),
        signed(genuine.body, "another secret"),
    ):
        with pytest.raises(Forged):
            hooks.read_hook(forged)


@pytest.mark.parametrize("body", [b"", b"null", b"[]", b"{", b'{"id": "x"}', b'{"id": -1}', b'{"id": 1.5}', b"\xff"])
def test_a_signed_hook_that_names_no_order_asks_for_nothing(body: bytes) -> None:
    assert hooks.read_hook(signed(body)).task is None


def test_a_topic_of_no_interest_asks_for_nothing() -> None:
    assert hooks.read_hook(signed(b'{"id": 5}', topic="product.updated")).task is None
