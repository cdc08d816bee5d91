from pynamodb.attributes import UnicodeSetAttribute
from pynamodb.expressions.operand import Path

from chalicelib.table.items import DocumentAttribute, IntegerAttribute, Item

ORDERS = "o#"
SHIPMENTS = "s#"
REQUESTS = "requests#"


class EndUserStatsItem(Item):
    """An end user's counters. Each status has an attribute of its own (`o#pending`, `s#in_transit`); other rooms add
    their counters to the same item."""

    orders_made = IntegerAttribute(default=0)
    """Incremented by every transaction that creates orders. A shipment is stored as unlinked only if this has not
    changed since its order was looked up."""
    unlinked_shipments = IntegerAttribute(default=0, attr_name="waiting")
    """How many shipments name an order that has not arrived yet."""
    order_bridges = UnicodeSetAttribute(null=True, attr_name="shops")
    """The bridges that brought orders."""
    common_prefixes = UnicodeSetAttribute(null=True, attr_name="heads")
    """Prefixes that many order numbers, external ids or SKUs share (`ord-`); see `chalicelib.search.terms`."""


class BridgeStatsItem(Item):
    """Counters of what one end user has through one bridge, with the same names as in the end user's own."""

    version = IntegerAttribute(default=0)
    closed = IntegerAttribute(null=True)
    """Set while the data is hidden because the bridge was deleted or given away. These counters then say how much is
    left to remove; the end user's own no longer include it."""


class OrganizationTotalsItem(Item):
    """Orders and shipments of a share of an organization's end users, with the same names as in their counters."""


class TotalledItem(Item):
    """What the organization's totals contain of one end user. It changes in the transaction that changes them."""

    counts = DocumentAttribute(default=dict)


class RequestStatsItem(Item):
    """The organization's action requests, counted by status over all end users."""

    hidden = UnicodeSetAttribute(null=True)
    """Names of holdings (`totals.service.holding_name`) whose requests are hidden from the queue because the bridge was
    deleted or given away."""


def counter(name: str) -> Path:
    return Path([name])
