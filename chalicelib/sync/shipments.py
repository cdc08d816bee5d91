"""The shipments of one call, and the unlinked shipments of its orders."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from chalicelib.bridges import holdings
from chalicelib.kit import ids
from chalicelib.records.change import Change
from chalicelib.records.merging import is_known
from chalicelib.records.parsing import BadRecord, FieldWarning
from chalicelib.records.source import Source
from chalicelib.shipments import links, merging
from chalicelib.shipments.index import LinkedOrder, linked_order
from chalicelib.shipments.record import ShipmentRecord
from chalicelib.shipments.store import ShipmentDetailItem, ShipmentItem, list_unlinked, read_summaries
from chalicelib.sync import orders
from chalicelib.sync.report import ReceivedRecord, Report
from chalicelib.sync.writing import write
from chalicelib.table import keys
from chalicelib.table.items import Row
from chalicelib.table.keys import Key
from chalicelib.table.reads import find_row, get_many
from chalicelib.totals import service as totals
from chalicelib.totals.store import EndUserStatsItem

MAX_ATTEMPTS = 6

ReceivedShipment = ReceivedRecord[ShipmentRecord]


class OrderName(NamedTuple):
    """How a shipment names its order."""

    external_id: str
    bridge_id: str | None
    """None: any of the end user's bridges."""


@dataclass(slots=True)
class FoundOrders:
    by_name: dict[OrderName, LinkedOrder] = field(default_factory=dict)
    ambiguous: dict[OrderName, dict[str, LinkedOrder]] = field(default_factory=dict)
    """Names that orders of several other bridges have: those orders by id."""
    foreign_bridges: set[str] = field(default_factory=set)
    """Bridges in names that are not the end user's."""

    def find(self, name: OrderName | None, linked_id: str | None = None) -> LinkedOrder | None:
        """`linked_id`: the order that the shipment is linked to, which an ambiguous name does not change."""
        if name is None:
            return None
        return self.by_name.get(name) or self.ambiguous.get(name, {}).get(linked_id or "")

    def all(self) -> Iterable[LinkedOrder]:
        return [*self.by_name.values(), *(order for orders in self.ambiguous.values() for order in orders.values())]


def id_of(bridge_id: str, external_id: str) -> str:
    return ids.derived_id(bridge_id, "shipment", external_id)


def key_of(source: Source, external_id: str) -> Key:
    return keys.shipment(source.organization_id, source.end_user_id, id_of(source.bridge_id, external_id))


def sync_shipments(
    source: Source,
    received: list[ReceivedShipment],
    rows: Mapping[Key, Row],
    stats: EndUserStatsItem | None,
    report: Report,
) -> None:
    """Write what is new. `rows`: the stored summaries. `stats`: None if orders were created since it was read."""
    pending = received
    indexed: dict[ReceivedShipment, set[Key]] = {}
    """By shipments that another process created first: the index items that an attempt wrote for them."""
    for attempt in range(MAX_ATTEMPTS):
        if attempt:
            rows = get_many([key_of(source, shipment.external_id) for shipment in pending])
            stats = None
        summaries = {key: rows.get(key) for s in pending for key in [key_of(source, s.external_id)]}
        items = {key: ShipmentItem.of(row) for key, row in summaries.items() if row}
        names = [name for s in pending if (name := _order_to_find(items.get(key_of(source, s.external_id)), s))]
        if stats is None:
            stats = _read_stats(source) if names else EndUserStatsItem.at(_stats_key(source))
        found = _find_orders(source, names, stats)
        found.foreign_bridges = _foreign_bridges(source, names, found, stats)
        changes = _changes(source, pending, items, found, report, indexed)
        written = write(source, changes, stats, one_by_one=attempt > 1)
        report.add_written(written, changes)
        pending = written.conflicted
        if not pending:
            return
        for shipment, change in changes:
            if shipment in pending:
                indexed.setdefault(shipment, set()).update(entry.key for entry in change.puts_before)
    for shipment in pending:
        report.add_failure(shipment, "is being changed by others too often; send it again")


def _stats_key(source: Source) -> Key:
    return keys.end_user_stats(source.organization_id, source.end_user_id)


