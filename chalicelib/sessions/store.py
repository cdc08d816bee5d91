from pynamodb.attributes import BooleanAttribute, UnicodeAttribute

from chalicelib.table import keys
from chalicelib.table.items import DocumentAttribute, IntegerAttribute, Item
from chalicelib.table.reads import Prefix, find, query_all

SLOTS = 50


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


def find_session(organization_id: str, session_id: str) -> SessionItem | None:
    return find(SessionItem, keys.session(organization_id, session_id))


def list_slots(organization_id: str, end_user_id: str, session_type: str) -> dict[int, SlotItem]:
    prefix = keys.session_slots(session_type)
    rows = query_all(keys.end_user(organization_id, end_user_id).pk, Prefix(prefix), limit=SLOTS)
    return {int(row["sk"]["S"].removeprefix(prefix)): SlotItem.of(row) for row in rows}
