from typing import NamedTuple

from pynamodb.attributes import BooleanAttribute, UnicodeAttribute

from chalicelib.table import keys
from chalicelib.table.items import DocumentAttribute, IntegerAttribute, Item, Row
from chalicelib.table.reads import Prefix, find, get_many, query_all

SLOTS = 50
MAX_SLOTS = 1000
"""More than all types of sessions have together."""


class SessionItem(Item):
    id = UnicodeAttribute()
    hash = UnicodeAttribute()
    organization_id = UnicodeAttribute()
    end_user_id = UnicodeAttribute()
    session_type = UnicodeAttribute(attr_name="kind")
    verified = BooleanAttribute(default=True)
    scopes = DocumentAttribute()
    allowed_bridge_types = DocumentAttribute(default=list)
    created_at = UnicodeAttribute()
    expires_at = UnicodeAttribute()
    revoked_at = UnicodeAttribute(null=True)
    slot = IntegerAttribute(default=0)


class SlotItem(Item):
    """One of the fifty slots for live sessions of a type, and the session that holds it."""

    session_id = UnicodeAttribute()
    verified = BooleanAttribute(default=False)
    created_at = UnicodeAttribute()
    expires_at = UnicodeAttribute()


class Slot(NamedTuple):
    """A slot as it was read. There are fifty in an answer, and items would take a tenth of the request's CPU."""

    session_id: str
    verified: bool
    created_at: str
    expires_at: str


def find_session(organization_id: str, session_id: str) -> SessionItem | None:
    return find(SessionItem, keys.session(organization_id, session_id))


def list_slots(organization_id: str, end_user_id: str, session_type: str) -> dict[int, Slot]:
    prefix = keys.session_slots(session_type)
    rows = query_all(keys.end_user(organization_id, end_user_id).pk, Prefix(prefix), limit=SLOTS)
    return {int(row["sk"]["S"].removeprefix(prefix)): _slot_of(row) for row in rows}


def list_live(organization_id: str, end_user_id: str, now: str) -> list[SessionItem]:
    """The end user's live sessions of every type, newest first. Two round trips."""
    partition = keys.end_user(organization_id, end_user_id).pk
    slots = map(_slot_of, query_all(partition, Prefix(keys.SESSION_SLOTS), limit=MAX_SLOTS))
    held = [keys.session(organization_id, slot.session_id) for slot in slots if slot.expires_at > now]
    sessions = [SessionItem.of(row) for row in get_many(held).values()] if held else []
    live = [item for item in sessions if item.revoked_at is None and item.expires_at > now]
    return sorted(live, key=lambda item: (item.created_at, item.id), reverse=True)


def _slot_of(row: Row) -> Slot:
    verified = row.get("verified", {"BOOL": False})["BOOL"]
    return Slot(row["session_id"]["S"], verified, row["created_at"]["S"], row["expires_at"]["S"])
