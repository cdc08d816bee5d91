"""Signals of parcels where people see them: a rule and its notification in the portal, and the console's log."""

from datetime import timedelta
from typing import Any

from playwright.sync_api import expect

from chalicelib.kit import clock
from chalicelib.shipments import signalling
from tests.browser.hosts import Host
from tests.browser.screens import Open, host, open_portal
from tests.support.factories import EMBED, Acme
from tests.support.orders import Merchant, shipment
from tests.support.pipeline import Pipeline
from tests.unit.conftest import acme, cloud

__all__ = ["acme", "cloud", "host"]


def ship(merchant: Merchant, days: int, **more: Any) -> None:
    """A parcel that is expected in some days."""
    expected = clock.timestamp(clock.now() + timedelta(days=days))[:10]
    merchant.sync(shipments=[shipment(7, status="in_transit", estimated_delivery=expected, **more)])


def open_console(opened: Host, acme: Acme) -> None:
    opened.go("/console")
    opened.tab.get_by_label("API key").fill(acme.api_key)
    opened.tab.get_by_label("Your name").fill("Ada")
    opened.tab.keyboard.press("Enter")
    expect(opened.tab.get_by_role("navigation", name="Sections")).to_be_visible()


def test_a_rule_for_late_parcels_is_made_and_heard_of_in_the_portal(host: Open, acme: Acme) -> None:
    merchant = Merchant.of(acme)
    tab = open_portal(host(), merchant.session)
    tab.get_by_role("link", name="Alerts", exact=True).click()
    tab.get_by_role("button", name="Add alert").first.click()
    tab.get_by_label("Name").fill("Late parcels")
    tab.get_by_label("When").select_option(label="Shipment is late")
    tab.get_by_role("button", name="Create alert").click()
    expect(tab.get_by_text("Late parcels")).to_be_visible()
    (rule,) = merchant.client.get(f"{EMBED}/alerts/rules").data
    assert rule["event_type"] == "shipment.late"

    ship(merchant, 2)
    ship(merchant, -2)
    signalling.run()
    pipeline = Pipeline()
    pipeline.dispatch()
    pipeline.evaluate()
    tab = open_portal(host(), acme.session("merchant-1"))
    tab.get_by_role("button", name="1 unread notification").click()
    expect(tab.get_by_text("Shipment late").first).to_be_visible()

    console = host()
    open_console(console, acme)
    console.tab.evaluate("location.hash = '/events'")
    for text in ("Shipment is late", "shipment.late", "shipment.eta_changed"):
        expect(console.tab.get_by_role("cell", name=text).first).to_be_visible()

    console.tab.get_by_role("row", name="shipment.late").get_by_role("link").first.click()
    history = console.tab.locator("orderly-tracking").get_by_role("listitem")
    for text in ("Late", "Expected on another day"):
        expect(history.filter(has_text=text).first).to_be_visible()
