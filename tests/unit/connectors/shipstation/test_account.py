"""Connecting, hooks, and stopping what has no label yet."""

from typing import Any

import pytest
from time_machine import travel

from chalicelib.connectors.faults import (
    AuthFault,
    Fault,
    Forged,
    InvalidAnswer,
    NotSeen,
    RateLimited,
    Refused,
    Unreachable,
)
from chalicelib.connectors.shipstation import hooks
from chalicelib.connectors.shipstation.changing import apply
from chalicelib.connectors.shipstation.platform import test as run_test
from chalicelib.connectors.shop import Change, HookRequest, HookTarget, Response, Shop
from tests.support.connector_kills import killed_everywhere
from tests.unit.connectors.shipstation.conftest import Double, shop_of

TARGET = HookTarget("https://api.example/hooks/bridges/bridge-1", "secret-1")
OTHERS = {"id": 1, "event": "SHIP_NOTIFY", "url": "https://other.example/", "headers": []}


class TestConnecting:
    def test_says_which_api(self, double: Double) -> None:
        assert "V1" in run_test(shop_of(double, "v1")).message
        assert "V2" in run_test(shop_of(double, "v2")).message

    @pytest.mark.parametrize("config", [{}, {"apiKey": ""}, {"apiKey": "wrong"}, {"apiKey": "wrong", "apiSecret": "x"}])
    def test_needs_a_key_that_holds(self, double: Double, config: dict[str, str]) -> None:
        with pytest.raises(AuthFault):
            run_test(Shop("bridge-1", config, double.http))

    @pytest.mark.parametrize(
        ("answer", "fault"),
        [
            (Response(500, {}, b"oops"), Unreachable),
            (Response(403, {}, b"{}"), AuthFault),
            (Response(402, {}, b"{}"), Refused),
            (Response(429, {"retry-after": "7"}, b"{}"), RateLimited),
            (Response(302, {"location": "https://ss.shipstation.com/login"}, b""), InvalidAnswer),
            (Response(200, {"content-type": "text/html"}, b"<html>"), InvalidAnswer),
            (Response(200, {}, b'{"labels": [{"label'), InvalidAnswer),
            (Response(200, {}, b"[]"), InvalidAnswer),
            (Response(200, {}, b""), InvalidAnswer),
            (Response(200, {}, b'{"labels": 3, "shipments": 3}'), InvalidAnswer),
            (Response(400, {}, b'{"errors": [{"message": "page_size is too large"}]}'), Refused),
            (Response(400, {}, b'{"ExceptionMessage": "page_size is too large"}'), Refused),
            (Response(400, {}, b"<html>"), Refused),
        ],
    )
    def test_faults(self, shop: Shop, double: Double, answer: Response, fault: type[Fault]) -> None:
        double.instead = lambda path: answer
        with pytest.raises(fault) as raised:
            run_test(shop)
        assert shop.config["apiKey"] not in raised.value.message
        if b"page_size" in answer.body:
            assert "page_size is too large" in raised.value.message


