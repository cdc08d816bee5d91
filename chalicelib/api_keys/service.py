"""API keys of organizations, and the keys that bridge services hold."""

from dataclasses import dataclass

from chalicelib.api_keys.schemas import ApiKeyCreate, ApiKeyCreated, ApiKeyRead
from chalicelib.api_keys.store import MAX_KEYS, MAX_READ, ApiKeyItem, ServiceKeyItem, SigningSecretItem, list_keys
from chalicelib.catalog.bridge_types import catalog
from chalicelib.events import service as events
from chalicelib.kit import clock, ids
from chalicelib.kit.errors import Conflict, Forbidden, Invalid, NotFound
from chalicelib.organizations import counters
from chalicelib.organizations.features import API_KEY_SCOPES
from chalicelib.organizations.principals import Actor
from chalicelib.organizations.store import OrganizationItem
from chalicelib.security import crypto
from chalicelib.table import keys
from chalicelib.table.reads import find
from chalicelib.table.transaction import Transaction, absent, exists, put, retry_on_conflict, update

PREFIX = "oh_"
SERVICE_PREFIX = "svc_"
SHOWN = 10
"""Characters of a key that are kept readable: 42 of its 256 random bits."""
LAST_USE_EVERY_S = 3600
KEPT_AFTER_END_S = 90 * 86400
"""Revoked and expired ones: so long as events tell of what the key did."""


class LastManager(Conflict):
    code = "last_managing_key"
    message = "This is the last key that can manage keys. Create another one first."


class TooManyKeys(Conflict):
    code = "limit_reached"


@dataclass(frozen=True, slots=True)
class ServiceKeyMade:
    id: str
    """How logs name it, and how it can be revoked where the key itself is not at hand."""
    key: str
    signing_secret: str


def add(
    transaction: Transaction,
    organization_id: str,
    name: str,
    scopes: list[str],
    expires_at: str | None,
    version: int | None = None,
) -> tuple[ApiKeyItem, str]:
    """Put a new key into the transaction: its item, and the key itself, which is nowhere else.

    With `version` the transaction holds only while the organization's keys are those that were read.
    """
    key = ids.new_credential(PREFIX, organization_id)
    digest = ids.credential_hash(key)
    key_id = ids.credential_id(digest)
    item = ApiKeyItem.at(
        keys.api_key(organization_id, key_id),
        id=key_id,
        hash=digest,
        organization_id=organization_id,
        name=name,
        prefix=key[:SHOWN],
        scopes=scopes,
        created_at=clock.timestamp(),
        expires_at=expires_at,
        expires=clock.epoch(expires_at) + KEPT_AFTER_END_S if expires_at else None,
    )
    transaction.put(item, absent())
    counters.change_keys(transaction, organization_id, version)
    return item, key


def create(organization_id: str, callers_scopes: frozenset[str], wanted: ApiKeyCreate, by: Actor) -> ApiKeyCreated:
    scopes = wanted.scopes or sorted(callers_scopes)
    if not callers_scopes.issuperset(scopes):
        raise Forbidden("A key cannot make another with more scopes than its own.", "insufficient_scope")
    return retry_on_conflict(lambda: _create(organization_id, scopes, wanted, by))


def _create(organization_id: str, scopes: list[str], wanted: ApiKeyCreate, by: Actor) -> ApiKeyCreated:
    version = counters.keys_version(organization_id)
    _require_room(list_keys(organization_id))
    transaction = Transaction()
    item, key = add(transaction, organization_id, wanted.name, scopes, wanted.expires_at, version)
    events.record(
        transaction,
        organization_id,
        None,
        "api_key.created",
        by=by,
        resource=("api_key", item.id),
        metadata={"name": item.name, "scopes": scopes},
    )
    transaction.commit()
    return ApiKeyCreated(
        id=item.id, name=item.name, scopes=scopes, key=key, expires_at=item.expires_at, created_at=item.created_at
    )


def _require_room(items: list[ApiKeyItem]) -> None:
    now = clock.timestamp()
    if sum(item.is_live(now) for item in items) >= MAX_KEYS:
        raise TooManyKeys(f"An organization holds {MAX_KEYS} live keys at most.")
    # What is not read could be neither listed nor revoked.
    if len(items) >= MAX_READ:
        raise TooManyKeys(f"An organization makes {MAX_READ} keys in 90 days at most, revoked ones included.")


def list_api_keys(organization_id: str) -> list[ApiKeyRead]:
    """Live keys, oldest first."""
    now = clock.timestamp()
    live = [item for item in list_keys(organization_id) if item.is_live(now)]
    return [
        ApiKeyRead(
            id=item.id,
            name=item.name,
            scopes=item.scopes,
            prefix=item.prefix,
            last_used_at=item.last_used_at,
            expires_at=item.expires_at,
            created_at=item.created_at,
        )
        for item in sorted(live, key=lambda item: item.created_at)
    ]


