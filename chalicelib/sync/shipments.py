"""The shipments of one call, and those that waited for its orders."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from chalicelib.kit import ids
from chalicelib.orders.store import OrderItem
from chalicelib.records.change import Change
from chalicelib.records.parsing import BadRecord
from chalicelib.records.source import Source
from chalicelib.shipments import links, merging
from chalicelib.shipments.record import ShipmentRecord
from chalicelib.shipments.store import ShipmentDetailItem, ShipmentItem, read_summaries, waiting_for
from chalicelib.sync import orders
from chalicelib.sync.report import Report, Sent
from chalicelib.sync.writing import write
from chalicelib.table import keys
from chalicelib.table.items import Row
from chalicelib.table.keys import Key
from chalicelib.table.reads import get, get_many
from chalicelib.totals import service as totals
from chalicelib.totals.store import EndUserStatsItem

ATTEMPTS = 6

SentShipment = Sent[ShipmentRecord]


class Found(NamedTuple):
    """An order that a shipment names."""

    id: str
    erased: bool


def id_of(bridge_id: str, external_id: str) -> str:
    return ids.derived_id(bridge_id, "shipment", external_id)


def key_of(source: Source, external_id: str) -> Key:
    return keys.shipment(source.organization_id, source.end_user_id, id_of(source.bridge_id, external_id))


def sync_shipments(
    source: Source, sent: list[SentShipment], rows: Mapping[Key, Row], stats: EndUserStatsItem | None, report: Report
) -> None:
    """Write what is new. `rows`: the summaries as they were read; `stats`: None where orders were made since."""
    pending = sent
    for attempt in range(ATTEMPTS):
        if attempt:
            rows = get_many([key_of(source, shipment.external_id) for shipment in pending])
            stats = None
        known = {key_of(source, s.external_id): rows.get(key_of(source, s.external_id)) for s in pending}
        items = {key: ShipmentItem.of(row) for key, row in known.items() if row}
        looking = [order for s in pending if (order := _looks_for(items.get(key_of(source, s.external_id)), s))]
        if stats is None:
            stats = _read_stats(source) if looking else EndUserStatsItem.at(_stats_key(source))
        found = _find_orders(source, looking, stats)
        changes = _changes(source, pending, items, found, report)
        outcomes = {shipment.external_id: change.outcome for shipment, change in changes}
        written = write(source, changes, stats, apart=attempt > 1)
        for shipment in written.done:
            report.count(shipment, outcomes[shipment.external_id])
        for shipment in written.failed:
            report.fail(shipment, "could not be written just now; send it again")
        pending = written.redo
        if not pending:
            return
    for shipment in pending:
        report.fail(shipment, "is being changed by others too often; send it again")


def _stats_key(source: Source) -> Key:
    return keys.end_user_stats(source.organization_id, source.end_user_id)


def _read_stats(source: Source) -> EndUserStatsItem:
    return totals.of(get(_stats_key(source)), _stats_key(source))


def _is_known(item: ShipmentItem, shipment: SentShipment) -> bool:
    return item.record_digest == shipment.digest or merging.is_stale(item, shipment.record)


def _looks_for(item: ShipmentItem | None, shipment: SentShipment) -> str | None:
    """The external id of the order that has to be looked for, if one has to be."""
    if item is not None and _is_known(item, shipment):
        return item.waits_for
    if "order_external_id" in shipment.record.model_fields_set:
        return shipment.record.order_external_id
    return item.waits_for if item is not None else None


def _find_orders(source: Source, external_ids: Iterable[str], stats: EndUserStatsItem) -> dict[str, Found]:
    """The orders that are there: this bridge's own first, then those of the end user's other bridges."""
    shops = sorted(stats.shops or (), key=lambda bridge_id: (bridge_id != source.bridge_id, bridge_id))
    candidates = {
        keys.order(source.organization_id, source.end_user_id, order_id): (external_id, order_id)
        for external_id in set(external_ids)
        for bridge_id in shops
        for order_id in [orders.id_of(bridge_id, external_id)]
    }
    rows = get_many(candidates) if candidates else {}
    found: dict[str, Found] = {}
    for key, (external_id, order_id) in candidates.items():
        if key in rows:
            found.setdefault(external_id, Found(order_id, OrderItem.of(rows[key]).erased is not None))
    return found


def _changes(
    source: Source,
    pending: list[SentShipment],
    items: Mapping[Key, ShipmentItem],
    found: Mapping[str, Found],
    report: Report,
) -> list[tuple[SentShipment, Change]]:
    touched = [
        key
        for s in pending
        if (item := items.get(key := key_of(source, s.external_id)))
        and (not _is_known(item, s) or _finds_nobody(item, found))
    ]
    details = get_many([keys.detail_beside(key) for key in touched]) if touched else {}
    changes: list[tuple[SentShipment, Change]] = []
    for shipment in pending:
        key = key_of(source, shipment.external_id)
        try:
            change = _change(source, shipment, items.get(key), details.get(keys.detail_beside(key)), found)
        except BadRecord as bad:
            report.fail(shipment, str(bad))
            continue
        changes.append((shipment, change))
    return changes


def _change(
    source: Source, shipment: SentShipment, item: ShipmentItem | None, detail: Row | None, found: Mapping[str, Found]
) -> Change:
    wanted = _looks_for(item, shipment)
    order = found.get(wanted) if wanted else None
    order_id, erased = order or (None, False)
    if item is None:
        shipment_id = id_of(source.bridge_id, shipment.external_id)
        return merging.create(source, shipment_id, shipment.record, shipment.digest, order_id, erased=erased)
    if _is_known(item, shipment):
        if item.waits_for is not None and order is not None:
            return _link(source, item, order, detail)
        return Change("unchanged")
    if detail is None:
        return _look_again(item)
    stored = ShipmentDetailItem.of(detail)
    return merging.update(source, item, stored, shipment.record, shipment.digest, order_id, erased=erased)


def _finds_nobody(item: ShipmentItem, found: Mapping[str, Found]) -> bool:
    """Whether the order is there for which it waits, and its customer was taken out."""
    return item.waits_for in found and found[item.waits_for].erased


def _link(source: Source, item: ShipmentItem, order: Found, detail: Row | None) -> Change:
    if not order.erased:
        return links.resolve(source, item, order.id)
    if detail is None:
        return _look_again(item)
    return merging.link_erased(source, item, ShipmentDetailItem.of(detail), order.id)


def _look_again(item: ShipmentItem) -> Change:
    """Somebody has removed or moved it between our two reads. This write fails, and all is read again."""
    change = Change("updated")
    change.writes.check(item.key, ShipmentItem.version == item.version)
    return change


def link_waiting(source: Source, order_external_ids: list[str]) -> None:
    """Link the shipments that came before these orders, which are there now. What fails here is done by the next
    sync that names the order or the shipment."""
    for _ in range(ATTEMPTS):
        stats = _read_stats(source)
        if not stats.waiting:
            return
        waiting = waiting_for(source.organization_id, source.end_user_id, order_external_ids)
        named = {shipment_id: name for name, shipment_ids in waiting.items() for shipment_id in shipment_ids}
        found = _find_orders(source, waiting, stats)
        rows = read_summaries(source.organization_id, source.end_user_id, named)
        items = {i: item for i, row in rows.items() if (item := ShipmentItem.of(row)).waits_for in found}
        beside = [keys.detail_beside(item.key) for item in items.values() if _finds_nobody(item, found)]
        details = get_many(beside) if beside else {}
        changes = [
            (shipment_id, _link(source, item, found[item.waits_for], details.get(keys.detail_beside(item.key))))
            for shipment_id, item in items.items()
            if item.waits_for is not None
        ]
        if not write(source, changes, stats).redo:
            return
