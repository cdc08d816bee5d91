"""What the console is for: the overview, finding a merchant or an order, and each task with the keyboard alone."""

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.consoles import Console, ask, console
from tests.browser.hosts import Host
from tests.support.engine import loopback
from tests.support.factories import EMBED, Acme
from tests.support.hooks import Hook
from tests.support.hooks import Merchant as Subscriber
from tests.support.orders import Merchant, order, shipment
from tests.support.pipeline import Pipeline
from tests.support.receivers import Receiver, answer
from tests.unit.conftest import acme, cloud

__all__ = ["acme", "cloud", "console", "loopback"]


@pytest.fixture
def troubled(console: Console, loopback: None) -> Console:
    """Two open requests, a shipment held up, a connection in error, a webhook that fails and one that is off."""
    merchant = console.merchant
    ask(merchant, "First", "Second")
    subscriber = Subscriber(console.acme)
    subscriber.webhook("https://8.8.8.8/off", description="Old system").patch(isActive=False)
    with Receiver(answer(500)) as receiver:
        subscriber.webhook(receiver.url, description="Warehouse")
        merchant.sync(shipments=[shipment(1003, status="exception")])
        subscriber.publish()
        pipeline = Pipeline()
        pipeline.run()
        pipeline.count()
    merchant.another(name="Second shop").sync(status="error", error_message="The shop refused the token.")
    return console


class TestOverview:
    @pytest.mark.parametrize(
        ("figure", "count", "heading", "rows"),
        [
            ("Open requests", 2, "Requests", "console-request"),
            ("Shipments held up", 1, "Shipments held up", "console-exceptions tbody tr"),
            ("Connections in error", 1, "Connections in error", "console-connections tbody tr"),
            ("Failing webhooks", 1, "Failing webhooks", "console-webhooks tbody tr"),
            ("Webhooks switched off", 1, "Webhooks switched off", "console-webhooks tbody tr"),
            ("Merchants", 1, "Merchants", "console-merchants tbody tr"),
        ],
    )
    def test_each_figure_leads_to_what_it_counts(
        self, troubled: Console, figure: str, count: int, heading: str, rows: str
    ) -> None:
        tab = troubled.open()
        tile = tab.locator("console-overview a.tile").filter(has_text=figure)
        expect(tile.locator("strong")).to_have_text(str(count))
        tile.click()
        expect(tab.get_by_role("heading", name=heading)).to_be_visible()
        expect(tab.locator(f"{rows}:visible")).to_have_count(count)
        shared = tab.url
        tab.reload()
        expect(tab.locator(f"{rows}:visible")).to_have_count(count)
        assert tab.url == shared
        tab.go_back()
        expect(tile).to_be_visible()
        assert troubled.host.errors == []

    def test_says_why_something_is_in_trouble_and_whose_it_is(self, troubled: Console) -> None:
        tab = troubled.open("overview/connections")
        expect(tab.get_by_role("row", name="Second shop")).to_contain_text("The shop refused the token.")
        troubled.go("overview/webhooks?state=failing")
        row = tab.get_by_role("row", name="Warehouse")
        expect(row).to_contain_text("failures in a row")
        row.get_by_role("link", name="merchant-1").click()
        expect(tab.locator("orderly-webhooks").get_by_text("Warehouse")).to_be_visible()
        tab.go_back()
        tab.get_by_role("link", name="Back").and_(tab.locator(":visible")).click()
        expect(tab.get_by_role("heading", name="Overview")).to_be_visible()

    def test_shows_orders_by_status_and_the_figures_by_day_of_all_merchants(self, troubled: Console) -> None:
        tab = troubled.open()
        orders = tab.locator("console-overview section").filter(has=tab.get_by_role("heading", name="Orders 4"))
        expect(orders.get_by_role("listitem")).to_have_text("Pending 4")
        figures = tab.locator("orderly-insights")
        expect(figures.get_by_role("button", name="Held up 1")).to_be_visible()
        expect(figures.get_by_role("img")).to_be_visible()
        expect(figures.get_by_role("table")).to_be_visible()


