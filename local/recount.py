"""Counting after all: what an end user's counters should be, from the lists themselves."""

from collections import Counter
from dataclasses import dataclass

from chalicelib.action_requests.schemas import REQUEST_STATUSES
from chalicelib.orders.schemas import ORDER_STATUSES
from chalicelib.organizations import end_users
from chalicelib.shipments.schemas import SHIPMENT_STATUSES
from chalicelib.table import keys
from chalicelib.table.items import Row
from chalicelib.table.reads import each_page, get, get_many, map_concurrently
from chalicelib.totals.service import counts_of, order_counter, request_counter, shipment_counter


@dataclass(frozen=True, slots=True)
class Drift:
    """A counter that is wrong. `bridge_id` is None for the end user's own."""

    bridge_id: str | None
    counter: str
    kept: int
    found: int


def recount(organization_id: str, end_user_id: str) -> tuple[dict[str, int], list[Drift]]:
    """What there is, by counter, and the counters that say something else. Reads every entry of the end user's status
    lists once (about 150 bytes each). While records come in, a difference may be no more than the moment between."""
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
    drifts = _differences(None, get(keys.end_user_stats(organization_id, end_user_id)) or {}, total)
    wanted = {bridge_id: keys.bridge_stats(organization_id, bridge_id, end_user_id) for bridge_id in by_bridge}
    rows = get_many(wanted.values())
    for bridge_id, counted in by_bridge.items():
        drifts += _differences(bridge_id, rows.get(wanted[bridge_id], {}), counted)
    return dict(total), drifts


def _count_by_bridge(partition: str, attribute: str, index: str | None = None) -> Counter[str]:
    """How many entries name each bridge in `attribute`."""
    counted: Counter[str] = Counter()
    # An index cannot be read consistently.
    for page in each_page(partition, index=index, consistent=index is None):
        counted.update(row[attribute]["S"] for row in page.rows)
    return counted


def _differences(bridge_id: str | None, kept_row: Row, found: Counter[str]) -> list[Drift]:
    kept = counts_of(kept_row)
    return [
        Drift(bridge_id, name, kept.get(name, 0), found[name])
        for name in sorted(kept.keys() | found.keys())
        if kept.get(name, 0) != found[name]
    ]