def _read_stats(source: Source) -> EndUserStatsItem:
    return totals.stats_of(find_row(_stats_key(source)), _stats_key(source))


def _order_to_find(item: ShipmentItem | None, shipment: ReceivedShipment) -> OrderName | None:
    """The order to look up; None if there is nothing to link."""
    record, missing = shipment.record, _missing_order(item)
    if item is not None and is_known(item, record, shipment.digest):
        return missing
    external_id, bridge_id = missing or (None, None)
    if "order_external_id" in record.model_fields_set and record.order_external_id != external_id:
        external_id, bridge_id = record.order_external_id, None
    if "order_bridge_id" in record.model_fields_set:
        bridge_id = record.order_bridge_id
    return OrderName(external_id, bridge_id) if external_id is not None else None


def _missing_order(item: ShipmentItem | None) -> OrderName | None:
    if item is None or item.missing_order is None:
        return None
    return OrderName(item.missing_order, item.missing_order_bridge)


def _find_orders(source: Source, names: Iterable[OrderName], stats: EndUserStatsItem) -> FoundOrders:
    """The orders that exist: one of this bridge comes before those of the end user's other bridges."""
    bridges = stats.order_bridges or set()
    candidates = {
        name: {
            bridge_id: keys.order(source.organization_id, source.end_user_id, orders.id_of(bridge_id, name.external_id))
            for bridge_id in bridges
            if name.bridge_id in (None, bridge_id)
        }
        for name in set(names)
    }
    wanted = {key for by_bridge in candidates.values() for key in by_bridge.values()}
    rows = get_many(wanted) if wanted else {}
    found = FoundOrders()
    for name, by_bridge in candidates.items():
        existing = {bridge_id: linked_order(rows[key]) for bridge_id, key in by_bridge.items() if key in rows}
        if source.bridge_id in existing:
            found.by_name[name] = existing[source.bridge_id]
        elif len(existing) == 1:
            found.by_name[name] = next(iter(existing.values()))
        elif existing:
            found.ambiguous[name] = {order.id: order for order in existing.values()}
    return found


def _foreign_bridges(
    source: Source, names: Iterable[OrderName], found: FoundOrders, stats: EndUserStatsItem
) -> set[str]:
    """Costs a read only where a named bridge has no orders of this end user."""
    named = {name.bridge_id for name in names if name.bridge_id is not None and found.find(name) is None}
    unknown = named.difference(stats.order_bridges or (), [source.bridge_id])
    if not unknown:
        return set()
    owners = holdings.owners(unknown)
    return {bridge_id for bridge_id in unknown if owners.get(bridge_id) != source.end_user_id}


def _changes(
    source: Source,
    pending: list[ReceivedShipment],
    items: Mapping[Key, ShipmentItem],
    found: FoundOrders,
    report: Report,
    indexed: Mapping[ReceivedShipment, set[Key]],
) -> list[tuple[ReceivedShipment, Change]]:
    touched = [
        key
        for s in pending
        if (item := items.get(key := key_of(source, s.external_id)))
        and (indexed.get(s) or not is_known(item, s.record, s.digest) or _joins_erased_order(item, found))
    ]
    by_id = {order.id: order for order in found.all()}
    linked = {order_id for key in touched if (order_id := items[key].summary.members()["order_id"])}.difference(by_id)
    linked_keys = [keys.order(source.organization_id, source.end_user_id, order_id) for order_id in linked]
    rows = get_many([*(keys.shipment_detail_of(key) for key in touched), *linked_keys]) if touched else {}
    by_id |= {order.id: order for key in linked_keys if key in rows for order in [linked_order(rows[key])]}
    changes: list[tuple[ReceivedShipment, Change]] = []
    for shipment in pending:
        key = key_of(source, shipment.external_id)
        try:
            detail = rows.get(keys.shipment_detail_of(key))
            change = _change(source, shipment, items.get(key), detail, found, by_id, indexed.get(shipment, ()))
        except BadRecord as error:
            report.add_failure(shipment, str(error))
            continue
        changes.append((shipment, change))
    return changes


