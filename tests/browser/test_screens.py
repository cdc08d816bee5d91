"""The merchants' screens in a browser, with the API in process: on other pages' origins, and as the portal."""

import csv
import io
import json
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, Route, expect

from chalicelib.webhooks import operations
from tests.browser.hosts import API, PAGE, STRICT, Host
from tests.browser.screens import HOSTILE, Open, embed, gallery, host, merchant, open_portal, violations
from tests.support.factories import EMBED, Acme
from tests.support.orders import Merchant
from tests.unit.conftest import acme, cloud

__all__ = ["acme", "cloud", "gallery", "host", "merchant"]

COMPONENTS = (
    "orders",
    "order",
    "shipments",
    "tracking",
    "requests",
    "bridges",
    "connect",
    "alerts",
    "webhooks",
    "tracking-pages",
    "insights",
    "portal",
)


class TestOnAnyPage:
    @pytest.mark.parametrize("policy", [None, STRICT], ids=["plain", "strict"])
    def test_works_without_cookies_storage_or_other_requests(
        self, host: Open, merchant: Merchant, policy: str | None
    ) -> None:
        opened = host()
        tab = opened.open(embed(merchant.session, "<orderly-orders></orderly-orders>"), policy)

        expect(tab.locator("orderly-orders tbody tr")).to_have_count(25)
        assert opened.errors == []
        assert {urlsplit(url).netloc for url in opened.requested} == {urlsplit(API).netloc, urlsplit(PAGE).netloc}
        assert opened.context.cookies() == []
        assert tab.evaluate("localStorage.length + sessionStorage.length") == 0
        assert not [url for url in opened.requested if merchant.session.created["token"] in url]

    def test_empty_it_is_the_whole_portal(self, host: Open, merchant: Merchant) -> None:
        tab = host().open(embed(merchant.session, ""))

        tab.get_by_role("link", name="Shipments").click()
        expect(tab.locator("orderly-shipments tbody tr")).to_have_count(1)

    def test_shows_nothing_that_the_session_may_not_see(self, host: Open, merchant: Merchant) -> None:
        merchant.acme.configure(enabled_features=["bridges"])
        opened = host()
        tab = opened.open(embed(merchant.session, "<orderly-orders></orderly-orders>"))

        expect(tab.locator("orderly-embed")).to_be_attached()
        tab.wait_for_function("document.querySelector('orderly-embed')?.session?.info")
        assert tab.locator("orderly-orders").inner_text() == ""

    def test_works_with_the_publishable_key(self, host: Open, merchant: Merchant) -> None:
        key = merchant.acme.publishable_key
        attributes = f'publishable-key="{key}" external-id="merchant-1"'
        tab = host().open(f"<orderly-embed {attributes}><orderly-orders></orderly-orders></orderly-embed>")

        expect(tab.locator("orderly-orders tbody tr")).to_have_count(25)

    def test_a_page_may_show_the_order_itself(self, host: Open, merchant: Merchant) -> None:
        script = """document.addEventListener('orderly-navigate', (event) => {
            event.preventDefault();
            document.title = JSON.stringify(event.detail);
        });"""
        tab = host().open(embed(merchant.session, "<orderly-orders></orderly-orders>"), script=script)

        tab.get_by_role("button", name="ORD-1029").click()
        assert json.loads(tab.title())["view"] == "order"
        assert tab.locator("orderly-order").count() == 0

    def test_speaks_the_language_of_the_page(self, host: Open, merchant: Merchant) -> None:
        tab = host(locale="pt-BR").open(
            f'<div lang="de">{embed(merchant.session, "<orderly-orders></orderly-orders>")}</div>'
        )

        expect(tab.get_by_role("heading", name="Bestellungen")).to_be_visible()
        expect(tab.locator("orderly-orders td.date").first).to_have_text("30.01.2026")


