"""The OAuth flow: an end user starts it, the bridge's service or connector completes it, and a job sweeps abandoned
flows."""

from typing import Any
from urllib.parse import urlencode

from chalicelib.bridges import configs, service, shops
from chalicelib.bridges.schemas import OAuthComplete, OAuthStart, OAuthStarted
from chalicelib.bridges.store import BridgeItem, OAuthStateItem, find_bridge
from chalicelib.bridges.types import require_available, require_service
from chalicelib.catalog.bridge_types import BridgeType, OAuth, catalog
from chalicelib.http.cors import is_allowed, origin_of
from chalicelib.kit import clock, ids
from chalicelib.kit.errors import BadRequest, Invalid
from chalicelib.kit.said import Said
from chalicelib.organizations.principals import SYSTEM, Actor, EmbedSession, ServiceKey
from chalicelib.organizations.suspension import require_active
from chalicelib.table import keys
from chalicelib.table.due import DueItem, Run, due_key, run_due_batches
from chalicelib.table.keys import Key
from chalicelib.table.reads import find
from chalicelib.table.transaction import Transaction, absent, delete, exists, retry_on_conflict

STATE_TTL_S = 600
PENDING_TTL_S = 3600
PENDING = "pending_bridge"
"""The job in the due index."""
MAX_SWEPT = 50_000


class InvalidState(BadRequest):
    code = "invalid_state"
    message = "The state is unknown, already used, expired, or belongs to another shop."


def start(bridge_type_id: str, session: EmbedSession, body: OAuthStart, by: Actor, base_url: str) -> OAuthStarted:
    """Start a flow that connects the shop, or that renews the end user's bridge to it. `base_url`: our own."""
    bridge_type, oauth = _with_oauth(bridge_type_id)
    require_available(bridge_type)
    shop = oauth.normalise(body.shop_domain)
    if shop is None:
        examples = dict.fromkeys((oauth.example, oauth.example + oauth.suffix))
        expected = " or ".join(examples)
        text = f"must be a {bridge_type.name} store such as {expected}"
        raise Invalid([("shopDomain", Said.of("store_expected", text, expected=", ".join(examples)))])
    item, state = begin(bridge_type, session, shop, body.name, body.return_url, by)
    query = {"shop": shop, "state": state}
    if bridge_type.is_bundled:
        return OAuthStarted(bridge_id=item.id, auth_url=consent_url(base_url, bridge_type.id, query))
    if body.return_url:
        query["return_url"] = body.return_url
    service_url = require_service(bridge_type)
    return OAuthStarted(bridge_id=item.id, auth_url=f"{service_url}/oauth/authorize?{urlencode(query)}")


def consent_url(base_url: str, bridge_type: str, query: dict[str, str]) -> str:
    """Our page that shows who is about to be connected with what."""
    return f"{base_url}/connect/{bridge_type}/oauth/authorize?{urlencode(query)}"


def begin(
    bridge_type: BridgeType, session: EmbedSession, shop: str, name: str | None, return_url: str | None, by: Actor
) -> tuple[BridgeItem, str]:
    """The bridge that the flow will connect or renew, and the flow's state."""
    _check_return_url(session, return_url)
    state = ids.random_text(32)
    item = retry_on_conflict(lambda: _start(bridge_type, session, shop, name, return_url, state, by))
    return item, state


def _with_oauth(bridge_type_id: str) -> tuple[BridgeType, OAuth]:
    bridge_type = catalog()[bridge_type_id]
    assert bridge_type.oauth is not None
    return bridge_type, bridge_type.oauth


