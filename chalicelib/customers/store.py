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
    """Exists only for customers who were erased, and stays: its key is a keyed hash of the e-mail address. Credentials
    created up to `erased_at` are invalid, and orders from before then are redacted when a sync brings them again."""

    erased_at = UnicodeAttribute()
    erasure_id = UnicodeAttribute()
    completed_at = UnicodeAttribute(null=True)
    orders = IntegerAttribute(default=0)


class TracesItem(Item):
    """Traces of a customer in one order under one end user, for an erasure that is running or may come."""

    end_user_id = UnicodeAttribute()
    order_id = UnicodeAttribute()
    shipment_ids = DocumentAttribute()
    request_ids = DocumentAttribute(default=list)
    emails = DocumentAttribute()
    identifiers = DocumentAttribute(attr_name="others")
    since = UnicodeAttribute()
    """When the first event about the order may have been recorded."""
    is_own = BooleanAttribute(default=True, attr_name="whole")
    """False if the order names another customer by now: then only some of what is recorded about it is this one's."""

    @property
    def traces(self) -> Traces:
        return Traces(self.emails, self.identifiers)

    def merge(self, other: "TracesItem") -> None:
        """Add what another entry knows about the same order."""
        self.shipment_ids = sorted({*self.shipment_ids, *other.shipment_ids})
        self.request_ids = sorted({*self.request_ids, *other.request_ids})
        self.emails = sorted({*self.emails, *other.emails})
        self.identifiers = sorted({*self.identifiers, *other.identifiers})
        self.since = min(self.since, other.since)
        self.is_own = self.is_own or other.is_own
