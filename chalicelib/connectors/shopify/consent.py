"""A merchant's consent: the way to Shopify, and what comes back."""

import hashlib
import hmac
from collections.abc import Mapping
from urllib.parse import urlencode

from chalicelib.catalog.bridge_types import oauth_types
from chalicelib.connectors.faults import Forged, Refused
from chalicelib.connectors.shop import Consent, ConsentAnswer
from chalicelib.connectors.shopify.tokens import request_token

SCOPES = (
    "read_orders",
    "write_orders",
    "read_merchant_managed_fulfillment_orders",
    "write_merchant_managed_fulfillment_orders",
    "read_third_party_fulfillment_orders",
    "write_third_party_fulfillment_orders",
)
"""The least that the documents need. Not the customers' accounts, nor orders older than 60 days."""


def shop_of(config: Mapping[str, str]) -> str:
    """`mystore.myshopify.com`. Raises Refused."""
    _, oauth = oauth_types()["shopify"]
    shop = oauth.normalise(config.get(oauth.shop_field, ""))
    if shop is None:
        raise Refused(f"Enter the store's domain at Shopify, such as {oauth.example}{oauth.suffix}.")
    return shop


def authorize_url(consent: Consent) -> str:
    query = {
        "client_id": _client(consent)[0],
        "scope": ",".join(SCOPES),
        "redirect_uri": consent.callback_url,
        "state": consent.state,
    }
    return f"https://{consent.shop}/admin/oauth/authorize?{urlencode(query)}"


def _client(consent: Consent) -> tuple[str, str]:
    if not consent.app.get("client_id") or not consent.app.get("client_secret"):
        raise Refused("This deployment has no Shopify app. Enter the credentials of a custom app instead.")
    return consent.app["client_id"], consent.app["client_secret"]


def reads_state(query: Mapping[str, str]) -> str | None:
    return query.get("state")


def complete(consent: Consent, answer: ConsentAnswer) -> dict[str, str]:
    """Exchange the code for tokens that expire and can be renewed."""
    client_id, client_secret = _client(consent)
    if not is_signed(answer.query, client_secret):
        raise Forged("The answer is not signed by Shopify.")
    if shop_of({"shopDomain": answer.query.get("shop", "")}) != consent.shop:
        raise Forged("The answer is about another store.")
    if answer.query.get("state") != consent.state:
        raise Forged("The answer belongs to another consent.")
    code = answer.query.get("code")
    if not code:
        raise Refused("The merchant did not agree to the connection.")
    grant = {"code": code, "expiring": "1"}
    return {
        "shopDomain": consent.shop,
        **request_token(consent.http, consent.shop, (client_id, client_secret), grant),
    }


def is_signed(query: Mapping[str, str], secret: str) -> bool:
    """Shopify signs all parameters but the signature itself, sorted by name."""
    signed = urlencode(sorted((name, value) for name, value in query.items() if name != "hmac"))
    expected = hmac.new(secret.encode(), signed.encode(), hashlib.sha256).hexdigest()
    return hmac.compare_digest(expected, query.get("hmac", "").encode("ascii", "replace").decode())
