from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import NamedTuple

from pynamodb.attributes import UnicodeAttribute
from pynamodb.expressions.condition import Condition

from chalicelib.kit import clock
from chalicelib.kit.errors import Unavailable
from chalicelib.orders.numbers import comparable_number
from chalicelib.orders.schemas import OrderQuery
from chalicelib.records.store import SyncedItem
from chalicelib.table import keys
from chalicelib.table.items import DocumentAttribute, IntegerAttribute, Item, Row
from chalicelib.table.keys import Key
from chalicelib.table.pages import Entries, Window, is_none_of, list_entries
from chalicelib.table.reads import ALL, MEGABYTE_ENTRIES, Prefix, count, each_page, get_many, query, query_all
from chalicelib.table.transaction import ConditionFailed, Transaction, delete

MAX_COUNTED = 10_000
MAX_COUNTED_PAGES = 2
"""Round trips of MEGABYTE_ENTRIES in which a list is counted within a request."""
BRIDGE_LIST_ENTRIES = (500, MEGABYTE_ENTRIES)
"""Entries of all bridges that a list of one bridge's orders looks at, in each of its round trips. The first is mostly
enough."""
MAX_ACTIVITIES = 50
MAX_SHIPMENTS = 1000
MAX_ITEMS_OF_ORDER = 100_000
MAX_READ_ATTEMPTS = 5
"""How often an order may get a new detail version while it is being read."""
ENTRY_GRACE_S = 3600
"""An entry this old without an order was left behind by a sync that died: no sync takes so long between the two."""
DETAIL_READ_LIMIT = MAX_ACTIVITIES + 12
"""Items in an order's first read: its activities, summary and detail, and as many shipments as most orders have."""


class OrderItem(SyncedItem):
    """What the list shows of an order."""

    cancelled_here = IntegerAttribute(attr_name="ch", null=True)
    erased = IntegerAttribute(attr_name="er", null=True)
    """Set when the customer was erased. Whatever joins the order later, such as a shipment, is redacted first."""
    reindex_due = IntegerAttribute(attr_name="rx", null=True)
    """Set while index items of its shipments may hold an old number or time. The next sync of the order finishes it."""
    source_deleted_at = UnicodeAttribute(attr_name="sd", null=True)
    """Since when the source no longer has the order."""
    detail_id = UnicodeAttribute(attr_name="di")
    """The id of the current detail version."""
    tracking_secret = UnicodeAttribute(attr_name="k")
    """128 random bits: the part of the public tracking token that the order's id does not reveal."""

    @property
    def ordered_at(self) -> str:
        return keys.part_before_separator(self.g1sk)


class OrderDetailItem(Item):
    """One version of what only the detail shows. Versions are never changed; each has its own key, and the summary
    names the current one. A new order's is written before the transaction that inserts the summary, at half the cost of
    a transactional write; later versions are part of their transaction."""

    document = DocumentAttribute(attr_name="d")


class CustomerOrderItem(Item):
    """Lists an order under its customer. `hint` is the order's number, or its external id if it has none. The entry of
    a new order is written a moment before the order; where the two disagree, the order is right."""

    end_user_id = UnicodeAttribute(attr_name="u")
    bridge_id = UnicodeAttribute(attr_name="b")
    made_at = UnicodeAttribute(attr_name="m")
    """When the order was created."""


class CustomerEntry(NamedTuple):
    """What lists need of a CustomerOrderItem; a customer may have thousands."""

    sk: str
    end_user_id: str
    bridge_id: str

    @property
    def order_id(self) -> str:
        return keys.part_after_separator(self.sk)

    @property
    def ordered_at(self) -> str:
        return self.sk.split("#")[-2]

    @property
    def place(self) -> tuple[str, str]:
        """Among all orders of the customer."""
        return self.ordered_at, self.order_id


class ActivityItem(Item):
    document = DocumentAttribute(attr_name="d")


class OrderParts:
    """The items in an order's partition, by what they are."""

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
    def shipment_ids(self) -> list[str]:
        return [keys.part_after_separator(row["sk"]["S"]) for row in self.shipments]

    @property
    def request_ids(self) -> list[str]:
        metadata = [ActivityItem.of(row).document.get("more") or {} for row in self.activities]
        return sorted({each["action_request_id"] for each in metadata if "action_request_id" in each})

    @property
    def detail(self) -> Row | None:
        """The current detail version. Failed writes may have left others."""
        wanted = self.summary["di"]["S"] if self.summary else None
        return next((row for row in self.details if keys.part_after_separator(row["sk"]["S"]) == wanted), None)


