from collections.abc import Iterable

from pynamodb.attributes import UnicodeAttribute
from pynamodb.expressions.condition import Condition

from chalicelib.records.store import SyncedItem
from chalicelib.shipments.schemas import ShipmentQuery
from chalicelib.table import keys
from chalicelib.table.items import DocumentAttribute, IntegerAttribute, Item, Row
from chalicelib.table.keys import Key
from chalicelib.table.pages import Entries, is_none_of, list_entries
from chalicelib.table.reads import MEGABYTE_ENTRIES, Between, count, get_many, map_concurrently, query

MAX_COUNTED = 10_000
MAX_COUNTED_PAGES = 2
"""Round trips of MEGABYTE_ENTRIES in which a list is counted within a request."""
MAX_UNLINKED_PER_ORDER = 200
"""Unlinked shipments of one order that are linked at once."""


TOLD, CAME_LATE = 1, 2


class ShipmentItem(SyncedItem):
    """What the list shows of a shipment."""

    missing_order = UnicodeAttribute(attr_name="w", null=True)
    """The external id of the order that this shipment names and that has not arrived."""
    missing_order_bridge = UnicodeAttribute(attr_name="wb", null=True)
    """The bridge that this order has to come through, if the shipment names one."""
    shipped = IntegerAttribute(attr_name="sp", null=True)
    """Set once `shipment.shipped` has been recorded, or the shipment ended without it."""

    stalled_since = UnicodeAttribute(attr_name="ss", null=True)
    """The last scan before a standstill that has been told."""
    late = IntegerAttribute(attr_name="lt", null=True)
    """Set once `shipment.late` has been told: TOLD, or CAME_LATE for a shipment that was late when it first came."""
    told = DocumentAttribute(attr_name="sg", null=True)
    """The newest signals, oldest first, as responses show them."""

    @property
    def sort(self) -> str:
        """The shipment's place in lists."""
        return self.g1sk.removesuffix(f"#{self.id}")


class ShipmentDetailItem(Item):
    document = DocumentAttribute(attr_name="d")


class OrderShipmentItem(Item):
    """The link from an order to a shipment, which is also the order's `shipment_created` activity."""

    document = DocumentAttribute(attr_name="d")


class InExceptionItem(Item):
    """Exists as long as the shipment is in exception; see `exceptions`."""

    shipment_id = UnicodeAttribute()
    end_user_id = UnicodeAttribute()


class UnlinkedShipmentItem(Item):
    """An entry for a shipment that came before its order."""


class ShipmentIndexItem(Item):
    """By what lists find a shipment; see `index`. `hint` is the shipment's bridge."""

    sort = UnicodeAttribute(attr_name="at")
    """The shipment's place in lists."""
    order_id = UnicodeAttribute(attr_name="o", null=True)
    order_bridge_id = UnicodeAttribute(attr_name="ob", null=True)
    """The order's bridge if it is not the shipment's."""
    ordered_at = UnicodeAttribute(attr_name="oa", null=True)


def read_shipment(
    organization_id: str, end_user_id: str, shipment_id: str, *, consistent: bool = True
) -> tuple[Row | None, Row | None]:
    """Summary and detail, in one round trip."""
    summary = keys.shipment(organization_id, end_user_id, shipment_id)
    detail = keys.shipment_detail_of(summary)
    rows = get_many([summary, detail], consistent=consistent)
    return rows.get(summary), rows.get(detail)


def read_summaries(
    organization_id: str, end_user_id: str, shipment_ids: Iterable[str], *, consistent: bool = True
) -> dict[str, Row]:
    by_id = {shipment_id: keys.shipment(organization_id, end_user_id, shipment_id) for shipment_id in shipment_ids}
    rows = get_many(by_id.values(), consistent=consistent)
    return {shipment_id: rows[key] for shipment_id, key in by_id.items() if key in rows}


def list_shipments(organization_id: str, end_user_id: str, query: ShipmentQuery, hidden: frozenset[str]) -> Entries:
    """Entries of the list by status, newest first, without those of `hidden` bridges."""
    pk, index = _list_of(organization_id, end_user_id, query)
    return list_entries(pk, query.window, index=index, part=query.period, where=is_none_of(ShipmentItem.hint, hidden))


def count_shipments(
    organization_id: str, end_user_id: str, query: ShipmentQuery, hidden: frozenset[str]
) -> tuple[int, bool]:
    """The number of shipments in the list by status, and whether counting stopped at MAX_COUNTED_PAGES."""
    pk, index = _list_of(organization_id, end_user_id, query)
    where = is_none_of(ShipmentItem.hint, hidden)
    return count_bounded(pk, query.period, index, where)


def count_bounded(pk: str, period: Between, index: str, where: Condition | None) -> tuple[int, bool]:
    """The number of entries, and whether counting stopped at MAX_COUNTED_PAGES."""
    return count(
        pk,
        period,
        index=index,
        where=where,
        limit=MAX_COUNTED,
        max_pages=MAX_COUNTED_PAGES,
        page_entries=MEGABYTE_ENTRIES,
    )


def _list_of(organization_id: str, end_user_id: str, query: ShipmentQuery) -> tuple[str, str]:
    """Partition and index of the list."""
    if query.status is None:
        return keys.shipment_list(organization_id, end_user_id, "", "").pk, "gsi1"
    return keys.shipment_status_list(organization_id, end_user_id, query.status, "", "").pk, "gsi2"


def read_with_details(organization_id: str, end_user_id: str, shipment_ids: Iterable[str]) -> list[tuple[Row, Row]]:
    """Summary and detail of those of the shipments that exist."""
    summaries = [keys.shipment(organization_id, end_user_id, shipment_id) for shipment_id in shipment_ids]
    details = {summary: keys.shipment_detail_of(summary) for summary in summaries}
    rows = get_many([*summaries, *details.values()])
    return [(rows[key], rows[details[key]]) for key in summaries if key in rows and details[key] in rows]


def read_by_owner(organization_id: str, shipment_id: str) -> list[tuple[Row, Row]]:
    """Summary and detail of a shipment under each end user who has it: two while its bridge is being moved."""
    parts: dict[str, dict[str, Row]] = {}
    for row in query(keys.shipment(organization_id, "", shipment_id).pk, consistent=True).rows:
        owner, part = keys.owner_and_part(row["sk"]["S"])
        parts.setdefault(owner, {})[part] = row
    complete = [found for found in parts.values() if len(found) == 2]
    return [(found[keys.SUMMARY], found[keys.DETAIL]) for found in complete]


def list_unlinked(organization_id: str, end_user_id: str, order_external_ids: list[str]) -> dict[str, list[str]]:
    """Ids of the unlinked shipments of each of these orders, at most MAX_UNLINKED_PER_ORDER each."""

    def read(order_external_id: str) -> list[str]:
        partition = keys.unlinked_shipments(organization_id, end_user_id, order_external_id)
        return [row["sk"]["S"] for row in query(partition, limit=MAX_UNLINKED_PER_ORDER, consistent=True).rows]

    found = map_concurrently(read, order_external_ids)
    return {name: ids for name, ids in zip(order_external_ids, found, strict=True) if ids}


def unlinked_key(organization_id: str, end_user_id: str, order_external_id: str, shipment_id: str) -> Key:
    return keys.unlinked_shipment(organization_id, end_user_id, order_external_id, shipment_id)