class TestLists:
    def test_turn_pages_search_and_lead_to_details_by_keyboard(self, host: Open, merchant: Merchant) -> None:
        tab = host().open(embed(merchant.session, "<orderly-orders></orderly-orders>"))
        rows = tab.locator("orderly-orders tbody tr")
        expect(rows).to_have_count(25)

        tab.get_by_role("button", name="Next").press("Enter")
        expect(rows).to_have_count(5)
        tab.get_by_role("searchbox").fill("ORD-1029")
        expect(rows).to_have_count(1)
        rows.get_by_role("button").focus()
        tab.keyboard.press("Enter")
        heading = tab.get_by_role("heading", name="ORD-1029")
        expect(heading).to_be_focused()
        tab.get_by_role("button", name="1Z999AA10123456784").press("Enter")
        expect(tab.get_by_role("heading", name="1Z999AA10123456784")).to_be_focused()
        tab.get_by_role("button", name="Back").press("Enter")
        expect(heading).to_be_visible()
        tab.get_by_role("button", name="Back").press("Enter")
        expect(rows.get_by_role("button")).to_be_focused()
        expect(tab.get_by_role("searchbox")).to_have_value("ORD-1029")

    def test_ten_thousand_rows_are_shown_by_the_page(self, host: Open, merchant: Merchant) -> None:
        opened = host()
        page = json.dumps(
            {"page": 1, "limit": 50, "total": 10_000, "totalPages": 200, "hasMore": True, "nextCursor": "x"}
        )

        def many(route: Route) -> bool:
            if f"{EMBED}/orders?" not in route.request.url:
                return False
            row = merchant.client.get(f"{EMBED}/orders?limit=1").data[0]
            rows = json.dumps([{**row, "id": str(n)} for n in range(50)], default=float)
            route.fulfill(
                status=200, headers={"Access-Control-Allow-Origin": "*"}, body=f'{{"data":{rows},"pagination":{page}}}'
            )
            return True

        opened.failing = many
        tab = opened.open(embed(merchant.session, '<orderly-orders page-size="50"></orderly-orders>'))
        for number in range(1, 5):
            expect(tab.get_by_role("navigation", name=f"Page {number}")).to_be_visible()
            assert tab.locator("orderly-orders tr").count() <= 200
            tab.get_by_role("button", name="Next").click()
        expect(tab.get_by_text("10,000 results")).to_be_visible()

    def test_exports_what_is_filtered_and_no_formulas(self, host: Open, merchant: Merchant) -> None:
        tab = host().open(embed(merchant.session, "<orderly-orders></orderly-orders>"))
        with tab.expect_download() as downloading:
            tab.get_by_role("button", name="Export CSV").click()
        text = Path(downloading.value.path()).read_text(encoding="utf-8-sig")
        rows = list(csv.reader(io.StringIO(text)))

        assert len(rows) == 31
        assert rows[1][3] == f"'{HOSTILE}"
        assert not [cell for row in rows for cell in row if cell[:1] in ("=", "+", "-", "@")]


class TestSessions:
    SCRIPT = """let asked = 0;
        customElements.whenDefined('orderly-embed').then(() => {});
        document.querySelector('orderly-embed').fetchSession = async () => TOKENS[asked++];"""

    def opened(self, opened: Host, *tokens: str) -> None:
        body = "<orderly-embed><orderly-orders></orderly-orders></orderly-embed>"
        opened.open(body + f"<script>const TOKENS = {json.dumps(tokens)}; {self.SCRIPT}</script>")

    def test_that_ends_while_somebody_types_is_renewed(self, host: Open, merchant: Merchant) -> None:
        opened = host()
        first, second = merchant.session.created, merchant.acme.session().created
        self.opened(opened, first["token"], second["token"])
        rows = opened.tab.locator("orderly-orders tbody tr")
        expect(rows).to_have_count(25)

        merchant.acme.server.delete(f"{EMBED}/sessions/{first['sessionId']}")
        opened.tab.get_by_role("searchbox").fill("ORD-1003")
        expect(rows).to_have_count(1)
        expect(opened.tab.get_by_role("searchbox")).to_have_value("ORD-1003")
        assert opened.tab.get_by_role("alert").count() == 0

    def test_that_is_not_renewed_leaves_what_was_typed(self, host: Open, merchant: Merchant) -> None:
        opened = host()
        tab = opened.open(embed(merchant.session, "<orderly-orders></orderly-orders>"))
        rows = tab.locator("orderly-orders tbody tr")
        expect(rows).to_have_count(25)

        merchant.acme.server.delete(f"{EMBED}/sessions/{merchant.session.created['sessionId']}")
        tab.get_by_role("searchbox").fill("ORD-1003")
        expect(tab.get_by_text("Your session has ended.").first).to_be_visible()
        expect(tab.get_by_role("searchbox")).to_have_value("ORD-1003")
        # A new token from the host goes on where it was.
        token = merchant.acme.session().created["token"]
        tab.evaluate("token => { document.querySelector('orderly-embed').sessionToken = token }", token)
        expect(rows).to_have_count(1)
        expect(tab.get_by_text("Your session has ended.")).to_have_count(0)


