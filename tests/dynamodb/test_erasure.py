"""Erasures and syncs at the same time, judged by DynamoDB's own engine."""

from typing import Any

from chalicelib.kit import clock
from tests.support.account import everything
from tests.support.background import clean_up
from tests.support.factories import EMBED, Acme
from tests.support.orders import Merchant, order, shipment
from tests.support.races import requesting, together

EMAIL = "jane.doe@example.com"
ERASE = "/api/v1/customers/erase"


def named(number: int, **more: Any) -> dict[str, Any]:
    return order(number, customer={"name": "Jane Doe", "email": EMAIL}, **more)


def naming_the_customer() -> list[str]:
    return [row["pk"]["S"] for row in everything() if "jane doe" in str(row).lower() or EMAIL in str(row).lower()]


def test_an_erasure_and_syncs_at_once_leave_nothing() -> None:
    merchant = Merchant.of(Acme.create())
    merchant.sync(*[named(n) for n in range(20)], shipments=[shipment(n) for n in range(20)])
    syncs = [
        requesting(
            merchant.acme.server,
            "POST",
            f"/api/v1/bridges/{merchant.bridge_id}/sync",
            {"orders": [named(n, status=status) for n in range(20)]},
        )
        for status in ("processing", "shipped")
    ]
    erasing = requesting(merchant.acme.server, "POST", ERASE, {"email": EMAIL.upper()})
    assert {reply.status for reply in together([*syncs, erasing])} == {200, 202}
    clean_up()
    assert naming_the_customer() == []
    assert merchant.orders("?limit=50")["pagination"]["total"] == 20


def test_orders_from_before_an_erasure_come_in_redacted_and_later_ones_whole() -> None:
    merchant = Merchant.of(Acme.create())
    assert merchant.acme.server.post(ERASE, {"email": f"Jane <{EMAIL}>"}).status == 202
    clean_up()
    answer = merchant.sync(*[named(n) for n in range(100)])
    assert (answer["orders"]["created"], answer["errors"]) == (100, [])
    assert naming_the_customer() == []
    merchant.sync(named(100, ordered_at=clock.in_seconds(1)))
    found = [row["customer"]["name"] for row in merchant.client.get(f"{EMBED}/orders?limit=50").data]
    assert found.count("Jane Doe") == 1
