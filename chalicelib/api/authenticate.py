"""From credential to principal, in one batch read, and the checks that come before any input is looked at.

The order is the contract's: 401, embed inactive, origin, feature, scope.
"""

from collections.abc import Callable
from typing import Any

from chalicelib.api_keys import service as api_keys
from chalicelib.api_keys.store import ApiKeyItem, ServiceKeyItem
from chalicelib.customers import service as customers
from chalicelib.customers.store import CustomerSessionItem
from chalicelib.http.bodies import NoBody, validate
from chalicelib.http.cors import is_allowed
from chalicelib.http.endpoint import Auth, Endpoint
from chalicelib.http.request import RequestInfo
from chalicelib.kit import clock, ids
from chalicelib.kit.errors import Forbidden, NotFound, Unauthorized
from chalicelib.organizations import configs
from chalicelib.organizations.features import satisfies
from chalicelib.organizations.known_settings import known
from chalicelib.organizations.principals import Anyone, ApiKey, Customer, EmbedSession, Principal, ServiceKey, Shop
from chalicelib.organizations.store import ConfigItem, EndUserItem
from chalicelib.security import crypto
from chalicelib.sessions import service as sessions
from chalicelib.sessions.store import SessionItem
from chalicelib.table import keys
from chalicelib.table.items import Row
from chalicelib.table.keys import Key
from chalicelib.table.reads import get_many

MAX_CREDENTIAL = 300


def bearer(headers: dict[str, str]) -> str:
    scheme, _, token = headers.get("authorization", "").partition(" ")
    token = token.strip()
    if scheme.lower() != "bearer" or not token or len(token) > MAX_CREDENTIAL:
        raise Unauthorized
    return token


def claimed_end_user(headers: dict[str, str]) -> tuple[str, str] | None:
    """Organization and end user that a session token says it is of; nothing here has been verified."""
    scheme, _, token = headers.get("authorization", "").partition(" ")
    carried = ids.carried_ids(token.strip(), sessions.PREFIX, 2) if scheme.lower() == "bearer" else None
    return (carried[0], carried[1]) if carried else None


def authenticate(endpoint: Endpoint, info: RequestInfo, body: Callable[[], dict[str, Any]]) -> Principal:
    """Who is calling, or Unauthorized. `body` is read only where the credential stands in it."""
    headers = info.headers
    match endpoint.auth:
        case Auth.PUBLIC:
            return Anyone()
        case Auth.SESSION:
            return _session(bearer(headers), endpoint.with_stats)
        case Auth.API_KEY:
            return _api_key(bearer(headers))
        case Auth.SERVICE:
            return _service_key(bearer(headers))
        case Auth.API_KEY_OR_SERVICE:
            token = bearer(headers)
            return _service_key(token) if token.startswith(api_keys.SERVICE_PREFIX) else _api_key(token)
        case Auth.PUBLISHABLE_KEY:
            key = body().get("key")
            if not isinstance(key, str):
                validate(endpoint.body or NoBody, body())
                raise Unauthorized
            return _shop(key)
        case Auth.SHOP:
            return _shop(headers.get("x-api-key", ""))
        case Auth.CUSTOMER:
            return _customer(headers.get("x-api-key", ""), bearer(headers))


def _session(token: str, with_stats: bool) -> EmbedSession:
    carried = ids.carried_ids(token, sessions.PREFIX, 2)
    if carried is None:
        raise Unauthorized
    org, user = carried
    digest = ids.credential_hash(token)
    session_key = keys.session(org, ids.credential_id(digest))
    wanted = [session_key, keys.config(org), keys.end_user(org, user)]
    stats_key = keys.end_user_stats(org, user)
    rows = get_many([*wanted, stats_key] if with_stats else wanted)
    if any(key not in rows for key in wanted):
        raise Unauthorized
    session = SessionItem.of(rows[session_key])
    if not crypto.same(session.hash, digest) or session.end_user_id != user:
        raise Unauthorized
    if session.revoked_at is not None or session.expires_at <= clock.timestamp():
        raise Unauthorized
    config = ConfigItem.of(rows[keys.config(org)])
    if known(config).identity_required and not session.verified:
        # It was opened before the organization asked for proof.
        raise Unauthorized
    return EmbedSession(
        organization_id=org,
        end_user_id=user,
        session_id=session.id,
        kind=session.kind,
        verified=session.verified,
        scopes=frozenset(session.scopes),
        allowed_bridge_types=tuple(session.allowed_bridge_types),
        config=config,
        end_user=EndUserItem.of(rows[keys.end_user(org, user)]),
        stats=rows.get(stats_key, {}),
    )


