"""The organization's shipments in exception: an item for each, written with the change of its status or end user.

Entries only lead somewhere: the shipment says whether it is still so.
"""

from collections.abc import Iterable, Mapping
from typing import Any, Final, NamedTuple

from chalicelib.shipments.store import InExceptionItem, ShipmentItem
from chalicelib.table import keys
from chalicelib.table.batch_write import write_many
from chalicelib.table.items import Row
from chalicelib.table.keys import Key
from chalicelib.table.pages import Window, list_entries
from chalicelib.table.reads import count, each_page, get_many
from chalicelib.table.transaction import Transaction

EXCEPTION: Final = "exception"
MAX_COUNTED: Final = 1000


class Listed(NamedTuple):
    shipments: list[tuple[str, Row]]
    """End user and raw summary, last created first."""
    following: str | None
    """The sort key to continue below."""


def entry_of(organization_id: str, end_user_id: str, shipment_id: str, fields: Mapping[str, Any]) -> InExceptionItem:
    """`fields`: those of the shipment, or of its summary."""
    key = keys.shipment_in_exception(organization_id, fields["created_at"], shipment_id, end_user_id)
    return InExceptionItem.at(key, shipment_id=shipment_id, end_user_id=end_user_id)


def follow(transaction: Transaction, entry: InExceptionItem, before: str | None, status: str) -> None:
    """Put the shipment on the list or take it off, if its status changed to or from an exception."""
    if status == EXCEPTION != before:
        transaction.put(entry)
    elif before == EXCEPTION != status:
        transaction.delete(entry.key)


def entries_of(organization_id: str, items: Iterable[ShipmentItem], end_user_id: str) -> list[InExceptionItem]:
    """Those of the shipments that are in exception, as the end user's."""
    return [
        entry_of(organization_id, end_user_id, item.id, item.summary.members())
        for item in items
        if item.status == EXCEPTION
    ]


def list_page(organization_id: str, window: Window) -> Listed:
    """Two round trips."""
    partition = keys.shipment_in_exception(organization_id, "", "", "").pk
    entries = list_entries(partition, window, consistent=True)
    wanted = {
        keys.shipment(organization_id, entry.end_user_id, entry.shipment_id): entry.end_user_id
        for entry in map(InExceptionItem.of, entries.rows)
    }
    rows = get_many(wanted)
    found = [(user, rows[key]) for key, user in wanted.items() if key in rows]
    return Listed([each for each in found if ShipmentItem.of(each[1]).status == EXCEPTION], entries.next)


def count_all(organization_id: str) -> tuple[int, bool]:
    """Their number, and whether there are more than MAX_COUNTED."""
    return count(keys.shipment_in_exception(organization_id, "", "", "").pk, limit=MAX_COUNTED)


def list_again(organization_id: str, end_user_id: str) -> int:
    """List shipments that have been in exception since before there was the list. Returns their number."""
    partition = keys.shipment_status_list(organization_id, end_user_id, EXCEPTION, "", "").pk
    found = [Key(row["pk"]["S"], row["sk"]["S"]) for page in each_page(partition, index="gsi2") for row in page.rows]
    items = map(ShipmentItem.of, get_many(found).values())
    entries = {entry.key: entry for entry in entries_of(organization_id, items, end_user_id)}
    missing = [entries[key] for key in entries.keys() - get_many(entries).keys()]
    # One that ends its exception meanwhile leaves an entry that shows nothing.
    write_many(missing)
    return len(missing)
