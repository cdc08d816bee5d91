"""Embed sessions: made for an end user by the organization's server, or from a browser with the publishable key."""

import hashlib
import hmac
from dataclasses import dataclass
from typing import Any

from chalicelib.end_users.service import upsert as upsert_end_user
from chalicelib.events import service as events
from chalicelib.events.types import EventType
from chalicelib.kit import clock, ids
from chalicelib.kit.errors import Forbidden, NotFound
from chalicelib.organizations import configs, end_users
from chalicelib.organizations.features import DEFAULT_SESSION_SCOPES, scopes_of
from chalicelib.organizations.known_settings import known
from chalicelib.organizations.principals import SYSTEM, Actor
from chalicelib.organizations.store import ConfigItem, EndUserItem
from chalicelib.security import crypto
from chalicelib.security.rate_limits import Limit, spend
from chalicelib.sessions.schemas import (
    AutoSessionCreate,
    AutoSessionCreated,
    SessionCreate,
    SessionCreated,
    SessionEndUser,
)
from chalicelib.sessions.store import SLOTS, SessionItem, SlotItem, find_session, list_slots
from chalicelib.table import keys
from chalicelib.table.transaction import ConditionFailed, Transaction, absent, delete, exists, retry_on_conflict

PREFIX = "est_"
AUTO_TTL_S = 3600
KEPT_AFTER_EXPIRY_S = 86400
PER_END_USER = Limit("auto-session-user", 60, 60)


@dataclass(frozen=True, slots=True)
class _Terms:
    kind: str
    verified: bool
    scopes: list[str]
    allowed_bridge_types: list[str]
    ttl_seconds: int


def create(config: ConfigItem, wanted: SessionCreate, by: Actor) -> SessionCreated:
    """A session as the organization's server asks for it."""
    terms = _Terms(
        "server",
        True,
        wanted.scopes if wanted.scopes is not None else list(DEFAULT_SESSION_SCOPES),
        wanted.allowed_bridge_types or [],
        wanted.ttl_seconds,
    )
    given = _given(wanted, "name", "email", "metadata")
    if given.get("metadata", {}) is None:
        given["metadata"] = {}
    token, session, user = retry_on_conflict(lambda: _open(config, wanted.external_id, given, terms, by))
    return SessionCreated(
        token=token,
        session_id=session.id,
        expires_at=session.expires_at,
        scopes=session.scopes,
        enabled_features=config.enabled_features,
        end_user=SessionEndUser(id=user.id, external_id=user.external_id, name=user.name, email=user.email),
    )


def create_auto(config: ConfigItem, wanted: AutoSessionCreate, by: Actor) -> AutoSessionCreated:
    """A session from a browser. Unless the user hash vouches for it, it changes nothing that is stored."""
    verified = _is_vouched_for(config, wanted)
    if not verified and known(config).identity_required:
        raise Forbidden("userHash is missing or wrong.", "identity_unverified")
    spend(PER_END_USER, f"{config.organization_id}#{wanted.external_id}")
    given = _given(wanted, "name", "email")
    terms = _Terms("auto", verified, scopes_of(config.enabled_features), [], AUTO_TTL_S)
    token, session, _ = retry_on_conflict(lambda: _open(config, wanted.external_id, given, terms, by))
    return AutoSessionCreated(
        token=token,
        expires_at=session.expires_at,
        scopes=session.scopes,
        enabled_features=config.enabled_features,
    )


def _given(wanted: SessionCreate | AutoSessionCreate, *names: str) -> dict[str, Any]:
    return {name: getattr(wanted, name) for name in names if name in wanted.model_fields_set}


def revoke(organization_id: str, session_id: str, by: Actor) -> None:
    """Takes effect with the next request; a second revocation changes nothing."""
    session = find_session(organization_id, session_id)
    if session is None:
        raise NotFound
    if session.revoked_at is not None:
        return
    transaction = Transaction()
    transaction.update(
        session.key, [SessionItem.revoked_at.set(clock.timestamp())], SessionItem.revoked_at.does_not_exist()
    )
    _record(transaction, session, "session.revoked", by)
    try:
        transaction.commit()
    except ConditionFailed:
        return
    # Only makes room: a place that is not given back is free again when the session would have expired.
    place = keys.session_slot(organization_id, session.end_user_id, session.kind, session.slot)
    delete(place, SlotItem.session_id == session.id)