class TestHooks:
    def test_one_that_brings_our_secret(self, shop: Shop, double: Double) -> None:
        double.account.data["hooks"] = [{**OTHERS, "version": 1}, {**OTHERS, "id": 2, "version": 2}]
        assert killed_everywhere(double, lambda: hooks.keep_hooks(shop, TARGET)) > 0
        assert hooks.keep_hooks(shop, TARGET) == "secret-1"
        [hook] = [hook for hook in double.account.data["hooks"] if "other.example" not in hook["url"]]
        sent = {each["key"]: each["value"] for each in hook["headers"]}
        query = {"token": "secret-1"} if hook["url"].endswith("?token=secret-1") else {}
        found = hooks.read_hook(HookRequest(sent, b'{"resource_type": "X"}', query, "secret-1"))
        assert (found.task, found.topic, found.delivery_id) == ("grab_shipments", "X", None)

    def test_a_wrong_one_is_replaced_and_a_second_removed(self, shop: Shop, double: Double) -> None:
        hooks.keep_hooks(shop, HookTarget(TARGET.address, "old-secret"))
        hooks.keep_hooks(shop, TARGET)
        hooks_left = double.account.data["hooks"]
        assert len(hooks_left) == 1
        double.account.data["hooks"].append({**hooks_left[0], "id": 99})
        hooks.keep_hooks(shop, TARGET)
        assert len(double.account.data["hooks"]) == 1
        double.calls.clear()
        hooks.keep_hooks(shop, TARGET)
        assert len(double.calls) == 1
        hooks.remove_hooks(shop, TARGET)
        assert double.account.data["hooks"] == []

    @pytest.mark.parametrize(
        ("headers", "query", "secret"),
        [
            ({}, {}, "secret-1"),
            ({"x-orderly-hook": "secret-2"}, {}, "secret-1"),
            ({"x-orderly-hook": "é"}, {}, "secret-1"),
            ({}, {"token": ""}, "secret-1"),
            ({}, {"token": "secret-1 "}, "secret-1"),
            ({}, {}, ""),
            ({"x-orderly-hook": "secret-2"}, {"token": "secret-1"}, "secret-1"),
        ],
    )
    def test_forged(self, headers: Any, query: Any, secret: str) -> None:
        with pytest.raises(Forged):
            hooks.read_hook(HookRequest(headers, b"{}", query, secret))

    @pytest.mark.parametrize("body", [b"", b"half", b"[]", b"3", b"[" * 100_000])
    def test_a_genuine_one_without_a_readable_body_is_one(self, body: bytes) -> None:
        assert hooks.read_hook(HookRequest({}, body, {"token": "s"}, "s")).task == "grab_shipments"


def change(kind: Any, **given: Any) -> Change:
    return Change(kind, "request-1", order_number="1001", **given)


class TestStopping:
    def test_held_released_and_cancelled_once_each(self, shop: Shop, double: Double) -> None:
        double.account.add_order("1001-2", "451")
        order = double.account.add_order("1001", "450")
        for kind in ("hold", "release", "cancel"):
            wanted = change(kind)
            assert killed_everywhere(double, lambda wanted=wanted: apply(shop, "450", wanted)) >= 4  # type: ignore[misc]
            assert apply(shop, "450", wanted).order is None
        assert double.account.data["log"] == ["on_hold 1001", "awaiting_shipment 1001", "cancelled 1001"]
        assert order["status"] == "cancelled"

    @pytest.mark.parametrize(
        ("until", "held_until"),
        [
            ("2026-02-01T00:00:00Z", "2026-02-01"),
            ("2026-01-15", "2026-01-16"),
            ("2020-01-01", "2026-01-16"),
            (None, "2027-01-15"),
        ],
    )
    @travel("2026-01-15T10:30:00Z", tick=False)
    def test_held_until_a_day_after_today(self, shop: Shop, double: Double, until: str | None, held_until: str) -> None:
        order = double.account.add_order("1001", "450")
        apply(shop, "450", change("hold", until=until))
        assert order["hold_until"] == held_until

    @pytest.mark.parametrize("kind", ["hold", "release", "cancel"])
    def test_a_bought_label_is_too_late(self, shop: Shop, double: Double, kind: str) -> None:
        double.account.add_label(double.account.add_order("1001", "450"), "1Z999")
        with pytest.raises(Refused, match="too late"):
            apply(shop, "450", change(kind))
        assert double.account.data["log"] == ["label 1001 1Z999"]

    def test_an_order_that_is_not_there(self, shop: Shop, double: Double) -> None:
        double.account.add_order("10011", "7")
        with pytest.raises(Refused, match="no order of this number"):
            apply(shop, "450", change("cancel"))

    def test_accepted_and_not_there(self, shop: Shop, double: Double, monkeypatch: pytest.MonkeyPatch) -> None:
        double.account.add_order("1001", "450")
        monkeypatch.setattr(double.account, "set_status", lambda *_: None)
        with pytest.raises(NotSeen, match=r"awaiting shipment|pending"):
            apply(shop, "450", change("hold"))
