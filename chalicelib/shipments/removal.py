"""Taking away the shipments of a bridge that is no longer the end user's: for good, or to its new owner.

Works as `chalicelib.orders.removal` does, and before it: an order then finds its shipments where they are to be.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from chalicelib.bridges import holdings
from chalicelib.bridges import service as bridges
from chalicelib.bridges.holdings import Holding
from chalicelib.kit import codec, ids
from chalicelib.shipments.store import (
    ShipmentDetailItem,
    ShipmentItem,
    WaitingShipmentItem,
    read_pairs,
    waiting_key,
)
from chalicelib.table import keys
from chalicelib.table.batch_write import write_many
from chalicelib.table.items import Item, Row
from chalicelib.table.keys import Key
from chalicelib.table.pages import Window, list_entries
from chalicelib.table.reads import get_many
from chalicelib.table.transaction import Transaction, absent
from chalicelib.totals import service as totals

MAX_BYTES = 1_500_000


def list_of_bridge(
    organization_id: str, end_user_id: str, bridge_id: str, most: int, below: str | None
) -> tuple[list[str], str | None]:
    """Ids of shipments that came through a bridge, newest first, and the sort key to go on below."""
    partition = keys.shipment_list(organization_id, end_user_id, "", "").pk
    where = ShipmentItem.hint == bridge_id
    entries = list_entries(partition, Window(most, below=below), index="gsi1", where=where)
    return [keys.last_part(row["pk"]["S"]) for row in entries.rows], entries.next


@dataclass(frozen=True, slots=True)
class Going:
    item: ShipmentItem
    detail: ShipmentDetailItem
    row: Row

    @property
    def bytes(self) -> int:
        return len(self.item.summary) + len(codec.dumps(self.detail.document))

    @property
    def order_id(self) -> str | None:
        found: str | None = codec.loads("{" + self.item.summary)["order_id"]
        return found

    @property
    def order_external_id(self) -> str | None:
        found: str | None = self.detail.document.get("order_external_id")
        return found


def remove(holding: Holding, shipment_ids: list[str], alive: bool) -> None:
    """Remove these shipments for good; `alive`: whether there still is the end user whose they are. ConditionFailed
    if somebody else is at the same work."""
    for group in _groups(_read(holding, shipment_ids)):
        write_many(deletes=[key for going in group for key in _beside(holding, going)])
        transaction = Transaction()
        _take_away(transaction, holding, group, alive)
        transaction.commit()


def move(holding: Holding, shipment_ids: list[str], alive: bool, to: str) -> None:
    """Give these shipments to the end user `to`. Orders of the same bridge follow; of another one's order a shipment
    takes leave, and waits for one that its new owner has."""
    for group in _groups(_read(holding, shipment_ids)):
        keys_there = {going.item.id: keys.shipment(holding.organization_id, to, going.item.id) for going in group}
        there = get_many(keys_there.values())
        moving = [going for going in group if keys_there[going.item.id] not in there]
        leaving = [going for going in group if going not in moving or not _order_follows(holding, going)]
        waits: list[Item] = [
            WaitingShipmentItem.at(waiting_key(holding.organization_id, to, going.order_external_id, going.item.id))
            for going in moving
            if going in leaving and going.order_external_id
        ]
        write_many(waits, [key for going in leaving for key in _beside(holding, going)])
        transaction = Transaction()
        _take_away(transaction, holding, group, alive)
        if moving:
            _bring(transaction, holding, moving, leaving, to)
        transaction.commit()


def _read(holding: Holding, shipment_ids: list[str]) -> list[Going]:
    pairs = read_pairs(holding.organization_id, holding.end_user_id, shipment_ids)
    return [Going(ShipmentItem.of(summary), ShipmentDetailItem.of(detail), summary) for summary, detail in pairs]


def _groups(going: Iterable[Going]) -> list[list[Going]]:
    groups: list[list[Going]] = []
    size = 0
    for shipment in going:
        if not groups or size + shipment.bytes > MAX_BYTES:
            groups.append([])
            size = 0
        groups[-1].append(shipment)
        size += shipment.bytes
    return groups


def _order_follows(holding: Holding, going: Going) -> bool:
    name = going.order_external_id
    return name is not None and going.order_id == ids.derived_id(holding.bridge_id, "order", name)


def _beside(holding: Holding, going: Going) -> list[Key]:
    """What points to a shipment: its order's link, or its place among those that wait."""
    org, user = holding.organization_id, holding.end_user_id
    if going.order_id is not None:
        return [keys.order_shipment(org, user, going.order_id, going.item.id)]
    return [waiting_key(org, user, going.item.waits_for, going.item.id)] if going.item.waits_for else []


def _take_away(transaction: Transaction, holding: Holding, going: list[Going], alive: bool) -> None:
    counts: Counter[str] = Counter()
    for shipment in going:
        transaction.delete(shipment.item.key, ShipmentItem.version == shipment.item.version)
        transaction.delete(shipment.detail.key)
        counts[totals.shipment_counter(shipment.item.status)] += 1
    waiting = sum(1 for shipment in going if shipment.item.waits_for) if alive else 0
    holdings.uncount(transaction, holding, counts, waiting)


def _bring(transaction: Transaction, holding: Holding, moving: list[Going], leaving: list[Going], to: str) -> None:
    org = holding.organization_id
    counts: Counter[str] = Counter()
    waiting = 0
    for going in moving:
        status = going.item.status
        counts[totals.shipment_counter(status)] += 1
        item = ShipmentItem.of(going.row)
        sort = item.g1sk.removesuffix(f"#{item.id}")
        item.sk, going.detail.sk = keys.under(item.sk, to), keys.under(going.detail.sk, to)
        item.index_1(keys.shipment_list(org, to, sort, item.id))
        item.index_2(keys.shipment_status_list(org, to, status, sort, item.id))
        if going in leaving:
            item.summary = codec.dumps({**codec.loads("{" + item.summary), "order_id": None})[1:]
            item.waits_for = going.order_external_id
            waiting += 1 if item.waits_for else 0
        transaction.put(item, absent())
        transaction.put(going.detail)
    bridges.require_owner(transaction, holding.bridge_id, to)
    more = totals.shipments_wait(waiting) if waiting else []
    totals.count(transaction, org, to, holding.bridge_id, counts, more=more)
