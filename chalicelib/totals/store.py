from pynamodb.attributes import UnicodeSetAttribute
from pynamodb.expressions.operand import Path

from chalicelib.table.items import IntegerAttribute, Item

ORDERS = "o#"
SHIPMENTS = "s#"
REQUESTS = "requests#"


class EndUserStatsItem(Item):
    """Counters by status stand in attributes of their own (`o#pending`, `s#in_transit`); other domains keep theirs
    here too."""

    orders_made = IntegerAttribute(default=0)
    """Goes up with every transaction that creates orders: a shipment begins to wait only if it has not moved since
    its order was looked for."""
    waiting = IntegerAttribute(default=0)
    """How many shipments wait for their order."""
    shops = UnicodeSetAttribute(null=True)
    """The bridges that brought orders."""
    heads = UnicodeSetAttribute(null=True)
    """Beginnings that many order numbers, external ids or SKUs share (`ord-`); see `chalicelib.search.terms`."""


class BridgeStatsItem(Item):
    """What one end user has through one bridge, counted as in the end user's own counters."""

    version = IntegerAttribute(default=0)
    closed = IntegerAttribute(null=True)
    """Set while the data is hidden because the bridge was deleted or given away. Then the counters here tell how much
    is left to remove, and the end user's own no longer contain it."""


class RequestStatsItem(Item):
    """The organization's requests, counted as in its end users' counters."""

    hidden = UnicodeSetAttribute(null=True)
    """What of the organization's queue is hidden, as `held` names it, since its bridge was deleted or given away."""


def counter(name: str) -> Path:
    return Path([name])
