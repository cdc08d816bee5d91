"""What merchants do in the screens, with a keyboard alone. Whatever opens takes the focus, and gives it back."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from chalicelib.webhooks import operations
from tests.browser.hosts import Host
from tests.browser.keyboard import FOCUSED, Keyboard
from tests.browser.screens import Open, host, merchant, open_portal
from tests.support import world as make
from tests.support.factories import EMBED, Acme
from tests.support.orders import Merchant
from tests.support.world import World
from tests.unit.conftest import acme, cloud

__all__ = ["acme", "cloud", "host", "merchant"]

CHANGES: list[tuple[str, dict[str, str], dict[str, Any] | None]] = [
    ("Cancel the order", {"Reason": "Bought twice"}, None),
    (
        "Change the address",
        {"Address": "New Street 1", "City": "Lisboa", "Country": "PT"},
        {"address1": "New Street 1", "city": "Lisboa", "country": "PT"},
    ),
    (
        "Hold the order",
        {"Hold until": "03012099", "Reason": "Holiday"},
        {"until": "2099-02-28T23:00:00.000Z", "reason": "Holiday"},
    ),
    ("Add a note", {"Note": "Leave it at the door"}, {"note": "Leave it at the door"}),
]
"""What is asked for, what is typed, and what is stored of it."""

CONTROLS = """() => {
    const count = (root) => [...root.querySelectorAll('*')].reduce((n, each) => {
        const isControl = each.matches('a[href], button, input, select, textarea') && each.checkVisibility();
        return n + Number(isControl) + (each.shadowRoot ? count(each.shadowRoot) : 0);
    }, 0);
    return count(document);
}"""


@pytest.fixture
def opened(host: Open) -> Host:
    return host(timezone_id="Europe/Berlin", permissions=["clipboard-read", "clipboard-write"])


@pytest.fixture
def keys(opened: Host, merchant: Merchant) -> Keyboard:
    tab = open_portal(opened, merchant.session)
    expect(tab.locator("orderly-orders tbody tr")).to_have_count(25)
    return Keyboard(tab)


class TestTasks:
    """The five things that merchants come for, with the most keys that each takes, what is typed apart."""

    def test_connect_a_shop(self, keys: Keyboard, merchant: Merchant) -> None:
        keys.click("Connections", role="link")
        keys.click("Connect a shop")
        keys.enter(keys.tab.get_by_role("button", name="BigCommerce"))
        keys.write("Store hash", "abc123")
        keys.write("API access token", "secret")
        keys.press("Enter")

        expect(keys.tab.locator("orderly-bridges article")).to_have_count(2)
        expect(keys.tab.get_by_role("button", name="Connect a shop")).to_be_focused()
        assert [each["type"] for each in merchant.client.get(f"{EMBED}/bridges").data].count("bigcommerce") == 1
        assert keys.pressed <= 19

    def test_ask_for_the_cancellation_of_an_order(self, keys: Keyboard, merchant: Merchant) -> None:
        keys.reach(keys.tab.get_by_role("searchbox"))
        keys.tab.keyboard.type("1004")
        expect(keys.tab.locator("orderly-orders tbody tr")).to_have_count(1)
        keys.click("ORD-1004", "Request a change", "Send request")

        expect(keys.tab.get_by_text("Your request was sent.")).to_be_visible()
        expect(keys.tab.get_by_role("button", name="Request a change")).to_be_focused()
        (request,) = merchant.client.get(f"{EMBED}/action-requests").data
        assert request["action_type"] == "cancel"
        assert keys.pressed <= 27

    def test_be_warned_of_exceptions(self, keys: Keyboard, merchant: Merchant) -> None:
        keys.click("Alerts", role="link")
        keys.click("Add alert")
        keys.write("Name", "Held up")
        keys.press("Enter")

        expect(keys.tab.locator("orderly-alerts article")).to_have_count(1)
        expect(keys.tab.get_by_role("button", name="Add alert")).to_be_focused()
        (rule,) = merchant.client.get(f"{EMBED}/alerts/rules").data
        assert (rule["event_type"], rule["condition"]) == ("shipment.exception", {})
        assert keys.pressed <= 13

    def test_add_a_webhook_and_see_it_verified(
        self, keys: Keyboard, merchant: Merchant, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(operations, "send_test", lambda *_: {"success": True, "statusCode": 204})
        keys.click("Webhooks", role="link")
        keys.click("Add webhook")
        keys.write("Address", "https://93.184.216.34/hooks")
        keys.press("Enter")
        expect(keys.tab.get_by_text("This is the signing secret.")).to_be_visible()
        expect(keys.tab.get_by_role("button", name="Add webhook")).to_be_focused()
        keys.click("Send test")

        expect(keys.tab.get_by_text("The test was received. (204)")).to_be_visible()
        expect(keys.tab.get_by_role("button", name="Send test")).to_be_focused()
        assert keys.pressed <= 17

    def test_send_a_shopper_a_tracking_link(self, keys: Keyboard, merchant: Merchant) -> None:
        keys.click("Tracking pages", role="link")
        keys.write("Make a tracking link for a shipment", "1Z999AA10123456784")
        keys.press("Enter")
        keys.click("Create link")
        copy = keys.tab.get_by_role("link", name="…/")
        expect(copy).to_be_focused()
        keys.click("Copy")

        (page,) = merchant.client.get(f"{EMBED}/tracking-pages").data
        assert keys.tab.evaluate("navigator.clipboard.readText()") == page["url"]
        assert keys.pressed <= 17


class TestOrders:
    @pytest.mark.parametrize(("kind", "fields", "changes"), CHANGES, ids=[each for each, *_ in CHANGES])
    def test_take_requests_of_each_kind(
        self, keys: Keyboard, merchant: Merchant, kind: str, fields: dict[str, str], changes: dict[str, Any] | None
    ) -> None:
        keys.click("ORD-1029", "Request a change")
        expect(keys.tab.get_by_label("What")).to_be_focused()
        keys.choose("What", kind)
        for label, text in fields.items():
            write = keys.write_day if label == "Hold until" else keys.write
            write(label, text)
        keys.click("Send request")
        expect(keys.tab.get_by_text("Your request was sent.")).to_be_visible()

        (row,) = merchant.client.get(f"{EMBED}/action-requests").data
        made = merchant.client.get(f"{EMBED}/action-requests/{row['id']}").data
        sent = made["requested_changes"]
        assert sent == changes if changes is None else changes.items() <= sent.items()

    def test_are_filtered_by_status_and_by_day(self, keys: Keyboard) -> None:
        rows = keys.tab.locator("orderly-orders tbody tr")
        keys.choose("Status", "Delivered")
        expect(keys.tab.get_by_text("Nothing matches these filters.")).to_be_visible()
        keys.click("Clear filters")
        expect(rows).to_have_count(25)
        assert keys.tab.evaluate_handle(FOCUSED).as_element() is not None
        keys.write_day("From", "01292026")
        expect(rows).to_have_count(2)

    def test_give_the_focus_back_to_the_row(self, keys: Keyboard) -> None:
        keys.click("ORD-1029", "1Z999AA10123456784")
        expect(keys.tab.get_by_role("heading", name="1Z999AA10123456784")).to_be_focused()
        keys.click("Back")
        expect(keys.tab.get_by_role("heading", name="ORD-1029")).to_be_focused()
        keys.click("Back")
        expect(keys.tab.get_by_role("button", name="ORD-1029")).to_be_focused()

    def test_turn_pages_with_the_focus_on_the_button(self, keys: Keyboard) -> None:
        keys.click("Next")
        expect(keys.tab.locator("orderly-orders tbody tr")).to_have_count(5)
        expect(keys.tab.get_by_role("button", name="Next")).to_be_focused()
        keys.press("Enter")
        keys.click("Previous")
        expect(keys.tab.locator("orderly-orders tbody tr")).to_have_count(25)


class TestForms:
    def test_of_a_rule_take_a_condition_and_a_trial(self, keys: Keyboard, merchant: Merchant) -> None:
        keys.click("Alerts", role="link")
        keys.click("Add alert")
        keys.write("Name", "Large orders")
        keys.choose("When", "New order")
        keys.click("Add condition")
        keys.choose("Field", "total")
        keys.choose("Comparison", "is more than")
        keys.write("Value", "10")
        keys.choose("How you are told", "Here and by webhook")
        keys.write("Address", "https://93.184.216.34/alerts")
        keys.write("Minutes of silence after an alert (5 to 1440)", "15")
        keys.click("Try on recent events")
        expect(keys.tab.get_by_text("30 of 30 recent events match.")).to_be_visible()
        keys.click("Create alert")
        expect(keys.tab.get_by_text("This is the signing secret.")).to_be_visible()

        (rule,) = merchant.client.get(f"{EMBED}/alerts/rules").data
        assert rule["condition"] == {"field": "totals.total", "operator": "gt", "value": 10}
        assert (rule["delivery_method"], rule["cooldown_minutes"]) == ("both", 15)

    def test_of_a_webhook_are_changed(self, keys: Keyboard, merchant: Merchant) -> None:
        hook = {"url": "https://93.184.216.34/hooks", "events": ["order.created", "order.updated"]}
        assert merchant.client.post(f"{EMBED}/webhooks", hook).status == 201
        keys.click("Webhooks", role="link")
        keys.click("Edit")
        expect(keys.tab.get_by_label("Address")).to_be_focused()
        keys.write("Description", "Warehouse")
        keys.toggle("Order changed")
        keys.click("Save")
        expect(keys.tab.get_by_text("Warehouse")).to_be_visible()
        expect(keys.tab.get_by_role("button", name="Edit")).to_be_focused()

        (changed,) = merchant.client.get(f"{EMBED}/webhooks").data
        assert (changed["description"], changed["events"]) == ("Warehouse", ["order.created"])

    def test_of_a_connection_rename_it(self, keys: Keyboard, merchant: Merchant) -> None:
        keys.click("Connections", role="link")
        keys.click("Rename")
        expect(keys.tab.get_by_label("Name")).to_be_focused()
        keys.write("Name", "Outlet")
        keys.press("Enter")
        expect(keys.tab.locator("orderly-bridges article").get_by_text("Outlet")).to_be_visible()
        expect(keys.tab.get_by_role("button", name="Rename")).to_be_focused()
        assert [each["name"] for each in merchant.client.get(f"{EMBED}/bridges").data] == ["Outlet"]

    def test_that_are_left_give_the_focus_back(self, keys: Keyboard) -> None:
        for section, opener, leave in (
            ("Connections", "Connect a shop", "Close"),
            ("Connections", "Rename", "Cancel"),
            ("Connections", "Reconnect", "Close"),
            ("Alerts", "Add alert", "Cancel"),
            ("Webhooks", "Add webhook", "Cancel"),
        ):
            keys.click(section, role="link")
            keys.click(opener, leave)
            expect(keys.tab.get_by_role("button", name=opener).first).to_be_focused()


class TestWorld:
    """What is there is changed and deleted; somebody who holds a key down too long deletes nothing."""

    @pytest.fixture
    def world(self, acme: Acme) -> World:
        world = World.of(acme)
        for one in (make.bridge, make.request, make.page, make.notification, make.webhook, make.rule):
            one(world)
        return world

    @pytest.fixture
    def keys(self, opened: Host, world: World) -> Keyboard:
        tab = open_portal(opened, world.owner)
        expect(tab.locator("orderly-orders tbody tr")).to_have_count(1)
        return Keyboard(tab)

    @pytest.mark.parametrize(
        ("section", "path", "opener"),
        [
            ("Connections", "bridges", "Delete"),
            ("Alerts", "alerts/rules", "Delete"),
            ("Webhooks", "webhooks", "Delete"),
            ("Tracking pages", "tracking-pages", "Revoke"),
        ],
    )
    def test_something_is_deleted_after_one_more_question(
        self, keys: Keyboard, world: World, section: str, path: str, opener: str
    ) -> None:
        def left() -> int:
            return len([each for each in world.owner.client.get(f"{EMBED}/{path}").data if each.get("is_active", True)])

        before = left()
        keys.click(section, role="link")
        keys.click(opener)
        expect(keys.tab.get_by_role("button", name="Cancel")).to_be_focused()
        keys.press("Enter")
        expect(keys.tab.get_by_role("button", name=opener).first).to_be_focused()
        assert left() == before
        keys.click(opener, "Yes, I am sure")
        expect(keys.tab.get_by_role("button", name="Yes, I am sure")).to_have_count(0)
        expect(keys.tab.get_by_role("button", name=opener)).to_have_count(before - 1)
        assert keys.tab.evaluate_handle(FOCUSED).as_element() is not None
        assert left() == before - 1

    def test_a_request_is_taken_back(self, keys: Keyboard) -> None:
        keys.click("Requests", role="link")
        keys.click("Hold", "Take back", "Yes, I am sure")
        expect(keys.tab.locator("orderly-requests").get_by_text("Cancelled")).to_be_visible()
        keys.click("Back")
        expect(keys.tab.get_by_role("button", name="Hold")).to_be_focused()

    def test_notifications_open_and_close(self, keys: Keyboard) -> None:
        bell = keys.tab.get_by_role("button", name="1 unread notification")
        keys.enter(bell)
        keys.press("Escape")
        expect(bell).to_be_focused()
        keys.press("Enter")
        keys.click("Dismiss")
        expect(keys.tab.get_by_text("Nothing to tell")).to_be_visible()

    def test_no_section_holds_the_keyboard(self, keys: Keyboard) -> None:
        for section in ("Connections", "Requests", "Alerts", "Webhooks", "Tracking pages", "Figures", "Orders"):
            keys.click(section, role="link")
            expect(keys.tab.get_by_role("heading", name=section, exact=True)).to_be_visible()
            expect(keys.tab.get_by_text("Loading…")).to_have_count(0)
            for key in ("Tab", "Shift+Tab"):
                controls = keys.tab.evaluate(CONTROLS)
                assert self.visit(keys.tab, key, controls) == controls

    def visit(self, tab: Page, key: str, controls: int) -> int:
        """How many controls it leads to, from any on."""
        visited = tab.evaluate_handle("new Set()")
        for _ in range(2 * controls + 8):
            tab.keyboard.press(key)
            count = int(tab.evaluate(f"visited => visited.add(({FOCUSED})() ?? document.body).size", visited))
            if count > controls:
                # The page itself is between the last and the first.
                break
        return int(tab.evaluate("visited => (visited.delete(document.body), visited.size)", visited))
