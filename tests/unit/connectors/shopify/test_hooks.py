"""Hooks: registered once and completely, and believed only if Shopify signed them."""

from typing import Any

import pytest

from chalicelib.connectors.faults import Forged, Refused
from chalicelib.connectors.shop import HookRequest, HookTarget
from chalicelib.connectors.shopify import hooks
from tests.support.connector_kills import killed_everywhere
from tests.support.shopify.double import CLIENT, Double, signed_hook
from tests.unit.connectors.shopify.conftest import connected

pytestmark = pytest.mark.xdist_group("shopify")
TARGET = HookTarget("https://api.example/hooks/bridges/bridge-1", "our-own")
OTHER = {
    "topic": "ORDERS_CREATE",
    "uri": "https://other.example/",
    "format": "JSON",
    "includeFields": [],
    "id": "gid://x/1",
}
CONSENT = {"refreshToken": "shprt"}


def read(topic: str, body: Any, **request: Any) -> Any:
    headers, content = signed_hook(topic, body)
    return hooks.read_hook(HookRequest(headers, content, {}, **{"secret": hooks.BY_APP, "app": CLIENT, **request}))


class TestRegistering:
    def test_every_topic_once_and_without_personal_data(self, double: Double) -> None:
        double.store.hooks.append(dict(OTHER))
        shop = connected(double, CLIENT, **CONSENT)
        assert hooks.keep_hooks(shop, TARGET) == "app"
        ours = [hook for hook in double.store.hooks if hook["uri"] == TARGET.address]
        assert sorted(hook["topic"] for hook in ours) == sorted(hooks.TOPICS)
        assert all(hook["includeFields"] == ["id"] for hook in ours if hook["topic"] == "ORDERS_UPDATED")
        assert OTHER in double.store.hooks

    def test_what_is_right_costs_one_call(self, double: Double) -> None:
        shop = connected(double, CLIENT, **CONSENT)
        hooks.keep_hooks(shop, TARGET)
        double.calls.clear()
        hooks.keep_hooks(shop, TARGET)
        assert double.calls == ["Hooks"]

    def test_what_is_missing_or_wrong_is_repaired(self, double: Double) -> None:
        shop = connected(double, CLIENT, **CONSENT)
        hooks.keep_hooks(shop, TARGET)
        double.store.hooks[0]["format"] = "XML"
        double.store.hooks[1]["includeFields"] = ["id", "email"]
        del double.store.hooks[2]
        hooks.keep_hooks(shop, TARGET)
        assert sorted(hook["topic"] for hook in double.store.hooks) == sorted(hooks.TOPICS)
        assert all(hooks._is_right({"includeFields": [], **hook}) for hook in double.store.hooks)

    def test_killed_at_every_call(self, double: Double) -> None:
        shop = connected(double, CLIENT, **CONSENT)
        assert killed_everywhere(double, lambda: hooks.keep_hooks(shop, TARGET)) > 0
        assert sorted(hook["topic"] for hook in double.store.hooks) == sorted(hooks.TOPICS)

    def test_more_hooks_than_a_page(self, double: Double) -> None:
        double.store.hooks = [{**OTHER, "id": f"gid://x/{number}"} for number in range(150)]
        shop = connected(double, CLIENT, **CONSENT)
        hooks.keep_hooks(shop, TARGET)
        hooks.keep_hooks(shop, TARGET)
        assert len(double.store.hooks) == 150 + len(hooks.TOPICS)
        hooks.remove_hooks(shop, TARGET)
        assert len(double.store.hooks) == 150

    def test_a_custom_apps_are_signed_with_its_own_secret(self, double: Double) -> None:
        shop = connected(double, clientId="own", clientSecret="shpss_own")
        assert hooks.keep_hooks(shop, TARGET) == "shpss_own"

    def test_a_store_with_a_mere_token_is_polled(self, double: Double) -> None:
        assert hooks.keep_hooks(connected(double, CLIENT), TARGET) is None
        assert double.calls == []

    def test_a_refusal_is_told(self, double: Double, monkeypatch: pytest.MonkeyPatch) -> None:
        shop = connected(double, CLIENT, **CONSENT)
        refusal = {"webhookSubscription": None, "userErrors": [{"message": "Address is not allowed"}]}
        monkeypatch.setattr(double.store, "webhookSubscriptionCreate", lambda **_: refusal)
        with pytest.raises(Refused, match="Address is not allowed"):
            hooks.keep_hooks(shop, TARGET)


