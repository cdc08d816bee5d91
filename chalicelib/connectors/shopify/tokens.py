"""Access tokens, of which there are three kinds.

A store that was connected by consent has a token of an hour and a refresh token of 90 days, which changes with every
use: the one before stays valid until its successor is used. A custom app of the Dev Dashboard has the client's id and
secret, for which Shopify gives tokens of a day. A custom app that was made in the store's admin has one token for good.
"""

from collections.abc import Mapping
from typing import Any

from chalicelib.connectors.faults import AuthFault, Refused, for_status
from chalicelib.connectors.platform import Renewal
from chalicelib.connectors.shop import Http, Shop
from chalicelib.kit import clock

RENEW_BEFORE_S = 600


def renew(shop: Shop, refused: bool) -> Renewal | None:
    expires_at = shop.config.get("accessTokenExpiresAt")
    holds = shop.config.get("accessToken") and (expires_at is None or expires_at > clock.in_seconds(RENEW_BEFORE_S))
    if holds and not refused:
        return None
    if refresh_token := shop.config.get("refreshToken"):
        if not shop.app:
            raise Refused("This deployment no longer has a Shopify app, so the connection cannot be renewed.")
        grant = {"grant_type": "refresh_token", "refresh_token": refresh_token}
        client = shop.app["client_id"], shop.app["client_secret"]
    elif shop.config.get("clientId") and shop.config.get("clientSecret"):
        grant = {"grant_type": "client_credentials"}
        client = shop.config["clientId"], shop.config["clientSecret"]
    else:
        return None
    config = request_token(shop.http, shop.config["shopDomain"], client, grant)
    return Renewal(config, config.get("accessTokenExpiresAt"))


def request_token(http: Http, domain: str, client: tuple[str, str], grant: Mapping[str, str]) -> dict[str, str]:
    """The config's fields that Shopify's token endpoint gives for a grant."""
    form = {"client_id": client[0], "client_secret": client[1], **grant}
    response = http("POST", f"https://{domain}/admin/oauth/access_token", form=form)
    if response.status in (400, 401, 403):
        raise AuthFault("Shopify no longer accepts this connection. Connect the store again.")
    if response.status >= 300:
        raise for_status(response.status, response.headers)
    body: Any = response.json()
    token = body.get("access_token") if isinstance(body, dict) else None
    if not isinstance(token, str) or not token:
        raise response.invalid()
    config = {"accessToken": token}
    if isinstance(body.get("expires_in"), int):
        config["accessTokenExpiresAt"] = clock.in_seconds(body["expires_in"])
    if isinstance(body.get("refresh_token"), str):
        config["refreshToken"] = body["refresh_token"]
        if isinstance(body.get("refresh_token_expires_in"), int):
            config["refreshTokenExpiresAt"] = clock.in_seconds(body["refresh_token_expires_in"])
    return config
