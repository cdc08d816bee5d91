"""Connecting by consent, with WooCommerce's routes and a shop in memory behind them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from unittest.mock import patch
from urllib.parse import parse_qs, urlsplit

import pytest
import time_machine

from chalicelib.catalog import bridge_types
from chalicelib.connectors import platforms
from chalicelib.connectors.consent_texts import TEXTS
from chalicelib.kit import clock
from chalicelib.organizations.known_settings import LANGUAGES
from tests.support.account import everything
from tests.support.factories import EMBED
from tests.support.gateway import Client, Reply
from tests.support.tiny_shop import TinyShop
from tests.unit.connectors.conftest import Merchant

BASE = "https://api.example.com"
START = f"{EMBED}/bridges/woocommerce/connect"


@pytest.fixture(autouse=True)
def woocommerce(shop: TinyShop) -> Iterator[None]:
    """The type WooCommerce, whose routes exist, with the shop in memory as its platform."""
    entries = bridge_types._entries()
    fields = [{**field, "name": {"storeUrl": "shopUrl"}.get(field["name"], field["name"])} for field in
              bridge_types.catalog()["tinyshop"].config_fields]  # fmt: skip
    entry = {**entries["woocommerce"], "connector": True, "consent_field": "shopUrl", "config_fields": fields}
    bridge_types.catalog.cache_clear()
    with (
        patch.object(bridge_types, "_entries", lambda: {**entries, "woocommerce": entry}),
        patch.object(platforms, "find", lambda kind: _as(shop, kind)),
    ):
        yield
    bridge_types.catalog.cache_clear()


def _as(shop: TinyShop, kind: str) -> Any:
    from dataclasses import replace

    return replace(shop.platform, id=kind) if kind in ("woocommerce", "tinyshop") else None


@dataclass
class Browser:
    cookie: str = ""

    def get(self, url: str) -> Reply:
        return self._keep(Client().get(url.removeprefix(BASE), **self._headers()))

    def submit(self, url: str, page: Reply) -> Reply:
        fields = dict(re.findall(r'name="(\w+)" value="([^"]*)"', page.text))
        body = "&".join(f"{name}={value}" for name, value in fields.items())
        path = url.removeprefix(BASE).partition("?")[0]
        return self._keep(Client().call("POST", path, body, **self._headers()))

    def _headers(self) -> dict[str, str]:
        return {"Cookie": self.cookie} if self.cookie else {}

    def _keep(self, reply: Reply) -> Reply:
        self.cookie = reply.headers.get("Set-Cookie", self.cookie).partition(";")[0]
        return reply


def start(merchant: Merchant, **body: Any) -> dict[str, Any]:
    reply = merchant.session.client.post(START, {"storeUrl": "https://tiny.example/", **body})
    assert reply.status == 200, reply.text
    started: dict[str, Any] = reply.data
    return started


def agree(browser: Browser, auth_url: str) -> dict[str, str]:
    """The addresses that the shop's page is given."""
    page = browser.get(auth_url)
    assert page.status == 200, page.text
    gone_on = browser.submit(auth_url, page)
    assert gone_on.status == 303, gone_on.text
    location = gone_on.headers["Location"]
    assert location.startswith("https://tiny.example/agree?")
    return {name: values[0] for name, values in parse_qs(urlsplit(location).query).items()}


def post_keys(addresses: dict[str, str], key: str = "key-one") -> Reply:
    return Client(ip="198.51.100.7").post(addresses["post"].removeprefix(BASE), {"key": key})


def test_connects_and_syncs(merchant: Merchant, shop: TinyShop) -> None:
    shop.add("T-1")
    browser, started = Browser(), start(merchant)
    assert started["authUrl"].startswith(f"{BASE}/connect/woocommerce/oauth/authorize?")
    assert merchant.bridge(started["bridgeId"])["status"] == "pending_oauth"
    page = browser.get(started["authUrl"])
    for shown in ("tiny.example", "merchant-1", "Acme"):
        assert shown in page.text
    assert "Secure; HttpOnly; SameSite=Lax" in page.headers["Set-Cookie"]
    assert page.headers["Set-Cookie"].startswith("__Host-")
    assert "form-action 'self' https://tiny.example;" in page.headers["Content-Security-Policy"]
    addresses = agree(browser, started["authUrl"])
    assert post_keys(addresses).status == 200
    assert "key-one" not in str(everything())
    end = browser.get(addresses["back"])
    assert (end.status, "Connected to Tiny." in end.text) == (200, True)
    merchant.run()
    bridge = merchant.bridge(started["bridgeId"])
    assert (bridge["status"], bridge["last_sync_at"] is not None) == ("active", True)
    assert merchant.order_ids() == {"T-1"}


