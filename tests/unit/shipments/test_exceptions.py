"""An organization's shipments in exception are listed as long as they are, whoever has them."""

from typing import Any

import pytest

from chalicelib.kit import ids
from chalicelib.shipments import exceptions
from chalicelib.table import keys
from chalicelib.table.reads import query
from chalicelib.table.transaction import delete
from tests.support.account import everything
from tests.support.background import clean_up
from tests.support.factories import EMBED, Acme
from tests.support.orders import Merchant, order, shipment

PATH = "/api/v1/shipments?status=exception"


def listed(acme: Acme, more: str = "") -> list[tuple[str, str]]:
    """External ids of end user and shipment."""
    reply = acme.server.get(f"{PATH}{more}")
    assert reply.status == 200, reply.text
    return [(row["end_user"]["external_id"], row["external_id"]) for row in reply.data]


@pytest.fixture
def merchant(acme: Acme) -> Merchant:
    merchant = Merchant.of(acme)
    merchant.sync(order(1), shipments=[shipment(1, status="exception"), shipment(2)])
    return merchant


def entries() -> list[Any]:
    return [row for row in everything() if row["pk"]["S"].startswith("SLX#")]


def test_from_the_exception_to_its_end(acme: Acme, merchant: Merchant) -> None:
    other = Merchant.of(acme, "merchant-2")
    assert listed(acme) == [("merchant-1", "shp-1")]
    other.sync(shipments=[shipment(3, status="in_transit")])
    other.sync(shipments=[shipment(3, status="exception")])
    merchant.sync(shipments=[shipment(2, status="exception", carrier="DHL")])
    assert set(listed(acme)) == {("merchant-1", "shp-1"), ("merchant-1", "shp-2"), ("merchant-2", "shp-3")}
    merchant.sync(shipments=[shipment(1, status="exception", carrier="DHL"), shipment(2, status="delivered")])
    assert set(listed(acme)) == {("merchant-1", "shp-1"), ("merchant-2", "shp-3")}
    assert len(entries()) == 2
    own = acme.server.get(f"{PATH}&end_user_id={other.session.end_user_id}").data
    assert [row for row in acme.server.get(PATH).data if row["external_id"] == "shp-3"] == own


def test_it_follows_the_bridge_and_goes_with_it(acme: Acme, merchant: Merchant) -> None:
    two = acme.session("two")
    change = {"end_user_id": two.end_user_id}
    assert acme.server.patch(f"/api/v1/bridges/{merchant.bridge_id}", change).status == 200
    assert listed(acme) == []
    clean_up()
    assert listed(acme) == [("two", "shp-1")]
    assert len(entries()) == 1
    assert acme.server.delete(f"/api/v1/bridges/{merchant.bridge_id}").status == 200
    assert listed(acme) == []
    clean_up()
    assert entries() == []


def test_pages_nobody_elses_and_not_of_a_deleted_end_user(acme: Acme, merchant: Merchant) -> None:
    merchant.sync(shipments=[shipment(n, status="exception") for n in range(10, 13)])
    seen: list[Any] = []
    cursor = ""
    while True:
        page = acme.server.get(f"{PATH}&limit=2{cursor}").json
        assert page["pagination"]["total"] == 4
        seen += [row["external_id"] for row in page["data"]]
        if not page["pagination"]["hasMore"]:
            break
        cursor = f"&cursor={page['pagination']['nextCursor']}"
    assert sorted(seen) == ["shp-1", "shp-10", "shp-11", "shp-12"]
    assert listed(Acme.create()) == []
    assert acme.server.delete(f"{EMBED}/users/{merchant.session.end_user_id}").status == 200
    assert listed(acme) == []


@pytest.mark.parametrize("given", ["", "status=delivered", "status=exception&carrier=ups", "status=exception&search=1"])
def test_everybodys_are_listed_in_exception_only(acme: Acme, given: str) -> None:
    assert acme.server.get(f"/api/v1/shipments?{given}").fields == ["end_user_id"]


def test_reindexing_lists_those_from_before(acme: Acme, merchant: Merchant) -> None:
    org, user = acme.organization_id, merchant.session.end_user_id
    shipment_id = ids.derived_id(merchant.bridge_id, "shipment", "shp-1")
    for row in query(keys.shipment_in_exception(org, "", "", "").pk).rows:
        assert shipment_id in row["sk"]["S"]
        delete(keys.Key(row["pk"]["S"], row["sk"]["S"]))
    assert listed(acme) == []
    assert [exceptions.list_again(org, user) for _ in range(2)] == [1, 0]
    assert listed(acme) == [("merchant-1", "shp-1")]
