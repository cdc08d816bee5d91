"""The checks of a caller that come before validation.

Their order is part of the contract: organization suspended, embed inactive, origin, feature, read-only session, scope.
"""

from chalicelib.http.cors import is_allowed
from chalicelib.http.endpoint import Auth, Endpoint
from chalicelib.http.request import RequestInfo
from chalicelib.kit.errors import Forbidden, NotFound
from chalicelib.organizations.features import satisfies
from chalicelib.organizations.principals import Anonymous, ApiKey, Customer, EmbedSession, Principal, ServiceKey, Shop
from chalicelib.organizations.store import ConfigItem
from chalicelib.organizations.suspension import OrganizationSuspended, is_suspended


def config_of(principal: Principal) -> ConfigItem | None:
    return None if isinstance(principal, Anonymous | ServiceKey) else principal.config


def authorize(endpoint: Endpoint, principal: Principal, info: RequestInfo) -> None:
    config = config_of(principal)
    if is_suspended(config):
        raise OrganizationSuspended
    by_browser = isinstance(principal, EmbedSession | Shop | Customer)
    if config is not None and not config.is_active and (by_browser or endpoint.active_embed):
        if endpoint.hidden_while_inactive:
            raise NotFound
        raise Forbidden("The embed is inactive.", "embed_disabled")
    if config is not None and by_browser:
        _check_origin(endpoint, config, info.origin)
    if config is not None and endpoint.features and not set(endpoint.features) & set(config.enabled_features):
        raise Forbidden(f"The feature {endpoint.features[0]} is not enabled.", "feature_disabled")
    if isinstance(principal, EmbedSession) and principal.is_read_only and endpoint.method != "GET":
        raise Forbidden("This session can only read.", "read_only_session")
    if endpoint.scope is None:
        return
    if isinstance(principal, EmbedSession | ApiKey) and not satisfies(principal.scopes, endpoint.scope):
        raise Forbidden(f"This requires the scope {endpoint.scope}.", "insufficient_scope")


def _check_origin(endpoint: Endpoint, config: ConfigItem, origin: str | None) -> None:
    allowed = config.allowed_origins
    if origin is None:
        # Servers send no origin. Only the publishable key is for browsers alone.
        if endpoint.auth is Auth.PUBLISHABLE_KEY and allowed:
            raise Forbidden("This embed can only be used from its allowed origins.", "origin_not_allowed")
        return
    if not is_allowed(origin, allowed):
        raise Forbidden("This embed cannot be used from this origin.", "origin_not_allowed")
