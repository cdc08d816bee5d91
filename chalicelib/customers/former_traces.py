"""Personal data an order no longer contains, kept so that a later erasure finds its traces.

When an order gets another e-mail address, name, phone number or street, its timeline, the event log and the responses
of receivers still show the former ones. An entry in the former customer's partition leads there, for as long as those
are kept.
"""

from collections.abc import Mapping
from typing import Any

from chalicelib.customers.store import TracesItem
from chalicelib.kit import clock, ids
from chalicelib.privacy.identity import customer_id
from chalicelib.privacy.redaction import Traces
from chalicelib.table import keys

RETENTION_S = 91 * 86400
"""Longer than events and delivery attempts are kept."""


def build_entry(
    organization_id: str, end_user_id: str, order_id: str, before: Mapping[str, Any], after: Mapping[str, Any]
) -> TracesItem | None:
    """The entry for a change of an order's fields; None if it named no customer or still has all it had."""
    email = before["customer"].get("email")
    traces = Traces.of_order(before)
    if not email or traces.is_covered_by(Traces.of_order(after)):
        return None
    customer = customer_id(organization_id, email)
    digest = ids.derived_id(order_id, *traces.emails, *traces.identifiers)
    return TracesItem.at(
        keys.past_order(organization_id, customer, order_id, end_user_id, digest),
        end_user_id=end_user_id,
        order_id=order_id,
        shipment_ids=[],
        emails=traces.emails,
        identifiers=traces.identifiers,
        since=before["created_at"],
        is_own=False,
        expires=clock.epoch(clock.in_seconds(RETENTION_S)),
    )
