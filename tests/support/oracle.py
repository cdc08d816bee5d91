"""Checks invariants of an end user's orders and shipments against every item of the table."""

import json
from collections import Counter
from typing import Any

from local.commands.counters import recount
from tests.support.account import everything
from tests.support.orders import Merchant


def check(merchant: Merchant, *, log: bool = True) -> None:
    """Raises AssertionError if counters, links or lists are wrong. `log`: whether the log has exactly these orders,
    which holds until a bridge is deleted or reassigned."""
    org, user = merchant.acme.organization_id, merchant.session.end_user_id
    rows = everything()
    found, drifts = recount(org, user)
    assert drifts == []
    by_key = {(row["pk"]["S"], row["sk"]["S"]): row for row in rows}
    orders = _summaries(rows, f"O#{org}#", user)
    shipments = _summaries(rows, f"SH#{org}#", user)
    assert sum(number for name, number in found.items() if name.startswith("o#")) == len(orders)
    assert sum(number for name, number in found.items() if name.startswith("s#")) == len(shipments)
    assert merchant.orders()["pagination"]["total"] == len(orders)
    assert merchant.shipments()["pagination"]["total"] == len(shipments)
    for row in orders:
        assert (row["pk"]["S"], f"{user}#DETAIL#{row['di']['S']}") in by_key
    for row in shipments:
        assert (row["pk"]["S"], f"{user}#DETAIL") in by_key
    _check_links(by_key, shipments, org, user)
    if log:
        _check_events(rows, orders, shipments, org, user)


def _summaries(rows: list[dict[str, Any]], prefix: str, user: str) -> list[dict[str, Any]]:
    return [row for row in rows if row["pk"]["S"].startswith(prefix) and row["sk"]["S"] == f"{user}#SUMMARY"]


def _check_links(by_key: dict[tuple[str, str], Any], shipments: list[Any], org: str, user: str) -> None:
    stats = by_key.get((f"EU#{org}#{user}", "STATS"), {})
    unlinked = [row for row in shipments if "w" in row]
    assert int(stats.get("waiting", {"N": "0"})["N"]) == len(unlinked)
    links = {key for key in by_key if key[0].startswith(f"O#{org}") and key[1].startswith(f"{user}#SHIPMENT#")}
    places = {key for key in by_key if key[0].startswith(f"WAIT#{org}#{user}")}
    for row in shipments:
        shipment_id = row["pk"]["S"].rpartition("#")[2]
        order_id = json.loads("{" + row["s"]["S"])["order_id"]
        if order_id is not None:
            assert "w" not in row
            assert (f"O#{org}#{order_id}", f"{user}#SUMMARY") in by_key
            links.remove((f"O#{org}#{order_id}", f"{user}#SHIPMENT#{shipment_id}"))
        elif "w" in row:
            places.remove((f"WAIT#{org}#{user}#{row['w']['S']}", shipment_id))
    assert links == set()
    assert places == set()


def _check_events(rows: list[Any], orders: list[Any], shipments: list[Any], org: str, user: str) -> None:
    """Every change has exactly one event: an order of version n has one creation and n - 1 updates."""
    log = Counter(
        (row["ri"]["S"], row["t"]["S"]) for row in rows if row["pk"]["S"] == f"EV#{org}#{user}" and "ri" in row
    )
    for row in orders:
        order_id = row["pk"]["S"].rpartition("#")[2]
        assert log[order_id, "order.created"] == 1
        assert log[order_id, "order.updated"] == int(row["v"]["N"]) - 1
    for row in shipments:
        assert log[row["pk"]["S"].rpartition("#")[2], "shipment.created"] == 1
    for (resource_id, event_type), number in log.items():
        if event_type == "order.created":
            assert number == 1
            assert resource_id in {row["pk"]["S"].rpartition("#")[2] for row in orders}