def _not_linked(name: OrderName | None, order: LinkedOrder | None, found: FoundOrders) -> list[FieldWarning]:
    """Why the shipment is not linked to an order, unless that is merely still to come."""
    if name is None or order is not None:
        return []
    if name.bridge_id in found.foreign_bridges:
        return [FieldWarning("order_bridge_id", name.bridge_id, "is not a bridge of this end user")]
    if name not in found.ambiguous:
        return []
    message = "is an order of several of the end user's bridges; name one with order_bridge_id"
    return [FieldWarning("order_external_id", name.external_id, message)]


def _change(
    source: Source,
    shipment: ReceivedShipment,
    item: ShipmentItem | None,
    detail: Row | None,
    found: FoundOrders,
    by_id: Mapping[str, LinkedOrder],
    indexed: Collection[Key],
) -> Change:
    linked_id = item.summary.members()["order_id"] if item is not None else None
    name = _order_to_find(item, shipment)
    order = found.find(name, linked_id)
    change = _prepare(source, shipment, item, detail, order, by_id.get(linked_id or ""), indexed)
    change.warnings += _not_linked(name, order, found)
    return change


def _prepare(
    source: Source,
    shipment: ReceivedShipment,
    item: ShipmentItem | None,
    detail: Row | None,
    order: LinkedOrder | None,
    linked: LinkedOrder | None,
    indexed: Collection[Key],
) -> Change:
    """`order`: the order that the shipment names. `linked`: the one that it is linked to."""
    if item is None:
        shipment_id = id_of(source.bridge_id, shipment.external_id)
        return merging.create(source, shipment_id, shipment.record, shipment.digest, order)
    if is_known(item, shipment.record, shipment.digest):
        if item.missing_order is not None and order is not None:
            return _link(source, item, order, detail)
        change = Change("unchanged")
        links.restore_index(change, source, item, linked, indexed)
        return change
    if detail is None:
        return _force_conflict(item)
    stored = ShipmentDetailItem.of(detail)
    return merging.update(source, item, stored, shipment.record, shipment.digest, order, linked, indexed)


def _joins_erased_order(item: ShipmentItem, found: FoundOrders) -> bool:
    """Whether the order that the shipment is missing has arrived and its customer was erased."""
    order = found.find(_missing_order(item))
    return order is not None and order.erased


def _link(source: Source, item: ShipmentItem, order: LinkedOrder, detail: Row | None) -> Change:
    if not order.erased:
        return links.link_to_order(source, item, order)
    if detail is None:
        return _force_conflict(item)
    return merging.link_erased(source, item, ShipmentDetailItem.of(detail), order)


def _force_conflict(item: ShipmentItem) -> Change:
    """The shipment was removed or moved between our two reads: this check fails, and everything is read again."""
    change = Change("updated")
    change.writes.check(item.key, ShipmentItem.version == item.version)
    return change


def link_unlinked(source: Source, order_external_ids: list[str]) -> None:
    """Link the shipments that came before these orders, which exist now. What fails here is done by the next sync that
    names the order or the shipment."""
    for _ in range(MAX_ATTEMPTS):
        stats = _read_stats(source)
        if not stats.unlinked_shipments:
            return
        unlinked = list_unlinked(source.organization_id, source.end_user_id, order_external_ids)
        shipment_ids = [shipment_id for found_ids in unlinked.values() for shipment_id in found_ids]
        rows = read_summaries(source.organization_id, source.end_user_id, shipment_ids)
        missing = {i: name for i, row in rows.items() if (name := _missing_order(ShipmentItem.of(row))) is not None}
        found = _find_orders(source, missing.values(), stats)
        items = {i: ShipmentItem.of(rows[i]) for i, name in missing.items() if found.find(name) is not None}
        detail_keys = [keys.shipment_detail_of(item.key) for item in items.values() if _joins_erased_order(item, found)]
        details = get_many(detail_keys) if detail_keys else {}
        changes = [
            (shipment_id, _link(source, item, order, details.get(keys.shipment_detail_of(item.key))))
            for shipment_id, item in items.items()
            if (order := found.find(missing[shipment_id])) is not None
        ]
        if not write(source, changes, stats).conflicted:
            return
