"""The console in a browser, with the API in process: an operator at work, by keyboard and by mouse."""

import json
from typing import Any
from urllib.parse import quote

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Page, expect

from tests.browser.consoles import HOSTILE, Console, ask, console
from tests.support.factories import EMBED, Acme
from tests.support.gateway import Client
from tests.support.orders import order, shipment
from tests.unit.conftest import acme, cloud

__all__ = ["acme", "cloud", "console"]


class TestSignIn:
    def test_changes_the_key_for_a_session_that_this_tab_keeps(self, console: Console) -> None:
        tab = console.open("queue")
        stored = tab.evaluate("JSON.parse(sessionStorage['orderly-console'])")
        assert stored["token"].startswith("ops_")
        assert console.acme.api_key not in json.dumps(stored)
        assert stored["name"] == "Ada"
        assert tab.evaluate("localStorage.length") == 0
        assert console.host.context.cookies() == []

        tab.reload()
        expect(tab.get_by_role("heading", name="Requests")).to_be_visible()
        assert console.host.errors == []

        tab.get_by_role("button", name="Sign out").click()
        expect(tab.get_by_label("API key")).to_be_focused()
        assert tab.evaluate("sessionStorage.length") == 0
        assert Client(stored["token"]).get(f"{EMBED}/users").status == 401

    def test_says_that_a_key_is_wrong_and_keeps_the_name(self, console: Console) -> None:
        tab = console.tab
        console.host.go("/console")
        tab.get_by_label("API key").fill("oh_wrong")
        tab.get_by_label("Your name").fill("Ada")
        tab.get_by_role("button", name="Sign in").click()
        expect(tab.get_by_role("alert")).to_contain_text("not an API key")
        expect(tab.get_by_label("Your name")).to_have_value("Ada")

    def test_that_has_ended_leads_back_to_where_one_was(self, console: Console) -> None:
        ask(console.merchant, "Hold it")
        tab = console.queue()
        tab.keyboard.press("j")
        tab.get_by_label("Note to the merchant").fill("Half a thought")
        [session] = console.acme.server.get("/api/v1/console/sessions").data
        console.acme.server.delete(f"/api/v1/console/sessions/{session['id']}")
        console.go("events")
        expect(tab.get_by_role("alert").filter(has_text="Sign in again")).to_be_visible()

        tab.get_by_label("API key").fill(console.acme.api_key)
        tab.keyboard.press("Enter")
        expect(tab.get_by_role("heading", name="Event log")).to_be_visible()
        expect(tab.locator("console-events tbody tr").first).to_be_visible()
        tab.go_back()
        expect(tab.get_by_label("Note to the merchant")).to_have_value("Half a thought")


