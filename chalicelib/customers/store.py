from pynamodb.attributes import BooleanAttribute, UnicodeAttribute

from chalicelib.privacy.redaction import Traces
from chalicelib.table.items import DocumentAttribute, IntegerAttribute, Item


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