def read_order(organization_id: str, end_user_id: str, order_id: str, *, consistent: bool = True) -> OrderParts:
    """The order with its newest activities. One round trip unless it has very many shipments."""
    partition = keys.order(organization_id, end_user_id, order_id).pk
    prefix = keys.items_of_order(end_user_id)
    rows: list[Row] = []
    after: Row | None = None
    while True:
        page = query(
            partition, Prefix(prefix), limit=DETAIL_READ_LIMIT, descending=True, consistent=consistent, after=after
        )
        rows += page.rows
        after = page.last
        parts = OrderParts(rows)
        enough = parts.summary is None or len(parts.activities) >= MAX_ACTIVITIES
        if after is None or enough or len(parts.shipments) >= MAX_SHIPMENTS:
            return parts


def read_whole_order(organization_id: str, end_user_id: str, order_id: str) -> OrderParts:
    """Every item this end user has in the order's partition."""
    partition = keys.order(organization_id, end_user_id, order_id).pk
    return OrderParts(query_all(partition, Prefix(keys.items_of_order(end_user_id)), limit=MAX_ITEMS_OF_ORDER))


def read_by_owner(organization_id: str, order_id: str) -> dict[str, OrderParts]:
    """Every item in the order's partition by end user: usually one, two while the order's bridge changes hands."""
    rows: dict[str, list[Row]] = {}
    for row in query_all(keys.order(organization_id, "", order_id).pk, limit=MAX_ITEMS_OF_ORDER):
        rows.setdefault(keys.part_before_separator(row["sk"]["S"]), []).append(row)
    return {owner: OrderParts(owned) for owner, owned in rows.items()}


def list_owners(organization_id: str, order_id: str) -> list[str]:
    """The end users who have the order: one, or two while its bridge changes hands."""
    partition = keys.order(organization_id, "", order_id).pk
    rows = query(partition, limit=DETAIL_READ_LIMIT, descending=True, consistent=True).rows
    parts = [keys.owner_and_part(row["sk"]["S"]) for row in rows]
    return [owner for owner, part in parts if part == keys.SUMMARY]


def list_orders(organization_id: str, end_user_id: str, query: OrderQuery, hidden: frozenset[str]) -> Entries:
    """Index entries of the list, newest first, without those of `hidden` bridges. Entries of other bridges than
    the query's are read and left out: BRIDGE_LIST_ENTRIES in all at most."""
    pk, index = _list_of(organization_id, end_user_id, query)
    where = of_bridges(query, hidden)
    limits = None if query.bridge_id is None else BRIDGE_LIST_ENTRIES
    return list_entries(pk, query.window, index=index, part=query.period, where=where, entry_limits=limits)


def count_orders(organization_id: str, end_user_id: str, query: OrderQuery, hidden: frozenset[str]) -> tuple[int, bool]:
    """The number of orders in the list, and whether counting stopped at MAX_COUNTED_PAGES."""
    pk, index = _list_of(organization_id, end_user_id, query)
    where = of_bridges(query, hidden)
    return count(
        pk,
        query.period,
        index=index,
        where=where,
        limit=MAX_COUNTED,
        max_pages=MAX_COUNTED_PAGES,
        page_entries=MEGABYTE_ENTRIES,
    )


def _list_of(organization_id: str, end_user_id: str, query: OrderQuery) -> tuple[str, str]:
    """Partition and index of the list."""
    if query.status is None:
        return keys.order_list(organization_id, end_user_id, "", "").pk, "gsi1"
    return keys.order_status_list(organization_id, end_user_id, query.status, "", "").pk, "gsi2"


def of_bridges(query: OrderQuery, hidden: frozenset[str]) -> Condition | None:
    return OrderItem.hint == query.bridge_id if query.bridge_id is not None else is_none_of(OrderItem.hint, hidden)


def read_summaries(organization_id: str, end_user_id: str, order_ids: list[str]) -> dict[str, Row]:
    by_id = {order_id: keys.order(organization_id, end_user_id, order_id) for order_id in order_ids}
    rows = get_many(by_id.values(), consistent=False)
    return {order_id: rows[key] for order_id, key in by_id.items() if key in rows}


