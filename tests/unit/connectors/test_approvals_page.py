"""The tables of docs/approvals.md, played through on the doubles: each approved request, at each source, in each status
of the order."""

import re
from collections.abc import Callable

import pytest

from chalicelib.connectors.faults import NotSeen, RateLimited, Refused
from chalicelib.connectors.platform import Applied
from chalicelib.connectors.shipstation.changing import KINDS as SHIPSTATION_KINDS
from chalicelib.connectors.shipstation.changing import apply as apply_at_shipstation
from chalicelib.connectors.shop import Change, ChangeKind
from chalicelib.connectors.shopify.changing import apply as apply_at_shopify
from chalicelib.connectors.woocommerce.changes import apply as apply_at_woocommerce
from local.places import ROOT
from tests.support.demo_shop import open_demo_shop
from tests.support.shopify.double import Double as Shopify
from tests.support.shopify.objects import fulfillment, fulfillment_order, order
from tests.unit.connectors.shipstation.conftest import Double as ShipStation
from tests.unit.connectors.shipstation.conftest import shop_of
from tests.unit.connectors.shopify.conftest import connected

pytestmark = pytest.mark.xdist_group("shopify")
PAGE = (ROOT / "docs" / "approvals.md").read_text()
WRITES = ("order.status", "order.updated", "note.created")
ADDRESS = {"name": "Grace Hopper", "address1": "Wall Street 1", "city": "New York", "state": "NY", "country": "US"}


def change(kind: str, text: str | None = None) -> Change:
    kinds: dict[str, ChangeKind] = {each: each for each in ("cancel", "hold", "release", "address_change", "note")}
    return Change(kinds[kind], "req-1", order_number="450", address=ADDRESS, text=text or "Please")


def outcome(attempt: Callable[[], Applied], log: Callable[[], int]) -> str:
    """`done`, `already so` if nothing was changed, `refused`."""
    before = log()
    try:
        attempt()
    except Refused:
        return "refused"
    return "done" if log() > before else "already so"


def at_woocommerce(kind: str, status: str) -> str:
    merchant = open_demo_shop()
    order_id = merchant.order()["id"]
    if status == "trash":
        merchant.owner("DELETE", f"orders/{order_id}", force="false")
    elif status != "processing":
        merchant.owner("PUT", f"orders/{order_id}", {"status": status})

    def changes() -> int:
        return sum(
            entry["action"] in ("order.status", "order.updated", "note.created") for entry in merchant.store.all("log")
        )

    # A reason would be a note of its own.
    wanted = change(kind) if kind == "note" else Change(change(kind).kind, "req-1", address=ADDRESS)
    return outcome(lambda: apply_at_woocommerce(merchant.shop, str(order_id), wanted), changes)


def at_shopify(kind: str, status: str) -> str:
    double = Shopify()
    shop = connected(double)
    given = {
        "open": order(),
        "on hold": order(),
        "fulfilled": order(
            fulfillments=[fulfillment()],
            displayFulfillmentStatus="FULFILLED",
            fulfillmentOrders=[fulfillment_order([], status="CLOSED")],
        ),
        "cancelled": order(
            cancelledAt="2026-01-01T00:00:00Z", fulfillmentOrders=[fulfillment_order([], status="CLOSED")]
        ),
    }
    number = double.store.add(given[status])
    if status == "on hold":
        apply_at_shopify(shop, number, Change("hold", "earlier"))

    def attempt() -> Applied:
        for _ in range(10):
            try:
                return apply_at_shopify(shop, number, change(kind))
            except RateLimited:
                double.store.job(f"gid://shopify/Job/{number}")
        raise NotSeen

    return outcome(attempt, lambda: len(double.store.log))


def at_shipstation(kind: str, status: str) -> str:
    double = ShipStation()
    parcel = double.account.add_order("450")
    if status == "label bought":
        double.account.add_label(parcel, "1Z999", "ups")
    elif status in ("on hold", "cancelled"):
        apply_at_shipstation(shop_of(double, "v1"), "x", change("hold" if status == "on hold" else "cancel"))
    log = double.account.data["log"]
    return outcome(lambda: apply_at_shipstation(shop_of(double, "v1"), "x", change(kind)), lambda: len(log))


PLAYED = {"WooCommerce": at_woocommerce, "Shopify": at_shopify, "ShipStation": at_shipstation}


def table_of(source: str) -> dict[tuple[str, str], str]:
    """Outcome by request and status."""
    section = re.search(rf"^\*\*{source}\*\*\n\n((?:\|.*\n)+)", PAGE, re.MULTILINE)
    assert section is not None
    rows = [[cell.strip().strip("`") for cell in row.strip("|").split("|")] for row in section[1].splitlines()]
    statuses = rows[0][1:]
    return {(row[0], status): cell for row in rows[2:] for status, cell in zip(statuses, row[1:], strict=True)}


CASES = [(source, *case, cell) for source in PLAYED for case, cell in table_of(source).items()]


@pytest.mark.parametrize(("source", "kind", "status", "expected"), CASES)
def test_what_the_page_says_happens(source: str, kind: str, status: str, expected: str) -> None:
    assert PLAYED[source](kind, status) == expected


def test_every_request_is_on_the_page() -> None:
    everything = {"cancel", "hold", "release", "address_change", "note"}
    for source, kinds in {"WooCommerce": everything, "Shopify": everything, "ShipStation": SHIPSTATION_KINDS}.items():
        assert {kind for kind, _ in table_of(source)} == kinds
