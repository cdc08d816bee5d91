"""A merchant in the portal of a running stack: connects the demo shop by its consent page, and asks for a cancellation
that reaches the shop. And the documented page with one script tag, opened as a file."""

import re
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from local.stack import Stack
from tests.browser.conftest import browser
from tests.e2e.test_woocommerce import STORE_URL, Shop, shop
from tests.support.calling import PATIENCE_S, Caller, eventually, organization

__all__ = ["browser", "shop"]

SCOPES = ["bridges:write", "orders:read", "shipments:read", "tracking:read", "actions:write"]
PATIENCE_MS = PATIENCE_S * 1000
DOCUMENTED = Path(__file__).parents[2] / "docs" / "components.md"


@pytest.fixture(scope="module")
def server(stack: Stack) -> Caller:
    return organization(stack, "Portal", ["bridges", "data_room", "action_requests"])


@pytest.fixture
def session(server: Caller) -> dict[str, Any]:
    body = {"externalId": f"merchant-{uuid.uuid4()}", "scopes": SCOPES}
    created: dict[str, Any] = server("POST", "/sessions", body)["data"]
    return created


@pytest.fixture
def tab(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(locale="en-GB")
    context.set_default_timeout(PATIENCE_MS)
    yield context.new_page()
    context.close()


def press(tab: Page, *names: str) -> None:
    for name in names:
        tab.get_by_role("button", name=name).click()


def test_a_merchant_connects_the_demo_shop_in_six_clicks(
    tab: Page, shop: Shop, stack: Stack, server: Caller, session: dict[str, Any]
) -> None:
    tab.goto(session["portalUrl"])
    tab.get_by_role("link", name="Connections").click()
    press(tab, "Connect a shop", "WooCommerce")
    tab.get_by_label("Store URL").fill(STORE_URL)
    with tab.expect_popup() as opening:
        press(tab, "Go to WooCommerce")
    window = opening.value
    expect(tab.get_by_text("Waiting for your consent at WooCommerce")).to_be_visible()
    press(window, "Continue to WooCommerce", "Approve")

    # The page notices, closes the window, and shows the connection at work.
    expect(tab.locator("orderly-bridges article")).to_contain_text("Active", timeout=PATIENCE_MS)
    eventually(window.is_closed, bool)
    merchant = Caller(stack.base_url, session["token"])
    eventually(lambda: merchant("GET", "/orders")["data"], lambda orders: len(orders) >= 6)
    # An order that is placed before the shop has its webhooks is found by the next poll, minutes later.
    (bridge,) = merchant("GET", "/bridges")["data"]
    eventually(lambda: shop.has_hooks(bridge["id"]), bool)

    # What somebody asks for there and the organization approves is done at the shop, and the portal says so.
    shop.order("Radia Perlman")
    (order,) = eventually(lambda: merchant("GET", "/orders?search=perlman")["data"], bool)
    # A reload has forgotten the session; the link opens it again.
    tab.reload()
    expect(tab.get_by_role("heading", name="Open this page with the link that you were given.")).to_be_visible()
    tab.goto(session["portalUrl"])
    tab.get_by_role("searchbox").fill("perlman")
    press(tab, order["order_number"], "Request a change", "Send request")
    expect(tab.get_by_text("Your request was sent.")).to_be_visible()
    (request,) = merchant("GET", "/action-requests")["data"]
    server("PATCH", f"/action-requests/{request['id']}/resolve", {"status": "approved"})
    eventually(
        lambda: merchant("GET", f"/action-requests/{request['id']}")["data"]["application"]["status"],
        lambda status: status == "applied",
    )
    tab.get_by_role("link", name="Requests").click()
    press(tab, request["title"])
    expect(tab.get_by_text("Carried out", exact=True)).to_be_visible()
    assert shop.log("order.status", order["external_id"])[-1]["status"] == "cancelled"


def test_a_consent_that_is_not_given_says_so(tab: Page, shop: Shop, session: dict[str, Any]) -> None:
    tab.goto(session["portalUrl"])
    tab.get_by_role("link", name="Connections").click()
    press(tab, "Connect a shop", "WooCommerce")
    tab.get_by_label("Store URL").fill(STORE_URL)
    with tab.expect_popup() as opening:
        press(tab, "Go to WooCommerce")
    opening.value.close()

    expect(tab.get_by_role("alert")).to_contain_text("The window was closed before you gave your consent.")
    expect(tab.get_by_role("button", name="Go to WooCommerce")).to_be_visible()


def test_the_documented_page_works_as_a_file(
    tab: Page, stack: Stack, server: Caller, session: dict[str, Any], tmp_path: Path
) -> None:
    found = re.search(r"```html\n(<!doctype html>.*?)```", DOCUMENTED.read_text(), re.DOTALL)
    assert found
    html = found[1].replace("https://api.example.com", stack.base_url).replace("est_…", session["token"])
    page = tmp_path / "page.html"
    page.write_text(html)

    tab.goto(page.as_uri())
    expect(tab.get_by_text("No orders yet")).to_be_visible()

    server("PATCH", "/config", {"allowed_origins": ["https://merchant.example"]})
    try:
        tab.goto(page.as_uri())
        expect(tab.get_by_role("alert")).to_contain_text("It may not be shown on this website.")
    finally:
        server("PATCH", "/config", {"allowed_origins": []})