class TestQueue:
    def test_is_decided_by_keys_and_sent_after_five_seconds(self, console: Console) -> None:
        first, second, third = ask(console.merchant, "First", "Second", "Third")
        console.tab.clock.install()
        tab = console.queue()
        expect(tab.locator("console-request")).to_have_count(3)

        tab.keyboard.press("j")
        tab.keyboard.press("a")
        tab.keyboard.press("n")
        tab.keyboard.type("Already packed, j and d are letters here")
        tab.keyboard.press("Escape")
        tab.keyboard.press("d")
        tab.keyboard.press("a")
        tab.keyboard.press("u")
        tab.clock.run_for(4000)
        assert console.decided() == []
        tab.clock.run_for(1500)
        expect(tab.locator(".toast")).to_have_count(0)
        expect(tab.locator("console-request")).to_have_count(1)

        assert sorted(console.decided(), key=str) == sorted(
            [
                (third, {"status": "approved"}),
                (second, {"status": "denied", "resolutionNote": "Already packed, j and d are letters here"}),
            ],
            key=str,
        )
        assert first not in [decided for decided, _ in console.decided()]
        assert console.host.errors == []

    def test_sends_what_waits_when_the_page_is_left(self, console: Console) -> None:
        [request] = ask(console.merchant, "Hold it")
        tab = console.queue()
        tab.keyboard.press("j")
        tab.keyboard.press("a")
        expect(tab.get_by_text("Sent in 5 s")).to_be_visible()
        console.go("events")
        expect(tab.get_by_role("heading", name="Event log")).to_be_visible()
        assert console.decided() == []

        tab.evaluate("dispatchEvent(new PageTransitionEvent('pagehide'))")
        expect(tab.get_by_text("Sent in 5 s")).to_have_count(0)
        assert console.decided() == [(request, {"status": "approved"})]

    def test_tells_if_somebody_else_was_faster(self, console: Console) -> None:
        [request] = ask(console.merchant, "Hold it")
        console.tab.clock.install()
        tab = console.queue()
        tab.keyboard.press("j")
        console.acme.server.patch(f"{EMBED}/action-requests/{request}/resolve", {"status": "denied"})
        tab.keyboard.press("a")
        tab.clock.run_for(5500)
        expect(tab.get_by_role("alert")).to_contain_text("Hold it was not decided")
        tab.get_by_role("button", name="Close").click()
        expect(tab.get_by_role("alert")).to_have_count(0)

    def test_says_what_became_of_it_and_what_is_left_to_do(self, console: Console) -> None:
        [request] = ask(console.merchant, "Hold it")
        console.acme.server.patch(f"{EMBED}/action-requests/{request}/resolve", {"status": "approved"})
        tab = console.queue("?status=approved")
        tab.get_by_role("button", name="Hold it").click()
        tab.get_by_label("What was done").fill("Called the shop")
        tab.get_by_role("button", name="Mark as done").click()
        expect(tab.get_by_text("Called the shop")).to_be_visible()
        row = console.merchant.client.get(f"{EMBED}/action-requests/{request}").data
        assert row["application"]["status"] == "applied"

    def test_keys_can_be_switched_off(self, console: Console) -> None:
        ask(console.merchant, "Hold it")
        tab = console.queue()
        tab.keyboard.press("?")
        tab.get_by_label("React to these keys").uncheck()
        tab.get_by_role("button", name="Close").click()
        tab.keyboard.press("j")
        expect(tab.get_by_label("Note to the merchant")).to_have_count(0)


