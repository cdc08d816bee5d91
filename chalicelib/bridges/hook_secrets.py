"""What platforms sign a bridge's hooks with: apart from the config, on the item that is found by the bridge's id."""

from chalicelib.bridges.store import BridgeOwnerItem
from chalicelib.kit import ids
from chalicelib.security import crypto
from chalicelib.table import keys
from chalicelib.table.reads import find
from chalicelib.table.transaction import exists, update


def read(owner: BridgeOwnerItem, bridge_id: str) -> str | None:
    if owner.hook_secret is None:
        return None
    return crypto.decrypt(owner.hook_secret, owner.organization_id, _subject(bridge_id))


def ensure(bridge_id: str) -> str | None:
    """The bridge's secret, made now if it has none. None if the bridge is gone."""
    owner = find(BridgeOwnerItem, keys.bridge_owner(bridge_id))
    if owner is None:
        return None
    stored = read(owner, bridge_id)
    if stored is not None:
        return stored
    fresh = ids.random_key()
    ciphertext = crypto.encrypt(fresh, owner.organization_id, _subject(bridge_id))
    secret = BridgeOwnerItem.hook_secret
    if update(owner.key, [secret.set(ciphertext)], exists() & secret.does_not_exist()) is None:
        return ensure(bridge_id)
    return fresh


def replace(organization_id: str, bridge_id: str, secret: str) -> None:
    """The platform signs with another secret than ours."""
    ciphertext = crypto.encrypt(secret, organization_id, _subject(bridge_id))
    update(keys.bridge_owner(bridge_id), [BridgeOwnerItem.hook_secret.set(ciphertext)], exists())


def _subject(bridge_id: str) -> str:
    return f"bridge:{bridge_id}:hook"
