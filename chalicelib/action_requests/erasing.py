"""Redacts action requests for a customer's orders: people write names and addresses into them."""

from collections.abc import Collection, Mapping
from functools import partial
from typing import Any

from pynamodb.expressions.condition import Condition

from chalicelib.action_requests.store import ActionRequestItem, ListEntryItem, find_many
from chalicelib.privacy import fields
from chalicelib.privacy.redaction import ERASED, Traces, redact_any_email
from chalicelib.table import keys
from chalicelib.table.transaction import Transaction, exists, retry_on_conflict

FREE_TEXTS = fields.names(fields.ITEMS["ActionRequestItem"], fields.TEXT)
PLACE_FIELDS = frozenset(
    ["city", "state", "province", "region", "zip", "zipcode", "postalcode", "country", "countrycode"]
)
"""The parts of a requested address that may stay, as in every other address."""


def erase(organization_id: str, end_user_id: str, request_ids: Collection[str], traces: Traces) -> None:
    for request_id in request_ids:
        retry_on_conflict(partial(_erase, organization_id, end_user_id, request_id, traces))


def _erase(organization_id: str, end_user_id: str, request_id: str, traces: Traces) -> None:
    for item in find_many([keys.action_request(organization_id, end_user_id, request_id)]):
        stored = {name: getattr(item, name) for name in FREE_TEXTS if getattr(item, name) is not None}
        redacted = _redacted(stored, item.action_type, traces)
        if redacted == stored:
            return
        transaction = Transaction()
        transaction.update(
            item.key,
            [getattr(ActionRequestItem, name).set(value) for name, value in redacted.items()],
            (ActionRequestItem.status == item.status) & _has_not_moved(item),
        )
        # The list entry's key contains the status.
        row = keys.action_request_list(organization_id, end_user_id, item.status, item.id)
        entry = [ListEntryItem.title.set(redacted["title"])]
        if item.application is not None:
            shown = {**item.application, "message": redacted.get("application_message")}
            entry.append(ListEntryItem.application.set(shown))
        transaction.update(row, entry, exists())
        transaction.commit()


def _has_not_moved(item: ActionRequestItem) -> Condition:
    """Its application, whose message is in the list entry too, is as it was read."""
    status = ActionRequestItem.application_status
    unchanged: Condition = (
        status.does_not_exist() if item.application_status is None else status == item.application_status
    )
    return unchanged


def _redacted(texts: Mapping[str, Any], action_type: str, traces: Traces) -> dict[str, Any]:
    redacted: dict[str, Any] = redact_any_email(traces.redact_all(texts))
    if action_type == "address_change":
        # The requested address is in no order, so that nothing in it can be recognised as the customer's.
        redacted |= {
            name: _place_only(redacted[name]) for name in ("description", "requested_changes") if name in redacted
        }
    return redacted


def _place_only(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {name: entry if _is_place(name) else _place_only(entry) for name, entry in value.items()}
    if isinstance(value, list):
        return [_place_only(entry) for entry in value]
    return ERASED if isinstance(value, str) else value


def _is_place(name: str) -> bool:
    return name.lower().replace("_", "") in PLACE_FIELDS
