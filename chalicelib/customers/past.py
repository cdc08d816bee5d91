"""What is kept of orders that were a customer's and are not any more, so that forgetting them later is complete.

When an order gets another e-mail, the log and what receivers answered still tell of who it was. Only an entry of the
customer's own leads there; it is kept as long as they are.
"""

from collections.abc import Mapping
from typing import Any

from chalicelib import clock
from chalicelib.customers.identity import customer_id
from chalicelib.customers.redaction import Traces
from chalicelib.customers.store import TracesItem
from chalicelib.table import keys

KEPT_S = 91 * 86400
"""Longer than events, and than attempts to deliver them."""


def entry(organization_id: str, end_user_id: str, order_id: str, fields: Mapping[str, Any]) -> TracesItem | None:
    """`fields`: of the order as it was; None where it named nobody."""
    email = fields["customer"].get("email")
    if not email:
        return None
    traces = Traces.of(fields)
    return TracesItem.at(
        keys.past_order(organization_id, customer_id(organization_id, email), order_id, end_user_id),
        end_user_id=end_user_id,
        order_id=order_id,
        shipment_ids=[],
        emails=traces.emails,
        others=traces.others,
        since=fields["created_at"],
        whole=False,
        expires=clock.epoch(clock.in_seconds(KEPT_S)),
    )
