from pynamodb.attributes import UnicodeAttribute

from chalicelib.orders.schemas import OrderStatus
from chalicelib.table import keys
from chalicelib.table.items import DocumentAttribute, IntegerAttribute, Item, Row
from chalicelib.table.keys import Key
from chalicelib.table.pages import Entries, Window, items_of, list_entries, without
from chalicelib.table.reads import Prefix, count, get_many, query, query_all

MAX_ACTIVITIES = 50
MAX_COUNTED = 10_000
MOST_SHIPMENTS = 1000
MOST_ITEMS = 100_000
FIRST_PAGE = MAX_ACTIVITIES + 12
"""Items read at once for a detail: the activities, summary, detail, and as many shipments as most orders have."""


class OrderItem(Item):
    """What the list shows of an order. Attribute names are short, and what stands in a key (id, status, ordered_at)
    or in `hint` (the bridge) is not repeated: the item is to stay below 1 KB, one write unit."""

    summary = UnicodeAttribute(attr_name="s")
    """The rest of the list shape as JSON, without its opening brace; see `shape`."""
    version = IntegerAttribute(attr_name="v")
    """Goes up with every change, also those of the detail: every write of an order is conditional on it."""
    source_updated_at = UnicodeAttribute(attr_name="su", null=True)
    record_digest = UnicodeAttribute(attr_name="rd", null=True)
    """Of the record that was applied last. The same record again changes nothing, unless we changed the order."""
    cancelled_here = IntegerAttribute(attr_name="ch", null=True)

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

    @property
    def ordered_at(self) -> str:
        return keys.first_part(self.g1sk)


class OrderDetailItem(Item):
    """What only the detail shows, and the customer's way to the order (gsi1; `hint` is the order number)."""

    document = DocumentAttribute(attr_name="d")
    tracking_secret = UnicodeAttribute(attr_name="k")
    """128 random bits: the part of the public tracking token that the order's id does not give away."""


class ActivityItem(Item):
    document = DocumentAttribute(attr_name="d")


class OrderShipmentItem(Item):
    """That a shipment belongs to the order; also the activity that tells of its creation."""

    document = DocumentAttribute(attr_name="d")


class OrderParts:
    """Everything of one order that its detail shows, sorted out of one partition."""

    def __init__(self, rows: list[Row]) -> None:
        self.summary: Row | None = None
        self.detail: Row | None = None
        self.shipments: list[Row] = []
        self.activities: list[Row] = []
        for row in rows:
            match keys.owner_and_part(row["sk"]["S"])[1]:
                case keys.SUMMARY:
                    self.summary = row
                case keys.DETAIL:
                    self.detail = row
                case keys.SHIPMENT:
                    self.shipments.append(row)
                case keys.ACTIVITY:
                    self.activities.append(row)


def read_order(organization_id: str, end_user_id: str, order_id: str, *, consistent: bool = True) -> OrderParts:
    """The order with its newest activities: one round trip, unless it has very many shipments."""
    partition = keys.order(organization_id, end_user_id, order_id).pk
    prefix = keys.items_of_order(end_user_id)
    rows: list[Row] = []
    after: Row | None = None
    while True:
        page = query(partition, Prefix(prefix), limit=FIRST_PAGE, descending=True, consistent=consistent, after=after)
        rows += page.rows
        after = page.last
        parts = OrderParts(rows)
        enough = parts.summary is None or len(parts.activities) >= MAX_ACTIVITIES
        if after is None or enough or len(parts.shipments) >= MOST_SHIPMENTS:
            return parts


def read_whole_order(organization_id: str, end_user_id: str, order_id: str) -> OrderParts:
    """All that lies in the order's partition under this end user."""
    partition = keys.order(organization_id, end_user_id, order_id).pk
    return OrderParts(query_all(partition, Prefix(keys.items_of_order(end_user_id)), most=MOST_ITEMS))


def list_of_bridge(
    organization_id: str, end_user_id: str, bridge_id: str, most: int, below: str | None
) -> tuple[list[str], str | None]:
    """Ids of orders that came through a bridge, newest first, and the sort key to go on below."""
    partition = keys.order_list(organization_id, end_user_id, "", "").pk
    where = OrderItem.hint == bridge_id
    entries = list_entries(partition, Window(most, below=below), index="gsi1", where=where)
    return [keys.last_part(row["pk"]["S"]) for row in entries.rows], entries.next


def owners_of(organization_id: str, order_id: str) -> list[str]:
    """The end users under whose name the order is stored: one, or two while its bridge changes hands."""
    partition = keys.order(organization_id, "", order_id).pk
    rows = query(partition, limit=FIRST_PAGE, descending=True, consistent=True).rows
    found = [keys.owner_and_part(row["sk"]["S"]) for row in rows]
    return [owner for owner, part in found if part == keys.SUMMARY]


def list_orders(
    organization_id: str, end_user_id: str, status: OrderStatus | None, window: Window, hidden: frozenset[str]
) -> Entries:
    """Entries of the list, newest first, without those of `hidden` bridges."""
    where = without(OrderItem.hint, hidden)
    if status is None:
        return list_entries(keys.order_list(organization_id, end_user_id, "", "").pk, window, index="gsi1", where=where)
    partition = keys.order_status_list(organization_id, end_user_id, status, "", "").pk
    return list_entries(partition, window, index="gsi2", where=where)


def summaries_of(entries: Entries) -> list[Row]:
    return items_of(entries.rows)


def read_summaries(organization_id: str, end_user_id: str, order_ids: list[str]) -> dict[str, Row]:
    wanted = {order_id: keys.order(organization_id, end_user_id, order_id) for order_id in order_ids}
    rows = get_many(wanted.values(), consistent=False)
    return {order_id: rows[key] for order_id, key in wanted.items() if key in rows}


def status_in(summary: Row) -> str:
    return keys.last_part(summary["g2pk"]["S"])


def list_of_customer(
    organization_id: str, customer_id: str, window: Window, order_number: str | None = None
) -> Entries:
    """Entries of the detail items of a customer's orders, newest first; `hint` is the order number."""
    partition = keys.customer_order_list(organization_id, customer_id, "", "").pk
    where = None if order_number is None else OrderDetailItem.hint == order_number
    return list_entries(partition, window, index="gsi1", where=where)


def count_of_customer(organization_id: str, customer_id: str) -> int:
    partition = keys.customer_order_list(organization_id, customer_id, "", "").pk
    return count(partition, index="gsi1", most=MAX_COUNTED)[0]


def read_pairs(entries: list[Row]) -> list[tuple[Row, Row]]:
    """Summary and detail of the orders whose details these entries name, in their order."""
    details = [Key(row["pk"]["S"], row["sk"]["S"]) for row in entries]
    wanted = [(keys.summary_beside(detail), detail) for detail in details]
    rows = get_many([key for pair in wanted for key in pair])
    return [(rows[summary], rows[detail]) for summary, detail in wanted if summary in rows and detail in rows]