class TestMerchants:
    def test_one_is_shown_whole(self, console: Console) -> None:
        tab = console.open("merchants")
        tab.get_by_role("link", name="merchant-1").click()
        expect(tab.locator("orderly-orders tbody tr")).to_have_count(4)
        tab.get_by_role("button", name="ORD-1003").click()
        expect(tab.get_by_role("heading", name="ORD-1003")).to_be_visible()
        assert f"#/merchants/{console.merchant.session.end_user_id}/orders/" in tab.url
        tab.reload()
        expect(tab.get_by_role("heading", name="ORD-1003")).to_be_visible()
        for name, element in (("Shipments", "shipments"), ("Webhooks", "webhooks"), ("Alerts", "alerts")):
            tab.locator(".tabs").get_by_role("link", name=name).click()
            expect(tab.locator(f"orderly-{element}")).to_be_visible()
            expect(tab.get_by_role("alert")).to_have_count(0)
        expect(tab.locator("console-merchant .skeleton")).to_have_count(0)
        assert console.host.errors == []

    def test_an_order_is_found_by_its_tracking_number(self, console: Console) -> None:
        tab = console.open("queue")
        tab.keyboard.press("/")
        tab.keyboard.type("1Z999AA10123456784")
        tab.keyboard.press("Enter")
        tab.get_by_role("link", name="1Z999AA10123456784").click()
        expect(tab.get_by_role("heading", name="1Z999AA10123456784")).to_be_visible()

    def test_all_sessions_end_with_two_clicks(self, console: Console) -> None:
        tab = console.open(f"merchants/{console.merchant.session.end_user_id}/sessions")
        tab.get_by_role("button", name="End all sessions").click()
        tab.get_by_role("button", name="End all sessions now").click()
        expect(tab.get_by_text("All sessions were ended.")).to_be_visible()
        expect(tab.get_by_text("No live sessions")).to_be_visible()
        assert console.merchant.client.get(f"{EMBED}/session").status == 401

    def test_one_has_a_page_and_every_view_a_link(self, console: Console) -> None:
        tab = console.open("merchants")
        tab.get_by_role("link", name="merchant-1").click()
        tab.locator(".tabs").get_by_role("link", name="Connections").click()
        expect(tab.get_by_text("My ShipStation")).to_be_visible()
        tab.get_by_role("link", name="Events").last.click()
        row = tab.locator("console-events tbody tr").first
        expect(row).to_be_visible()
        tab.reload()
        expect(row).to_be_visible()
        assert console.host.errors == []

    def test_is_seen_as_they_see_it_and_not_changed(self, console: Console) -> None:
        tab = console.open(f"merchants/{console.merchant.session.end_user_id}")
        with console.host.context.expect_page() as opening:
            tab.get_by_role("button", name="See what they see").click()
        portal = opening.value
        expect(portal.locator("orderly-orders tbody tr")).to_have_count(4)
        expect(tab.get_by_text("opened in a new tab")).to_be_visible()
        assert "est_" not in portal.url
        [event] = console.acme.server.get(f"{EMBED}/events?event_type=session.created&limit=1").data
        assert (event["metadata"]["kind"], event["metadata"]["operator"]) == ("read_only", "Ada")

    def test_lists_keep_their_place(self, console: Console) -> None:
        for n in range(30):
            console.acme.session(f"m-{n:02}")
        tab = console.open("merchants")
        tab.get_by_role("button", name="Next").click()
        expect(tab.get_by_role("navigation", name="Page 2")).to_be_visible()
        shared = tab.url
        name = tab.locator("console-merchants tbody a").first.inner_text()
        tab.locator("console-merchants tbody a").first.click()
        expect(tab.get_by_role("heading", name=name)).to_be_visible()
        tab.go_back()
        expect(tab.locator("console-merchants tbody a").first).to_have_text(name)
        tab.reload()
        assert tab.url == shared
        expect(tab.locator("console-merchants tbody a").first).to_have_text(name)

    def test_a_link_to_nothing_leads_on(self, console: Console) -> None:
        tab = console.open("nothing")
        tab.get_by_role("link", name="Back to the start").click()
        expect(tab.get_by_role("heading", name="Overview")).to_be_visible()
        console.go("merchants/00000000-0000-4000-8000-000000000000")
        expect(tab.get_by_role("alert")).to_contain_text("not here any more")


class TestSettings:
    def test_a_colour_is_seen_before_it_is_saved(self, console: Console) -> None:
        tab = console.open("settings")
        band = tab.locator("console-brand orderly-portal .band")
        tab.get_by_label("Brand colour").fill("#0f766e")
        expect(band).to_have_css("background-color", "rgb(15, 118, 110)")
        expect(tab.get_by_text("has a contrast of 5.4 : 1")).to_be_visible()
        expect(tab.frame_locator("iframe").locator("header")).to_have_css("background-color", "rgb(15, 118, 110)")
        assert console.acme.server.get(f"{EMBED}/config/me").data["branding"] == {}

        tab.get_by_label("Company name").fill("Acme Fulfilment")
        expect(tab.locator("console-brand orderly-portal .company")).to_have_text("Acme Fulfilment")
        tab.locator("console-brand").get_by_role("button", name="Save").click()
        expect(tab.locator("console-brand").get_by_text("Saved.")).to_be_visible()
        expect(tab.locator("console-shell header h1")).to_have_text("Acme Fulfilment")
        branding = console.acme.server.get(f"{EMBED}/config/me").data["branding"]
        assert branding == {"company_name": "Acme Fulfilment", "primary_color": "#0f766e"}
        assert console.host.errors == []

    def test_policies_and_the_rest_are_saved_by_themselves(self, console: Console) -> None:
        console.acme.configure(
            branding={"company_name": "Acme", "own": "kept"}, settings={"actionPolicies": {"other": {"enabled": False}}}
        )
        tab = console.open("settings")
        hold = tab.get_by_role("group", name="Hold the order")
        hold.get_by_label("Approve without asking").check()
        hold.get_by_label("Minutes since the order").fill("90")
        tab.locator("form", has=hold).get_by_role("button", name="Save").click()
        expect(tab.get_by_text("Saved.")).to_be_visible()

        stored = console.acme.server.get(f"{EMBED}/config/me").data
        assert stored["settings"]["actionPolicies"]["hold"] == {
            "enabled": True, "autoApprove": True, "windowMinutes": 90, "untilStatus": None,
        }  # fmt: skip
        assert stored["settings"]["actionPolicies"]["other"]["enabled"] is False
        assert stored["branding"] == {"company_name": "Acme", "own": "kept"}