def test_leads_back_to_where_the_merchant_came_from(merchant: Merchant, shop: TinyShop) -> None:
    merchant.acme.configure(allowed_origins=["https://app.example"])
    browser, started = Browser(), start(merchant, returnUrl="https://app.example/done?tab=1")
    addresses = agree(browser, started["authUrl"])
    post_keys(addresses)
    end = browser.get(addresses["back"])
    assert (end.status, end.headers["Location"]) == (303, "https://app.example/done?tab=1&connected=true")


@pytest.mark.parametrize("language", LANGUAGES)
def test_speaks_the_merchants_language(merchant: Merchant, language: str) -> None:
    path = start(merchant)["authUrl"].removeprefix(BASE)
    page = Client().get(path, Accept_Language=f"{language},en;q=0.5")
    texts = TEXTS[language]
    assert f'lang="{language}"' in page.text
    assert texts.proceed.format(platform="WooCommerce") in page.text
    assert texts.warning.replace("'", "&#x27;") in page.text.replace("&#39;", "&#x27;")


def test_another_browser_finishes_nothing(merchant: Merchant, shop: TinyShop) -> None:
    """Somebody goes on by themselves and sends the shop's page to its owner, who agrees there."""
    started = start(merchant)
    addresses = agree(Browser(), started["authUrl"])
    post_keys(addresses)
    owner = Browser()
    assert owner.get(addresses["back"]).status == 400
    assert Browser("__Host-connect=guessed").get(addresses["back"]).status == 400
    assert merchant.bridge(started["bridgeId"])["status"] == "pending_oauth"
    assert shop.calls == []


def test_a_form_of_another_site_goes_nowhere(merchant: Merchant) -> None:
    started = start(merchant)
    page = Browser().get(started["authUrl"])
    # Another browser has no cookie, or one that the form was not made for.
    assert Browser().submit(started["authUrl"], page).status == 400
    assert Browser("__Host-connect=mine").submit(started["authUrl"], page).status == 400


def test_keys_hold_only_after_a_call_to_that_shop(merchant: Merchant, shop: TinyShop) -> None:
    browser, started = Browser(), start(merchant)
    addresses = agree(browser, started["authUrl"])
    post_keys(addresses, key="of another shop")
    end = browser.get(addresses["back"])
    assert end.status == 400
    assert merchant.bridge(started["bridgeId"])["status"] == "pending_oauth"


def test_keys_are_taken_once_and_only_after_a_click(merchant: Merchant, shop: TinyShop) -> None:
    browser, started = Browser(), start(merchant)
    state = parse_qs(urlsplit(started["authUrl"]).query)["state"][0]
    early = {"post": f"{BASE}/connect/woocommerce/callback/{state}"}
    assert post_keys(early).status == 400
    addresses = agree(browser, started["authUrl"])
    assert post_keys(addresses).status == 200
    assert post_keys(addresses, key="a thief's").status == 400
    assert browser.get(addresses["back"]).status == 200
    assert browser.get(addresses["back"]).status == 400, "a state is used once"


def test_an_old_state_opens_nothing(merchant: Merchant) -> None:
    started = start(merchant)
    with time_machine.travel(clock.now() + timedelta(minutes=11)):
        assert Browser().get(started["authUrl"]).status == 400
    assert Browser().get(f"{BASE}/connect/woocommerce/oauth/authorize?state=unknown").status == 400
    assert Browser().get(f"{BASE}/connect/nothing/oauth/authorize?state=unknown").status == 400


def test_a_shop_that_is_connected_is_renewed(merchant: Merchant, shop: TinyShop) -> None:
    browser, first = Browser(), start(merchant)
    addresses = agree(browser, first["authUrl"])
    post_keys(addresses)
    browser.get(addresses["back"])
    shop.api_key = "key-two"
    again = start(merchant)
    assert again["bridgeId"] == first["bridgeId"]
    addresses = agree(browser, again["authUrl"])
    post_keys(addresses, key="key-two")
    assert browser.get(addresses["back"]).status == 200
    assert merchant.bridge(first["bridgeId"])["status"] == "active"


def test_what_names_no_shop_is_refused(merchant: Merchant) -> None:
    reply = merchant.session.client.post(START, {"storeUrl": "not a shop"})
    assert (reply.status, reply.fields) == (422, ["storeUrl"])
