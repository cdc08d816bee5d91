"""What merchants do in the screens: open forms, come back from a consent page, work by keyboard, and only look."""

import json
import re
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.hosts import STRICT, Host
from tests.browser.screens import Open, embed, host, merchant, open_portal, violations
from tests.support import world as make
from tests.support.factories import EMBED, Acme
from tests.support.orders import Merchant
from tests.support.world import NUMBER, World
from tests.unit.conftest import acme, cloud

__all__ = ["acme", "cloud", "host", "merchant"]

OPENED = {
    "request form": ("Orders", (NUMBER, "Request a change"), "Send request"),
    "request": ("Requests", ("Hold",), "Take back"),
    "bridge form": ("Connections", ("Connect a shop", "WooCommerce"), "Go to WooCommerce"),
    "runs": ("Connections", ("What was done",), "What was done"),
    "rename": ("Connections", ("Rename",), "Save"),
    "alert form": ("Alerts", ("Add alert", "Add condition"), "Create alert"),
    "webhook form": ("Webhooks", ("Add webhook",), "Create webhook"),
    "deliveries": ("Webhooks", ("Deliveries",), "Resend failed of 24 hours"),
    "bell": ("Orders", ("1 unread notification",), "Dismiss"),
}
"""The section, the buttons that open it, and a button that it then has."""
PRESS_NEXT = """(buttons, pressed) => {
    const nameOf = (button) => button.ariaLabel || button.innerText.trim();
    const next = buttons.find((each) => each.checkVisibility() && nameOf(each) && !pressed.includes(nameOf(each)));
    next?.click();
    return next && nameOf(next);
}"""
COUNTED = ("orders", "shipped", "delivered", "on_time", "late", "exceptions")
SECTIONS = ("Orders", "Shipments", "Requests", "Connections", "Alerts", "Webhooks", "Tracking pages", "Figures")


@pytest.fixture
def world(acme: Acme) -> World:
    """With one of everything that the screens show."""
    world = World.of(acme)
    for one in (make.bridge, make.request, make.page, make.notification, make.webhook, make.rule, make.rule_webhook):
        one(world)
    return world


def changing(opened: Host, path: str, change: dict[str, Any]) -> Callable[[Route], bool]:
    """Answers paths that have this part with the API's data and this change of it, or of each of its rows."""

    def answer(route: Route) -> bool:
        if path not in route.request.url or route.request.method == "OPTIONS":
            return False
        reply = opened.call(route).json
        data = reply["data"]
        changed = [{**each, **change} for each in data] if isinstance(data, list) else {**data, **change}
        cors = {"Access-Control-Allow-Origin": "*"}
        route.fulfill(status=200, headers=cors, body=json.dumps({**reply, "data": changed}, default=float))
        return True

    return answer


class TestOpened:
    """Forms and panels that the gallery shows closed."""

    @pytest.mark.parametrize("what", OPENED)
    def test_is_accessible_and_fits(self, host: Open, world: World, what: str) -> None:
        section, steps, shown = OPENED[what]
        opened = host(viewport={"width": 320, "height": 800}, color_scheme="dark")
        tab = open_portal(opened, world.owner)
        tab.get_by_role("link", name=section, exact=True).click()
        for name in steps:
            tab.get_by_role("button", name=name).first.click()
        expect(tab.get_by_role("button", name=shown).first).to_be_visible()

        assert violations(tab) == []
        assert tab.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") == 0


class TestBell:
    EVERY_MS = 30_000

    def asked(self, opened: Host) -> int:
        return len([url for url in opened.requested if "/alerts/notifications" in url])

    def test_asks_every_thirty_seconds_while_it_is_visible(self, host: Open, world: World) -> None:
        opened = host()
        opened.tab.clock.install()
        tab = open_portal(opened, world.owner)
        bell = tab.get_by_role("button", name="1 unread notification")
        expect(bell).to_be_visible()
        before = self.asked(opened)

        make.notification(world)
        with tab.expect_response("**/alerts/notifications*"):
            tab.clock.run_for(self.EVERY_MS)
        expect(tab.get_by_role("button", name="2 unread notifications")).to_be_visible()
        assert self.asked(opened) - before <= 2

        self.show(tab, "hidden")
        before = self.asked(opened)
        tab.clock.run_for(10 * self.EVERY_MS)
        assert self.asked(opened) == before
        # It does not wait once somebody looks again.
        with tab.expect_response("**/alerts/notifications*"):
            self.show(tab, "visible")

    def show(self, tab: Page, how: str) -> None:
        tab.evaluate(
            """how => {
                Object.defineProperty(document, 'visibilityState', { value: how, configurable: true });
                document.dispatchEvent(new Event('visibilitychange'));
            }""",
            how,
        )