class TestPortal:
    def test_takes_the_token_out_of_the_address_and_stores_it_nowhere(self, host: Open, merchant: Merchant) -> None:
        opened = host()
        open_portal(opened, merchant.session)

        expect(opened.tab.locator("orderly-orders tbody tr")).to_have_count(25)
        token = merchant.session.created["token"]
        assert token not in opened.tab.url
        assert token not in json.dumps(
            opened.tab.evaluate("[history.state, {...localStorage}, {...sessionStorage}, document.cookie]")
        )
        assert not [url for url in opened.requested if token in url]
        assert opened.errors == []

    def test_refuses_the_session_of_another_organization(self, host: Open, merchant: Merchant) -> None:
        other = Acme.create()
        opened = host()
        opened.go(f"/portal?org={other.config['slug']}#{merchant.session.created['token']}")

        expect(opened.tab.get_by_text("This link belongs to another organization.")).to_be_visible()
        assert not [url for url in opened.requested if "/orders" in url]

    def test_without_a_token_says_what_to_do(self, host: Open, merchant: Merchant) -> None:
        opened = host()
        opened.go(f"/portal?org={merchant.acme.config['slug']}")

        expect(opened.tab.get_by_role("heading")).to_have_text("Open this page with the link that you were given.")

    def test_the_browsers_buttons_work(self, host: Open, merchant: Merchant) -> None:
        opened = host()
        tab = opened.tab
        open_portal(opened, merchant.session)
        tab.get_by_role("button", name="ORD-1029").click()
        expect(tab.get_by_role("heading", name="ORD-1029")).to_be_visible()
        tab.go_back()
        expect(tab.locator("orderly-orders tbody tr").first).to_be_visible()
        tab.go_forward()
        expect(tab.get_by_role("heading", name="ORD-1029")).to_be_visible()