class TestSearch:
    def test_finds_merchants_by_the_beginning_of_a_name_and_of_an_address(self, console: Console) -> None:
        console.acme.session("m-77", name="Zoë's Northern Teas", email="tea@north.example")
        tab = console.open("merchants")
        expect(tab.locator("console-merchants tbody tr")).to_have_count(2)
        for text in ("zoe", "teas", "TEA@", "m-7"):
            tab.get_by_placeholder("Name, e-mail or your id").fill(text)
            expect(tab.locator("console-merchants tbody tr")).to_have_count(1)
            expect(tab.get_by_role("link", name="Zoë's Northern Teas")).to_be_visible()
            tab.get_by_placeholder("Name, e-mail or your id").fill("")
            expect(tab.locator("console-merchants tbody tr")).to_have_count(2)

    def test_of_the_header_finds_them_beside_orders(self, console: Console) -> None:
        for n in range(7):
            console.acme.session(f"ord-{n}")
        tab = console.open()
        tab.keyboard.press("/")
        tab.keyboard.type("ord-")
        tab.keyboard.press("Enter")
        expect(tab.get_by_role("heading", name="5 results for “ord-”")).to_be_visible()
        tab.get_by_role("link", name="All merchants that match").click()
        expect(tab.locator("console-merchants tbody tr")).to_have_count(7)
        expect(tab.get_by_placeholder("Name, e-mail or your id")).to_have_value("ord-")
        assert console.host.errors == []

    def test_leaves_the_field_to_whoever_types_on(self, console: Console) -> None:
        tab = console.open("search?q=ORD-1003")
        expect(tab.get_by_role("link", name="ORD-1003")).to_be_visible()
        tab.keyboard.press("/")
        tab.keyboard.press("End")
        tab.keyboard.type(" nothing")
        tab.keyboard.press("Enter")
        expect(tab.get_by_text("Nothing was found.")).to_be_visible()
        expect(tab.locator("#search")).to_be_focused()


class TestWhy:
    """What every webhook was told of an order: "Warehouse" fails, and two others are told nothing."""

    @pytest.fixture
    def warehouse(self, console: Console, loopback: None) -> Hook:
        subscriber, pipeline = Subscriber(console.acme), Pipeline()
        pipeline.run()
        with Receiver(answer(410, b"gone for good", close=True)) as receiver:
            warehouse = subscriber.webhook(receiver.url, description="Warehouse")
            subscriber.webhook("https://8.8.8.8/shipped", "shipment.shipped", description="Carrier desk")
            only_shipped = {"field": "status", "operator": "eq", "value": "shipped"}
            subscriber.webhook("https://8.8.8.8/filter", description="Picky", filter=only_shipped)
            console.merchant.sync(order(1004))
            pipeline.run()
        return warehouse

    @pytest.mark.usefixtures("warehouse")
    def test_says_the_receivers_answer_or_the_reason(self, console: Console) -> None:
        tab = console.open("search?q=ORD-1004")
        tab.get_by_role("link", name="Why did it not arrive?").click()
        expect(tab.get_by_role("status").filter(has_text="1 delivery failed.")).to_be_visible()
        expect(tab.get_by_text("Switched off:")).to_be_visible()
        event = tab.locator("console-why .event")
        expect(event).to_have_count(1)
        expect(event.get_by_role("row", name="Warehouse")).to_contain_text("410")
        expect(event.get_by_role("row", name="Warehouse")).to_contain_text("gone for good")
        expect(event).to_contain_text("Not sent to Carrier desk. It does not want this event.")
        expect(event).to_contain_text("Not sent to Picky. Its condition does not hold for this event.")
        event.locator("summary").click()
        expect(event.locator("pre").last).to_contain_text('"event_type": "order.created"')
        shared = tab.url
        tab.reload()
        expect(event).to_have_count(1)
        assert tab.url == shared
        assert len([path for path in console.host.requested if path.endswith("/deliveries")]) == 0
        assert console.host.errors == []

    def test_sends_again_what_failed(self, console: Console, warehouse: Hook) -> None:
        with Receiver(answer(200)) as receiver:
            warehouse.patch(url=receiver.url, isActive=True)
            tab = console.open("search?q=ORD-1004")
            tab.get_by_role("link", name="Why did it not arrive?").click()
            tab.get_by_role("button", name="Send again").click()
            expect(tab.get_by_role("status").filter(has_text="1 delivery waits")).to_be_visible()
            Pipeline().deliver()
        tab.reload()
        expect(tab.get_by_role("status").filter(has_text="Everything was delivered.")).to_be_visible()
        expect(tab.get_by_text("1 earlier attempt")).to_be_visible()


class Keys:
    """A keyboard whose keys are counted."""

    def __init__(self, tab: Page) -> None:
        self.tab, self.pressed = tab, 0

    def press(self, *names: str) -> None:
        for name in names:
            self.tab.keyboard.press(name)
        self.pressed += len(names)

    def to(self, wanted: Locator, back: bool = False) -> None:
        """Tab until it has the focus, which can be seen."""
        expect(wanted).to_be_visible()
        for _ in range(40):
            if wanted.evaluate("(element) => element.matches(':focus-visible')"):
                assert wanted.evaluate("(element) => getComputedStyle(element).outlineStyle") != "none"
                return
            self.press("Shift+Tab" if back else "Tab")
        raise AssertionError(f"no focus on {wanted}")


