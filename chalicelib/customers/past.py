"""What is kept of what orders said of a customer and do not say any more, so that forgetting them later is complete.

When an order gets another e-mail, or another name, telephone number or street, its timeline, the log and what receivers
answered still tell of who it was. Only an entry of the customer's own leads there; it is kept as long as they are.
"""

from collections.abc import Mapping
from typing import Any

from chalicelib.customers.store import TracesItem
from chalicelib.kit import clock, ids
from chalicelib.privacy.identity import customer_id
from chalicelib.privacy.redaction import Traces
from chalicelib.table import keys

KEPT_S = 91 * 86400
"""Longer than events, and than attempts to deliver them."""


def entry(
    organization_id: str, end_user_id: str, order_id: str, before: Mapping[str, Any], after: Mapping[str, Any]
) -> TracesItem | None:
    """`before` and `after`: fields of the order. None where it named nobody, or still says all that it said."""
    email = before["customer"].get("email")
    traces = Traces.of(before)
    if not email or not traces.has_beyond(Traces.of(after)):
        return None
    customer = customer_id(organization_id, email)
    said = ids.derived_id(order_id, *traces.emails, *traces.others)
    return TracesItem.at(
        keys.past_order(organization_id, customer, order_id, end_user_id, said),
        end_user_id=end_user_id,
        order_id=order_id,
        shipment_ids=[],
        emails=traces.emails,
        others=traces.others,
        since=before["created_at"],
        whole=False,
        expires=clock.epoch(clock.in_seconds(KEPT_S)),
    )