READING = ["bridges", "orders", "shipments", "tracking", "actions", "alerts", "webhooks"]
WITHOUT_RIGHTS: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "only looks": ({"readOnly": True}, {}),
    "may only read": ({"scopes": [f"{each}:read" for each in READING]}, {}),
    "has features that are off": (
        {"scopes": [f"{each}:write" for each in ("bridges", "actions", "alerts", "webhooks")]},
        {
            "enabled_features": ["bridges"],
        },
    ),
    "may not use this kind of shop": ({"scopes": ["bridges:write"], "allowedBridgeTypes": ["woocommerce"]}, {}),
}
"""What the session is created with, and the configuration."""


class TestWithoutRights:
    """No control leads to something that the session may not do, in any component."""

    @pytest.fixture
    def world(self, acme: Acme) -> World:
        """With deliveries that somebody may want to send again."""
        world = World.of(acme)
        for one in (make.bridge, make.request, make.page, make.notification, make.rule_delivery, make.delivery):
            one(world)
        return world

    @pytest.mark.parametrize("who", WITHOUT_RIGHTS)
    def test_no_button_is_refused(self, host: Open, world: World, who: str) -> None:
        terms, config = WITHOUT_RIGHTS[who]
        if config:
            world.acme.configure(**config)
        created = world.acme.server.post(f"{EMBED}/sessions", {"externalId": "owner", **terms}).data
        opened = host()
        pressed = self.press_everywhere(opened, created["portalUrl"])

        assert opened.refused == []
        assert len(pressed) > 1
        if "readOnly" in terms:
            assert set(opened.methods) <= {"GET", "OPTIONS"}
            assert opened.tab.locator("form").count() == 0

    def test_with_them_the_same_walk_meets_the_controls(self, host: Open, world: World) -> None:
        opened = host()
        ends = ("Yes, I am sure", "Cancel", "Save", "Create alert")
        pressed = self.press_everywhere(opened, world.owner.created["portalUrl"], but=ends)

        assert {"Send again", "Resend failed of 24 hours", "Send test", "Delete", "Try on recent events"} <= pressed
        assert {"POST", "PATCH"} <= set(opened.methods)

    def press_everywhere(self, opened: Host, url: str, but: tuple[str, ...] = ()) -> set[str]:
        """The names of the buttons: in each section each name once, also those that others bring up."""
        opened.go(urlsplit(url)._replace(scheme="", netloc="").geturl())
        tab, all_pressed = opened.tab, set[str]()
        sections = tab.get_by_role("navigation", name="Sections").get_by_role("link")
        expect(sections.first).to_be_visible()
        for link in sections.all():
            link.click()
            expect(tab.get_by_role("heading", name=link.inner_text(), exact=True)).to_be_visible()
            expect(tab.get_by_text("Loading…")).to_have_count(0)
            pressed = list(but)
            while name := tab.get_by_role("button", disabled=False).evaluate_all(PRESS_NEXT, pressed):
                pressed.append(name)
                tab.wait_for_load_state("networkidle")
                expect(tab.get_by_text("Loading…")).to_have_count(0)
                assert len(pressed) < 40
            all_pressed.update(pressed)
        return all_pressed


class TestRequests:
    @pytest.mark.parametrize(
        ("state", "shown"),
        [
            ({"status": "pending"}, "Waits at the shop"),
            ({"status": "applying"}, "Being carried out"),
            ({"status": "applied", "applied_at": "2026-01-20T14:05:00.000Z"}, "Carried out 20 Jan 2026"),
            ({"status": "failed", "message": "The label exists."}, "Could not be carried out The label exists."),
            ({"status": "manual"}, "To be done by hand"),
        ],
        ids=["pending", "applying", "applied", "failed", "manual"],
    )
    def test_show_what_becomes_of_them_at_the_shop(
        self, host: Open, world: World, state: dict[str, Any], shown: str
    ) -> None:
        opened = host()
        application = {"message": None, "applied_at": None, **state}
        opened.failing = changing(opened, "/action-requests", {"status": "approved", "application": application})
        tab = open_portal(opened, world.owner)
        tab.get_by_role("link", name="Requests", exact=True).click()
        row = tab.locator("orderly-requests tbody tr")
        expect(row).to_contain_text(shown.split(" 20")[0].split(" The")[0])
        row.get_by_role("button").click()
        expect(tab.locator("dd").filter(has_text=shown.split(" 20")[0])).to_contain_text(shown)

    def test_release_an_order_that_is_held(self, host: Open, merchant: Merchant) -> None:
        merchant.sync({"external_id": merchant.order(1004)["external_id"], "status": "on_hold"})
        tab = open_portal(host(), merchant.session)
        tab.get_by_role("searchbox").fill("1004")
        expect(tab.locator("orderly-orders tbody tr")).to_have_count(1)
        tab.get_by_role("button", name="ORD-1004").click()
        tab.get_by_role("button", name="Request a change").click()
        tab.get_by_label("What").select_option("release")
        tab.get_by_role("button", name="Send request").click()
        expect(tab.get_by_text("Your request was sent.")).to_be_visible()

        (row,) = merchant.client.get(f"{EMBED}/action-requests").data
        assert row["action_type"] == "release"