class TestReading:
    @pytest.mark.parametrize(
        ("topic", "body", "task", "order_id"),
        [
            ("orders/create", {"id": 450789469}, "get_order", "450789469"),
            ("orders/updated", {"id": 450789469, "email": "a@b.example"}, "get_order", "450789469"),
            ("orders/delete", {"id": 450789469}, "get_order", "450789469"),
            ("orders/edited", {"order_edit": {"id": 1, "order_id": 450789469}}, "get_order", "450789469"),
            ("fulfillments/update", {"id": 7, "order_id": 450789469}, "get_order", "450789469"),
            ("refunds/create", {"id": 7, "order_id": 450789469}, "get_order", "450789469"),
            (
                "fulfillment_holds/added",
                {"fulfillment_order": {"id": "gid://shopify/FulfillmentOrder/1"}},
                "grab_orders",
                None,
            ),
            ("orders/create", {"id": "450789469"}, "grab_orders", None),
            ("orders/create", {"id": True}, "grab_orders", None),
            ("orders/create", {"id": -1}, "grab_orders", None),
            ("orders/edited", {"order_edit": 3}, "grab_orders", None),
            ("orders/create", b"half a bo", "grab_orders", None),
            ("orders/create", b"[1]", "grab_orders", None),
            ("orders/create", b"[" * 100_000, "grab_orders", None),
            ("products/create", {"id": 1}, None, None),
        ],
    )
    def test_what_a_genuine_hook_is_about(self, topic: str, body: Any, task: str | None, order_id: str | None) -> None:
        hook = read(topic, body)
        assert (hook.task, hook.external_id, hook.topic, hook.delivery_id) == (task, order_id, topic, "d-1")
        assert not hook.is_disconnected

    def test_an_uninstalled_app_is_a_lost_connection(self) -> None:
        hook = read("app/uninstalled", {"id": 1})
        assert hook.is_disconnected
        assert hook.task is None

    def test_a_custom_app_signs_with_its_own_secret(self) -> None:
        headers, body = signed_hook("orders/create", {"id": 1}, secret="shpss_own")
        assert hooks.read_hook(HookRequest(headers, body, {}, "shpss_own")).external_id == "1"
        with pytest.raises(Forged):
            hooks.read_hook(HookRequest(headers, body, {}, hooks.BY_APP, CLIENT))

    @pytest.mark.parametrize("signature", ["", "x", "é", "AAAA", None])
    def test_forged(self, signature: str | None) -> None:
        headers, body = signed_hook("orders/create", {"id": 1})
        del headers["x-shopify-hmac-sha256"]
        if signature is not None:
            headers["x-shopify-hmac-sha256"] = signature
        with pytest.raises(Forged):
            hooks.read_hook(HookRequest(headers, body, {}, hooks.BY_APP, CLIENT))

    def test_a_body_that_was_changed_by_one_byte(self) -> None:
        headers, body = signed_hook("orders/create", {"id": 1})
        with pytest.raises(Forged):
            hooks.read_hook(HookRequest(headers, body + b" ", {}, hooks.BY_APP, CLIENT))

    def test_an_empty_secret_signs_nothing(self) -> None:
        headers, body = signed_hook("orders/create", {"id": 1}, secret="")
        for secret in ("", hooks.BY_APP):
            with pytest.raises(Forged):
                hooks.read_hook(HookRequest(headers, body, {}, secret))
