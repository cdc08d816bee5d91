"""Guest access: a code by e-mail, and the token it is exchanged for."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine

from chalicelib.kit import clock, ids
from tests.support.account import everything
from tests.support.factories import Acme
from tests.support.gateway import Client, Reply
from tests.support.guests import DETAIL, EMAIL, NUMBER, REQUEST, VERIFY, ask, get_code, refused, verify, wrong
from tests.support.races import at_once, requesting, statuses
from tests.support.storefront import SHOP, Storefront, code_in, send_mail, sent


def tries() -> list[str]:
    return [row["tries"]["N"] for row in everything() if row["sk"]["S"].startswith("CODE#")]


class TestRequest:
    def test_sends_a_code_to_the_e_mail_of_the_order(self, shop: Storefront) -> None:
        shop.order()
        reply = ask(shop, email=" JANE@example.com ")
        assert reply.status == 200
        assert reply.json["success"] is True
        assert set(reply.json) == {"success", "message"}
        assert sent() == []
        send_mail()
        email = sent()[0]
        assert email.destinations == {"ToAddresses": [EMAIL]}
        assert email.source == "Acme <mail@example.com>"
        assert email.subject == f"Your code for order {NUMBER}"
        assert len(code_in(email)) == 6

    @pytest.mark.parametrize(
        ("stored", "typed"),
        [
            ("GX-1", " gx-1 "),
            ("#1001", "1001"),
            ("1001", "#1001"),
            ("#a1", "# A1"),
            ("Bestellung Ü7", "bestellung U\u03087"),
        ],
    )
    def test_a_number_is_found_in_every_spelling(self, shop: Storefront, stored: str, typed: str) -> None:
        shop.order(stored)
        code = get_code(shop, typed)
        assert sent()[-1].subject == f"Your code for order {stored}"
        reply = verify(shop, code, stored.lower())
        assert reply.json["order"]["orderNumber"] == stored

    @pytest.mark.parametrize(
        ("stored", "typed"),
        [
            ("greta@straße-laden.example", "Greta@xn--strae-laden-y6a.example"),
            ("jose@bu\u0308cher.example", "JOSE@bücher.example"),
            ("Jane Doe <jane@example.com>", "JANE@example.com."),
            ("mailto:jane@example.com", "jane@example.com"),
        ],
    )
    def test_an_e_mail_address_is_one_person_in_every_spelling(self, shop: Storefront, stored: str, typed: str) -> None:
        shop.order(email=stored)
        assert shop.customer(typed).get(f"{SHOP}/orders").json["total"] == 1
        assert verify(shop, get_code(shop, email=typed), email=typed).status == 200

    def test_a_message_that_arrives_twice_sends_one_e_mail(self, shop: Storefront) -> None:
        shop.order()
        ask(shop)
        send_mail()
        send_mail()
        assert len(sent()) == 1

    def test_an_unknown_order_gets_the_same_response_and_no_e_mail(self, shop: Storefront) -> None:
        shop.order()
        known = ask(shop)
        for number, email in (("ORD-1", EMAIL), (NUMBER, "eve@example.com"), ("ORD-1", "eve@example.com")):
            assert ask(shop, number, email).json == known.json
        send_mail()
        assert len(sent()) == 1

    def test_another_organizations_order_gets_no_code(self, shop: Storefront) -> None:
        shop.order()
        other = Storefront(Acme.create())
        assert ask(other).status == 200
        send_mail()
        assert sent() == []

    @pytest.mark.parametrize(
        ("body", "field"),
        [
            ({"email": EMAIL}, "orderNumber"),
            ({"orderNumber": "", "email": EMAIL}, "orderNumber"),
            ({"orderNumber": 7, "email": EMAIL}, "orderNumber"),
            ({"orderNumber": NUMBER}, "email"),
            ({"orderNumber": NUMBER, "email": "jane"}, "email"),
            ({"orderNumber": NUMBER, "email": EMAIL, "phone": "1"}, "phone"),
        ],
    )
    def test_bad_bodies_name_the_field(self, shop: Storefront, body: dict[str, Any], field: str) -> None:
        reply = shop.client.post(REQUEST, body)
        assert (reply.status, reply.fields, reply.json["code"]) == (422, [field], "VALIDATION_FAILED")

    def test_needs_the_publishable_key(self, shop: Storefront) -> None:
        body = {"orderNumber": NUMBER, "email": EMAIL}
        assert Client().post(REQUEST, body).json["code"] == "UNAUTHORIZED"
        assert Client(shop.acme.api_key).post(REQUEST, body).status == 401
        assert Client(X_Api_Key="pk_live_x").post(REQUEST, body).status == 401

    def test_neither_address_nor_code_is_in_the_log_or_the_stored_item(self, shop: Storefront) -> None:
        shop.order()
        code = get_code(shop)
        rows = [row for row in everything() if row["pk"]["S"].startswith(("CU#", "EV#"))]
        assert not [row for row in rows if "REQ#" in row["sk"]["S"] and "jane" in str(row).lower()]
        assert not [row for row in rows if row.get("t") == {"S": "access_code.requested"} and "jane" in str(row)]
        assert code not in str([row for row in rows if "CODE#" in row["sk"]["S"]])


class TestVerify:
    def test_returns_the_order_and_a_token(self, shop: Storefront) -> None:
        shop.order()
        reply = verify(shop, get_code(shop), email="Jane@Example.COM")
        assert reply.status == 200, reply.text
        assert set(reply.json) == {"accessToken", "expiresIn", "order"}
        assert reply.json["expiresIn"] == 1800
        assert reply.json["order"]["orderNumber"] == NUMBER
        assert reply.json["order"]["shippingAddress"]["street"] == "123 Main St"

    def test_a_code_works_once(self, shop: Storefront) -> None:
        shop.order()
        code = get_code(shop)
        assert verify(shop, code).status == 200
        assert refused(verify(shop, code))

    def test_of_concurrent_calls_with_the_right_code_one_succeeds(self, shop: Storefront) -> None:
        shop.order()
        body = {"orderNumber": NUMBER, "email": EMAIL, "code": get_code(shop)}
        replies = at_once([requesting(shop.client, "POST", VERIFY, body) for _ in range(5)])
        assert statuses(replies) == {200: 1, 400: 4}

    def test_five_wrong_tries_burn_it(self, shop: Storefront) -> None:
        shop.order()
        code = get_code(shop)
        for step in range(1, 6):
            assert refused(verify(shop, wrong(code, step)))
        assert refused(verify(shop, code))

    def test_after_four_wrong_tries_it_still_works(self, shop: Storefront) -> None:
        shop.order()
        code = get_code(shop)
        for step in range(1, 5):
            assert refused(verify(shop, wrong(code, step)))
        assert verify(shop, code).status == 200

    def test_of_twenty_concurrent_guesses_five_count(self, shop: Storefront) -> None:
        shop.order()
        code = get_code(shop)

        def guess(n: int) -> Callable[[], Reply]:
            body = {"orderNumber": NUMBER, "email": EMAIL, "code": wrong(code, n)}
            return requesting(shop.client, "POST", VERIFY, body)

        assert all(map(refused, at_once([guess(n) for n in range(1, 21)])))
        assert tries() == ["20"]
        assert refused(verify(shop, code))

    def test_guesses_before_a_code_exists_do_not_count_for_the_next(self, shop: Storefront) -> None:
        shop.order()
        for step in range(8):
            assert refused(verify(shop, f"00000{step}"))
        assert tries() == ["8"]
        code = get_code(shop)
        assert tries() == ["0"]
        for step in range(1, 5):
            assert refused(verify(shop, wrong(code, step)))
        assert verify(shop, code).status == 200

    def test_counted_guesses_expire(self, shop: Storefront) -> None:
        with time_machine.travel(clock.now(), tick=False) as travel:
            assert refused(verify(shop, "000000"))
            goes = clock.epoch(clock.in_seconds(600))
            travel.shift(timedelta(minutes=5))
            assert refused(verify(shop, "000000"))
            (row,) = (row for row in everything() if row["sk"]["S"].startswith("CODE#"))
            assert (row["tries"]["N"], row["expires"]["N"]) == ("2", str(goes))

    def test_it_ends_after_ten_minutes(self, shop: Storefront) -> None:
        shop.order()
        with time_machine.travel(clock.now(), tick=False) as travel:
            code = get_code(shop)
            travel.shift(timedelta(minutes=10))
            assert refused(verify(shop, code))

    def test_a_new_request_replaces_it(self, shop: Storefront) -> None:
        shop.order()
        first = get_code(shop)
        second = get_code(shop)
        if first != second:
            assert refused(verify(shop, first))
        assert verify(shop, second).status == 200

    def test_a_delayed_request_does_not_replace_a_later_ones_code(self, shop: Storefront) -> None:
        from chalicelib.mail.service import handle
        from tests.support.storefront import queued_emails

        shop.order()
        ask(shop)
        ask(shop)
        first, second = queued_emails()
        handle(second)
        handle(first)
        assert len(sent()) == 1
        assert verify(shop, code_in(sent()[0])).status == 200

    def test_belongs_to_order_and_e_mail(self, shop: Storefront) -> None:
        shop.order()
        shop.order("ORD-2", "eve@example.com")
        code = get_code(shop)
        assert refused(verify(shop, code, email="eve@example.com"))
        assert refused(verify(shop, code, number="ORD-2"))
        other = Storefront(Acme.create())
        assert refused(verify(other, code))
        assert verify(shop, code).status == 200

    def test_an_order_that_names_another_customer_is_not_shown(self, shop: Storefront) -> None:
        shop.order()
        code = get_code(shop)
        shop.order(email="eve@example.com")
        assert refused(verify(shop, code))

    @pytest.mark.parametrize(
        ("body", "field"),
        [({"email": EMAIL, "code": "1"}, "orderNumber"), ({"orderNumber": NUMBER, "code": "1"}, "email"),
         ({"orderNumber": NUMBER, "email": EMAIL}, "code")],
    )  # fmt: skip
    def test_missing_fields_are_named(self, shop: Storefront, body: dict[str, Any], field: str) -> None:
        reply = shop.client.post(VERIFY, body)
        assert (reply.status, reply.fields) == (422, [field])


class TestToken:
    def token(self, shop: Storefront) -> str:
        shop.order()
        return str(verify(shop, get_code(shop)).json["accessToken"])

    def test_opens_its_order_again(self, shop: Storefront) -> None:
        reply = shop.client.get(DETAIL, X_Order_Access=self.token(shop))
        assert (reply.status, reply.json["orderNumber"]) == (200, NUMBER)

    def test_ends_after_half_an_hour(self, shop: Storefront) -> None:
        with time_machine.travel(clock.now(), tick=False) as travel:
            token = self.token(shop)
            travel.shift(timedelta(minutes=29, seconds=59))
            assert shop.client.get(DETAIL, X_Order_Access=token).status == 200
            travel.shift(timedelta(seconds=1))
            assert shop.client.get(DETAIL, X_Order_Access=token).status == 401

    def test_no_other_credential_opens_it(self, shop: Storefront) -> None:
        token = self.token(shop)
        assert shop.client.get(DETAIL).json["code"] == "UNAUTHORIZED"
        for given in ("", "x", token[:-1], f"{token}A", shop.acme.api_key, "oat_" + "A" * 64):
            assert shop.client.get(DETAIL, X_Order_Access=given).status == 401
        assert Client().get(DETAIL, X_Order_Access=token).status == 401
        assert Storefront(Acme.create()).client.get(DETAIL, X_Order_Access=token).status == 401

    def test_is_stored_nowhere(self, shop: Storefront) -> None:
        assert self.token(shop) not in str(everything())

    def test_is_hashed_under_the_deployments_key(self, shop: Storefront) -> None:
        plain = ids.credential_hash(self.token(shop))
        stored = str(everything())
        assert plain not in stored
        assert ids.credential_id(plain) not in stored

    def test_opens_nothing_else(self, shop: Storefront) -> None:
        token = self.token(shop)
        assert Client(token, X_Api_Key=shop.acme.config["publishable_key"]).get(f"{SHOP}/orders").status == 401

    def test_an_order_that_names_another_customer_is_not_shown(self, shop: Storefront) -> None:
        token = self.token(shop)
        shop.order(email="eve@example.com")
        assert shop.client.get(DETAIL, X_Order_Access=token).status == 404

    def test_erasing_the_customer_ends_it(self, shop: Storefront) -> None:
        token = self.token(shop)
        shop.acme.server.post("/api/v1/customers/erase", {"email": EMAIL})
        assert shop.client.get(DETAIL, X_Order_Access=token).status == 401
