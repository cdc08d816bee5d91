"""The orders of one call."""

from collections.abc import Mapping

from chalicelib.customers.service import read_erasures
from chalicelib.kit import ids
from chalicelib.orders import merging
from chalicelib.orders.record import OrderRecord
from chalicelib.orders.store import OrderDetailItem, OrderItem, detail_key, read_order
from chalicelib.records.change import Change
from chalicelib.records.merging import is_known, is_stale
from chalicelib.records.parsing import BadRecord
from chalicelib.records.source import Source
from chalicelib.search.terms import find_common_prefixes
from chalicelib.shipments import links
from chalicelib.shipments.index import linked_order
from chalicelib.sync.report import ReceivedRecord, Report
from chalicelib.sync.writing import write
from chalicelib.table import keys
from chalicelib.table.batch_write import write_many
from chalicelib.table.items import Row
from chalicelib.table.keys import Key
from chalicelib.table.reads import get_many, map_concurrently, run_concurrently
from chalicelib.table.transaction import update
from chalicelib.totals.store import EndUserStatsItem

MAX_ATTEMPTS = 6

ReceivedOrder = ReceivedRecord[OrderRecord]


def id_of(bridge_id: str, external_id: str) -> str:
    """Derived, so that finding an order needs no look-up and creating it twice is impossible."""
    return ids.derived_id(bridge_id, "order", external_id)


def key_of(source: Source, external_id: str) -> Key:
    return keys.order(source.organization_id, source.end_user_id, id_of(source.bridge_id, external_id))


def sync_orders(
    source: Source, received: list[ReceivedOrder], rows: Mapping[Key, Row], stats: EndUserStatsItem, report: Report
) -> bool:
    """Write what is new. `rows`: the stored summaries. Returns whether orders were created."""
    pending, created = received, False
    tentative: list[tuple[ReceivedOrder, list[Key]]] = []
    for attempt in range(MAX_ATTEMPTS):
        if attempt:
            rows = get_many([key_of(source, order.external_id) for order in pending])
        stored = {order.external_id: rows.get(key_of(source, order.external_id)) for order in pending}
        items = {external_id: OrderItem.of(row) for external_id, row in stored.items() if row}
        known_prefixes = frozenset(stats.common_prefixes or ())
        new = [merging.new_fields(source, order.record) for order in pending if order.external_id not in items]
        new_prefixes = find_common_prefixes(new, known_prefixes)
        changes = _changes(source, pending, items, known_prefixes | new_prefixes, report)
        _delete_foreign_names(source, tentative, items, changes)
        written = write(source, changes, stats, new_prefixes, one_by_one=attempt > 1)
        report.add_written(written, changes)
        created = created or any(change.outcome == "created" for order, change in changes if order in written.done)
        reindexed = [order for order, change in changes if change.reindexes_shipments and order in written.done]
        map_concurrently(lambda order: _reindex_shipments(source, order), reindexed)
        pending = written.conflicted
        tentative = [(order, change.tentative) for order, change in changes if order in pending and change.tentative]
        if not pending:
            return created
    for order in pending:
        report.add_failure(order, "is being changed by others too often; send it again")
    return created


def _reindex_shipments(source: Source, order: ReceivedOrder) -> None:
    organization_id, end_user_id = source.organization_id, source.end_user_id
    parts = read_order(organization_id, end_user_id, id_of(source.bridge_id, order.external_id))
    if parts.summary is not None and parts.shipments:
        links.reindex(organization_id, end_user_id, linked_order(parts.summary), parts.shipment_ids)
    if parts.summary is not None:
        item = OrderItem.of(parts.summary)
        update(item.key, [OrderItem.reindex_due.remove()], OrderItem.version == item.version)


def _delete_foreign_names(
    source: Source,
    tentative: list[tuple[ReceivedOrder, list[Key]]],
    items: Mapping[str, OrderItem],
    changes: list[tuple[ReceivedOrder, Change]],
) -> None:
    """Delete search entries of names that a failed attempt wrote, unless the order has these names: another process
    created it first with others, or its customer was erased meanwhile."""
    planned = {order.external_id: change.tentative for order, change in changes}
    foreign: set[Key] = set()
    for order, keys_written in tentative:
        item = items.get(order.external_id)
        kept = merging.name_keys(source, item) if item is not None else planned.get(order.external_id, [])
        foreign |= set(keys_written).difference(kept)
    write_many(deletes=sorted(foreign))


def _changes(
    source: Source,
    pending: list[ReceivedOrder],
    items: Mapping[str, OrderItem],
    prefixes: frozenset[str],
    report: Report,
) -> list[tuple[ReceivedOrder, Change]]:
    different = [order for order in pending if (item := items.get(order.external_id)) and _may_differ(item, order)]
    detail_keys = {o.external_id: detail_key(source.organization_id, items[o.external_id]) for o in different}
    changing = [order for order in pending if order.external_id in detail_keys or order.external_id not in items]
    details, erasures = run_concurrently(
        lambda: get_many(detail_keys.values()) if detail_keys else {},
        lambda: _read_erasures(source, changing, items),
    )
    changes: list[tuple[ReceivedOrder, Change]] = []
    for order in pending:
        item = items.get(order.external_id)
        try:
            if item is None:
                order_id = id_of(source.bridge_id, order.external_id)
                change = merging.create(source, order_id, order.record, order.digest, prefixes, erasures)
            elif order.external_id not in detail_keys:
                change = Change("unchanged", reindexes_shipments=item.reindex_due is not None)
            elif (row := details.get(detail_keys[order.external_id])) is not None:
                detail = OrderDetailItem.of(row)
                change = merging.update(source, item, detail, order.record, order.digest, prefixes, erasures)
            else:
                # The detail was replaced between our two reads: this check fails, and everything is read again.
                change = Change("updated")
                change.writes.check(item.key, OrderItem.version == item.version)
        except BadRecord as error:
            report.add_failure(order, str(error))
            continue
        changes.append((order, change))
    return changes


def _may_differ(item: OrderItem, order: ReceivedOrder) -> bool:
    # An order that was gone at its source and is there again differs, even if the record is the same.
    is_back = item.source_deleted_at is not None and not is_stale(item, order.record)
    return is_back or not is_known(item, order.record, order.digest)


def _read_erasures(source: Source, orders: list[ReceivedOrder], items: Mapping[str, OrderItem]) -> dict[str, str]:
    """When the customers were erased whom these orders begin to name, by customer id."""
    named = [merging.names_other_customer(source, items.get(order.external_id), order.record) for order in orders]
    return read_erasures(source.organization_id, [customer for customer in named if customer is not None])
