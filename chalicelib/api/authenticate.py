"""Authentication, with one batch read. A failure is a 401."""

from collections.abc import Callable
from typing import Any

from chalicelib.api_keys import operators
from chalicelib.api_keys import service as api_keys
from chalicelib.api_keys.store import ApiKeyItem, OperatorSessionItem, ServiceKeyItem
from chalicelib.customers import service as customers
from chalicelib.customers.store import CustomerSessionItem
from chalicelib.http.bodies import NoBody, validate
from chalicelib.http.endpoint import Auth, Endpoint
from chalicelib.http.request import RequestInfo
from chalicelib.kit import clock, ids
from chalicelib.kit.errors import Unauthorized
from chalicelib.organizations import configs, tracking_provider
from chalicelib.organizations.known_settings import known_settings
from chalicelib.organizations.principals import (
    READ_ONLY,
    Anonymous,
    ApiKey,
    Customer,
    EmbedSession,
    Principal,
    ServiceKey,
    Shop,
)
from chalicelib.organizations.store import ConfigItem, EndUserItem, OrganizationItem
from chalicelib.organizations.suspension import OrganizationSuspended
from chalicelib.security import crypto
from chalicelib.sessions import service as sessions
from chalicelib.sessions.store import SessionItem
from chalicelib.table import keys
from chalicelib.table.items import Row
from chalicelib.table.keys import Key
from chalicelib.table.reads import find, get_many

MAX_CREDENTIAL = 300
_PUBLISHABLE = "a publishable key (pk_live_…)"
CREDENTIALS = {
    api_keys.PREFIX: "an API key (oh_…)",
    operators.PREFIX: "a session of the console (ops_…)",
    sessions.PREFIX: "an embed session (est_…)",
    api_keys.SERVICE_PREFIX: "a service key (svc_…)",
    customers.TOKEN_PREFIX: "a customer session (cst_…)",
    configs.PUBLISHABLE: _PUBLISHABLE,
    "oat_": "an order access token (oat_…)",
    tracking_provider.TOKEN_PREFIX: "the token of an address for tracking hooks (trk_…)",
}
ACCEPTED: dict[Auth, tuple[str, ...]] = {
    Auth.SESSION: (sessions.PREFIX,),
    Auth.API_KEY: (api_keys.PREFIX, operators.PREFIX),
    Auth.SERVICE: (api_keys.SERVICE_PREFIX,),
    Auth.API_KEY_OR_SERVICE: (api_keys.PREFIX, operators.PREFIX, api_keys.SERVICE_PREFIX),
    Auth.CUSTOMER: (customers.TOKEN_PREFIX,),
}
"""Prefixes of the bearer credentials that a route takes."""


class WrongCredential(Unauthorized):
    code = "wrong_credential"

    def __init__(self, accepted: str, received: str) -> None:
        super().__init__(f"This route takes {accepted}, but {received} was sent.")


def bearer(endpoint: Endpoint, headers: dict[str, str]) -> str:
    scheme, _, token = headers.get("authorization", "").partition(" ")
    token = token.strip()
    if scheme.lower() != "bearer" or not token or len(token) > MAX_CREDENTIAL:
        if not token and (received := _type_of(headers.get("x-api-key", ""))) and endpoint.auth is not Auth.CUSTOMER:
            raise WrongCredential(_accepted(endpoint), f"{received} in X-Api-Key")
        raise Unauthorized(f"Send {_accepted(endpoint)} as `Authorization: Bearer …`.")
    received = _type_of(token)
    if received is not None and not token.startswith(ACCEPTED[endpoint.auth]):
        raise WrongCredential(_accepted(endpoint), received)
    return token


def _accepted(endpoint: Endpoint) -> str:
    # Nobody sends the console's session by hand.
    named = (prefix for prefix in ACCEPTED[endpoint.auth] if prefix != operators.PREFIX)
    return " or ".join(CREDENTIALS[prefix] for prefix in named)


def _type_of(credential: str) -> str | None:
    return next((name for prefix, name in CREDENTIALS.items() if credential.startswith(prefix)), None)


