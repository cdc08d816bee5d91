"""Removes the shipments of a bridge that the end user no longer has, or moves them to its new owner.

Works like `chalicelib.orders.removal` and runs before it, so that an order finds its shipments already moved.
"""

from collections import Counter
from dataclasses import dataclass

from chalicelib.bridges import holdings
from chalicelib.bridges import service as bridges
from chalicelib.bridges.holdings import Holding
from chalicelib.kit import ids
from chalicelib.records.change import RowWrite, request_size_of
from chalicelib.records.removal import batches, list_ids
from chalicelib.shipments import exceptions, index, order_rows
from chalicelib.shipments.store import (
    InExceptionItem,
    ShipmentDetailItem,
    ShipmentIndexItem,
    ShipmentItem,
    UnlinkedShipmentItem,
    read_with_details,
    unlinked_key,
)
from chalicelib.table import keys
from chalicelib.table.batch_write import write_many
from chalicelib.table.items import Row
from chalicelib.table.keys import Key
from chalicelib.table.reads import get_many, map_concurrently
from chalicelib.table.transaction import Transaction, absent, update
from chalicelib.totals import service as totals


def list_shipment_ids(
    organization_id: str, end_user_id: str, bridge_id: str, limit: int, below: str | None
) -> tuple[list[str], str | None]:
    """Ids of shipments that came through a bridge, newest first, and the sort key to continue below."""
    return list_ids(keys.shipment_list(organization_id, end_user_id, "", "").pk, bridge_id, limit, below)


@dataclass(frozen=True, slots=True)
class Removal:
    item: ShipmentItem
    detail: ShipmentDetailItem
    row: Row
    detail_row: Row

    @property
    def bytes(self) -> int:
        return request_size_of(self.item.summary, self.detail_row["d"]["S"])

    @property
    def order_id(self) -> str | None:
        found: str | None = self.item.summary.members()["order_id"]
        return found

    @property
    def order_external_id(self) -> str | None:
        found: str | None = self.detail.document.get("order_external_id")
        return found


def remove(holding: Holding, shipment_ids: list[str], owner_exists: bool) -> None:
    """Remove these shipments for good. `owner_exists`: the end user still exists. ConditionFailed if another process is
    removing them too."""
    for batch in batches(_read(holding, shipment_ids)):
        _hide_from_orders(holding, batch)
        deletes = [key for removal in batch for key in _link_keys(holding, removal)]
        deletes += [entry.key for entry in _exceptions(holding, batch, holding.end_user_id)]
        write_many(deletes=[*deletes, *(_index_key(holding, removal) for removal in batch)])
        transaction = Transaction()
        _delete(transaction, holding, batch, owner_exists)
        transaction.commit()


def move(holding: Holding, shipment_ids: list[str], owner_exists: bool, to: str) -> None:
    """Move these shipments to the end user `to`. Orders of the same bridge follow them; a link to an order of another
    bridge is removed, and the shipment is unlinked until its new owner has that order."""
    for batch in batches(_read(holding, shipment_ids)):
        new_keys = {removal.item.id: keys.shipment(holding.organization_id, to, removal.item.id) for removal in batch}
        existing = get_many(new_keys.values())
        moving = [removal for removal in batch if new_keys[removal.item.id] not in existing]
        unlinking = [removal for removal in batch if removal not in moving or not _order_follows(holding, removal)]
        puts = [
            UnlinkedShipmentItem.at(unlinked_key(holding.organization_id, to, name, removal.item.id))
            for removal in moving
            if removal in unlinking and (name := removal.order_external_id)
        ]
        copies = _index_copies(holding, moving, unlinking, to)
        _hide_from_orders(holding, batch)
        deletes = [key for removal in unlinking for key in _link_keys(holding, removal)]
        deletes += [entry.key for entry in _exceptions(holding, batch, holding.end_user_id)]
        deletes += [_index_key(holding, removal) for removal in batch]
        write_many([*puts, *_exceptions(holding, moving, to)], deletes)
        transaction = Transaction()
        _delete(transaction, holding, batch, owner_exists)
        if moving:
            _insert_moved(transaction, holding, moving, unlinking, to)
        for copy in copies:
            transaction.put(copy)
        transaction.commit()


