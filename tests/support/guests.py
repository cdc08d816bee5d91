"""The steps of guest access to an order."""

from typing import Any

from tests.support.gateway import Client, Reply
from tests.support.storefront import SHOP, Storefront, code_in, send_mail, sent

NUMBER = "ORD-2026-0042"
EMAIL = "jane@example.com"
REQUEST = f"{SHOP}/orders/access/request"
VERIFY = f"{SHOP}/orders/access/verify"
DETAIL = f"{SHOP}/orders/access/detail"


def ask(shop: Storefront, number: str = NUMBER, email: str = EMAIL, ip: str = "203.0.113.7") -> Reply:
    client = Client(ip=ip, X_Api_Key=shop.acme.config["publishable_key"])
    return client.post(REQUEST, {"orderNumber": number, "email": email})


def get_code(shop: Storefront, number: str = NUMBER, email: str = EMAIL) -> str:
    before = len(sent())
    assert ask(shop, number, email).status == 200
    send_mail()
    emails = sent()[before:]
    assert len(emails) == 1
    return code_in(emails[0])


def verify(shop: Storefront, code: Any, number: str = NUMBER, email: str = EMAIL, ip: str = "203.0.113.1") -> Reply:
    client = Client(ip=ip, X_Api_Key=shop.acme.config["publishable_key"])
    return client.post(VERIFY, {"orderNumber": number, "email": email, "code": code})


def wrong(code: str, step: int = 1) -> str:
    return f"{(int(code) + step) % 1_000_000:06d}"


def refused(reply: Reply) -> bool:
    body = reply.json
    del body["error"]["request_id"]
    error = {"code": "ORDER_LOOKUP_INVALID", "message": "The code is not valid. Check it or request a new one."}
    return reply.status == 400 and body == {"error": error, **error}
