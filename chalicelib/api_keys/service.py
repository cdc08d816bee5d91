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
PREFIX_LENGTH = 10
"""Characters of a key that are stored in plain text: 42 of its 256 random bits."""
LAST_USE_INTERVAL_S = 3600
RETENTION_S = 90 * 86400
"""Revoked and expired keys stay as long as the events that name them."""


class LastManager(Conflict):
    code = "last_managing_key"
    message = "This is the last key that can manage keys. Create another one first."


class TooManyKeys(Conflict):
    code = "limit_reached"


@dataclass(frozen=True, slots=True)
class NewServiceKey:
    id: str
    """Identifies the key in logs, and for revocation when the key itself is not at hand."""
    key: str
    signing_secret: str


def insert(
    transaction: Transaction,
    organization_id: str,
    name: str,
    scopes: list[str],
    expires_at: str | None,
    version: int | None = None,
) -> tuple[ApiKeyItem, str]:
    """Add a new key to the transaction. Returns its item and the key itself, of which only a hash is stored.

    With `version`, the transaction fails if the organization's keys have changed since it was read.
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
        prefix=key[:PREFIX_LENGTH],
        scopes=scopes,
        created_at=clock.timestamp(),
        expires_at=expires_at,
        expires=clock.epoch(expires_at) + RETENTION_S if expires_at else None,
    )
    transaction.put(item, absent())
    counters.change_keys(transaction, organization_id, version)
    return item, key


def create(organization_id: str, caller_scopes: frozenset[str], body: ApiKeyCreate, by: Actor) -> ApiKeyCreated:
    scopes = body.scopes or sorted(caller_scopes)
    if not caller_scopes.issuperset(scopes):
        raise Forbidden("A key cannot create another with more scopes than its own.", "insufficient_scope")
    return retry_on_conflict(lambda: _create(organization_id, scopes, body, by))


def _create(organization_id: str, scopes: list[str], body: ApiKeyCreate, by: Actor) -> ApiKeyCreated:
    version = counters.keys_version(organization_id)
    _require_capacity(list_keys(organization_id))
    transaction = Transaction()
    item, key = insert(transaction, organization_id, body.name, scopes, body.expires_at, version)
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


def _require_capacity(items: list[ApiKeyItem]) -> None:
    now = clock.timestamp()
    if sum(item.is_live(now) for item in items) >= MAX_KEYS:
        raise TooManyKeys(f"An organization can have at most {MAX_KEYS} live keys.")
    # Keys beyond MAX_READ are never read, and so could be neither listed nor revoked.
    if len(items) >= MAX_READ:
        raise TooManyKeys(f"An organization can create at most {MAX_READ} keys in 90 days, including revoked ones.")


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
    """Revoke a key with immediate effect. Revoking it again changes nothing. LastManager if no other key can manage
    keys."""
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
    expires = clock.epoch(clock.in_seconds(RETENTION_S))
    transaction.update(
        item.key, [ApiKeyItem.revoked_at.set(clock.timestamp()), ApiKeyItem.expires.set(expires)], exists()
    )
    counters.change_keys(transaction, organization_id, version)
    events.record(transaction, organization_id, None, "api_key.revoked", by=by, resource=("api_key", key_id))
    transaction.commit()


def _manager_remains(items: list[ApiKeyItem], without: str) -> bool:
    now = clock.timestamp()
    return any(item.id != without and item.is_live(now) and "keys:manage" in item.scopes for item in items)


def record_use(item: ApiKeyItem) -> None:
    """Record that a key was used, at most once an hour."""
    now = clock.timestamp()
    stale = clock.in_seconds(-LAST_USE_INTERVAL_S)
    if item.last_used_at is None or item.last_used_at < stale:
        is_stale = ApiKeyItem.last_used_at.does_not_exist() | (ApiKeyItem.last_used_at < stale)
        update(item.key, [ApiKeyItem.last_used_at.set(now)], ApiKeyItem.hash.exists() & is_stale)


def create_service_key(bridge_type: str) -> NewServiceKey:
    """A new key for services of a bridge type, with the type's signing secret, which the first key creates."""
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
    return NewServiceKey(key_id, key, secret)


def replace_signing_secret(bridge_type: str) -> None:
    """Replace the secret that signs requests to the type's services. The old one is not used any more."""
    if signing_secret(bridge_type) is not None:
        put(_new_signing_secret(bridge_type))


def _new_signing_secret(bridge_type: str) -> SigningSecretItem:
    fresh = crypto.encrypt(ids.random_key(), "-", f"service:{bridge_type}")
    return SigningSecretItem.at(keys.bridge_type_secret(bridge_type), secret=fresh, created_at=clock.timestamp())


def revoke_service_key(key_or_id: str) -> str:
    """Revoke a service key with immediate effect. Revoking it again changes nothing. Returns its bridge type."""
    is_key = ids.carried_ids(key_or_id, SERVICE_PREFIX, 0) is not None
    key_id = ids.credential_id(ids.credential_hash(key_or_id)) if is_key else key_or_id
    item = find(ServiceKeyItem, keys.service_key(key_id))
    if item is None:
        raise NotFound
    expires = clock.epoch(clock.in_seconds(RETENTION_S))
    update(
        item.key,
        [ServiceKeyItem.revoked_at.set(clock.timestamp()), ServiceKeyItem.expires.set(expires)],
        exists() & ServiceKeyItem.revoked_at.does_not_exist(),
    )
    return item.bridge_type


def signing_secret(bridge_type: str) -> str | None:
    item = find(SigningSecretItem, keys.bridge_type_secret(bridge_type))
    return crypto.decrypt(item.secret, "-", f"service:{bridge_type}") if item else None


def create_organization(name: str) -> tuple[str, str]:
    """Create an organization and its first API key, with all scopes. Returns the id and the unstored key."""
    organization_id = ids.new_id()
    transaction = Transaction()
    transaction.put(
        OrganizationItem.at(
            keys.organization(organization_id), id=organization_id, name=name, created_at=clock.timestamp()
        ).index_1(keys.organization_list(organization_id)),
        absent(),
    )
    _, key = insert(transaction, organization_id, "First key", list(API_KEY_SCOPES), None)
    transaction.commit()
    return organization_id, key
