"""An organization's name, and its embed config as every request reads it."""

import hashlib

from chalicelib.kit import clock, ids
from chalicelib.kit.errors import Conflict
from chalicelib.organizations.store import ConfigItem, FormerSlugItem, SlugItem, find_organization
from chalicelib.security import crypto
from chalicelib.table import keys
from chalicelib.table.keys import Key
from chalicelib.table.reads import find as find_item

PUBLISHABLE = "pk_live_"
SLUG_RETENTION_S = 365 * 86400


class NotConfigured(Conflict):
    code = "embed_not_configured"
    message = "This organization has no embed config yet. Create it with PATCH /api/v1/embed/config."


def require(config: ConfigItem | None) -> ConfigItem:
    if config is None:
        raise NotConfigured
    return config


def find(organization_id: str) -> ConfigItem | None:
    return find_item(ConfigItem, keys.config(organization_id))


def find_by_slug(slug: str) -> ConfigItem | None:
    pointer = find_item(SlugItem, keys.slug(slug))
    config = find(pointer.organization_id) if pointer else None
    # The pointer may be stale for a moment after the slug has changed.
    return config if config is not None and config.slug == slug else None


def former_slug_key(slug: str) -> Key:
    return keys.former_slug(hashlib.sha256(slug.encode()).hexdigest())


def former_slug(slug: str, organization_id: str) -> FormerSlugItem:
    """Takes the place of a slug that its organization gives up."""
    key, kept_until = former_slug_key(slug), clock.in_seconds(SLUG_RETENTION_S)
    item = FormerSlugItem.at(
        key, organization_id=organization_id, kept_until=kept_until, expires=clock.epoch(kept_until)
    )
    item.index_1(keys.unlisted_item(organization_id, key))
    return item


def organization_name(organization_id: str) -> str:
    item = find_organization(organization_id)
    return item.name if item else ""


def _accepted(current: str, old: list[list[str]]) -> list[str]:
    """The current value and those that still work after a rotation."""
    now = clock.timestamp()
    return [current, *(value for value, until in old if until > now)]


def organization_of(publishable_key: str) -> str | None:
    """The organization id in a publishable key. Only `is_publishable_key` tells whether the key is genuine."""
    carried = ids.carried_ids(publishable_key, PUBLISHABLE, 1)
    return carried[0] if carried else None


def is_publishable_key(config: ConfigItem, key: str) -> bool:
    return any(
        crypto.constant_time_equals(valid, key)
        for valid in _accepted(config.publishable_key, config.old_publishable_keys)
    )


def identity_secrets(config: ConfigItem) -> list[str]:
    """The secrets that a user hash may be made with: the current one, and old ones for a day after a rotation."""
    ciphertexts = _accepted(config.identity_secret, config.old_identity_secrets)
    return [crypto.decrypt(text, config.organization_id, "identity-secret") for text in ciphertexts]