def _publishable_key(endpoint: Endpoint, headers: dict[str, str]) -> str:
    key = headers.get("x-api-key", "")
    if key.startswith(configs.PUBLISHABLE):
        return key
    if (received := _type_of(key)) is not None:
        raise WrongCredential(f"{_PUBLISHABLE} in X-Api-Key", received)
    token = headers.get("authorization", "").partition(" ")[2].strip()
    received = _type_of(token)
    # A customer's route takes both: there, a customer session is right, and the key is missing.
    is_expected = endpoint.auth is Auth.CUSTOMER and token.startswith(ACCEPTED[Auth.CUSTOMER])
    if not key and received is not None and not is_expected:
        raise WrongCredential(f"{_PUBLISHABLE} in X-Api-Key", f"{received} in Authorization")
    raise Unauthorized if key else Unauthorized("Send the shop's publishable key (pk_live_…) in X-Api-Key.")


def claimed_end_user(headers: dict[str, str]) -> tuple[str, str] | None:
    """Organization and end user from an unverified session token."""
    scheme, _, token = headers.get("authorization", "").partition(" ")
    carried = ids.carried_ids(token.strip(), sessions.PREFIX, 2) if scheme.lower() == "bearer" else None
    return (carried[0], carried[1]) if carried else None


def authenticate(endpoint: Endpoint, info: RequestInfo, body: Callable[[], dict[str, Any]]) -> Principal:
    """The caller. Raises Unauthorized. `body` is read only if it contains the credential."""
    headers = info.headers
    match endpoint.auth:
        case Auth.PUBLIC:
            return Anonymous()
        case Auth.SESSION:
            return _session(bearer(endpoint, headers), endpoint.with_stats)
        case Auth.API_KEY:
            return _api_key(bearer(endpoint, headers))
        case Auth.SERVICE:
            return _service_key(bearer(endpoint, headers))
        case Auth.API_KEY_OR_SERVICE:
            token = bearer(endpoint, headers)
            return _service_key(token) if token.startswith(api_keys.SERVICE_PREFIX) else _api_key(token)
        case Auth.PUBLISHABLE_KEY:
            return _shop(_key_in_body(endpoint, body()))
        case Auth.SHOP:
            return _shop(_publishable_key(endpoint, headers))
        case Auth.CUSTOMER:
            return _customer(_publishable_key(endpoint, headers), bearer(endpoint, headers))


def _key_in_body(endpoint: Endpoint, body: dict[str, Any]) -> str:
    key = body.get("key")
    if not isinstance(key, str):
        validate(endpoint.body or NoBody, body)
        raise Unauthorized
    received = _type_of(key)
    if received is not None and received != _PUBLISHABLE:
        raise WrongCredential(f"{_PUBLISHABLE} in the body's key", received)
    return key


def _session(token: str, with_stats: bool) -> EmbedSession:
    carried = ids.carried_ids(token, sessions.PREFIX, 2)
    if carried is None:
        raise Unauthorized
    org, user = carried
    digest = ids.credential_hash(token)
    session_key = keys.session(org, ids.credential_id(digest))
    required = [session_key, keys.config(org), keys.end_user(org, user)]
    stats_key = keys.end_user_stats(org, user)
    rows = get_many([*required, stats_key] if with_stats else required)
    if any(key not in rows for key in required):
        raise Unauthorized
    session = SessionItem.of(rows[session_key])
    if not crypto.constant_time_equals(session.hash, digest) or session.end_user_id != user:
        raise Unauthorized
    if session.revoked_at is not None or session.expires_at <= clock.timestamp():
        raise Unauthorized
    config = ConfigItem.of(rows[keys.config(org)])
    is_claimed = not session.verified and session.session_type != READ_ONLY
    if known_settings(config).identity_required and is_claimed:
        # The session was created before the organization required identity verification.
        raise Unauthorized
    return EmbedSession(
        organization_id=org,
        end_user_id=user,
        session_id=session.id,
        session_type=session.session_type,
        verified=session.verified,
        expires_at=session.expires_at,
        scopes=frozenset(session.scopes),
        allowed_bridge_types=tuple(session.allowed_bridge_types),
        config=config,
        end_user=EndUserItem.of(rows[keys.end_user(org, user)]),
        stats=rows.get(stats_key, {}),
    )