class TestTracking:
    def test_tells_that_a_shipment_stood_still_and_was_late(self, host: Open, merchant: Merchant) -> None:
        (row,) = merchant.client.get(f"{EMBED}/shipments").data
        opened = host()
        signals = [
            {"type": "shipment.late", "at": "2026-01-25T00:00:00.000Z", "estimated_delivery": "2026-01-24"},
            {
                "type": "shipment.eta_changed",
                "at": "2026-01-23T10:00:00.000Z",
                "estimated_delivery": "2026-01-24",
                "previous_estimated_delivery": "2026-01-22",
            },
            {
                "type": "shipment.stalled",
                "at": "2026-01-22T10:00:00.000Z",
                "last_checkpoint_at": "2026-01-19T10:00:00.000Z",
            },
        ]
        opened.failing = changing(opened, f"/shipments/{row['id']}", {"signals": signals})
        body = f'<orderly-tracking shipment-id="{row["id"]}"></orderly-tracking>'
        tab = opened.open(embed(merchant.session, body))

        entries = tab.get_by_role("listitem").filter(has_text=re.compile("Late|Expected on another|Stands still"))
        expect(entries).to_have_count(3)
        assert [" ".join(each.split()) for each in entries.all_inner_texts()] == [
            "Late Expected on 24 Jan 2026 25 Jan 2026, 00:00",
            "Expected on another day 24 Jan 2026 instead of 22 Jan 2026 23 Jan 2026, 10:00",
            "Stands still No scan since 19 Jan 2026, 10:00 22 Jan 2026, 10:00",
        ]

    def test_leaves_out_what_the_session_may_not_see(self, host: Open, merchant: Merchant) -> None:
        (row,) = merchant.client.get(f"{EMBED}/shipments").data
        session = merchant.acme.session(scopes=["tracking:read"])
        opened = host()
        body = f'<orderly-tracking shipment-id="{row["id"]}"></orderly-tracking>'
        tab = opened.open(embed(session, body))

        expect(tab.get_by_role("heading", name="1Z999AA10123456784")).to_be_visible()
        assert opened.refused == []


class TestErrors:
    def test_of_the_api_are_said_in_the_readers_language(self, host: Open, merchant: Merchant) -> None:
        opened = host(locale="de-DE")
        body = {"orderId": merchant.order(1004)["id"], "actionType": "cancel", "title": "Cancel"}
        tab = open_portal(opened, merchant.session)
        tab.get_by_role("searchbox").fill("1004")
        expect(tab.locator("orderly-orders tbody tr")).to_have_count(1)
        tab.get_by_role("button", name="ORD-1004").click()
        tab.get_by_role("button", name="Änderung anfragen").click()
        assert merchant.client.post(f"{EMBED}/action-requests", body).status == 201
        tab.get_by_label("Grund").fill("Doppelt gekauft")
        tab.get_by_role("button", name="Anfrage senden").click()

        expect(tab.get_by_role("alert")).to_contain_text("Darum haben Sie bereits gebeten")
        expect(tab.get_by_label("Grund")).to_have_value("Doppelt gekauft")

    def test_of_fields_are_said_beside_them(self, host: Open, merchant: Merchant) -> None:
        tab = open_portal(host(locale="de-DE"), merchant.session)
        tab.get_by_role("link", name="Webhooks").click()
        tab.get_by_role("button", name="Webhook hinzufügen").click()
        tab.get_by_label("Adresse").fill("http://shop.example/hooks")
        tab.get_by_role("button", name="Webhook anlegen").click()

        field = tab.locator("orderly-webhooks label").filter(has=tab.get_by_label("Adresse"))
        expect(field).to_contain_text("Die Adresse muss mit https:// beginnen.")
        expect(tab.get_by_label("Adresse")).to_have_attribute("aria-invalid", "true")

    def test_that_the_api_writes_down_are_said_too(self, host: Open, world: World) -> None:
        data = {"tracking_number": "1Z9", "carrier": "ups", "estimated_delivery": "2026-01-22"}
        make.notification(world, "shipment.shipped", data)
        opened = host(locale="de-DE")
        broken = {"status": "error", "error_message": "The shop refused.", "error_code": "AUTH_ERROR"}
        opened.failing = changing(opened, "/embed/bridges", broken)
        tab = open_portal(opened, world.owner)
        tab.get_by_role("button", name="ungelesene Mitteilungen").click()
        panel = tab.get_by_role("dialog")
        expect(panel).to_contain_text("Sendung unterwegs")
        expect(panel).to_contain_text("Sendung 1Z9 ist unterwegs mit UPS, erwartet am 22.01.2026.")
        tab.keyboard.press("Escape")
        tab.get_by_role("link", name="Verbindungen").click()
        expect(tab.locator("orderly-bridges article").first).to_contain_text(
            "Der Shop nimmt die Zugangsdaten nicht mehr an."
        )

    def test_that_names_a_time_shows_it_as_the_reader_writes_it(self, host: Open, merchant: Merchant) -> None:
        tab = open_portal(host(), merchant.session)
        tab.get_by_role("button", name="ORD-1029").click()
        tab.get_by_role("button", name="Request a change").click()
        policies = {"cancel": {"enabled": True, "windowMinutes": 60}}
        merchant.acme.configure(settings={"actionPolicies": policies})
        tab.get_by_role("button", name="Send request").click()

        expect(tab.get_by_role("alert")).to_contain_text("could be requested until 30 Jan 2026, 11:00")

    def test_a_page_of_another_origin_is_told_that_it_may_not_show_this(self, host: Open, merchant: Merchant) -> None:
        merchant.acme.configure(allowed_origins=["https://elsewhere.example"])
        tab = host().open(embed(merchant.session, "<orderly-orders></orderly-orders>"))

        expect(tab.get_by_role("alert")).to_contain_text("It may not be shown on this website.")