class TestAccess:
    def test_a_key_is_shown_once_and_revoked_on_the_second_click(self, console: Console) -> None:
        tab = console.open("access")
        tab.get_by_role("button", name="New key").click()
        tab.get_by_label("Name").fill("Warehouse")
        tab.get_by_label("send orders and shipments").check()
        tab.get_by_role("button", name="Create key").click()
        key = tab.locator(".secret code").inner_text()
        assert key.startswith("oh_")
        console.go("events")
        console.go("access")
        row = tab.get_by_role("row", name="Warehouse")
        expect(row).to_be_visible()
        assert key not in tab.content()

        row.get_by_role("button", name="Revoke").click()
        row.get_by_role("button", name="Yes, I am sure").click()
        expect(row).to_have_count(0)


VIEWS = [
    "overview",
    "overview/shipments",
    "overview/connections",
    "overview/webhooks?state=failing",
    "queue",
    "merchants",
    "events",
    "settings",
    "access",
    "search?q=ORD-1003",
    "merchants/{user}",
    "merchants/{user}/orders/{order}",
    "merchants/{user}/why/{order}",
    "merchants/{user}/shipments",
    "merchants/{user}/figures",
    "merchants/{user}/events",
    "merchants/{user}/sessions",
    "nothing",
]
FAILURES = {"broken": 500, "forbidden": 403, "busy": 429}
FOUND_IMAGES = """() => {
    const roots = [document];
    for (const root of roots)
        for (const each of root.querySelectorAll('*')) if (each.shadowRoot) roots.push(each.shadowRoot);
    return roots.flatMap((root) => [...root.querySelectorAll('img[src=x], script:not([src])')]).length;
}"""


def violations(tab: Page) -> list[tuple[str, Any]]:
    found = Axe().run(tab).response["violations"]
    return [(each["id"], [node["target"] for node in each["nodes"]]) for each in found]


def settled(tab: Page) -> None:
    """A view is there, and nothing in it is being loaded."""
    expect(tab.locator("console-shell main").locator("h2:visible, .state:visible").first).to_be_visible()
    expect(tab.locator("console-shell main .skeleton:visible")).to_have_count(0)


