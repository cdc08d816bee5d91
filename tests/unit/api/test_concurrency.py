"""Concurrent requests: exactly one wins, and limits hold."""

from urllib.parse import parse_qs, urlsplit

import pytest

from chalicelib.security.rate_limits import Limit
from tests.support.factories import EMBED, SHIPSTATION, Acme, Service
from tests.support.gateway import Client
from tests.support.orders import Merchant, order
from tests.support.races import at_once, requesting, statuses
from tests.support.storefront import queued_emails

WEBHOOK = {"url": "https://93.184.216.34/hook", "events": ["order.created"]}


def test_bridge_limits_hold(acme: Acme) -> None:
    acme.configure(settings={"maxBridgesPerUser": 2})
    client = acme.session().client
    bridges = [requesting(client, "POST", f"{EMBED}/bridges", SHIPSTATION) for _ in range(5)]
    webhooks = [requesting(client, "POST", f"{EMBED}/webhooks", WEBHOOK) for _ in range(7)]
    assert statuses(at_once(bridges)) == {201: 2, 409: 3}
    assert statuses(at_once(webhooks)) == {201: 5, 409: 2}


def test_one_pending_request_per_type(acme: Acme) -> None:
    merchant = Merchant.of(acme)
    merchant.sync(order())
    body = {"orderId": merchant.order()["id"], "actionType": "cancel", "title": "Please"}
    create = requesting(merchant.client, "POST", f"{EMBED}/action-requests", body)
    assert statuses(at_once([create] * 4)) == {201: 1, 409: 3}
    request_id = merchant.client.get(f"{EMBED}/action-requests").data[0]["id"]
    path = f"{EMBED}/action-requests/{request_id}"
    ends = [
        requesting(merchant.client, "DELETE", path),
        requesting(acme.server, "PATCH", f"{path}/resolve", {"status": "approved"}),
        requesting(acme.server, "PATCH", f"{path}/resolve", {"status": "denied"}),
    ]
    assert statuses(at_once(ends)) == {200: 1, 409: 2}


def test_a_state_completes_once(acme: Acme) -> None:
    started = acme.session().client.post(f"{EMBED}/bridges/shopify/oauth/start", {"shopDomain": "acme"}).data
    state = parse_qs(urlsplit(started["authUrl"]).query)["state"][0]
    body = {"state": state, "shop": "acme", "config": {"accessToken": "shpat_1"}}
    complete = requesting(Service("shopify").client, "POST", "/api/v1/bridges/shopify/oauth/complete", body)
    assert statuses(at_once([complete] * 4)) == {200: 1, 400: 3}


def test_one_idempotency_key_makes_one_bridge(acme: Acme) -> None:
    session = acme.session()
    create = requesting(session.client, "POST", f"{EMBED}/bridges", SHIPSTATION, Idempotency_Key="k")
    replies = at_once([create] * 5)
    assert set(statuses(replies)) <= {201, 409}
    assert len(session.client.get(f"{EMBED}/bridges").data) == 1


def test_an_ipv6_network_counts_as_one_caller(acme: Acme, monkeypatch: pytest.MonkeyPatch) -> None:
    """A subscriber with one IPv6 address has 2^64 of them."""
    monkeypatch.setattr("chalicelib.storefront.access.REQUESTS_PER_ADDRESS", Limit("access-address", 2, 3600))
    for number in range(4):
        body = {"orderNumber": f"ORD-{number}", "email": f"jane{number}@example.com"}
        asker = Client(
            ip=f"2001:db9::{number + 1}", X_Api_Key=acme.publishable_key, X_Forwarded_For=f"192.0.2.{number}"
        )
        assert asker.post("/storefront/v1/orders/access/request", body).status == 200
    assert len(queued_emails()) == 2
