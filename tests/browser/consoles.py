"""The console in a browser, with the API in process, and a merchant whose requests wait."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.browser.hosts import Host
from tests.support.factories import EMBED, Acme
from tests.support.orders import Merchant, order, shipment

HOSTILE = "<img src=x onerror=\"document.title='owned'\">"


class Console:
    """A browser at `/console`, and what it asks."""

    def __init__(self, host: Host, merchant: Merchant) -> None:
        self.host, self.merchant, self.acme = host, merchant, merchant.acme
        self.tab: Page = host.tab
        self.sent: list[tuple[str, str, Any]] = []
        self.failing_with: int | None = None
        """The status that every call gets."""
        self.held = False
        """Whether calls are left without an answer."""
        host.failing = self.notice

    def notice(self, route: Route) -> bool:
        request = route.request
        if request.method != "GET":
            path = urlsplit(request.url).path
            self.sent.append((request.method, path, request.post_data_json if request.post_data else None))
        elif "/api/v1/" in request.url and self.failing_with is not None:
            error = {"code": "other", "message": "The API's words.", "request_id": "r-1"}
            route.fulfill(status=self.failing_with, json={"error": error})
            return True
        return self.held and request.method == "GET" and "/api/v1/" in request.url and "/config/me" not in request.url

    def open(self, place: str = "") -> Page:
        self.host.go("/console")
        self.tab.locator("[name=key]").fill(self.acme.api_key)
        self.tab.locator("[name=name]").fill("Ada")
        self.tab.keyboard.press("Enter")
        expect(self.tab.locator("console-shell nav")).to_be_visible()
        if place:
            self.go(place)
        return self.tab

    def decided(self) -> list[tuple[str, Any]]:
        """Which requests were decided, and the bodies."""
        return [(path.split("/")[-2], body) for _, path, body in self.sent if path.endswith("/resolve")]

    def queue(self, query: str = "") -> Page:
        """Signed in, with the queue loaded."""
        tab = self.open(f"queue{query}")
        expect(tab.locator("console-request").first).to_be_visible()
        return tab

    def show(self, view: str) -> None:
        """A view of the merchant or of an order of theirs."""
        [*_, newest] = [each["id"] for each in self.merchant.orders()["data"]]
        self.go(view.format(user=self.merchant.session.end_user_id, order=newest))

    def go(self, place: str) -> None:
        self.tab.evaluate("(place) => { location.hash = place }", f"/{place}")


@pytest.fixture
def console(browser: Browser, acme: Acme) -> Iterator[Console]:
    context = browser.new_context(locale="en-GB", viewport={"width": 1280, "height": 900})
    merchant = Merchant.of(acme)
    merchant.sync(*(order(1000 + n) for n in range(4)), shipments=[shipment(1003)])
    yield Console(Host(context), merchant)
    context.close()


def ask(merchant: Merchant, *titles: str, action_type: str = "hold") -> list[str]:
    """Requests for the merchant's orders, oldest first."""
    orders = merchant.client.get(f"{EMBED}/orders").data
    created = [
        merchant.client.post(
            f"{EMBED}/action-requests", {"orderId": each["id"], "actionType": action_type, "title": title}
        )
        for title, each in zip(titles, orders, strict=False)
    ]
    return [reply.data["id"] for reply in created]