def _api_key(token: str) -> ApiKey:
    if token.startswith(operators.PREFIX):
        return _operator(token)
    carried = ids.carried_ids(token, api_keys.PREFIX, 1)
    if carried is None:
        raise Unauthorized
    org = carried[0]
    digest = ids.credential_hash(token)
    key = keys.api_key(org, ids.credential_id(digest))
    rows = get_many([key, keys.config(org)])
    item = _require(rows, key, ApiKeyItem)
    if not crypto.constant_time_equals(item.hash, digest):
        raise Unauthorized
    return _key_user(org, item, rows, None)


def _operator(token: str) -> ApiKey:
    """Whoever is signed in to the console is the key that they signed in with, as long as it is live."""
    carried = ids.carried_ids(token, operators.PREFIX, 2)
    if carried is None:
        raise Unauthorized
    org, key_id = carried
    digest = ids.credential_hash(token)
    session_key, key = keys.operator_session(org, ids.credential_id(digest)), keys.api_key(org, key_id)
    rows = get_many([session_key, key, keys.config(org)])
    session, item = _require(rows, session_key, OperatorSessionItem), _require(rows, key, ApiKeyItem)
    if not crypto.constant_time_equals(session.hash, digest) or session.key_id != key_id:
        raise Unauthorized
    if session.expires_at <= clock.timestamp():
        raise Unauthorized
    return _key_user(org, item, rows, session.name)


def _key_user(org: str, item: ApiKeyItem, rows: dict[Key, Row], operator: str | None) -> ApiKey:
    if not item.is_live(clock.timestamp()):
        raise Unauthorized
    api_keys.record_use(item)
    config = rows.get(keys.config(org))
    if config is None:
        # Only an organization that has not been set up costs this read.
        organization = find(OrganizationItem, keys.organization(org))
        if organization is not None and organization.suspended_at is not None:
            raise OrganizationSuspended
    return ApiKey(org, item.id, frozenset(item.scopes), ConfigItem.of(config) if config else None, operator)


def _service_key(token: str) -> ServiceKey:
    if ids.carried_ids(token, api_keys.SERVICE_PREFIX, 0) is None:
        raise Unauthorized
    digest = ids.credential_hash(token)
    key = keys.service_key(ids.credential_id(digest))
    item = _require(get_many([key]), key, ServiceKeyItem)
    if not crypto.constant_time_equals(item.hash, digest) or item.revoked_at is not None:
        raise Unauthorized
    return ServiceKey(item.id, item.bridge_type)


def _shop(publishable_key: str) -> Shop:
    org = configs.organization_of(publishable_key)
    if org is None:
        raise Unauthorized
    config = _require(get_many([keys.config(org)]), keys.config(org), ConfigItem)
    if not configs.is_publishable_key(config, publishable_key):
        raise Unauthorized
    return Shop(org, config)


def _customer(publishable_key: str, token: str) -> Customer:
    carried = ids.carried_ids(token, customers.TOKEN_PREFIX, 2)
    if carried is None or configs.organization_of(publishable_key) != carried[0]:
        raise Unauthorized
    org, customer = carried
    digest = ids.credential_hash(token)
    session_key = keys.customer_session(org, customer, ids.credential_id(digest))
    rows = get_many([session_key, keys.config(org), keys.customer(org, customer)])
    session = _require(rows, session_key, CustomerSessionItem)
    config = _require(rows, keys.config(org), ConfigItem)
    if not customers.is_live(session, digest, rows.get(keys.customer(org, customer))):
        raise Unauthorized
    if not configs.is_publishable_key(config, publishable_key):
        raise Unauthorized
    return Customer(org, customer, session.email, session.name, session.id, config)


def _require(rows: dict[Key, Row], key: Key, model: Any) -> Any:
    if key not in rows:
        raise Unauthorized
    return model.of(rows[key])
