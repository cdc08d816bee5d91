"""Creates and revokes embed sessions, from the organization's server or from a browser with the publishable key."""

import hashlib
import hmac
from dataclasses import dataclass
from typing import Any

from chalicelib.end_users.service import upsert as upsert_end_user
from chalicelib.events import service as events
from chalicelib.events.types import EventType
from chalicelib.kit import clock, ids
from chalicelib.kit.errors import Forbidden, Invalid, NotFound
from chalicelib.organizations import configs, end_users
from chalicelib.organizations.features import DEFAULT_SESSION_SCOPES, scopes_of
from chalicelib.organizations.known_settings import known_settings
from chalicelib.organizations.principals import READ_ONLY, SYSTEM, Actor, EmbedSession
from chalicelib.organizations.store import ConfigItem, EndUserItem
from chalicelib.security import crypto
from chalicelib.security.rate_limits import Limit, address_subject, consume
from chalicelib.sessions.schemas import (
    AutoSessionCreate,
    AutoSessionCreated,
    LiveSession,
    SessionCreate,
    SessionCreated,
    SessionEndUser,
    SessionOrganization,
    SessionRead,
)
from chalicelib.sessions.store import SLOTS, SessionItem, Slot, SlotItem, find_session, list_slots
from chalicelib.sessions.store import list_live as list_live_sessions
from chalicelib.table import keys
from chalicelib.table.reads import map_concurrently, run_concurrently
from chalicelib.table.transaction import ConditionFailed, Transaction, absent, delete, exists, retry_on_conflict

PREFIX = "est_"
AUTO_TTL_S = 3600
READ_ONLY_TTL_S = 900
KEPT_AFTER_EXPIRY_S = 86400
PER_END_USER = Limit("auto-session-user", 60, 60)
NEW_PER_ADDRESS = Limit("new-end-user-address", 30, 3600)
NEW_PER_ORGANIZATION = Limit("new-end-user-organization", 1000, 3600)
"""End users whom unverified sessions create stay until they are deleted. Verified sessions and those that servers
create are not limited."""


@dataclass(frozen=True, slots=True)
class _SessionTerms:
    session_type: str
    verified: bool
    scopes: list[str]
    allowed_bridge_types: list[str]
    ttl_seconds: int


def create(config: ConfigItem, body: SessionCreate, by: Actor, base_url: str) -> SessionCreated:
    if body.read_only:
        return _create_read_only(config, body.external_id, by, base_url)
    terms = _SessionTerms(
        "server",
        True,
        body.scopes if body.scopes is not None else list(DEFAULT_SESSION_SCOPES),
        body.allowed_bridge_types or [],
        body.ttl_seconds,
    )
    profile = _sent_fields(body, "name", "email", "metadata")
    if profile.get("metadata", {}) is None:
        profile["metadata"] = {}
    token, session, user = retry_on_conflict(lambda: _open(config, body.external_id, profile, terms, by))
    return _created(config, token, session, user, base_url)


def _create_read_only(config: ConfigItem, external_id: str, by: Actor, base_url: str) -> SessionCreated:
    """Unverified, and so without secrets: whoever looks is not the end user."""
    if end_users.find_by_external_id(config.organization_id, external_id) is None:
        raise Invalid([("externalId", "no end user has this id; a read-only session creates none")])
    scopes = [scope for scope in scopes_of(config.enabled_features) if scope.endswith(":read")]
    terms = _SessionTerms(READ_ONLY, False, scopes, [], READ_ONLY_TTL_S)
    token, session, user = retry_on_conflict(lambda: _open(config, external_id, {}, terms, by))
    return _created(config, token, session, user, base_url)


def _created(config: ConfigItem, token: str, session: SessionItem, user: EndUserItem, base_url: str) -> SessionCreated:
    return SessionCreated(
        token=token,
        session_id=session.id,
        expires_at=session.expires_at,
        scopes=session.scopes,
        enabled_features=config.enabled_features,
        end_user=_shown(user),
        portal_url=_portal_url(base_url, config, token),
    )


def read(session: EmbedSession) -> SessionRead:
    """What a page needs to know of its session."""
    config = session.config
    return SessionRead(
        session_id=session.session_id,
        expires_at=session.expires_at,
        scopes=sorted(session.scopes),
        enabled_features=config.enabled_features,
        allowed_bridge_types=list(session.allowed_bridge_types),
        read_only=session.is_read_only,
        end_user=_shown(session.end_user),
        organization=SessionOrganization(slug=config.slug, branding=config.branding),
    )


def _shown(user: EndUserItem) -> SessionEndUser:
    return SessionEndUser(id=user.id, external_id=user.external_id, name=user.name, email=user.email)


def _portal_url(base_url: str, config: ConfigItem, token: str) -> str:
    """The token stands behind `#`, where no server and no log sees it."""
    return f"{base_url}/portal?org={config.slug}#{token}"