def revoke(organization_id: str, key_id: str, by: Actor) -> None:
    """Take effect at once; a second revocation changes nothing. Never the last key that can manage keys."""
    retry_on_conflict(lambda: _revoke(organization_id, key_id, by))


def _revoke(organization_id: str, key_id: str, by: Actor) -> None:
    version = counters.keys_version(organization_id)
    items = {item.id: item for item in list_keys(organization_id)}
    item = items.get(key_id)
    if item is None:
        raise NotFound
    if item.revoked_at is not None:
        return
    if not _manager_remains(list(items.values()), key_id):
        raise LastManager
    transaction = Transaction()
    gone = clock.epoch(clock.in_seconds(KEPT_AFTER_END_S))
    transaction.update(item.key, [ApiKeyItem.revoked_at.set(clock.timestamp()), ApiKeyItem.expires.set(gone)], exists())
    counters.change_keys(transaction, organization_id, version)
    events.record(transaction, organization_id, None, "api_key.revoked", by=by, resource=("api_key", key_id))
    transaction.commit()


def _manager_remains(items: list[ApiKeyItem], without: str) -> bool:
    now = clock.timestamp()
    return any(item.id != without and item.is_live(now) and "keys:manage" in item.scopes for item in items)


def note_use(item: ApiKeyItem) -> None:
    """Record the use of a key, at most once an hour."""
    now = clock.timestamp()
    stale = clock.in_seconds(-LAST_USE_EVERY_S)
    if item.last_used_at is None or item.last_used_at < stale:
        unseen = ApiKeyItem.last_used_at.does_not_exist() | (ApiKeyItem.last_used_at < stale)
        update(item.key, [ApiKeyItem.last_used_at.set(now)], ApiKeyItem.hash.exists() & unseen)


def create_service_key(bridge_type: str) -> ServiceKeyMade:
    """A new key for services of a bridge type, and the type's signing secret (made with the first key)."""
    if bridge_type not in catalog():
        raise Invalid([("type", f"{bridge_type!r} is not a bridge type")])
    key = ids.new_credential(SERVICE_PREFIX)
    digest = ids.credential_hash(key)
    key_id = ids.credential_id(digest)
    now = clock.timestamp()
    put(
        ServiceKeyItem.at(keys.service_key(key_id), id=key_id, hash=digest, bridge_type=bridge_type, created_at=now),
        absent(),
    )
    if signing_secret(bridge_type) is None:
        put(_new_signing_secret(bridge_type), absent())
    secret = signing_secret(bridge_type)
    assert secret is not None
    return ServiceKeyMade(key_id, key, secret)


def replace_signing_secret(bridge_type: str) -> None:
    """A new one for the type's services. The old one ends at once: nothing that comes in is signed with it."""
    if signing_secret(bridge_type) is not None:
        put(_new_signing_secret(bridge_type))


def _new_signing_secret(bridge_type: str) -> SigningSecretItem:
    fresh = crypto.encrypt(ids.random_key(), "-", f"service:{bridge_type}")
    return SigningSecretItem.at(keys.bridge_type_secret(bridge_type), secret=fresh, created_at=clock.timestamp())


def revoke_service_key(key_or_id: str) -> str:
    """Take effect at once; a second revocation changes nothing. The bridge type it was for, or NotFound."""
    genuine = ids.carried_ids(key_or_id, SERVICE_PREFIX, 0) is not None
    key_id = ids.credential_id(ids.credential_hash(key_or_id)) if genuine else key_or_id
    item = find(ServiceKeyItem, keys.service_key(key_id))
    if item is None:
        raise NotFound
    gone = clock.epoch(clock.in_seconds(KEPT_AFTER_END_S))
    update(
        item.key,
        [ServiceKeyItem.revoked_at.set(clock.timestamp()), ServiceKeyItem.expires.set(gone)],
        exists() & ServiceKeyItem.revoked_at.does_not_exist(),
    )
    return item.bridge_type


def signing_secret(bridge_type: str) -> str | None:
    item = find(SigningSecretItem, keys.bridge_type_secret(bridge_type))
    return crypto.decrypt(item.secret, "-", f"service:{bridge_type}") if item else None


def create_organization(name: str) -> tuple[str, str]:
    """Make an organization and its first API key, with every scope: id and key. The key is shown this once."""
    organization_id = ids.new_id()
    transaction = Transaction()
    transaction.put(
        OrganizationItem.at(
            keys.organization(organization_id), id=organization_id, name=name, created_at=clock.timestamp()
        ),
        absent(),
    )
    _, key = add(transaction, organization_id, "First key", list(API_KEY_SCOPES), None)
    transaction.commit()
    return organization_id, key