def _is_vouched_for(config: ConfigItem, wanted: AutoSessionCreate) -> bool:
    if not wanted.user_hash:
        return False
    return any(
        crypto.same(
            hmac.new(secret.encode(), wanted.external_id.encode(), hashlib.sha256).hexdigest(),
            wanted.user_hash.lower(),
        )
        for secret in configs.identity_secrets(config)
    )


def _open(
    config: ConfigItem, external_id: str, given: dict[str, Any], terms: _Terms, by: Actor
) -> tuple[str, SessionItem, EndUserItem]:
    """The end user, the session, the place it takes and the events, all in one transaction."""
    organization_id = config.organization_id
    stored = end_users.find_by_external_id(organization_id, external_id)
    transaction = Transaction()
    changes = given if stored is None or terms.verified else {}
    user = upsert_end_user(transaction, organization_id, stored, external_id, changes, by)
    token = ids.new_credential(PREFIX, organization_id, user.id)
    session = _item(token, organization_id, user.id, terms)
    slots = list_slots(organization_id, user.id, terms.kind) if stored else {}
    _take_place(transaction, session, slots)
    transaction.put(session, absent())
    _record(transaction, session, "session.created", Actor("session", session.id, by.ip_address))
    transaction.commit()
    return token, session, user


def _record(transaction: Transaction, session: SessionItem, event_type: EventType, by: Actor, **metadata: Any) -> None:
    events.record(
        transaction,
        session.organization_id,
        session.end_user_id,
        event_type,
        by=by,
        resource=("session", session.id),
        metadata={"kind": session.kind, "scopes": session.scopes, **metadata},
    )


def _item(token: str, organization_id: str, end_user_id: str, terms: _Terms) -> SessionItem:
    digest = ids.credential_hash(token)
    session_id = ids.credential_id(digest)
    expires_at = clock.in_seconds(terms.ttl_seconds)
    return SessionItem.at(
        keys.session(organization_id, session_id),
        id=session_id,
        hash=digest,
        organization_id=organization_id,
        end_user_id=end_user_id,
        kind=terms.kind,
        verified=terms.verified,
        scopes=terms.scopes,
        allowed_bridge_types=terms.allowed_bridge_types,
        created_at=clock.timestamp(),
        expires_at=expires_at,
        expires=clock.epoch(expires_at) + KEPT_AFTER_EXPIRY_S,
    )


def _take_place(transaction: Transaction, session: SessionItem, slots: dict[int, SlotItem]) -> None:
    """Fifty places bound the live sessions of a kind, whoever else takes one at the same moment."""
    now = clock.timestamp()
    free = [n for n in range(SLOTS) if n not in slots or slots[n].expires_at <= now]
    # Any free one: those who take a place at the same moment seldom want the same.
    number = ids.one_of(free) if free else min(slots, key=lambda n: slots[n].created_at)
    session.slot = number
    holder = slots.get(number)
    place = SlotItem.at(
        keys.session_slot(session.organization_id, session.end_user_id, session.kind, number),
        session_id=session.id,
        created_at=session.created_at,
        expires_at=session.expires_at,
        expires=session.expires,
    )
    transaction.put(place, SlotItem.session_id == holder.session_id if holder else absent())
    if holder is not None and holder.expires_at > now:
        oldest = keys.session(session.organization_id, holder.session_id)
        transaction.update(oldest, [SessionItem.revoked_at.set(now)], exists())
        events.record(
            transaction,
            session.organization_id,
            session.end_user_id,
            "session.revoked",
            by=SYSTEM,
            resource=("session", holder.session_id),
            metadata={"kind": session.kind, "reason": "limit"},
        )