class TestForms:
    def test_a_session_that_ends_meanwhile_loses_nothing(self, host: Open, merchant: Merchant) -> None:
        opened = host()
        tab = opened.open(embed(merchant.session, "<orderly-webhooks></orderly-webhooks>"))
        tab.get_by_role("button", name="Add webhook").click()
        tab.get_by_label("Address").fill("https://93.184.216.34/hooks")
        tab.get_by_label("Description").fill("Warehouse")
        tab.get_by_label("Order changed").uncheck()
        merchant.acme.server.delete(f"{EMBED}/sessions/{merchant.session.created['sessionId']}")
        tab.get_by_role("button", name="Create webhook").click()
        expect(tab.get_by_text("Your session has ended.").first).to_be_visible()
        token = merchant.acme.session().created["token"]
        tab.evaluate("token => { document.querySelector('orderly-embed').sessionToken = token }", token)
        expect(tab.get_by_text("Your session has ended.")).to_have_count(0)
        tab.get_by_role("button", name="Create webhook").click()

        expect(tab.get_by_text("This is the signing secret.")).to_be_visible()
        (made,) = merchant.acme.session().client.get(f"{EMBED}/webhooks").data
        assert (made["url"], made["description"]) == ("https://93.184.216.34/hooks", "Warehouse")
        assert "order.updated" not in made["events"]


class TestFigures:
    def test_of_a_period_are_a_chart_and_a_table(self, host: Open, merchant: Merchant) -> None:
        days = [{"date": f"2026-01-{1 + n:02}", **dict.fromkeys(COUNTED, 0), "orders": n} for n in range(30)]
        opened = host()
        asked: list[str] = []

        def figures(route: Route) -> bool:
            if "/embed/insights" not in route.request.url or route.request.method == "OPTIONS":
                return False
            asked.append(route.request.url)
            route.fulfill(headers={"Access-Control-Allow-Origin": "*"}, body=json.dumps({"data": days}))
            return True

        opened.failing = figures
        tab = opened.open(embed(merchant.session, "<orderly-insights></orderly-insights>"), STRICT)
        expect(tab.get_by_role("button", name="Orders 435")).to_have_attribute("aria-pressed", "true")
        expect(tab.get_by_role("img")).to_have_attribute("aria-label", "Orders by day. 29 at most")
        heights = tab.locator("rect").evaluate_all("bars => bars.map((bar) => bar.getBoundingClientRect().height)")
        assert len(heights) == 30
        assert heights[0] == 0
        assert heights[29] > 190
        expect(tab.get_by_role("row").nth(1)).to_contain_text("30 Jan 2026")
        assert opened.errors == []

        days *= 3
        tab.get_by_label("Period").select_option("90")
        expect(tab.get_by_role("img")).to_have_attribute("aria-label", re.compile("^Orders by 7 days"))
        assert len(asked) == 2

    def test_come_from_the_api(self, host: Open, merchant: Merchant) -> None:
        tab = host().open(embed(merchant.session, "<orderly-insights></orderly-insights>"))

        # What is counted is tested where it is counted; here nothing was relayed yet.
        expect(tab.get_by_text("No figures yet")).to_be_visible()
