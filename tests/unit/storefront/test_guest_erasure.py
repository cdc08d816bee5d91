"""Erasing a customer invalidates codes, requests and tokens at once, before any cleanup runs."""

from datetime import timedelta

import pytest
import time_machine

from chalicelib.erasure.service import request_erasure
from chalicelib.kit import clock
from chalicelib.organizations.principals import SYSTEM
from chalicelib.storefront import access
from tests.support.account import everything
from tests.support.guests import EMAIL, ask, get_code, refused, verify
from tests.support.storefront import Storefront, send_mail, sent


def erase(shop: Storefront) -> None:
    reply = shop.acme.server.post("/api/v1/customers/erase", {"email": EMAIL})
    assert reply.status == 202, reply.text


def tokens() -> list[str]:
    return [row["sk"]["S"] for row in everything() if row["sk"]["S"].startswith("ACCESS#")]


class TestErasure:
    def test_ends_a_code_at_once(self, shop: Storefront) -> None:
        shop.order()
        code = get_code(shop)
        erase(shop)
        assert refused(verify(shop, code))
        assert tokens() == []

    def test_ends_a_code_that_is_being_exchanged(self, shop: Storefront, monkeypatch: pytest.MonkeyPatch) -> None:
        shop.order()
        code = get_code(shop)
        # Between checking the code and storing the token.
        monkeypatch.setattr(access, "refund", lambda *_: request_erasure(shop.acme.organization_id, EMAIL, SYSTEM))
        assert refused(verify(shop, code))
        assert tokens() == []

    def test_an_earlier_request_gets_no_code(self, shop: Storefront) -> None:
        shop.order()
        ask(shop)
        erase(shop)
        send_mail()
        assert sent() == []

    def test_a_later_request_gets_a_working_code(self, shop: Storefront) -> None:
        with time_machine.travel(clock.now(), tick=False) as travel:
            erase(shop)
            travel.shift(timedelta(milliseconds=1))
            shop.order()
            assert verify(shop, get_code(shop)).status == 200
