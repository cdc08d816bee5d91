from pynamodb.attributes import BooleanAttribute, UnicodeAttribute

from chalicelib.customers.redaction import Traces
from chalicelib.table import keys
from chalicelib.table.items import DocumentAttribute, IntegerAttribute, Item
from chalicelib.table.keys import Key
from chalicelib.table.reads import Prefix, each_page, find, query_all
from chalicelib.table.transaction import exists, update

PAGE = 200
MOST_PAST = 1000
"""Of one order: one for each thing it said in 91 days."""


class CustomerSessionItem(Item):
    id = UnicodeAttribute()
    hash = UnicodeAttribute()
    email = UnicodeAttribute()
    name = UnicodeAttribute(null=True)
    created_at = UnicodeAttribute()
    expires_at = UnicodeAttribute()


class CustomerItem(Item):
    """There only once a customer has been erased. Credentials made up to `erased_at` are worth nothing any more."""

    erased_at = UnicodeAttribute()
    erasure_id = UnicodeAttribute()
    completed_at = UnicodeAttribute(null=True)
    orders = IntegerAttribute(default=0)


class TracesItem(Item):
    """What of a customer has to be looked for, and about what."""

    end_user_id = UnicodeAttribute()
    order_id = UnicodeAttribute()
    shipment_ids = DocumentAttribute()
    request_ids = DocumentAttribute(default=list)
    emails = DocumentAttribute()
    others = DocumentAttribute()
    since = UnicodeAttribute()
    whole = BooleanAttribute(default=True)
    """Whether all that is told of the order under this end user is told of the customer; not where the order has
    become somebody else's."""

    @property
    def traces(self) -> Traces:
        return Traces(self.emails, self.others)

    def add(self, other: "TracesItem") -> None:
        """What is known of the same order from elsewhere."""
        self.shipment_ids = sorted({*self.shipment_ids, *other.shipment_ids})
        self.request_ids = sorted({*self.request_ids, *other.request_ids})
        self.emails, self.others = sorted({*self.emails, *other.emails}), sorted({*self.others, *other.others})
        self.since = min(self.since, other.since)
        self.whole = self.whole or other.whole


def find_customer(organization_id: str, customer: str) -> CustomerItem | None:
    return find(CustomerItem, keys.customer(organization_id, customer))


def find_traces(key: Key) -> TracesItem | None:
    return find(TracesItem, key)


def count_erased(organization_id: str, customer: str) -> None:
    update(keys.customer(organization_id, customer), [CustomerItem.orders.add(1)], exists())


def list_erasing(organization_id: str, customer: str, most: int) -> list[TracesItem]:
    partition = keys.customer_partition(organization_id, customer)
    return [TracesItem.of(row) for row in query_all(partition, Prefix(keys.ERASING), most=most)]


def list_past(organization_id: str, customer: str, most: int) -> list[TracesItem]:
    partition = keys.customer_partition(organization_id, customer)
    return [TracesItem.of(row) for row in query_all(partition, Prefix(keys.PAST), most=most)]


def past_of_order(organization_id: str, customer: str, order_id: str) -> list[TracesItem]:
    partition = keys.customer_partition(organization_id, customer)
    return [TracesItem.of(row) for row in query_all(partition, Prefix(keys.past_of_order(order_id)), most=MOST_PAST)]


def credentials_before(organization_id: str, customer: str, moment: str) -> tuple[list[Key], bool]:
    """Keys of sessions, tokens, codes and requests made up to `moment`, and whether there may be more of them.

    What does not say when it was made (codes) goes as well: it is asked for again in no time.
    """
    partition = keys.customer_partition(organization_id, customer)
    found: list[Key] = []
    for page in each_page(partition, consistent=True, limit=PAGE):
        for row in page.rows:
            key = Key(row["pk"]["S"], row["sk"]["S"])
            kept = key.sk == keys.ROOT or key.sk.startswith((keys.ERASING, keys.PAST))
            if not kept and row.get("created_at", {"S": ""})["S"] <= moment:
                found.append(key)
        if len(found) >= PAGE:
            return found, page.last is not None
    return found, False
