"""An organization's embed config, as every request reads it."""

from chalicelib.kit import clock, ids
from chalicelib.kit.errors import Conflict
from chalicelib.organizations.store import ConfigItem
from chalicelib.security import crypto
from chalicelib.table import keys
from chalicelib.table.reads import find as find_item

PUBLISHABLE = "pk_live_"


class NotConfigured(Conflict):
    code = "embed_not_configured"
    message = "This organization has no embed config yet. Create it with PATCH /api/v1/embed/config."


def require(config: ConfigItem | None) -> ConfigItem:
    if config is None:
        raise NotConfigured
    return config


def find(organization_id: str) -> ConfigItem | None:
    return find_item(ConfigItem, keys.config(organization_id))


def _accepted(present: str, old: list[list[str]]) -> list[str]:
    """The present value and those replaced within the last day."""
    now = clock.timestamp()
    return [present, *(value for value, until in old if until > now)]


def organization_of(publishable_key: str) -> str | None:
    """The organization a publishable key says it is of; whether it is genuine shows against the config."""
    carried = ids.carried_ids(publishable_key, PUBLISHABLE, 1)
    return carried[0] if carried else None


def is_publishable_key(config: ConfigItem, key: str) -> bool:
    return any(crypto.same(valid, key) for valid in _accepted(config.publishable_key, config.old_publishable_keys))


def identity_secrets(config: ConfigItem) -> list[str]:
    """The secrets a user hash may be made with: the present one and, for a day, those before."""
    ciphertexts = _accepted(config.identity_secret, config.old_identity_secrets)
    return [crypto.decrypt(text, config.organization_id, "identity-secret") for text in ciphertexts]
