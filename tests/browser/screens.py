"""What the tests of the merchants' screens share: pages that show them, a merchant, and the gallery."""

from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Browser, BrowserContext, Page

from chalicelib.kit.settings import settings
from tests.browser.hosts import Host
from tests.support.factories import Acme, Session
from tests.support.orders import Merchant, order, shipment

HOSTILE = "=1+1<img src=x onerror=\"document.title='owned'\">"

Open = Callable[..., Host]


@pytest.fixture
def host(browser: Browser) -> Iterator[Open]:
    contexts: list[BrowserContext] = []

    def opened(**options: Any) -> Host:
        contexts.append(browser.new_context(**{"locale": "en-GB", **options}))
        return Host(contexts[-1])

    yield opened
    for context in contexts:
        context.close()


@pytest.fixture
def merchant(acme: Acme) -> Merchant:
    """With 30 orders, which are two pages, the newest with a hostile customer and a shipment."""
    merchant = Merchant.of(acme)
    orders = [order(1000 + n, ordered_at=f"2026-01-{1 + n:02}T10:00:00Z") for n in range(30)]
    orders[-1]["customer"] = {"name": HOSTILE, "email": "x@example.com"}
    merchant.sync(*orders, shipments=[shipment(1029)])
    return merchant


@pytest.fixture
def gallery(host: Open, monkeypatch: pytest.MonkeyPatch) -> Iterator[Open]:
    monkeypatch.setenv("STAGE", "local")
    settings.cache_clear()
    yield host
    settings.cache_clear()


def embed(session: Session, content: str, **attributes: str) -> str:
    given = {"session-token": session.created["token"], **attributes}
    text = " ".join(f'{name.replace("_", "-")}="{value}"' for name, value in given.items())
    return f"<orderly-embed {text}>{content}</orderly-embed>"


def open_portal(opened: Host, session: Session) -> Page:
    opened.go(urlsplit(session.created["portalUrl"])._replace(scheme="", netloc="").geturl())
    return opened.tab


def violations(tab: Page) -> list[tuple[str, Any]]:
    """What axe-core finds, except that the gallery shows the same landmark several times."""
    options = {"rules": {"landmark-unique": {"enabled": False}, "target-size": {"enabled": True}}}
    found = Axe().run(tab, options=options).response["violations"]
    return [(each["id"], node["target"]) for each in found for node in each["nodes"]]
