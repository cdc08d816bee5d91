from collections.abc import Iterable

from pynamodb.attributes import UnicodeAttribute

from chalicelib.shipments.schemas import ShipmentStatus
from chalicelib.table import keys
from chalicelib.table.items import DocumentAttribute, IntegerAttribute, Item, Row
from chalicelib.table.keys import Key
from chalicelib.table.pages import Entries, Window, items_of, list_entries, without
from chalicelib.table.reads import get_many, map_concurrently, query

MOST_WAITING = 200
"""Shipments of one order that are linked at once."""


class ShipmentItem(Item):
    """What the list shows of a shipment; kept as orders are."""

    summary = UnicodeAttribute(attr_name="s")
    """The rest of the list shape as JSON, without its opening brace; see `shape`."""
    version = IntegerAttribute(attr_name="v")
    source_updated_at = UnicodeAttribute(attr_name="su", null=True)
    record_digest = UnicodeAttribute(attr_name="rd", null=True)
    waits_for = UnicodeAttribute(attr_name="w", null=True)
    """The external id of an order that has not come yet."""
    shipped = IntegerAttribute(attr_name="sp", null=True)
    """Set once `shipment.shipped` has been told of, or can't be any more."""

    @property
    def id(self) -> str:
        return keys.last_part(self.pk)

    @property
    def end_user_id(self) -> str:
        return keys.first_part(self.sk)

    @property
    def bridge_id(self) -> str:
        return self.hint or ""

    @property
    def status(self) -> str:
        return keys.last_part(self.g2pk)


class ShipmentDetailItem(Item):
    document = DocumentAttribute(attr_name="d")


class OrderShipmentItem(Item):
    """That a shipment belongs to the order; also the activity that tells of its creation."""

    document = DocumentAttribute(attr_name="d")


class WaitingShipmentItem(Item):
    """A shipment that came before its order."""


def read_shipment(
    organization_id: str, end_user_id: str, shipment_id: str, *, consistent: bool = True
) -> tuple[Row | None, Row | None]:
    """Summary and detail, in one round trip."""
    summary = keys.shipment(organization_id, end_user_id, shipment_id)
    detail = keys.detail_beside(summary)
    rows = get_many([summary, detail], consistent=consistent)
    return rows.get(summary), rows.get(detail)


def read_summaries(organization_id: str, end_user_id: str, shipment_ids: Iterable[str]) -> dict[str, Row]:
    wanted = {shipment_id: keys.shipment(organization_id, end_user_id, shipment_id) for shipment_id in shipment_ids}
    rows = get_many(wanted.values())
    return {shipment_id: rows[key] for shipment_id, key in wanted.items() if key in rows}


def list_shipments(
    organization_id: str, end_user_id: str, status: ShipmentStatus | None, window: Window, hidden: frozenset[str]
) -> Entries:
    """Entries of the list, newest first, without those of `hidden` bridges."""
    where = without(ShipmentItem.hint, hidden)
    if status is None:
        partition = keys.shipment_list(organization_id, end_user_id, "", "").pk
        return list_entries(partition, window, index="gsi1", where=where)
    partition = keys.shipment_status_list(organization_id, end_user_id, status, "", "").pk
    return list_entries(partition, window, index="gsi2", where=where)


def read_pairs(organization_id: str, end_user_id: str, shipment_ids: Iterable[str]) -> list[tuple[Row, Row]]:
    """Summary and detail of those of the shipments that exist."""
    wanted = [keys.shipment(organization_id, end_user_id, shipment_id) for shipment_id in shipment_ids]
    details = {summary: keys.detail_beside(summary) for summary in wanted}
    rows = get_many([*wanted, *details.values()])
    return [(rows[key], rows[details[key]]) for key in wanted if key in rows and details[key] in rows]


def read_everywhere(organization_id: str, shipment_id: str) -> list[tuple[Row, Row]]:
    """Summary and detail of a shipment, whoever's it is; of two while its bridge changes hands."""
    parts: dict[str, dict[str, Row]] = {}
    for row in query(keys.shipment(organization_id, "", shipment_id).pk, consistent=True).rows:
        owner, part = keys.owner_and_part(row["sk"]["S"])
        parts.setdefault(owner, {})[part] = row
    whole = [found for found in parts.values() if len(found) == 2]
    return [(found[keys.SUMMARY], found[keys.DETAIL]) for found in whole]


def summaries_of(entries: Entries) -> list[Row]:
    return items_of(entries.rows)


def waiting_for(organization_id: str, end_user_id: str, order_external_ids: list[str]) -> dict[str, list[str]]:
    """The shipments that wait for each of these orders."""

    def read(order_external_id: str) -> list[str]:
        partition = keys.waiting_shipments(organization_id, end_user_id, order_external_id)
        return [row["sk"]["S"] for row in query(partition, limit=MOST_WAITING, consistent=True).rows]

    found = map_concurrently(read, order_external_ids)
    return {name: waiting for name, waiting in zip(order_external_ids, found, strict=True) if waiting}


def waiting_key(organization_id: str, end_user_id: str, order_external_id: str, shipment_id: str) -> Key:
    return keys.waiting_shipment(organization_id, end_user_id, order_external_id, shipment_id)
