from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import NamedTuple

from pynamodb.attributes import UnicodeAttribute

from chalicelib.kit import clock
from chalicelib.kit.errors import Unavailable
from chalicelib.orders.schemas import OrderStatus
from chalicelib.table import keys
from chalicelib.table.items import DocumentAttribute, IntegerAttribute, Item, Row
from chalicelib.table.keys import Key
from chalicelib.table.pages import Entries, Window, items_of, list_entries, without
from chalicelib.table.reads import Prefix, each_page, get_many, query, query_all
from chalicelib.table.transaction import ConditionFailed, Transaction, delete

MAX_ACTIVITIES = 50
MOST_SHIPMENTS = 1000
MOST_ITEMS = 100_000
READS = 5
"""How often an order may get another detail while it is read."""
UNSAID = {"S": ""}
"""The bridge in entries of before they named one."""
WRITTEN_WITHIN_S = 3600
"""Much longer than a sync lasts, between a new order's entry and the order itself."""
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
    """What only the detail shows. Never changed: another writing has a key of its own. A new order's is put before the
    transaction that makes it hold, which halves its cost; later ones are part of it."""

    document = DocumentAttribute(attr_name="d")


class CustomerOrderItem(Item):
    """A customer's way to an order. `hint` is its number, or its external id where it has none. The order is stored
    with it, a new one a moment later: what it says decides."""

    end_user_id = UnicodeAttribute(attr_name="u")
    bridge_id = UnicodeAttribute(attr_name="b")
    made_at = UnicodeAttribute(attr_name="m")
    """When the order was created."""


class CustomerEntry(NamedTuple):
    """The same as it is listed, of which a customer may have thousands."""

    sk: str
    end_user_id: str
    bridge_id: str

    @property
    def order_id(self) -> str:
        return keys.last_part(self.sk)

    @property
    def ordered_at(self) -> str:
        return keys.first_part(self.sk)


class ActivityItem(Item):
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


def read_by_owner(organization_id: str, order_id: str) -> dict[str, OrderParts]:
    """All that lies in the order's partition, by end user: mostly one, two while its bridge changes hands."""
    rows: dict[str, list[Row]] = {}
    for row in query_all(keys.order(organization_id, "", order_id).pk, most=MOST_ITEMS):
        rows.setdefault(keys.first_part(row["sk"]["S"]), []).append(row)
    return {owner: OrderParts(found) for owner, found in rows.items()}


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


def list_of_customer(organization_id: str, customer_id: str, window: Window) -> Entries:
    """A customer's orders, newest first."""
    return list_entries(keys.customer_orders(organization_id, customer_id), window, consistent=True)


def entries_of_customer(organization_id: str, customer_id: str, order_number: str | None = None) -> list[CustomerEntry]:
    """All entries of a customer, or those of orders with this number, newest first. One trip for each 1 MB."""
    where = None if order_number is None else CustomerOrderItem.hint == order_number
    partition = keys.customer_orders(organization_id, customer_id)
    return [
        CustomerEntry(row["sk"]["S"], row["u"]["S"], row.get("b", UNSAID)["S"])
        for page in each_page(partition, where=where, descending=True, consistent=True)
        for row in page.rows
    ]


def read_orders(organization_id: str, wanted: Sequence[Key]) -> dict[Key, tuple[OrderItem, OrderDetailItem]]:
    """Orders with their details but without history, by the key of their summary. Two round trips, and two more where
    an order has got another writing of its detail between them."""
    found: dict[Key, tuple[OrderItem, OrderDetailItem]] = {}
    left = list(wanted)
    for _ in range(READS):
        rows = get_many(left)
        items = {key: OrderItem.of(rows[key]) for key in left if key in rows}
        places = {key: detail_key(organization_id, item) for key, item in items.items()}
        details = get_many(places.values())
        for key, item in items.items():
            if places[key] in details:
                found[key] = item, OrderDetailItem.of(details[places[key]])
        left = [key for key in items if key not in found]
        if not left:
            break
    return found


def forget_stale(
    organization_id: str, customer_id: str, entry: CustomerEntry, leads: Callable[[OrderItem], bool]
) -> None:
    """Remove an entry that leads nowhere, as a sync that died may leave one, or to an order of which `leads` is False.
    It stays where something is being written right now."""
    key = Key(keys.customer_orders(organization_id, customer_id), entry.sk)
    order_key = keys.order(organization_id, entry.end_user_id, entry.order_id)
    rows = get_many([key, order_key])
    if key not in rows:
        return
    if order_key in rows:
        item = OrderItem.of(rows[order_key])
        if leads(item):
            return
        transaction = Transaction()
        transaction.check(order_key, OrderItem.version == item.version)
        transaction.delete(key)
        with suppress(ConditionFailed, Unavailable):
            transaction.commit()
        return
    made_at = CustomerOrderItem.of(rows[key]).made_at or ""
    # An order that changes hands lies under its former owner until the moment it is here.
    if made_at <= clock.in_seconds(-WRITTEN_WITHIN_S) and not owners_of(organization_id, entry.order_id):
        delete(key, CustomerOrderItem.made_at == made_at)


def detail_key(organization_id: str, item: OrderItem) -> Key:
    return keys.order_detail(organization_id, item.end_user_id, item.id, item.detail_id)