class TestMerchantsTasks:
    """The five things that merchants come for, in the portal, with the clicks that each takes (typing apart)."""

    @pytest.fixture
    def tab(self, host: Open, merchant: Merchant) -> Page:
        opened = host(permissions=["clipboard-read", "clipboard-write"])
        open_portal(opened, merchant.session)
        expect(opened.tab.locator("orderly-orders tbody tr")).to_have_count(25)
        return opened.tab

    def click(self, tab: Page, *names: str, role: Any = "button") -> None:
        for name in names:
            tab.get_by_role(role, name=name, exact=True).click()

    def test_connect_a_shop_by_its_keys_in_four_clicks(self, tab: Page, merchant: Merchant) -> None:
        self.click(tab, "Connections", role="link")
        self.click(tab, "Connect a shop")
        tab.get_by_role("button", name="BigCommerce").click()
        tab.get_by_label("Store hash").fill("abc123")
        tab.get_by_label("API access token").fill("secret")
        self.click(tab, "Connect")
        expect(tab.locator("orderly-bridges article")).to_have_count(2)
        assert [each["type"] for each in merchant.client.get(f"{EMBED}/bridges").data].count("bigcommerce") == 1

    def test_ask_for_the_cancellation_of_an_order_in_three_clicks(self, tab: Page, merchant: Merchant) -> None:
        tab.get_by_role("searchbox").fill("1004")
        expect(tab.locator("orderly-orders tbody tr")).to_have_count(1)
        self.click(tab, "ORD-1004", "Request a change", "Send request")
        expect(tab.get_by_text("Your request was sent.")).to_be_visible()
        (request,) = merchant.client.get(f"{EMBED}/action-requests").data
        assert (request["action_type"], request["title"]) == ("cancel", "Cancel the order: ORD-1004")

    def test_be_warned_of_exceptions_in_three_clicks(self, tab: Page, merchant: Merchant) -> None:
        self.click(tab, "Alerts", role="link")
        self.click(tab, "Add alert")
        tab.get_by_label("Name").fill("Held up")
        self.click(tab, "Create alert")
        expect(tab.locator("orderly-alerts article")).to_have_count(1)
        (rule,) = merchant.client.get(f"{EMBED}/alerts/rules").data
        assert (rule["event_type"], rule["condition"]) == ("shipment.exception", {})

    def test_try_a_condition_before_it_is_a_rule(self, tab: Page, merchant: Merchant) -> None:
        self.click(tab, "Alerts", role="link")
        self.click(tab, "Add alert")
        tab.get_by_label("When").select_option("order.created")
        self.click(tab, "Add condition")
        tab.get_by_label("Field").select_option("totals.total")
        tab.get_by_label("Comparison").select_option("gt")
        tab.get_by_label("Value").fill("1000")
        self.click(tab, "Try on recent events")
        expect(tab.get_by_text("0 of 30 recent events match.")).to_be_visible()
        tab.get_by_label("Value").fill("10")
        self.click(tab, "Try on recent events")
        expect(tab.get_by_text("30 of 30 recent events match.")).to_be_visible()

    def test_add_a_webhook_and_see_it_tested_in_four_clicks(
        self, tab: Page, merchant: Merchant, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        self.click(tab, "Webhooks", role="link")
        self.click(tab, "Add webhook")
        tab.get_by_label("Address").fill("https://93.184.216.34/hooks")
        self.click(tab, "Create webhook")
        expect(tab.get_by_text("This is the signing secret.")).to_be_visible()
        assert tab.locator("orderly-webhooks code").first.inner_text().startswith("whsec_")
        monkeypatch.setattr(operations, "send_test", lambda *_: {"success": True, "statusCode": 204})
        self.click(tab, "Send test")
        expect(tab.get_by_text("The test was received. (204)")).to_be_visible()

    def test_send_a_shopper_a_tracking_link_in_four_clicks(self, tab: Page, merchant: Merchant) -> None:
        self.click(tab, "Tracking pages", role="link")
        tab.get_by_label("Make a tracking link for a shipment").fill("1Z999AA10123456784")
        self.click(tab, "Find shipment", "Create link")
        expect(tab.locator("orderly-tracking-pages tbody tr")).to_have_count(1)
        self.click(tab, "Copy")
        (page,) = merchant.client.get(f"{EMBED}/tracking-pages").data
        assert tab.evaluate("navigator.clipboard.readText()") == page["url"]


class TestEveryState:
    @pytest.mark.parametrize(
        ("width", "scheme", "language"), [(1280, "light", "en"), (320, "dark", "de")], ids=["wide", "narrow"]
    )
    @pytest.mark.parametrize("component", COMPONENTS)
    def test_is_accessible_and_fits(
        self, gallery: Open, component: str, width: int, scheme: str, language: str
    ) -> None:
        opened = gallery(viewport={"width": width, "height": 900}, color_scheme=scheme)
        opened.go(f"/portal/gallery?show={component}&lang={language}")
        opened.tab.wait_for_load_state("networkidle")

        assert violations(opened.tab) == []
        assert opened.tab.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") == 0
        assert [error for error in opened.errors if "Failed to fetch" not in error] == []
        assert opened.tab.title() == "Gallery"
        assert opened.tab.locator("img").count() == 0
