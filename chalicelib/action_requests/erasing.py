"""Taking a customer out of what was asked for their orders: people write names and addresses into it."""

from collections.abc import Collection, Mapping
from functools import partial
from typing import Any

from chalicelib.action_requests.store import ActionRequestItem, ListEntryItem, find_all
from chalicelib.privacy.redaction import ERASED, Traces, without_addresses
from chalicelib.table import keys
from chalicelib.table.transaction import Transaction, exists, retry_on_conflict

WRITTEN = ("title", "description", "requested_changes", "resolution_note")
PLACES = frozenset(["city", "state", "province", "region", "zip", "zipcode", "postalcode", "country", "countrycode"])
"""Of an address that is asked for, what may stay: as of every other address."""


def erase(organization_id: str, end_user_id: str, request_ids: Collection[str], traces: Traces) -> None:
    for request_id in request_ids:
        retry_on_conflict(partial(_erase, organization_id, end_user_id, request_id, traces))


def _erase(organization_id: str, end_user_id: str, request_id: str, traces: Traces) -> None:
    for item in find_all([keys.action_request(organization_id, end_user_id, request_id)]):
        stored = {name: getattr(item, name) for name in WRITTEN if getattr(item, name) is not None}
        told = _forgotten(stored, item.action_type, traces)
        if told == stored:
            return
        transaction = Transaction()
        transaction.update(
            item.key,
            [getattr(ActionRequestItem, name).set(value) for name, value in told.items()],
            ActionRequestItem.status == item.status,
        )
        # Its row in the list stands where its status says.
        row = keys.action_request_list(organization_id, end_user_id, item.status, item.id)
        transaction.update(row, [ListEntryItem.title.set(told["title"])], exists())
        transaction.commit()


def _forgotten(written: Mapping[str, Any], action_type: str, traces: Traces) -> dict[str, Any]:
    told: dict[str, Any] = without_addresses(traces.without_any(written))
    if action_type == "address_change":
        # The address that is asked for is in no order, so that nothing in it can be recognised.
        told |= {name: _place_only(told[name]) for name in ("description", "requested_changes") if name in told}
    return told


def _place_only(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {name: entry if _is_place(name) else _place_only(entry) for name, entry in value.items()}
    if isinstance(value, list):
        return [_place_only(entry) for entry in value]
    return ERASED if isinstance(value, str) else value


def _is_place(name: str) -> bool:
    return name.lower().replace("_", "") in PLACES
