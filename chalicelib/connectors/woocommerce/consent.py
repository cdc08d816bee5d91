"""One click instead of keys: WooCommerce asks the merchant, then posts new keys to our callback."""

import hashlib
import hmac
import re
from collections.abc import Mapping
from urllib.parse import urlencode

from chalicelib.connectors.faults import Forged, Refused
from chalicelib.connectors.platform import Tested
from chalicelib.connectors.shop import Consent, ConsentAnswer, Shop
from chalicelib.connectors.woocommerce.client import WC, Client, as_list, store_url
from chalicelib.connectors.woocommerce.values import mapping, plain
from chalicelib.kit import codec

SCOPE = "read_write"


def shop_of(config: Mapping[str, str]) -> str:
    return store_url(config.get("storeUrl", "")).removeprefix("https://")


def authorize_url(consent: Consent) -> str:
    query = {
        "app_name": consent.app_name,
        "scope": SCOPE,
        "user_id": _user_of(consent),
        "return_url": consent.return_url,
        "callback_url": consent.callback_url,
    }
    return f"{store_url(consent.shop)}/wc-auth/v1/authorize?{urlencode(query)}"


def complete(consent: Consent, answer: ConsentAnswer) -> dict[str, str]:
    try:
        body = mapping(codec.loads(answer.body))
    except (ValueError, RecursionError):
        raise Forged from None
    key, secret = str(body.get("consumer_key", "")), str(body.get("consumer_secret", ""))
    is_ours = hmac.compare_digest(str(body.get("user_id", "")).encode(), _user_of(consent).encode())
    if not is_ours or not re.fullmatch(r"ck_\w{10,100}", key) or not re.fullmatch(r"cs_\w{10,100}", secret):
        raise Forged
    if body.get("key_permissions") != SCOPE:
        raise Refused("The shop gave a key that may not read and write. Connect the shop again and approve both.")
    return {"storeUrl": store_url(consent.shop), "consumerKey": key, "consumerSecret": secret}


def test(shop: Shop) -> Tested:
    client = Client(shop)
    as_list(client.call("GET", f"{WC}/orders", query={"per_page": 1, "_fields": "id"}))
    response = client.call("GET", "", query={"_fields": "name"})
    name = plain(mapping(response.json()).get("name")) if response.status == 200 else None
    return Tested(f"Connected to {name or shop_of(shop.config)}", name)


def _user_of(consent: Consent) -> str:
    """WooCommerce returns this in its post, and shows it in the address that the merchant comes back to. The state
    itself must not stand there."""
    return hashlib.sha256(consent.state.encode()).hexdigest()[:32]