class TestKeyboard:
    """The tasks of the console: with the keyboard alone, and with as many keys as docs/console.md says."""

    def test_approving_with_a_note(self, console: Console) -> None:
        [request] = ask(console.merchant, "Hold it")
        console.tab.clock.install()
        tab = console.queue()
        keys = Keys(tab)
        keys.press("j", "n")
        tab.keyboard.type("Fine")
        keys.press("Control+Enter")
        tab.clock.run_for(5500)
        expect(tab.locator(".toast")).to_have_count(0)
        assert console.decided() == [(request, {"status": "approved", "resolutionNote": "Fine"})]
        assert keys.pressed == 3

    def test_finding_an_order_by_its_tracking_number(self, console: Console) -> None:
        tab = console.open()
        keys = Keys(tab)
        keys.press("/")
        tab.keyboard.type("1Z999AA10123456784")
        keys.press("Enter")
        expect(tab.get_by_role("link", name="1Z999AA10123456784")).to_be_focused()
        keys.press("Enter")
        expect(tab.get_by_role("heading", name="1Z999AA10123456784")).to_be_visible()
        assert keys.pressed == 3

    def test_finding_why_an_order_did_not_arrive(self, console: Console) -> None:
        tab = console.open()
        keys = Keys(tab)
        keys.press("/")
        tab.keyboard.type("ORD-1003")
        keys.press("Enter")
        expect(tab.get_by_role("link", name="ORD-1003")).to_be_focused()
        keys.press("Tab", "Tab", "Enter")
        expect(tab.get_by_text("The merchant has no webhook.")).to_be_visible()
        assert keys.pressed == 5

    def test_ending_all_sessions_of_a_merchant(self, console: Console) -> None:
        tab = console.open()
        keys = Keys(tab)
        keys.press("/")
        tab.keyboard.type("merchant-1")
        keys.press("Enter")
        keys.to(tab.locator("console-search").get_by_role("link", name="merchant-1"))
        keys.press("Enter")
        keys.to(tab.get_by_role("link", name="Sessions", exact=True))
        keys.press("Enter")
        keys.to(tab.get_by_role("button", name="End all sessions", exact=True))
        keys.press("Enter")
        keys.to(tab.get_by_role("button", name="End all sessions now", exact=True))
        keys.press("Enter")
        expect(tab.get_by_text("All sessions were ended.")).to_be_visible()
        assert console.merchant.client.get(f"{EMBED}/session").status == 401

    def test_changing_the_colour_and_seeing_it(self, console: Console) -> None:
        tab = console.open()
        keys = Keys(tab)
        keys.press("g", "s")
        keys.to(tab.get_by_role("textbox", name="Brand colour", exact=True))
        assert keys.pressed == 4
        tab.keyboard.type("#0f766e")
        expect(tab.locator("console-brand orderly-portal .band")).to_have_css("background-color", "rgb(15, 118, 110)")
        keys.press("Enter")
        expect(tab.locator("console-brand").get_by_text("Saved.")).to_be_visible()
        assert console.acme.server.get(f"{EMBED}/config/me").data["branding"] == {"primary_color": "#0f766e"}

    def test_answering_a_merchant_on_the_phone(self, console: Console) -> None:
        """Search, merchant, order, why, and back to where one was."""
        tab = console.open()
        keys = Keys(tab)
        keys.press("/")
        tab.keyboard.type("merchant-1")
        keys.press("Enter")
        keys.to(tab.locator("console-search").get_by_role("link", name="merchant-1"))
        keys.press("Enter")
        keys.to(tab.get_by_role("button", name="ORD-1002", exact=True))
        keys.press("Enter")
        expect(tab.get_by_role("heading", name="ORD-1002")).to_be_focused()
        keys.to(tab.get_by_role("link", name="Why did it not arrive?"), back=True)
        keys.press("Enter")
        expect(tab.get_by_role("heading", name="Why did it not arrive?")).to_be_visible()
        expect(tab.get_by_text("The merchant has no webhook.")).to_be_visible()
        keys.to(tab.locator("console-why").get_by_role("link", name="Back"))
        keys.press("Enter")
        expect(tab.get_by_role("heading", name="ORD-1002")).to_be_visible()


@pytest.mark.parametrize(
    ("locale", "overview", "requests", "settings"),
    [
        ("de-DE", "Übersicht", "Anfragen", "Marke"),
        ("es-MX", "Resumen", "Solicitudes", "Marca"),
        ("fr-FR", "Vue d’ensemble", "Demandes", "Marque"),
        ("pt-BR", "Visão geral", "Solicitações", "Marca"),
    ],
)
def test_speaks_the_languages_of_the_components(
    browser: Browser, acme: Acme, locale: str, overview: str, requests: str, settings: str
) -> None:
    merchant = Merchant.of(acme)
    merchant.sync(order(1), shipments=[shipment(1)])
    ask(merchant, "Hold it")
    context = browser.new_context(locale=locale, viewport={"width": 320, "height": 640})
    console = Console(Host(context), merchant)
    tab = console.open()
    for place, heading in (("overview", overview), ("queue", requests), ("settings", settings)):
        console.go(place)
        expect(tab.get_by_role("heading", name=heading, exact=True)).to_be_visible()
        expect(tab.locator("console-shell main .skeleton:visible")).to_have_count(0)
        assert tab.evaluate("document.documentElement.scrollWidth") <= 320, place
        assert "{" not in tab.locator("console-shell main").inner_text()
    assert tab.evaluate("document.documentElement.lang") == locale[:2]
    context.close()
