from pynamodb.attributes import UnicodeAttribute

from chalicelib.customers.redaction import Traces
from chalicelib.table import keys
from chalicelib.table.items import DocumentAttribute, IntegerAttribute, Item
from chalicelib.table.keys import Key
from chalicelib.table.reads import Prefix, find, query, query_all
from chalicelib.table.transaction import exists, update

PAGE = 200


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


class ErasedOrderItem(Item):
    """An order whose traces are being removed."""

    end_user_id = UnicodeAttribute()
    order_id = UnicodeAttribute()
    shipment_ids = DocumentAttribute()
    emails = DocumentAttribute()
    others = DocumentAttribute()
    since = UnicodeAttribute()

    @property
    def traces(self) -> Traces:
        return Traces(self.emails, self.others)


def find_customer(organization_id: str, customer: str) -> CustomerItem | None:
    return find(CustomerItem, keys.customer(organization_id, customer))


def count_erased(organization_id: str, customer: str) -> None:
    update(keys.customer(organization_id, customer), [CustomerItem.orders.add(1)], exists())


def list_erasing(organization_id: str, customer: str, most: int) -> list[ErasedOrderItem]:
    partition = keys.customer_partition(organization_id, customer)
    return [ErasedOrderItem.of(row) for row in query_all(partition, Prefix(keys.ERASING), most=most)]


def credentials_before(organization_id: str, customer: str, moment: str) -> tuple[list[Key], bool]:
    """Keys of sessions, tokens, codes and requests made up to `moment`, and whether there may be more of them.

    What does not say when it was made (codes) goes as well: it is asked for again in no time.
    """
    partition = keys.customer_partition(organization_id, customer)
    found: list[Key] = []
    after = None
    while len(found) < PAGE:
        page = query(partition, consistent=True, limit=PAGE, after=after)
        for row in page.rows:
            key = Key(row["pk"]["S"], row["sk"]["S"])
            kept = key.sk == keys.ROOT or key.sk.startswith(keys.ERASING)
            if not kept and row.get("created_at", {"S": ""})["S"] <= moment:
                found.append(key)
        after = page.last
        if after is None:
            return found, False
    return found, True
