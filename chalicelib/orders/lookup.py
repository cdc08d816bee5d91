"""Orders and shipments of a whole organization by what is printed on them: the full order number, tracking number or
e-mail address. Three round trips with authentication, however many end users, orders and shipments there are.

Entries only lead somewhere. What they lead to is read and compared with what was asked for, so an entry that is late,
or was left behind, shows nothing wrong.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from chalicelib.bridges.store import BridgeOwnerItem
from chalicelib.kit import codec
from chalicelib.orders import service, shape
from chalicelib.orders.schemas import Found
from chalicelib.orders.store import list_orders_of_customer
from chalicelib.organizations.references import EndUserRef
from chalicelib.organizations.store import EndUserItem
from chalicelib.privacy.identity import customer_id
from chalicelib.search.terms import normalise, number_term, tracking_term
from chalicelib.shipments import shape as shipments
from chalicelib.table import keys
from chalicelib.table.items import Row
from chalicelib.table.keys import Key
from chalicelib.table.reads import Prefix, get_many, map_concurrently, query

MAX_FOUND = 50
"""Of each kind of look-up."""


@dataclass(frozen=True, slots=True)
class _Entry:
    key: Key
    """Of the summary of the order or shipment."""
    end_user_id: str
    bridge_id: str
    is_shipment: bool = False


def find(organization_id: str, text: str) -> tuple[list[Found], bool]:
    """What `text` is the whole number or address of, newest first, and whether there may be more."""
    finders = [_by_order_number, _by_tracking_number]
    if "@" in text:
        finders.append(_by_email)
    results = map_concurrently(lambda find: find(organization_id, text), finders)
    entries = {entry.key: entry for found, _ in results for entry in found}
    rows = _read(organization_id, entries.values())
    found = [each for entry in entries.values() if (each := _found(organization_id, text, entry, rows)) is not None]
    found.sort(key=lambda each: (each.at, each.id), reverse=True)
    return found, any(more for _, more in results)


def find_id(organization_id: str, end_user_id: str, text: str) -> str | None:
    """The id of the end user's newest order with this number or external id. Two round trips."""
    number = number_term(text)
    terms = {normalise(text), number, f"#{number}"} - {""}
    pages = map_concurrently(
        lambda term: query(
            keys.search_entries(organization_id, end_user_id),
            Prefix(keys.search_entry(organization_id, end_user_id, term, "").sk),
            limit=MAX_FOUND,
        ),
        sorted(terms),
    )
    found = {keys.part_after_term(row["sk"]["S"]) for page in pages for row in page.rows}
    orders = service.read_refs(organization_id, [(end_user_id, order_id) for order_id in found]).values()
    same = [
        order
        for order in orders
        if order["external_id"] == text or (order["order_number"] and number_term(order["order_number"]) == number)
    ]
    return max(same, key=lambda order: str(order["ordered_at"]))["id"] if same else None


def _by_order_number(organization_id: str, text: str) -> tuple[list[_Entry], bool]:
    return _by_number(organization_id, number_term(text), keys.order_number, _entry_of_number)


def _by_tracking_number(organization_id: str, text: str) -> tuple[list[_Entry], bool]:
    return _by_number(organization_id, tracking_term(text), keys.tracking_number, _entry_of_tracking)


def _by_number(
    organization_id: str, term: str, key_of: Callable[[str, str, str], Key], entry_of: Callable[[str, Row], _Entry]
) -> tuple[list[_Entry], bool]:
    if not term:
        return [], False
    page = query(key_of(organization_id, term, "").pk, index="gsi1", limit=MAX_FOUND)
    return [entry_of(organization_id, row) for row in page.rows], page.last is not None


def _entry_of_number(organization_id: str, row: Row) -> _Entry:
    end_user_id = keys.owner_of_search_entry(row["pk"]["S"])
    return _Entry(keys.order(organization_id, end_user_id, row["g1sk"]["S"]), end_user_id, row["hint"]["S"])


def _entry_of_tracking(organization_id: str, row: Row) -> _Entry:
    end_user_id, _ = keys.owner_and_part(row["sk"]["S"])
    return _Entry(keys.shipment(organization_id, end_user_id, row["g1sk"]["S"]), end_user_id, row["hint"]["S"], True)


def _by_email(organization_id: str, text: str) -> tuple[list[_Entry], bool]:
    entries, more = list_orders_of_customer(organization_id, customer_id(organization_id, text))
    shown = [
        _Entry(keys.order(organization_id, each.end_user_id, each.order_id), each.end_user_id, each.bridge_id)
        for each in entries[:MAX_FOUND]
    ]
    return shown, more or len(entries) > MAX_FOUND


def _read(organization_id: str, entries: Iterable[_Entry]) -> dict[Key, Row]:
    """The summaries, with the end users and the owners of the bridges, in one round trip."""
    wanted: set[Key] = set()
    for entry in entries:
        wanted |= {entry.key, keys.end_user(organization_id, entry.end_user_id), keys.bridge_owner(entry.bridge_id)}
    return get_many(sorted(wanted)) if wanted else {}


def _found(organization_id: str, text: str, entry: _Entry, rows: dict[Key, Row]) -> Found | None:
    row, owner = rows.get(entry.key), rows.get(keys.bridge_owner(entry.bridge_id))
    if row is None or owner is None:
        return None
    # Data of a bridge that was deleted or given away is being removed or moved.
    if not service.is_held_by(
        entry.bridge_id, entry.end_user_id, {entry.bridge_id: BridgeOwnerItem.of(owner).end_user_id}
    ):
        return None
    user = rows.get(keys.end_user(organization_id, entry.end_user_id))
    end_user = EndUserRef.of(EndUserItem.of(user)) if user is not None else None
    if entry.is_shipment:
        return _found_shipment(text, codec.loads(shipments.list_text(row)), end_user)
    return _found_order(organization_id, text, codec.loads(shape.list_text(row)), end_user)


def _found_shipment(text: str, document: dict[str, Any], end_user: EndUserRef | None) -> Found | None:
    if tracking_term(document["tracking_number"] or "") != tracking_term(text):
        return None
    return Found(
        type="shipment",
        id=document["id"],
        status=document["status"],
        order_number=None,
        tracking_number=document["tracking_number"],
        order_id=document["order_id"],
        at=document["ship_date"] or document["created_at"],
        bridge_id=document["bridge_id"],
        end_user=end_user,
    )


def _found_order(
    organization_id: str, text: str, document: dict[str, Any], end_user: EndUserRef | None
) -> Found | None:
    number, email = document["order_number"], document["customer"]["email"]
    has_number = number is not None and number_term(number) == number_term(text)
    has_email = email is not None and "@" in text and _is_same(organization_id, email, text)
    if not (has_number or has_email):
        return None
    return Found(
        type="order",
        id=document["id"],
        status=document["status"],
        order_number=number,
        tracking_number=None,
        order_id=document["id"],
        at=document["ordered_at"],
        bridge_id=document["bridge_id"],
        end_user=end_user,
    )


def _is_same(organization_id: str, email: str, text: str) -> bool:
    return customer_id(organization_id, email) == customer_id(organization_id, text)