def status_of_row(summary: Row) -> str:
    return keys.part_after_separator(summary["g2pk"]["S"])


def list_customer_entries(organization_id: str, customer_id: str, window: Window) -> Entries:
    """One window of a customer's entries, those of an end user together."""
    return list_entries(keys.customer_orders(organization_id, customer_id), window, consistent=True)


def list_all_customer_entries(
    organization_id: str, customer_id: str, order_number: str | None = None
) -> list[CustomerEntry]:
    """All entries of a customer, or those with this order number, newest first. One round trip per 1 MB."""
    pages = each_page(keys.customer_orders(organization_id, customer_id), consistent=True)
    rows = (row for page in pages for row in page.rows)
    if order_number is not None:
        # Compared here: a filter of DynamoDB's would read as much, and knows no upper and lower case.
        wanted = comparable_number(order_number)
        rows = (row for row in rows if comparable_number(row["hint"]["S"]) == wanted)
    return sorted(map(_customer_entry, rows), key=lambda entry: entry.place, reverse=True)


def list_orders_of_customer(
    organization_id: str, customer_id: str, end_user_id: str | None = None
) -> tuple[list[CustomerEntry], bool]:
    """A customer's newest orders with one end user or with all, and whether there may be more. One round trip: up to
    1 MB of their entries, some 4,000; of all end users those whose ids come last."""
    part = Prefix(keys.items_of_order(end_user_id)) if end_user_id is not None else ALL
    page = query(keys.customer_orders(organization_id, customer_id), part, descending=True)
    entries = sorted(map(_customer_entry, page.rows), key=lambda entry: entry.place, reverse=True)
    return entries, page.last is not None


def _customer_entry(row: Row) -> CustomerEntry:
    # Entries written by the first versions name no bridge.
    return CustomerEntry(row["sk"]["S"], row["u"]["S"], row.get("b", {"S": ""})["S"])


def read_orders(organization_id: str, summary_keys: Sequence[Key]) -> dict[Key, tuple[OrderItem, OrderDetailItem]]:
    """Orders with their details but without history, by the key of their summary. Two round trips, and two more if an
    order gets a new detail version between them."""
    orders: dict[Key, tuple[OrderItem, OrderDetailItem]] = {}
    remaining = list(summary_keys)
    for _ in range(MAX_READ_ATTEMPTS):
        rows = get_many(remaining)
        items = {key: OrderItem.of(rows[key]) for key in remaining if key in rows}
        detail_keys = {key: detail_key(organization_id, item) for key, item in items.items()}
        details = get_many(detail_keys.values())
        for key, item in items.items():
            if detail_keys[key] in details:
                orders[key] = item, OrderDetailItem.of(details[detail_keys[key]])
        remaining = [key for key in items if key not in orders]
        if not remaining:
            break
    return orders


def delete_stale_entry(
    organization_id: str, customer_id: str, entry: CustomerEntry, is_valid: Callable[[OrderItem], bool]
) -> None:
    """Delete an entry whose order does not exist, as a sync that died may leave one, or is not `is_valid`. The entry is
    kept if it or its order may be in the middle of a write."""
    key = Key(keys.customer_orders(organization_id, customer_id), entry.sk)
    order_key = keys.order(organization_id, entry.end_user_id, entry.order_id)
    rows = get_many([key, order_key])
    if key not in rows:
        return
    if order_key in rows:
        item = OrderItem.of(rows[order_key])
        if is_valid(item):
            return
        transaction = Transaction()
        transaction.check(order_key, OrderItem.version == item.version)
        transaction.delete(key)
        with suppress(ConditionFailed, Unavailable):
            transaction.commit()
        return
    made_at = CustomerOrderItem.of(rows[key]).made_at or ""
    # While an order changes hands it is stored under its former owner until the move's last transaction.
    if made_at <= clock.in_seconds(-ENTRY_GRACE_S) and not list_owners(organization_id, entry.order_id):
        delete(key, CustomerOrderItem.made_at == made_at)


def detail_key(organization_id: str, item: OrderItem) -> Key:
    return keys.order_detail(organization_id, item.end_user_id, item.id, item.detail_id)
