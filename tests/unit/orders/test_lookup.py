"""`GET /api/v1/search`: a whole organization by order number, tracking number or e-mail address."""

from typing import Any
from urllib.parse import quote

import pytest

from chalicelib.table import keys
from chalicelib.table.connection import table
from local.commands.reindex import reindex
from tests.support.account import everything
from tests.support.aws_calls import counted
from tests.support.background import clean_up
from tests.support.factories import EMBED, Acme
from tests.support.orders import Merchant, order, shipment


@pytest.fixture
def merchant(acme: Acme) -> Merchant:
    return Merchant.of(acme)


def search(acme: Acme, text: str) -> Any:
    reply = acme.server.get(f"/api/v1/search?q={quote(text)}")
    assert reply.status == 200, reply.text
    return reply.json


def found(acme: Acme, text: str) -> list[tuple[str, str]]:
    """What was found, and whose it is."""
    return [
        (each["order_number"] or each["tracking_number"], each["end_user"]["external_id"])
        for each in search(acme, text)["data"]
    ]


def test_finds_records_of_all_end_users_of_this_organization_only(acme: Acme, merchant: Merchant) -> None:
    other = Merchant.of(acme, "merchant-2")
    merchant.sync(order(1, order_number="#1001"), order(2), shipments=[shipment(1, tracking_number="1Z 999 AA1")])
    other.sync(order(1, order_number="1001", ordered_at="2026-01-16T10:30:00Z", customer={"email": "john@example.com"}))
    Merchant.of(Acme.create()).sync(order(1, order_number="1001"))
    for text in ("1001", "#1001", " 1001 "):
        assert found(acme, text) == [("1001", "merchant-2"), ("#1001", "merchant-1")]
    assert found(acme, "1z999aa1") == found(acme, "1Z 999 AA1") == [("1Z 999 AA1", "merchant-1")]
    assert sorted(found(acme, "JANE@example.com")) == [("#1001", "merchant-1"), ("ORD-2", "merchant-1")]
    assert found(acme, "john@example.com") == [("1001", "merchant-2")]
    # Only the whole of it, and nothing else of the order.
    for text in ("100", "1Z", "jane", "WID-7", "ext-2", "Jane Doe", "#", " ", "@"):
        assert found(acme, text) == []


def test_leads_to_the_detail(acme: Acme, merchant: Merchant) -> None:
    merchant.sync(order(1), shipments=[shipment(1)])
    (by_number,) = search(acme, "ORD-1")["data"]
    (by_tracking,) = search(acme, "1Z999AA10123456784")["data"]
    assert merchant.client.get(f"{EMBED}/orders/{by_number['id']}").data["order_number"] == "ORD-1"
    assert merchant.client.get(f"{EMBED}/shipments/{by_tracking['id']}").status == 200
    assert by_tracking["order_id"] == by_number["id"]
    assert by_number["end_user"]["id"] == merchant.session.end_user_id


def test_follows_a_changed_number_and_address(acme: Acme, merchant: Merchant) -> None:
    """Also where the new or the old number is a text that the order is found by anyway."""
    merchant.sync(order(1, order_number="A-1", external_id="X-1"), shipments=[shipment(1, tracking_number="OLD")])
    merchant.sync(
        order(1, order_number="WID-7", external_id="X-1", customer={"email": "new@example.com"}),
        shipments=[shipment(1, tracking_number="NEW")],
    )
    assert found(acme, "WID-7") == found(acme, "new@example.com") == [("WID-7", "merchant-1")]
    assert found(acme, "NEW") == [("NEW", "merchant-1")]
    assert not any(found(acme, text) for text in ("A-1", "OLD", "jane@example.com"))
    merchant.sync(order(1, order_number="A-1", external_id="X-1"))
    assert found(acme, "WID-7") == []
    assert found(acme, "A-1") == [("A-1", "merchant-1")]
    assert _entries(keys.order_number(acme.organization_id, "wid-7", "").pk) == []


def test_what_belongs_to_a_deleted_bridge_is_not_found(acme: Acme, merchant: Merchant) -> None:
    merchant.sync(order(1), shipments=[shipment(1, tracking_number="T-1")])
    assert merchant.client.delete(f"{EMBED}/bridges/{merchant.bridge_id}").status == 200
    assert not any(found(acme, text) for text in ("ORD-1", "T-1", "jane@example.com"))
    clean_up()
    assert not any(row["g1pk"]["S"].startswith(("ON#", "TN#")) for row in everything() if "g1pk" in row)


def test_follows_a_bridge_to_its_new_owner(acme: Acme, merchant: Merchant) -> None:
    merchant.sync(order(1), shipments=[shipment(1, tracking_number="T-1")])
    heir = acme.session("heir")
    body = {"end_user_id": heir.end_user_id}
    assert acme.server.patch(f"/api/v1/bridges/{merchant.bridge_id}", body).status == 200
    clean_up()
    assert found(acme, "ORD-1") == [("ORD-1", "heir")]
    assert found(acme, "T-1") == [("T-1", "heir")]


def test_stays_with_the_organization_when_the_end_user_is_deleted(acme: Acme, merchant: Merchant) -> None:
    merchant.sync(order(1))
    assert acme.server.delete(f"{EMBED}/users/{merchant.session.end_user_id}").status == 200
    clean_up()
    (kept,) = search(acme, "ORD-1")["data"]
    assert kept["end_user"] is None


def test_takes_three_round_trips_however_much_it_finds(acme: Acme, merchant: Merchant) -> None:
    for name in ("m-2", "m-3"):
        Merchant.of(acme, name).sync(*(order(number, order_number="N@1") for number in range(20)))
    acme.server.get("/api/v1/search?q=warm")
    with counted() as calls:
        result = search(acme, "N@1")
    assert len(result["data"]) == 40
    assert sorted(calls) == ["BatchGetItem"] * 2 + ["Query"] * 3


def test_says_when_there_is_more(acme: Acme, merchant: Merchant) -> None:
    merchant.sync(*(order(number, order_number="SAME") for number in range(51)))
    assert search(acme, "SAME")["more"] is True
    assert len(search(acme, "SAME")["data"]) == 50
    assert search(acme, "jane@example.com")["more"] is True


def test_reindexing_finds_what_was_stored_before(acme: Acme, merchant: Merchant) -> None:
    merchant.sync(order(1), shipments=[shipment(1, tracking_number="T-1")])
    for row in everything():
        if row.get("g1pk", {}).get("S", "").startswith(("ON#", "TN#")):
            bare = {name: value for name, value in row.items() if name not in ("g1pk", "g1sk")}
            table().connection.client.put_item(TableName=table().table_name, Item=bare)
    assert not found(acme, "ORD-1")
    assert not found(acme, "T-1")
    assert reindex(acme.organization_id, merchant.session.end_user_id) == (2, 2)
    assert found(acme, "ORD-1") == [("ORD-1", "merchant-1")]
    assert found(acme, "T-1") == [("T-1", "merchant-1")]
    assert reindex(acme.organization_id, merchant.session.end_user_id) == (2, 0)


@pytest.mark.parametrize("query", ["", "?q=", f"?q={'x' * 256}"])
def test_refuses_what_is_no_search(acme: Acme, query: str) -> None:
    assert acme.server.get(f"/api/v1/search{query}").status == 422


def _entries(partition: str) -> list[Any]:
    return [row for row in everything() if row.get("g1pk", {}).get("S") == partition]
