"""Names lose what cannot be seen, wherever one is given."""

from typing import Any

import pytest

from tests.support.factories import EMBED, SHIPSTATION, Acme

SPOOFED = "Shop\u202egpj.exe\x00 \u200b Inc"
SHOWN = "Shopgpj.exe Inc"
RULE = {"eventType": "order.created", "condition": {}, "deliveryMethod": "in_app"}


def bridge(acme: Acme, name: str) -> Any:
    return acme.session("m").client.post(f"{EMBED}/bridges", {**SHIPSTATION, "name": name})


def api_key(acme: Acme, name: str) -> Any:
    return acme.server.post("/api/v1/api-keys", {"name": name})


def end_user(acme: Acme, name: str) -> Any:
    return acme.server.post(f"{EMBED}/sessions", {"externalId": "x", "name": name})


def customer(acme: Acme, name: str) -> Any:
    body = {"email": "jane@example.com", "name": name}
    return acme.server.post("/api/v1/storefront/customer-sessions", body)


def rule(acme: Acme, name: str) -> Any:
    return acme.session("m").client.post(f"{EMBED}/alerts/rules", {**RULE, "name": name})


@pytest.mark.parametrize("make", [bridge, api_key, end_user, customer, rule])
def test_a_name_is_what_can_be_seen_of_it(acme: Acme, make: Any) -> None:
    reply = make(acme, SPOOFED)
    assert reply.status in (200, 201), reply.text
    data = reply.data
    named = data.get("endUser") or data.get("customer") or data
    assert named["name"] == SHOWN


@pytest.mark.parametrize("make", [bridge, api_key, end_user, customer, rule])
def test_a_name_that_cannot_be_seen_is_refused(acme: Acme, make: Any) -> None:
    reply = make(acme, "\u202e\u200b")
    assert (reply.status, reply.fields) == (422, ["name"])
