"""Personal data an order no longer contains, kept so that a later erasure finds its traces.

When an order gets another e-mail address, name, phone number or street, its timeline, the event log and the responses
of receivers still show the former ones. When a bridge is deleted or given away, the log of its end user still shows its
orders. An entry in the customer's partition leads there, for as long as those are kept.
"""

from collections.abc import Mapping, Sequence
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
    return _entry(organization_id, end_user_id, order_id, email, traces, before["created_at"], is_own=False)


def build_entry_of_removed(
    organization_id: str, end_user_id: str, order_id: str, fields: Mapping[str, Any], request_ids: Sequence[str]
) -> TracesItem | None:
    """The entry for an order that this end user is about to lose; None if it names no customer."""
    email = fields["customer"].get("email")
    if not email:
        return None
    # Its shipments are removed first, and their events may be older than the order.
    since = clock.in_seconds(-RETENTION_S)
    entry = _entry(organization_id, end_user_id, order_id, email, Traces.of_order(fields), since, is_own=True)
    entry.request_ids = list(request_ids)
    return entry


def _entry(
    organization_id: str, end_user_id: str, order_id: str, email: str, traces: Traces, since: str, is_own: bool
) -> TracesItem:
    customer = customer_id(organization_id, email)
    digest = ids.derived_id(order_id, *traces.emails, *traces.identifiers)
    return TracesItem.at(
        keys.past_order(organization_id, customer, order_id, end_user_id, digest),
        end_user_id=end_user_id,
        order_id=order_id,
        shipment_ids=[],
        emails=traces.emails,
        identifiers=traces.identifiers,
        since=since,
        is_own=is_own,
        expires=clock.epoch(clock.in_seconds(RETENTION_S)),
    )