def create_auto(config: ConfigItem, body: AutoSessionCreate, by: Actor, base_url: str) -> AutoSessionCreated:
    """Without a valid user hash the session is unverified and leaves the stored name and email unchanged."""
    verified = _is_verified(config, body)
    if not verified and known_settings(config).identity_required:
        raise Forbidden("userHash is missing or wrong.", "identity_unverified")
    source = address_subject(by.ip_address or "")
    subject = f"{config.organization_id}#{body.external_id}"
    # Anyone can claim an external id. Counted with their address, they don't use up the limit of the one whose it is.
    consume(PER_END_USER, subject if verified else f"{subject}#{source}")
    profile = _sent_fields(body, "name", "email")
    terms = _SessionTerms("auto", verified, scopes_of(config.enabled_features), [], AUTO_TTL_S)
    token, session, _ = retry_on_conflict(lambda: _open(config, body.external_id, profile, terms, by))
    return AutoSessionCreated(
        token=token,
        expires_at=session.expires_at,
        scopes=session.scopes,
        enabled_features=config.enabled_features,
        portal_url=_portal_url(base_url, config, token),
    )


def _sent_fields(body: SessionCreate | AutoSessionCreate, *names: str) -> dict[str, Any]:
    return {name: getattr(body, name) for name in names if name in body.model_fields_set}


def revoke(organization_id: str, session_id: str, by: Actor) -> None:
    """Takes effect with the next request. Revoking a session again changes nothing."""
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
    # Frees the slot early. If this fails, the slot becomes free when the session would have expired.
    slot = keys.session_slot(organization_id, session.end_user_id, session.session_type, session.slot)
    delete(slot, SlotItem.session_id == session.id)


def list_live(organization_id: str, end_user_id: str) -> list[LiveSession]:
    """The end user's live sessions, newest first. NotFound."""
    items, user = run_concurrently(
        lambda: list_live_sessions(organization_id, end_user_id, clock.timestamp()),
        lambda: end_users.find(organization_id, end_user_id),
    )
    if user is None:
        raise NotFound
    return [
        LiveSession(
            id=item.id,
            kind=item.session_type,
            verified=item.verified,
            scopes=item.scopes,
            created_at=item.created_at,
            expires_at=item.expires_at,
        )
        for item in items
    ]


def revoke_all(organization_id: str, end_user_id: str, by: Actor) -> None:
    """Revokes the sessions that are live now; one that is created at the same moment may stay. NotFound."""
    live = list_live(organization_id, end_user_id)
    map_concurrently(lambda session: revoke(organization_id, session.id, by), live)


def _is_verified(config: ConfigItem, body: AutoSessionCreate) -> bool:
    if not body.user_hash:
        return False
    return any(
        crypto.constant_time_equals(
            hmac.new(secret.encode(), body.external_id.encode(), hashlib.sha256).hexdigest(),
            body.user_hash.lower(),
        )
        for secret in configs.identity_secrets(config)
    )


def _open(
    config: ConfigItem, external_id: str, profile: dict[str, Any], terms: _SessionTerms, by: Actor
) -> tuple[str, SessionItem, EndUserItem]:
    """Writes the end user, the session, its slot and the events in one transaction. The token comes first."""
    organization_id = config.organization_id
    stored = end_users.find_by_external_id(organization_id, external_id)
    if stored is None and not terms.verified:
        consume(NEW_PER_ADDRESS, f"{organization_id}#{address_subject(by.ip_address or '')}")
        consume(NEW_PER_ORGANIZATION, organization_id)
    transaction = Transaction()
    changes = profile if stored is None or terms.verified else {}
    user = upsert_end_user(transaction, organization_id, stored, external_id, changes, by)
    token = ids.new_credential(PREFIX, organization_id, user.id)
    session = _item(token, organization_id, user.id, terms)
    slots = list_slots(organization_id, user.id, terms.session_type) if stored else {}
    _claim_slot(transaction, session, slots)
    transaction.put(session, absent())
    _record(transaction, session, "session.created", Actor("session", session.id, by.ip_address, by.operator))
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
        metadata={"kind": session.session_type, "scopes": session.scopes, **metadata},
    )


def _item(token: str, organization_id: str, end_user_id: str, terms: _SessionTerms) -> SessionItem:
    digest = ids.credential_hash(token)
    session_id = ids.credential_id(digest)
    expires_at = clock.in_seconds(terms.ttl_seconds)
    return SessionItem.at(
        keys.session(organization_id, session_id),
        id=session_id,
        hash=digest,
        organization_id=organization_id,
        end_user_id=end_user_id,
        session_type=terms.session_type,
        verified=terms.verified,
        scopes=terms.scopes,
        allowed_bridge_types=terms.allowed_bridge_types,
        created_at=clock.timestamp(),
        expires_at=expires_at,
        expires=clock.epoch(expires_at) + KEPT_AFTER_EXPIRY_S,
    )


def _claim_slot(transaction: Transaction, session: SessionItem, slots: dict[int, Slot]) -> None:
    """Fifty slots limit the live sessions of each type, also when many are created at once. The oldest is revoked; an
    unverified session takes the place of a verified one only if there is no other."""
    now = clock.timestamp()
    free = [n for n in range(SLOTS) if n not in slots or slots[n].expires_at <= now]

    def precedence(number: int) -> tuple[bool, str]:
        return slots[number].verified and not session.verified, slots[number].created_at

    # A random free slot, so that concurrent requests rarely collide.
    number = ids.one_of(free) if free else min(slots, key=precedence)
    session.slot = number
    holder = slots.get(number)
    slot = SlotItem.at(
        keys.session_slot(session.organization_id, session.end_user_id, session.session_type, number),
        session_id=session.id,
        verified=session.verified,
        created_at=session.created_at,
        expires_at=session.expires_at,
        expires=session.expires,
    )
    transaction.put(slot, SlotItem.session_id == holder.session_id if holder else absent())
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
            metadata={"kind": session.session_type, "reason": "limit"},
        )