class TestEverybody:
    @pytest.mark.parametrize("scheme", ["light", "dark"])
    def test_every_view_passes_the_accessibility_checks_and_fits_320_pixels(
        self, console: Console, scheme: Any
    ) -> None:
        ask(console.merchant, HOSTILE, "Second")
        console.tab.emulate_media(color_scheme=scheme)
        tab = console.open()
        for view in VIEWS:
            console.show(view)
            settled(tab)
            if view == "queue":
                expect(tab.locator("console-request")).to_have_count(2)
                tab.keyboard.press("j")
            assert violations(tab) == [], view
            tab.set_viewport_size({"width": 320, "height": 640})
            assert tab.evaluate("document.documentElement.scrollWidth") <= 320, view
            tab.set_viewport_size({"width": 1280, "height": 900})
        assert tab.title() == "Console"

    @pytest.mark.parametrize("scheme", ["light", "dark"])
    def test_what_cannot_be_shown_says_so_and_leads_on(self, console: Console, scheme: Any) -> None:
        """Every view as it is when its calls fail: in words, without a dead end, and accessible."""
        console.tab.emulate_media(color_scheme=scheme)
        tab = console.open("nothing")
        settled(tab)
        assert violations(tab) == []
        for number, view in enumerate(VIEWS[:-1]):
            name = list(FAILURES)[number % len(FAILURES)]
            console.failing_with = FAILURES[name]
            console.show(view)
            problems = tab.locator("console-shell main [role=alert]:visible")
            expect(problems.first).to_be_visible()
            if name != "forbidden":
                assert violations(tab) == [], view
            elif not view.startswith("merchants/"):
                expect(problems.first).to_contain_text("The API key that you signed in with does not allow it.")
            console.failing_with = None
            if name == "busy":
                for retry in reversed(problems.get_by_role("button", name="Try again").all()):
                    retry.click()
                expect(problems).to_have_count(0)

    def test_what_is_loading_and_what_is_empty_say_so(self, console: Console, acme: Acme) -> None:
        """An organization without anything, first while its calls take long."""
        console.acme = Acme.create()
        console.held = True
        tab = console.open()
        for view in ("overview", "queue", "merchants", "events", "access"):
            console.go(view)
            expect(
                tab.locator("console-shell main").get_by_text("Loading…").locator("visible=true").first
            ).to_be_attached()
            assert violations(tab) == [], view
        console.held = False
        tab.reload()
        for view in ("overview/connections", "overview/webhooks?state=disabled", "queue", "merchants"):
            console.go(view)
            settled(tab)
            expect(tab.locator("console-shell main .state:visible")).to_have_count(1)
            assert violations(tab) == [], view

    def test_hostile_texts_stay_texts_wherever_they_come_from(self, console: Console) -> None:
        merchant = console.merchant
        address = dict.fromkeys(("name", "company", "address1", "address2", "city", "state", "zip", "phone"), HOSTILE)
        merchant.sync(
            order(
                2000, customer={"name": HOSTILE, "email": "x@example.com", "phone": HOSTILE}, order_number=HOSTILE,
                line_items=[{"title": HOSTILE, "sku": HOSTILE, "quantity": 1, "price": 1}], shipping_address=address,
                billing_address=address, notes=HOSTILE, tags=[HOSTILE],
            ),
            shipments=[
                shipment(
                    2000, tracking_number=HOSTILE, carrier=HOSTILE, service=HOSTILE, status="exception",
                    checkpoints=[
                        {"status": "exception", "status_detail": HOSTILE, "location": HOSTILE, "city": HOSTILE,
                         "checkpoint_time": "2026-01-16T10:00:00Z"}
                    ],
                )
            ],
            status="error", error_message=HOSTILE,
        )  # fmt: skip
        console.acme.session("merchant-1", name=HOSTILE)
        hook = {"url": "https://93.184.216.34/", "events": ["order.created"], "description": HOSTILE}
        created = merchant.client.post(f"{EMBED}/webhooks", hook).data["id"]
        merchant.client.patch(f"{EMBED}/webhooks/{created}", {"isActive": False})
        ask(merchant, HOSTILE)
        console.acme.configure(branding={"company_name": HOSTILE})
        [order_id] = [each["id"] for each in merchant.orders()["data"] if each["order_number"] == HOSTILE]
        [shipment_id] = [each["id"] for each in merchant.shipments()["data"] if each["tracking_number"] == HOSTILE]

        tab = console.open()
        for view in (
            "overview/shipments", "overview/connections", "overview/webhooks?state=disabled", "queue", "merchants",
            "events", "settings",
            f"search?q={quote(HOSTILE)}", "merchants/{user}", f"merchants/{{user}}/orders/{order_id}",
            f"merchants/{{user}}/why/{order_id}", f"merchants/{{user}}/shipments/{shipment_id}",
            "merchants/{user}/connections", "merchants/{user}/webhooks",
        ):  # fmt: skip
            console.show(view)
            settled(tab)
            if view == "queue":
                tab.keyboard.press("j")
            expect(tab.get_by_text(HOSTILE).locator("visible=true").first).to_be_visible()
            assert tab.evaluate(FOUND_IMAGES) == 0, view
            tab.set_viewport_size({"width": 320, "height": 640})
            assert tab.evaluate("document.documentElement.scrollWidth") <= 320, view
            tab.set_viewport_size({"width": 1280, "height": 900})
        assert tab.title() == "Console"
        assert console.host.errors == []
