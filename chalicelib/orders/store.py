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
    erased = IntegerAttribute(attr_name="er", null=True)
    """Set once the customer was taken out: what comes later of it, a parcel say, comes without them."""
    detail_id = UnicodeAttribute(attr_name="di")
    """Which writing of the detail holds."""
    tracking_secret = UnicodeAttribute(attr_name="k")
    """128 random bits: the part of the public tracking token that the order's id does not give away."""

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
    """What only the detail shows. Never changed: another writing has a key of its own, so that it can be put before
    the transaction that makes it hold. That halves its cost."""

    document = DocumentAttribute(attr_name="d")


class CustomerOrderItem(Item):
    """A customer's way to an order. `hint` is its number, or its external id where it has none."""

    end_user_id = UnicodeAttribute(attr_name="u")


class ActivityItem(Item):
    document = DocumentAttribute(attr_name="d")


class OrderShipmentItem(Item):
    """That a shipment belongs to the order; also the activity that tells of its creation."""

    document = DocumentAttribute(attr_name="d")


class OrderParts:
    """Everything of one order that its detail shows, sorted out of one partition."""

    def __init__(self, rows: list[Row]) -> None:
        self.summary: Row | None = None
        self.details: list[Row] = []
        self.shipments: list[Row] = []
        self.activities: list[Row] = []
        for row in rows:
            match keys.owner_and_part(row["sk"]["S"])[1]:
                case keys.SUMMARY:
                    self.summary = row
                case keys.DETAIL:
                    self.details.append(row)
                case keys.SHIPMENT:
                    self.shipments.append(row)
                case keys.ACTIVITY:
                    self.activities.append(row)

    @property
    def detail(self) -> Row | None:
        """The one that holds; there may be others, of writes that came to nothing."""
        wanted = self.summary["di"]["S"] if self.summary else None
        return next((row for row in self.details if keys.last_part(row["sk"]["S"]) == wanted), None)


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
    """A customer's orders, newest first."""
    partition = keys.customer_orders(organization_id, customer_id)
    where = None if order_number is None else CustomerOrderItem.hint == order_number
    return list_entries(partition, window, where=where, consistent=True)


def count_of_customer(organization_id: str, customer_id: str) -> int:
    return count(keys.customer_orders(organization_id, customer_id), most=MAX_COUNTED)[0]


def read_orders(organization_id: str, entries: list[Row]) -> list[tuple[OrderItem, OrderDetailItem]]:
    """The orders that a customer's entries name, in their order, without history. Two round trips."""
    wanted = [keys.order(organization_id, row["u"]["S"], keys.last_part(row["sk"]["S"])) for row in entries]
    rows = get_many(wanted)
    items = [OrderItem.of(rows[key]) for key in wanted if key in rows]
    details = get_many([detail_key(organization_id, item) for item in items])
    return [
        (item, OrderDetailItem.of(details[key]))
        for item in items
        for key in [detail_key(organization_id, item)]
        if key in details
    ]


def detail_key(organization_id: str, item: OrderItem) -> Key:
    return keys.order_detail(organization_id, item.end_user_id, item.id, item.detail_id)
