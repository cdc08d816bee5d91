"""Recounts an end user's orders, shipments and requests from the lists, and compares the counters. Used by `verify`."""

from collections import Counter
from dataclasses import dataclass

from chalicelib.action_requests.schemas import REQUEST_STATUSES
from chalicelib.orders.schemas import ORDER_STATUSES
from chalicelib.organizations import end_users
from chalicelib.shipments.schemas import SHIPMENT_STATUSES
from chalicelib.table import keys
from chalicelib.table.items import Row
from chalicelib.table.reads import each_page, find_row, get_many, map_concurrently
from chalicelib.totals.service import counts_of, order_counter, request_counter, shipment_counter


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
