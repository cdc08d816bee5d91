"""HEAD: the status and headers of a GET, without its body."""

import pytest

from chalicelib.api.authenticate import CREDENTIALS
from chalicelib.api.routing import endpoints, read, write
from chalicelib.http.endpoint import Auth
from chalicelib.storefront.access import TOKEN_PREFIX
from tests.support.factories import EMBED, Acme
from tests.support.gateway import Client
from tests.support.orders import Merchant, shipment

PAGES = [
    "/health",
    "/openapi.json",
    "/docs",
    "/docs/start.js",
    "/client.js",
    "/client.d.ts",
    "/t/unknown",
    "/docs/unknown.js",
]


@pytest.mark.usefixtures("cloud")
@pytest.mark.parametrize("path", PAGES)
def test_has_the_headers_of_a_get_without_its_body(path: str) -> None:
    get, head = Client().get(path), Client().call("HEAD", path)
    assert get.text
    assert (head.status, head.text) == (get.status, "")
    assert head.headers.pop("Content-Length") == str(len(get.text.encode()))
    for headers in (get.headers, head.headers):
        for varying in ("X-Request-Id", "RateLimit-Remaining", "RateLimit-Reset"):
            headers.pop(varying, None)
    assert head.headers == get.headers


def test_every_public_page_and_document_answers_it() -> None:
    opened = {
        e.name for e in endpoints() if e.auth is Auth.PUBLIC and not e.content_type.startswith("application/json")
    }
    # These set a cookie, end a flow, or change something.
    opened -= {"show_consent", "agree_to_consent", "return_from_platform", "return_from_shop", "cancel_from_order_page"}
    opened.remove("unsubscribe")
    assert {e.name for e in endpoints() if e.head} == opened | {"health", "openapi"}


def test_is_packaged_with_the_routes() -> None:
    assert ["GET", "HEAD"] in [route.methods for route in read(write())]


def test_of_a_tracking_page_counts_no_view(acme: Acme) -> None:
    merchant = Merchant.of(acme)
    merchant.sync(shipments=[shipment()])
    page = merchant.client.post(f"{EMBED}/tracking-pages", {"shipmentId": merchant.shipment()["id"]}).data
    assert Client().call("HEAD", f"/t/{page['token']}").status == 200
    assert Client().get(f"/t/{page['token']}").status == 200
    [listed] = merchant.client.get(f"{EMBED}/tracking-pages").data
    assert listed["view_count"] == 1


def test_prefixes_of_all_credentials_are_known() -> None:
    assert TOKEN_PREFIX in CREDENTIALS
