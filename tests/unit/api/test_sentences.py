"""Sentences that screens say in other languages have a stable code and the values that they name."""

from typing import Any

import pytest

from chalicelib.action_requests import reasons
from chalicelib.kit.said import Said, coded
from tests.support import world as make
from tests.support.factories import EMBED, Acme
from tests.support.world import World

HOOK = "https://8.8.8.8/hook"


@pytest.mark.parametrize(
    ("path", "body", "expected"),
    [
        ("webhooks", {"events": ["order.created"]}, {"field": "url", "code": "required", "values": {}}),
        (
            "webhooks",
            {"url": "http://8.8.8.8/hook", "events": ["order.created"]},
            {"field": "url", "code": "https_expected", "values": {}},
        ),
        ("webhooks", {"url": HOOK, "events": []}, {"field": "events", "code": "too_few", "values": {"limit": 1}}),
        (
            "webhooks",
            {"url": HOOK, "events": ["order.created"], "description": "x" * 201},
            {"field": "description", "code": "too_long", "values": {"limit": 200}},
        ),
        (
            "alerts/rules",
            {"name": "Any", "eventType": "order.created", "condition": {}, "cooldownMinutes": 1},
            {"field": "cooldownMinutes", "code": "too_small", "values": {"limit": 5}},
        ),
        (
            "bridges",
            {
                "type": "woocommerce",
                "name": "Shop",
                "config": {"storeUrl": "ftp://x", "consumerKey": "k", "consumerSecret": "s"},
            },
            {"field": "config.storeUrl", "code": "store_expected", "values": {"expected": "https://shop.example"}},
        ),
        (
            "bridges/shopify/oauth/start",
            {"shopDomain": "no where"},
            {
                "field": "shopDomain",
                "code": "store_expected",
                "values": {"expected": "mystore, mystore.myshopify.com"},
            },
        ),
    ],
)
def test_of_an_invalid_field(acme: Acme, path: str, body: dict[str, Any], expected: dict[str, Any]) -> None:
    reply = acme.session().client.post(f"{EMBED}/{path}", body)

    assert reply.status == 422, reply.text
    (detail,) = reply.json["error"]["details"]
    assert {name: detail[name] for name in expected} == expected
    assert detail["message"]


def test_of_a_notification(acme: Acme) -> None:
    world = World.of(acme)
    data = {"order_number": "1004", "totals": {"total": "12.50"}, "currency": "EUR", "status": "pending"}
    make.notification(world, "order.created", data)

    (row,) = world.owner.client.get(f"{EMBED}/alerts/notifications").data
    assert row["message"] == "Order 1004 was placed for 12.50 EUR."
    assert row["message_code"] == "order.created"
    assert row["message_values"] == {"number": "1004", "amount": "12.50", "currency": "EUR", "status": "pending"}


def test_of_a_request_that_nobody_can_carry_out_from_here(acme: Acme) -> None:
    world = World.of(acme)
    order = make.order(world)["id"]
    body = {"orderId": order, "actionType": "expedite", "title": "Faster"}
    request = world.owner.client.post(f"{EMBED}/action-requests", body).data
    acme.server.patch(f"{EMBED}/action-requests/{request['id']}/resolve", {"status": "approved"})

    application = world.owner.client.get(f"{EMBED}/action-requests/{request['id']}").data["application"]
    assert (application["message"], application["message_code"]) == (reasons.BY_HAND, "by_hand")


def test_with_something_added_has_no_code() -> None:
    sentence = Said.of("too_long", "must have at most 5 characters", limit=5)
    assert coded(sentence) == {"code": "too_long", "values": {"limit": 5}}
    assert coded(f"{sentence}.") == {}
    assert coded(sentence[:4]) == {}
