"""`settings.trackingProvider`: the service that follows an organization's shipments, its credentials, its address."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from chalicelib.kit import clock, ids
from chalicelib.organizations.masking import MASK
from chalicelib.security import crypto
from chalicelib.tracking_providers import registry

if TYPE_CHECKING:
    from chalicelib.organizations.store import ConfigItem

SECRETS: Final = ("apiKey", "webhookSecret")
FIELDS: Final = ("name", *SECRETS)
SUBJECT: Final = "tracking-provider"
TOKEN_PREFIX: Final = "trk_"  # noqa: S105 - not a secret
MAX_SECRET: Final = 500
Stored = Mapping[str, str]


class TrackingProvider(NamedTuple):
    name: str
    api_key: str


def find_problem(value: Mapping[str, Any]) -> str | None:
    """What is wrong with the fields that were sent, if anything."""
    for name, given in value.items():
        if name not in FIELDS:
            return f"may have only {', '.join(FIELDS)}, not {name[:50]!r}"
        if given is not None and (not isinstance(given, str) or not 0 < len(given) <= MAX_SECRET):
            return f"needs text of at most {MAX_SECRET} characters in {name}"
    chosen = value.get("name")
    if chosen is not None and chosen not in registry.names():
        return f"needs one of {', '.join(registry.names())} as name"
    return None


def merge(config: "ConfigItem", sent: Mapping[str, Any] | None) -> str | None:
    """Change the config as the setting was sent: field by field, None removes all. Returns what is wrong."""
    if sent is None:
        config.tracking_provider = config.tracking_token = None
        config.old_tracking_tokens = []
        return None
    stored: Stored = config.tracking_provider or {}
    given = {name: value for name, value in sent.items() if value != MASK}
    merged = {name: value for name, value in {**stored, **_encrypted(config, given)}.items() if value is not None}
    if "name" not in merged or "apiKey" not in merged:
        return "needs name and apiKey"
    if stored and merged["name"] != stored["name"] and not all(given.get(secret) for secret in stored.keys() & SECRETS):
        return "needs the new provider's own apiKey and webhookSecret"
    config.tracking_provider = merged
    config.tracking_token = config.tracking_token or new_token(config.organization_id)
    return None


def _encrypted(config: "ConfigItem", given: Mapping[str, Any]) -> dict[str, str | None]:
    return {
        name: crypto.encrypt(value, config.organization_id, SUBJECT) if name in SECRETS and value else value
        for name, value in given.items()
    }


def shown(config: "ConfigItem") -> dict[str, str] | None:
    """The setting as it is read back."""
    stored: Stored | None = config.tracking_provider
    if stored is None:
        return None
    return {name: MASK if name in SECRETS else value for name, value in stored.items()}


def read(config: "ConfigItem") -> TrackingProvider | None:
    """With the API key decrypted."""
    stored: Stored | None = config.tracking_provider
    if stored is None:
        return None
    return TrackingProvider(stored["name"], crypto.decrypt(stored["apiKey"], config.organization_id, SUBJECT))


def webhook_secret(config: "ConfigItem") -> str | None:
    """What the provider signs its hooks with; None if the organization has not said."""
    stored: Stored = config.tracking_provider or {}
    ciphertext = stored.get("webhookSecret")
    return crypto.decrypt(ciphertext, config.organization_id, SUBJECT) if ciphertext else None


def new_token(organization_id: str) -> str:
    return ids.new_credential(TOKEN_PREFIX, organization_id)


def organization_of(token: str) -> str | None:
    """The organization id in a token. Only `is_token` tells whether the token is genuine."""
    carried = ids.carried_ids(token, TOKEN_PREFIX, 1)
    return carried[0] if carried else None


def is_token(config: "ConfigItem", token: str) -> bool:
    now = clock.timestamp()
    old = [value for value, until in config.old_tracking_tokens if until > now]
    valid = [config.tracking_token, *old] if config.tracking_token else []
    return any(crypto.constant_time_equals(each or "", token) for each in valid)


def path_of(token: str) -> str:
    return f"/hooks/tracking/{token}"