def _api_key(token: str) -> ApiKey:
    carried = ids.carried_ids(token, api_keys.PREFIX, 1)
    if carried is None:
        raise Unauthorized
    org = carried[0]
    digest = ids.credential_hash(token)
    key = keys.api_key(org, ids.credential_id(digest))
    rows = get_many([key, keys.config(org)])
    item = _found(rows, key, ApiKeyItem)
    if not crypto.same(item.hash, digest) or not item.is_live(clock.timestamp()):
        raise Unauthorized
    api_keys.note_use(item)
    config = rows.get(keys.config(org))
    return ApiKey(org, item.id, frozenset(item.scopes), ConfigItem.of(config) if config else None)


def _service_key(token: str) -> ServiceKey:
    if ids.carried_ids(token, api_keys.SERVICE_PREFIX, 0) is None:
        raise Unauthorized
    digest = ids.credential_hash(token)
    key = keys.service_key(ids.credential_id(digest))
    item = _found(get_many([key]), key, ServiceKeyItem)
    if not crypto.same(item.hash, digest) or item.revoked_at is not None:
        raise Unauthorized
    return ServiceKey(item.id, item.bridge_type)


def _shop(publishable_key: str) -> Shop:
    org = configs.organization_of(publishable_key)
    if org is None:
        raise Unauthorized
    config = _found(get_many([keys.config(org)]), keys.config(org), ConfigItem)
    if not configs.is_publishable_key(config, publishable_key):
        raise Unauthorized
    return Shop(org, config)


def _customer(publishable_key: str, token: str) -> Customer:
    carried = ids.carried_ids(token, customers.PREFIX, 2)
    if carried is None or configs.organization_of(publishable_key) != carried[0]:
        raise Unauthorized
    org, customer = carried
    digest = ids.credential_hash(token)
    session_key = keys.customer_session(org, customer, ids.credential_id(digest))
    rows = get_many([session_key, keys.config(org), keys.customer(org, customer)])
    session = _found(rows, session_key, CustomerSessionItem)
    config = _found(rows, keys.config(org), ConfigItem)
    if not customers.is_live(session, digest, rows.get(keys.customer(org, customer))):
        raise Unauthorized
    if not configs.is_publishable_key(config, publishable_key):
        raise Unauthorized
    return Customer(org, customer, session.email, session.name, session.id, config)


def _found(rows: dict[Key, Row], key: Key, model: Any) -> Any:
    if key not in rows:
        raise Unauthorized
    return model.of(rows[key])


def config_of(principal: Principal) -> ConfigItem | None:
    return None if isinstance(principal, Anyone | ServiceKey) else principal.config


def authorize(endpoint: Endpoint, principal: Principal, info: RequestInfo) -> None:
    config = config_of(principal)
    by_browser = isinstance(principal, EmbedSession | Shop | Customer)
    if config is not None and not config.is_active and (by_browser or endpoint.active_embed):
        if endpoint.hidden_while_inactive:
            raise NotFound
        raise Forbidden("The embed is switched off.", "embed_disabled")
    if config is not None and by_browser:
        _check_origin(endpoint, config, info.origin)
    if config is not None and endpoint.features and not set(endpoint.features) & set(config.enabled_features):
        raise Forbidden(f"The feature {endpoint.features[0]} is switched off.", "feature_disabled")
    if endpoint.scope is None:
        return
    if isinstance(principal, EmbedSession | ApiKey) and not satisfies(principal.scopes, endpoint.scope):
        raise Forbidden(f"This needs the scope {endpoint.scope}.", "insufficient_scope")


def _check_origin(endpoint: Endpoint, config: ConfigItem, origin: str | None) -> None:
    allowed = config.allowed_origins
    if origin is None:
        # Only a browser sends an origin, and only the publishable key is meant for nothing else.
        if endpoint.auth is Auth.PUBLISHABLE_KEY and allowed:
            raise Forbidden("This embed may only be used from its own sites.", "origin_not_allowed")
        return
    if not is_allowed(origin, allowed):
        raise Forbidden("This embed may not be used from this site.", "origin_not_allowed")