def _start(
    bridge_type: BridgeType,
    session: EmbedSession,
    shop: str,
    name: str | None,
    return_url: str | None,
    state: str,
    by: Actor,
) -> BridgeItem:
    transaction = Transaction()
    item = shops.find_connected(session.organization_id, session.end_user_id, bridge_type.id, shop)
    renews = item is not None and item.status != "pending_oauth"
    if item is None:
        name = name or f"{bridge_type.name} - {shop}"
        item = service.new_item(session, bridge_type, name, "pending_oauth", {}, shop)
        item.schedule(_sweep_key(item))
        service.insert(transaction, item, session.config, by, shop)
    elif renews:
        shops.require_verified(session)
        transaction.check(item.key, exists())
    else:
        item.schedule(_sweep_key(item))
        service.put_changed(transaction, item, item.status, by)
    expires_at = clock.in_seconds(STATE_TTL_S)
    state_key = keys.oauth_state(ids.credential_hash(state))
    transaction.put(
        OAuthStateItem.at(
            state_key,
            organization_id=session.organization_id,
            end_user_id=session.end_user_id,
            bridge_id=item.id,
            bridge_type=bridge_type.id,
            shop=shop,
            renews=renews,
            return_url=return_url,
            expires_at=expires_at,
            expires=clock.epoch(expires_at),
        ).index_1(keys.unlisted_item(session.organization_id, state_key)),
        absent(),
    )
    transaction.commit()
    return item


def _sweep_key(item: BridgeItem) -> Key:
    return due_key(PENDING, clock.in_seconds(PENDING_TTL_S), item.id)


def _check_return_url(session: EmbedSession, return_url: str | None) -> None:
    if return_url is None:
        return
    origin = origin_of(return_url)
    allowed = session.config.allowed_origins
    if origin is None or not allowed or not is_allowed(origin, allowed):
        raise Invalid([("returnUrl", "must be on one of the config's allowed_origins")])


def complete(bridge_type_id: str, principal: ServiceKey, body: OAuthComplete, by: Actor) -> BridgeItem:
    """Activate the bridge. Success and refusal both use up a known state; after an internal error it stays valid, so
    that the service can retry."""
    _, oauth = _with_oauth(bridge_type_id)
    state = find(OAuthStateItem, keys.oauth_state(ids.credential_hash(body.state)))
    if state is None:
        raise InvalidState
    require_active(state.organization_id)
    try:
        _require_match(state, bridge_type_id, principal, oauth.normalise(body.shop))
        # Not validated against the catalog, whose required fields describe what people enter.
        config = {**body.config, oauth.shop_field: state.shop}
        return retry_on_conflict(lambda: connect(state, config, by))
    except InvalidState:
        delete(state.key)
        raise


def _require_match(state: OAuthStateItem, bridge_type: str, principal: ServiceKey, shop: str | None) -> None:
    in_time = state.expires_at > clock.timestamp()
    is_of_type = principal.bridge_type == bridge_type and state.bridge_type == bridge_type
    if not in_time or not is_of_type or shop != state.shop:
        raise InvalidState


def connect(state: OAuthStateItem, config: dict[str, Any], by: Actor) -> BridgeItem:
    """Use up the state and give the bridge its config. InvalidState if it was used, or the bridge is another by now;
    ConditionFailed if the bridge changed meanwhile."""
    item = find_bridge(state.organization_id, state.end_user_id, state.bridge_id)
    if item is None or (item.status == "pending_oauth") is state.renews:
        raise InvalidState
    if state.renews and shops.identify(state.bridge_type, configs.decrypt(item)) != state.shop:
        raise InvalidState
    old_status, item.status, item.error_message, item.error_code = item.status, "active", None, None
    item.config = configs.encrypt(item.organization_id, item.id, config)
    item.schedule(None)
    transaction = Transaction()
    # Of two concurrent completions, one fails here.
    transaction.delete(state.key, exists(), error=InvalidState())
    try:
        shops.follow(transaction, item, item.end_user_id, state.shop if state.renews else None)
    except shops.AlreadyConnected:
        raise InvalidState from None
    service.put_changed(transaction, item, old_status, by)
    if state.renews:
        service.record(transaction, item, "bridge.updated", by, fields=["config"])
    transaction.commit()
    return item


def sweep(due: DueItem) -> None:
    """Delete a bridge whose flow was never completed. Reads it again if another request changes it meanwhile."""

    def attempt() -> None:
        item = find(BridgeItem, due.key)
        if item is not None and item.status == "pending_oauth":
            service.delete_item(item, SYSTEM)

    retry_on_conflict(attempt)


def sweep_due() -> Run:
    """Sweep expired flows. Bridges of one end user are swept one after another, because they share a counter."""
    return run_due_batches(
        PENDING, lambda items: sweep(items[0]), group=lambda due: due.key.pk, size=1, limit=MAX_SWEPT
    )
