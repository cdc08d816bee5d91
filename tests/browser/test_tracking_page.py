"""The pages in a browser: narrow and wide, light and dark."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Literal

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Browser, BrowserContext, Page, Route

from chalicelib.tracking_pages.document import RenderedPage
from tests.browser.cases import CASES
from tests.unit.tracking_pages.rendering.samples import ARRIVED

ADDRESS = "https://pages.example/t/aBcDeFgHiJkLmNoPqRsTuVwX"
LOGO_ADDRESS = "https://cdn.acme.example/logo.svg"
LOGO = """<svg xmlns="http://www.w3.org/2000/svg" width="104" height="32" viewBox="0 0 104 32">
<path d="M4 26 16 5l12 21z" fill="#4f46e5"/>
<text x="36" y="23" font-family="Roboto,Arial,sans-serif" font-weight="700" font-size="22" fill="#1e1b4b">acme</text>
</svg>"""
# The screenshots in the docs. Only small ones, one of each type.
SCREENSHOTS = {
    ("in-transit", 360, "light"), ("in-transit", 1280, "light"), ("in-transit", 1280, "dark"),
    ("with-order-and-contact", 360, "light"), ("with-order-and-contact", 1280, "light"),
    ("out-for-delivery", 360, "dark"), ("delivered", 360, "light"), ("held-up", 1280, "light"),
    ("label-created", 360, "light"), ("pickup-german", 360, "light"), ("revoked", 360, "light"),
    ("order-on-its-way", 360, "light"), ("order-partly-german", 1280, "dark"),
    ("unknown", 1280, "light"), ("busy", 360, "light"), ("failed-portuguese", 360, "dark"),
}  # fmt: skip

Scheme = Literal["light", "dark"]


class Visit:
    """A page opened in its own browser context, with the requests it sent and the errors it logged."""

    def __init__(self, context: BrowserContext, page: RenderedPage, *, logo: bool = True) -> None:
        self.requested: list[str] = []
        self.errors: list[str] = []
        self.tab: Page = context.new_page()
        self.tab.on("console", lambda message: self.errors.append(message.text))
        self.tab.on("pageerror", lambda error: self.errors.append(str(error)))

        def answer(route: Route) -> None:
            self.requested.append(route.request.url)
            if route.request.url.startswith(ADDRESS):
                route.fulfill(status=200, headers=page.headers, body=page.html)
            elif route.request.url == LOGO_ADDRESS and logo:
                route.fulfill(status=200, content_type="image/svg+xml", body=LOGO)
            else:
                route.fulfill(status=404)

        context.route("**/*", answer)
        self.tab.goto(ADDRESS)

    def overflow(self) -> int:
        return int(self.tab.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))


Open = Callable[..., Visit]


@pytest.fixture
def visit(browser: Browser) -> Iterator[Open]:
    contexts: list[BrowserContext] = []

    def opened(case: str, width: int = 360, scheme: Scheme = "light", *, logo: bool = True, **options: Any) -> Visit:
        height = 740 if width < 600 else 800
        contexts.append(
            browser.new_context(viewport={"width": width, "height": height}, color_scheme=scheme, **options)
        )
        return Visit(contexts[-1], CASES[case](), logo=logo)

    yield opened
    for context in contexts:
        context.close()


def unchecked(result: dict[str, Any]) -> list[str]:
    """What axe could not check, except that cards overlap the band, which they do on their own background."""
    checks = [check for item in result["incomplete"] for node in item["nodes"] for check in node["any"]]
    return [check["message"] for check in checks if check["data"].get("messageKey") != "elmPartiallyObscuring"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("case", CASES)
class TestEveryState:
    def test_is_accessible_fits_and_requests_nothing_else(
        self, visit: Open, screenshots: Path, case: str, width: int, scheme: Scheme
    ) -> None:
        opened = visit(case, width, scheme)
        if (case, width, scheme) in SCREENSHOTS:
            opened.tab.screenshot(path=screenshots / f"{case}-{width}-{scheme}.png", full_page=True)
        for summary in opened.tab.locator("summary").all():
            summary.click()
        result = Axe().run(opened.tab)

        assert result.violations_count == 0, result.generate_report()
        assert unchecked(result.response) == []
        assert opened.overflow() == 0
        assert set(opened.requested) <= {ADDRESS, LOGO_ADDRESS}
        assert len(opened.requested) == len(set(opened.requested))
        assert opened.errors == []


class TestLayout:
    @pytest.mark.parametrize(
        "case",
        ["in-transit", "long", "label-created", "revoked", "with-order-and-contact-french", "order-partly-german",
         "order-hostile"],
    )  # fmt: skip
    def test_fits_the_narrowest_screen(self, visit: Open, case: str) -> None:
        assert visit(case, 320).overflow() == 0

    def test_fits_with_large_text(self, visit: Open) -> None:
        opened = visit("pickup-german", 360)
        opened.tab.evaluate("document.documentElement.style.fontSize = '200%'")

        assert opened.overflow() == 0

    @pytest.mark.parametrize("width", [360, 1280])
    def test_is_mirrored_for_right_to_left_languages(self, visit: Open, width: int) -> None:
        opened = visit("right-to-left-data", width)
        badge, name = opened.tab.locator(".badge"), opened.tab.locator(".name")

        def centres() -> list[float]:
            boxes = [locator.bounding_box() for locator in (badge, name)]
            return [box["x"] + box["width"] / 2 for box in boxes if box]

        before = centres()
        opened.tab.evaluate("document.documentElement.dir = 'rtl'")

        assert centres() == pytest.approx([width - x for x in before], abs=1)
        assert opened.overflow() == 0

    def test_shows_the_name_if_the_logo_fails(self, visit: Open) -> None:
        opened = visit("in-transit", logo=False)

        assert opened.tab.locator(".name").is_visible()
        assert opened.overflow() == 0

    def test_prints_folded_entries(self, visit: Open) -> None:
        opened = visit("long", 1280)
        oldest = opened.tab.locator("details li").last

        assert not oldest.is_visible()
        opened.tab.emulate_media(media="print")
        assert oldest.is_visible()
        assert not opened.tab.locator("footer").is_visible()


class TestUse:
    def test_the_number_is_copied_and_announced(self, visit: Open) -> None:
        opened = visit("in-transit", permissions=["clipboard-read", "clipboard-write"])
        button = opened.tab.get_by_role("button", name="Copy")

        box = button.bounding_box()
        assert box is not None
        assert box["height"] >= 32
        button.click()
        opened.tab.get_by_role("button", name="Copied").wait_for()
        assert opened.tab.evaluate("navigator.clipboard.readText()") == "1Z999AA10123456784"
        assert opened.tab.get_by_role("status").inner_text() == "Copied"
        assert opened.errors == []

    def test_the_copy_button_is_hidden_without_javascript(self, visit: Open) -> None:
        opened = visit("in-transit", java_script_enabled=False)

        assert opened.tab.locator(".copy").count() == 1
        assert not opened.tab.locator(".copy").is_visible()

    def test_works_without_javascript(self, visit: Open) -> None:
        opened = visit("delivered", java_script_enabled=False)

        assert opened.tab.get_by_role("heading", level=1).inner_text() == "Delivered"
        assert opened.tab.locator(".history li").count() == len(ARRIVED)

    def test_folds_open_with_the_keyboard_and_focus_is_visible(self, visit: Open) -> None:
        opened = visit("long", 1280)
        opened.tab.keyboard.press("Tab")
        summary = opened.tab.locator("summary")

        assert summary.evaluate("element => element === document.activeElement")
        assert summary.evaluate("element => getComputedStyle(element).outlineStyle") == "solid"
        opened.tab.keyboard.press("Enter")
        assert opened.tab.locator("details li").first.is_visible()

    def test_language_links_are_large_enough_to_tap(self, visit: Open) -> None:
        opened = visit("in-transit")
        links = opened.tab.get_by_role("navigation", name="Language").get_by_role("link")

        assert links.count() == 5
        assert all((box := link.bounding_box()) and min(box["width"], box["height"]) >= 40 for link in links.all())
        links.nth(1).click()
        assert opened.tab.url == f"{ADDRESS}?lang=de"

    def test_the_current_step_is_announced_to_screen_readers(self, visit: Open) -> None:
        opened = visit("out-for-delivery")

        assert opened.tab.locator("[aria-current=step]").inner_text().split() == ["Now:", "Out", "for", "delivery"]

    def test_hostile_text_runs_nothing(self, visit: Open) -> None:
        opened = visit("hostile")

        assert "owned" not in opened.tab.title().partition("–")[0]
        assert opened.tab.title() != "owned"
        assert opened.tab.locator("h1").is_visible()
        assert "<script>" in opened.tab.locator(".history").inner_text()
