"""Features, and the scopes that each makes grantable."""

from collections.abc import Iterable
from typing import Literal, get_args

Feature = Literal["bridges", "data_room", "action_requests", "smart_alerts", "end_user_webhooks", "branded_tracking"]
SessionScope = Literal[
    "bridges:read",
    "bridges:write",
    "orders:read",
    "shipments:read",
    "tracking:read",
    "actions:read",
    "actions:write",
    "alerts:read",
    "alerts:write",
    "webhooks:read",
    "webhooks:write",
]
ApiKeyScope = Literal["embed:manage", "bridges:sync", "keys:manage"]
Scope = SessionScope | ApiKeyScope

FEATURE_SCOPES: dict[Feature, tuple[SessionScope, ...]] = {
    "bridges": ("bridges:read", "bridges:write"),
    "data_room": ("orders:read", "shipments:read", "tracking:read"),
    "action_requests": ("actions:read", "actions:write"),
    "smart_alerts": ("alerts:read", "alerts:write"),
    "end_user_webhooks": ("webhooks:read", "webhooks:write"),
    "branded_tracking": ("tracking:read",),
}
SESSION_SCOPES = frozenset(scope for scopes in FEATURE_SCOPES.values() for scope in scopes)
DEFAULT_SESSION_SCOPES: tuple[SessionScope, ...] = ("bridges:read", "bridges:write")
API_KEY_SCOPES: tuple[ApiKeyScope, ...] = get_args(ApiKeyScope)


def scopes_of(features: Iterable[str]) -> list[str]:
    """The distinct scopes of the features, in the order of FEATURE_SCOPES."""
    enabled = set(features)
    return list(dict.fromkeys(s for feature, scopes in FEATURE_SCOPES.items() if feature in enabled for s in scopes))


def satisfies(granted: Iterable[str], required: Scope) -> bool:
    """Whether `granted` covers `required`. A `:write` scope also covers the matching `:read`."""
    scopes = set(granted)
    subject, _, access = required.partition(":")
    return required in scopes or (access == "read" and f"{subject}:write" in scopes)