def _read(holding: Holding, shipment_ids: list[str]) -> list[Removal]:
    pairs = read_with_details(holding.organization_id, holding.end_user_id, shipment_ids)
    return [Removal(ShipmentItem.of(row), ShipmentDetailItem.of(detail), row, detail) for row, detail in pairs]


def _order_follows(holding: Holding, removal: Removal) -> bool:
    name = removal.order_external_id
    return name is not None and removal.order_id == ids.derived_id(holding.bridge_id, "order", name)


def _link_keys(holding: Holding, removal: Removal) -> list[Key]:
    """What points to the shipment: the link of its order, or its entry among the unlinked shipments."""
    org, user, shipment_id = holding.organization_id, holding.end_user_id, removal.item.id
    if removal.order_id is not None:
        return [keys.order_shipment(org, user, removal.order_id, shipment_id)]
    missing_order = removal.item.missing_order
    return [unlinked_key(org, user, missing_order, shipment_id)] if missing_order else []


def _exceptions(holding: Holding, removals: list[Removal], end_user_id: str) -> list[InExceptionItem]:
    items = [removal.item for removal in removals]
    return exceptions.entries_of(holding.organization_id, items, end_user_id)


def _index_key(holding: Holding, removal: Removal) -> Key:
    number = removal.item.summary.members()["tracking_number"]
    return index.key_of(holding.organization_id, holding.end_user_id, removal.item.id, number)


def _index_copies(
    holding: Holding, moving: list[Removal], unlinking: list[Removal], new_owner: str
) -> list[ShipmentIndexItem]:
    """Index items under the new owner. Orders that follow have not moved yet; moving them reindexes their shipments."""
    org, user = holding.organization_id, holding.end_user_id
    order_keys = {
        removal.item.id: keys.order(org, user, removal.order_id)
        for removal in moving
        if removal.order_id is not None and removal not in unlinking
    }
    rows = get_many(order_keys.values())
    copies = []
    for removal in moving:
        row = rows.get(order_keys[removal.item.id]) if removal.item.id in order_keys else None
        item = ShipmentItem.of(removal.row)
        item.sk = keys.with_owner(item.sk, new_owner)
        copies.append(index.item_of(org, item, index.linked_order(row) if row else None))
    return copies


def _hide_from_orders(holding: Holding, removals: list[Removal]) -> None:
    """Take the shipments out of the rows of orders that neither go nor move with them."""
    staying = [removal for removal in removals if removal.order_id is not None and not _order_follows(holding, removal)]

    def hide(removal: Removal) -> None:
        key = keys.order(holding.organization_id, holding.end_user_id, removal.order_id or "")
        update(key, *order_rows.update_of({order_rows.attribute_name(removal.item.id): RowWrite(None, -1)}))

    map_concurrently(hide, staying)


def _delete(transaction: Transaction, holding: Holding, removals: list[Removal], owner_exists: bool) -> None:
    counts: Counter[str] = Counter()
    for removal in removals:
        transaction.delete(removal.item.key, ShipmentItem.version == removal.item.version)
        transaction.delete(removal.detail.key)
        counts[totals.shipment_counter(removal.item.status)] += 1
    unlinked = sum(1 for removal in removals if removal.item.missing_order) if owner_exists else 0
    holdings.uncount(transaction, holding, counts, unlinked)


def _insert_moved(
    transaction: Transaction, holding: Holding, moving: list[Removal], unlinking: list[Removal], to: str
) -> None:
    org = holding.organization_id
    counts: Counter[str] = Counter()
    unlinked = 0
    for removal in moving:
        status = removal.item.status
        counts[totals.shipment_counter(status)] += 1
        item, detail = ShipmentItem.of(removal.row), removal.detail
        sort = item.g1sk.removesuffix(f"#{item.id}")
        item.sk, detail.sk = keys.with_owner(item.sk, to), keys.with_owner(detail.sk, to)
        item.index_1(keys.shipment_list(org, to, sort, item.id))
        item.index_2(keys.shipment_status_list(org, to, status, sort, item.id))
        if removal in unlinking:
            item.summary = item.summary.updated(order_id=None)
            item.missing_order = removal.order_external_id
            unlinked += 1 if item.missing_order else 0
        transaction.put(item, absent())
        transaction.put(detail)
    bridges.require_owner(transaction, holding.bridge_id, to)
    extra = totals.add_unlinked_shipments(unlinked) if unlinked else []
    totals.count(transaction, org, to, holding.bridge_id, counts, extra=extra)
