"""Recounts an end user's orders, shipments and requests from the lists, and compares the counters. Used by `verify`."""

from collections import Counter
from dataclasses import dataclass

from chalicelib.action_requests.schemas import REQUEST_STATUSES
from chalicelib.orders.schemas import ORDER_STATUSES
from chalicelib.organizations import end_users
from chalicelib.organizations.store import BRIDGES
from chalicelib.shipments.schemas import SHIPMENT_STATUSES
from chalicelib.table import keys
from chalicelib.table.items import Row
from chalicelib.table.reads import each_page, find_row, get_many, map_concurrently
from chalicelib.table.transaction import exists, update
from chalicelib.totals.service import counts_of, order_counter, request_counter, shipment_counter
from chalicelib.totals.store import counter as counter_named


@dataclass(frozen=True, slots=True)
class Drift:
    """A wrong counter. `bridge_id` is None for the end user's own counters."""

    bridge_id: str | None
    counter: str
    stored: int
    counted: int


def recount(organization_id: str, end_user_id: str) -> tuple[dict[str, int], list[Drift]]:
    """The true value of each counter, and the counters that differ. Reads every entry of the end user's status lists
    once (about 150 bytes each). While records are being synced, counters may differ without being wrong."""
    lists = [
        (order_counter(status), keys.order_status_list(organization_id, end_user_id, status, "", "").pk)
        for status in ORDER_STATUSES
    ]
    lists += [
        (shipment_counter(status), keys.shipment_status_list(organization_id, end_user_id, status, "", "").pk)
        for status in SHIPMENT_STATUSES
    ]
    requests = [
        (request_counter(status), keys.action_request_list(organization_id, end_user_id, status, "").pk)
        for status in REQUEST_STATUSES
    ]
    found = map_concurrently(lambda one: _count_by_bridge(one[1], "hint", "gsi2"), lists)
    found += map_concurrently(lambda one: _count_by_bridge(one[1], "bridge_id"), requests)
    lists += requests
    by_bridge: dict[str, Counter[str]] = {}
    for (counter, _), counted in zip(lists, found, strict=True):
        for bridge_id, number in counted.items():
            by_bridge.setdefault(bridge_id, Counter())[counter] = number
    hidden = end_users.hidden_bridges(end_users.find(organization_id, end_user_id))
    total: Counter[str] = Counter()
    for bridge_id, counted in by_bridge.items():
        if bridge_id not in hidden:
            total.update(counted)
    drifts = _differences(None, find_row(keys.end_user_stats(organization_id, end_user_id)) or {}, total)
    stats_keys = {bridge_id: keys.bridge_stats(organization_id, bridge_id, end_user_id) for bridge_id in by_bridge}
    rows = get_many(stats_keys.values())
    for bridge_id, counted in by_bridge.items():
        drifts += _differences(bridge_id, rows.get(stats_keys[bridge_id], {}), counted)
    return dict(total), drifts


def recount_organization(organization_id: str) -> list[Drift]:
    """The organization's counters that differ: end users, and bridges by type and status. Reads its lists once."""
    counted: Counter[str] = Counter()
    for page in each_page(keys.end_user_list(organization_id, "", "").pk, index="gsi1"):
        counted["end_users"] += len(page.rows)
    for page in each_page(keys.bridge_list(organization_id, "", "").pk, index="gsi1"):
        counted.update(f"{BRIDGES}{row['hint']['S']}" for row in page.rows)
    row = find_row(keys.organization_stats(organization_id)) or {}
    stored = {name: int(value["N"]) for name, value in row.items() if name == "end_users" or name.startswith(BRIDGES)}
    return [
        Drift(None, name, stored.get(name, 0), counted[name])
        for name in sorted(stored.keys() | counted.keys())
        if stored.get(name, 0) != counted[name]
    ]


def repair(organization_id: str, end_user_id: str | None, before: list[Drift], after: list[Drift]) -> list[Drift]:
    """Correct the counters that were found wrong in the same way twice, some time apart: the others are changing.
    Without an end user, the counters are the organization's. Returns what was corrected."""
    return [drift for drift in after if drift in before and _correct(organization_id, end_user_id, drift)]


def _correct(organization_id: str, end_user_id: str | None, drift: Drift) -> bool:
    if end_user_id is None:
        key = keys.organization_stats(organization_id)
    elif drift.bridge_id is None:
        key = keys.end_user_stats(organization_id, end_user_id)
    else:
        key = keys.bridge_stats(organization_id, drift.bridge_id, end_user_id)
    stored = counter_named(drift.counter)
    is_unchanged = stored == drift.stored if drift.stored else stored.does_not_exist() | (stored == 0)
    # The counters of a deleted end user or bridge must not come back.
    return update(key, [stored.add(drift.counted - drift.stored)], exists() & is_unchanged) is not None


def _count_by_bridge(partition: str, attribute: str, index: str | None = None) -> Counter[str]:
    """The number of entries per bridge, which `attribute` names."""
    counted: Counter[str] = Counter()
    # An index cannot be read consistently.
    for page in each_page(partition, index=index, consistent=index is None):
        counted.update(row[attribute]["S"] for row in page.rows)
    return counted


def _differences(bridge_id: str | None, row: Row, counted: Counter[str]) -> list[Drift]:
    stored = counts_of(row)
    return [
        Drift(bridge_id, name, stored.get(name, 0), counted[name])
        for name in sorted(stored.keys() | counted.keys())
        if stored.get(name, 0) != counted[name]
    ]
