"""Features, and the scopes each makes grantable."""

from collections.abc import Iterable

FEATURE_SCOPES: dict[str, tuple[str, ...]] = {
    "bridges": ("bridges:read", "bridges:write"),
    "data_room": ("orders:read", "shipments:read", "tracking:read"),
    "action_requests": ("actions:read", "actions:write"),
    "smart_alerts": ("alerts:read", "alerts:write"),
    "end_user_webhooks": ("webhooks:read", "webhooks:write"),
    "branded_tracking": ("tracking:read",),
}
SESSION_SCOPES = frozenset(scope for scopes in FEATURE_SCOPES.values() for scope in scopes)
DEFAULT_SESSION_SCOPES = ("bridges:read", "bridges:write")
API_KEY_SCOPES = ("embed:manage", "bridges:sync", "keys:manage")


def scopes_of(features: Iterable[str]) -> list[str]:
    """Every scope of the features, each once, in the order of the table above."""
    enabled = set(features)
    return list(dict.fromkeys(s for feature, scopes in FEATURE_SCOPES.items() if feature in enabled for s in scopes))


def satisfies(granted: Iterable[str], needed: str) -> bool:
    """Whether `granted` covers `needed`; a `:write` scope also covers the matching `:read`."""
    held = set(granted)
    subject, _, right = needed.partition(":")
    return needed in held or (right == "read" and f"{subject}:write" in held)
