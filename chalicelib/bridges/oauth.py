"""Shopify's OAuth flow: start by an end user, completion by the bridge service, sweep of what was never completed."""

import re
from urllib.parse import urlencode

from chalicelib.bridges import configs, service
from chalicelib.bridges.schemas import OAuthComplete, OAuthStart, OAuthStarted
from chalicelib.bridges.store import BridgeItem, OAuthStateItem, find_bridge
from chalicelib.catalog.bridge_types import catalog
from chalicelib.http.cors import is_allowed, origin_of
from chalicelib.kit import clock, ids
from chalicelib.kit.errors import BadRequest, Invalid
from chalicelib.organizations.principals import SYSTEM, Actor, EmbedSession, ServiceKey
from chalicelib.table import keys
from chalicelib.table.due import DueItem, Run, due_key, run_due_together
from chalicelib.table.reads import find
from chalicelib.table.transaction import Transaction, absent, delete, exists, retry_on_conflict

STATE_TTL_S = 600
PENDING_TTL_S = 3600
SHOPIFY = "shopify"
PENDING = "pending_bridge"
"""Kind of the due entries."""
MOST_SWEPT = 50_000
_SHOP = re.compile(r"[a-z0-9][a-z0-9-]{0,62}\.myshopify\.com", re.ASCII)


class InvalidState(BadRequest):
    code = "invalid_state"
    message = "The state is unknown, used, expired, or of another shop."


def normalise_shop(text: str) -> str | None:
    """`mystore`, `https://MyStore.myshopify.com/` and the like as `mystore.myshopify.com`; None for all else."""
    shop = text.strip().lower().removeprefix("https://").removeprefix("http://").removesuffix("/")
    if "." not in shop:
        shop = f"{shop}.myshopify.com"
    return shop if _SHOP.fullmatch(shop) else None


def start(session: EmbedSession, wanted: OAuthStart, by: Actor) -> OAuthStarted:
    shop = normalise_shop(wanted.shop_domain)
    if shop is None:
        raise Invalid([("shopDomain", "must be a shop such as mystore or mystore.myshopify.com")])
    _check_return_url(session, wanted.return_url)
    kind = catalog()[SHOPIFY]
    item = service.new_item(session, kind, wanted.name or f"Shopify - {shop}", "pending_oauth", {}, shop)
    item.fall_due(due_key(PENDING, clock.in_seconds(PENDING_TTL_S), item.id))
    state = ids.random_text(32)
    transaction = Transaction()
    service.insert(transaction, item, session.config, by)
    expires_at = clock.in_seconds(STATE_TTL_S)
    transaction.put(
        OAuthStateItem.at(
            keys.oauth_state(ids.credential_hash(state)),
            organization_id=session.organization_id,
            end_user_id=session.end_user_id,
            bridge_id=item.id,
            shop=shop,
            expires_at=expires_at,
            expires=clock.epoch(expires_at),
        ),
        absent(),
    )
    transaction.commit()
    query = {"shop": shop, "state": state}
    if wanted.return_url:
        query["return_url"] = wanted.return_url
    return OAuthStarted(bridge_id=item.id, auth_url=f"{kind.service_url}/oauth/authorize?{urlencode(query)}")


def _check_return_url(session: EmbedSession, return_url: str | None) -> None:
    if return_url is None:
        return
    origin = origin_of(return_url)
    allowed = session.config.allowed_origins
    if origin is None or not allowed or not is_allowed(origin, allowed):
        raise Invalid([("returnUrl", "must lie on one of the config's allowed_origins")])


def complete(who: ServiceKey, wanted: OAuthComplete, by: Actor) -> BridgeItem:
    """The bridge becomes active. A state that is known is used up by that, and by a refusal; a fault of ours leaves it,
    so that the service can try again."""
    state = find(OAuthStateItem, keys.oauth_state(ids.credential_hash(wanted.state)))
    if state is None:
        raise InvalidState
    try:
        _require_match(state, who, wanted)
        return retry_on_conflict(lambda: _connect(state, wanted, by))
    except InvalidState:
        delete(state.key)
        raise


def _require_match(state: OAuthStateItem, who: ServiceKey, wanted: OAuthComplete) -> None:
    in_time = state.expires_at > clock.timestamp()
    if not in_time or who.bridge_type != SHOPIFY or normalise_shop(wanted.shop) != state.shop:
        raise InvalidState


def _connect(state: OAuthStateItem, wanted: OAuthComplete, by: Actor) -> BridgeItem:
    item = find_bridge(state.organization_id, state.end_user_id, state.bridge_id)
    if item is None or item.status != "pending_oauth":
        raise InvalidState
    # What the service sends is the service's to know: the catalog's required fields are for people.
    config = {**wanted.config, "shopDomain": state.shop}
    item.status = "active"
    item.config = configs.encrypt(item.organization_id, item.id, config)
    item.fall_due(None)
    transaction = Transaction()
    # Single use: of two completions at once, one finds it gone.
    transaction.delete(state.key, exists(), error=InvalidState())
    service.put_changed(transaction, item, "pending_oauth", by)
    transaction.commit()
    return item


def sweep(due: DueItem) -> None:
    """Remove a bridge whose flow was never completed. If it changes meanwhile, completed or swept by another run, it is
    looked at again."""

    def attempt() -> None:
        item = find(BridgeItem, due.key)
        if item is not None and item.status == "pending_oauth":
            service.remove(item, SYSTEM)

    retry_on_conflict(attempt)


def sweep_due() -> Run:
    """One end user's bridges one after another, as they share a counter."""
    return run_due_together(
        PENDING, lambda items: sweep(items[0]), group=lambda due: due.key.pk, size=1, most=MOST_SWEPT
    )
