"""The orders of one call."""

from collections.abc import Mapping

from chalicelib.kit import ids
from chalicelib.orders import merging
from chalicelib.orders.record import OrderRecord
from chalicelib.orders.store import OrderDetailItem, OrderItem, detail_key
from chalicelib.records.change import Change
from chalicelib.records.parsing import BadRecord
from chalicelib.records.source import Source
from chalicelib.search.terms import new_heads
from chalicelib.sync.report import Report, Sent
from chalicelib.sync.writing import write
from chalicelib.table import keys
from chalicelib.table.items import Row
from chalicelib.table.keys import Key
from chalicelib.table.reads import get_many
from chalicelib.totals.store import EndUserStatsItem

ATTEMPTS = 6

SentOrder = Sent[OrderRecord]


def id_of(bridge_id: str, external_id: str) -> str:
    """The same record always has the same id: finding it needs no look-up, and writing it twice makes no second."""
    return ids.derived_id(bridge_id, "order", external_id)


def key_of(source: Source, external_id: str) -> Key:
    return keys.order(source.organization_id, source.end_user_id, id_of(source.bridge_id, external_id))


def sync_orders(
    source: Source, sent: list[SentOrder], rows: Mapping[Key, Row], stats: EndUserStatsItem, report: Report
) -> bool:
    """Write what is new. `rows`: the summaries as they were read. Whether orders were created."""
    pending, created = sent, False
    for attempt in range(ATTEMPTS):
        if attempt:
            rows = get_many([key_of(source, record.external_id) for record in pending])
        stored = {order.external_id: rows.get(key_of(source, order.external_id)) for order in pending}
        items = {external_id: OrderItem.of(row) for external_id, row in stored.items() if row}
        known = frozenset(stats.heads or ())
        making = [merging.new_fields(source, order.record) for order in pending if order.external_id not in items]
        heads = new_heads(making, known)
        changes = _changes(source, pending, items, known | heads, report)
        outcomes = {order.external_id: change.outcome for order, change in changes}
        written = write(source, changes, stats, heads, apart=attempt > 1)
        for order in written.done:
            report.count(order, outcomes[order.external_id])
        created = created or any(outcomes[order.external_id] == "created" for order in written.done)
        for order in written.failed:
            report.fail(order, "could not be written just now; send it again")
        pending = written.redo
        if not pending:
            return created
    for order in pending:
        report.fail(order, "is being changed by others too often; send it again")
    return created


def _changes(
    source: Source,
    pending: list[SentOrder],
    items: Mapping[str, OrderItem],
    heads: frozenset[str],
    report: Report,
) -> list[tuple[SentOrder, Change]]:
    differing = [order for order in pending if (item := items.get(order.external_id)) and not _is_known(item, order)]
    wanted = {o.external_id: detail_key(source.organization_id, items[o.external_id]) for o in differing}
    details = get_many(wanted.values()) if wanted else {}
    changes: list[tuple[SentOrder, Change]] = []
    for order in pending:
        item = items.get(order.external_id)
        try:
            if item is None:
                order_id = id_of(source.bridge_id, order.external_id)
                change = merging.create(source, order_id, order.record, order.digest, heads)
            elif order.external_id not in wanted:
                change = Change("unchanged")
            elif (row := details.get(wanted[order.external_id])) is not None:
                change = merging.update(source, item, OrderDetailItem.of(row), order.record, order.digest, heads)
            else:
                # Somebody has changed it between our two reads. That write fails, and all is read again.
                change = Change("updated")
                change.writes.check(item.key, OrderItem.version == item.version)
        except BadRecord as bad:
            report.fail(order, str(bad))
            continue
        changes.append((order, change))
    return changes


def _is_known(item: OrderItem, order: SentOrder) -> bool:
    return item.record_digest == order.digest or merging.is_stale(item, order.record)
