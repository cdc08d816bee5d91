"""How often codes may be requested and guessed. All of these limits are silent."""

from datetime import timedelta

import pytest
import time_machine

from chalicelib.kit import clock
from chalicelib.security.rate_limits import Limit
from chalicelib.storefront import access
from tests.support.factories import Acme
from tests.support.guests import ask, get_code, refused, verify, wrong
from tests.support.storefront import Storefront, order_record, send_mail, sent


class TestRequests:
    def test_three_in_a_quarter_of_an_hour_for_an_order(self, shop: Storefront) -> None:
        shop.order()
        with time_machine.travel(clock.now().replace(minute=0), tick=False) as travel:
            for _ in range(5):
                assert ask(shop).json["success"] is True
            send_mail()
            assert len(sent()) == 3
            travel.shift(timedelta(minutes=15))
            ask(shop)
            send_mail()
            assert len(sent()) == 4

    def test_ten_an_hour_for_an_e_mail(self, shop: Storefront) -> None:
        shop.sync([order_record(f"N-{n}") for n in range(12)])
        with time_machine.travel(clock.now().replace(minute=0), tick=False):
            for n in range(12):
                assert ask(shop, f"N-{n}").json["success"] is True
            send_mail()
            assert len(sent()) == 10

    def test_a_stranger_who_knows_the_number_leaves_the_shoppers_requests(self, shop: Storefront) -> None:
        shop.order()
        with time_machine.travel(clock.now().replace(minute=0), tick=False):
            for n in range(8):
                ask(shop, email=f"eve{n % 2}@example.com", ip=f"198.51.100.{n}")
            get_code(shop)

    def test_a_stranger_who_knows_the_address_leaves_the_shoppers_requests(self, shop: Storefront) -> None:
        shop.order()
        with time_machine.travel(clock.now().replace(minute=0), tick=False):
            for n in range(24):
                ask(shop, f"X-{n}", ip=f"198.51.100.{n % 3}")
            get_code(shop)

    def test_twenty_an_hour_from_an_ip_address_without_harming_others(self, shop: Storefront) -> None:
        shop.order()
        with time_machine.travel(clock.now().replace(minute=0), tick=False):
            for n in range(20):
                ask(shop, f"X-{n}", f"x{n}@example.com", ip="198.51.100.1")
            for _ in range(5):
                ask(shop, ip="198.51.100.1")
            send_mail()
            assert sent() == []
            ask(shop)
            send_mail()
            assert len(sent()) == 1


class TestGuesses:
    def test_a_stranger_who_knows_the_number_does_not_lock_the_shopper_out(self, shop: Storefront) -> None:
        shop.order()
        with time_machine.travel(clock.now().replace(hour=0, minute=0), tick=False):
            code = get_code(shop)
            for n in range(40):
                assert refused(verify(shop, "000000", email=f"eve{n % 2}@example.com", ip=f"198.51.100.{n}"))
            assert verify(shop, code).status == 200

    def test_twenty_wrong_guesses_a_day_for_an_order(self, shop: Storefront) -> None:
        shop.order()
        with time_machine.travel(clock.now().replace(hour=0, minute=0), tick=False) as travel:
            for _ in range(4):
                code = get_code(shop)
                for step in range(1, 6):
                    assert refused(verify(shop, wrong(code, step)))
                travel.shift(timedelta(minutes=15))
            assert refused(verify(shop, get_code(shop)))
            travel.shift(timedelta(days=1))
            assert verify(shop, get_code(shop)).status == 200

    def test_a_hundred_wrong_guesses_an_hour_from_an_ip_address_without_harming_others(self, shop: Storefront) -> None:
        shop.order()
        with time_machine.travel(clock.now().replace(minute=0), tick=False) as travel:
            code = get_code(shop)
            for n in range(100):
                assert refused(verify(shop, "000000", f"X-{n}", ip="198.51.100.1"))
            # More than would burn the code, and than the order takes in a day.
            for step in range(1, 22):
                assert refused(verify(shop, wrong(code, step), ip="198.51.100.1"))
            assert refused(verify(shop, code, ip="198.51.100.1"))
            assert verify(shop, code).status == 200
            travel.shift(timedelta(hours=1))
            assert verify(shop, get_code(shop), ip="198.51.100.1").status == 200

    def test_guesses_are_counted_per_organization(self, shop: Storefront, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(access, "GUESSES_PER_ADDRESS", Limit("access-guess-address", 1, 3600))
        shop.order()
        other = Storefront(Acme.create())
        assert refused(verify(other, "000000"))
        assert verify(shop, get_code(shop)).status == 200

    def test_right_codes_do_not_count_as_guesses(self, shop: Storefront, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(access, "GUESSES_PER_ADDRESS", Limit("access-guess-address", 1, 10 * 86400))
        shop.order()
        with time_machine.travel(clock.now().replace(hour=0, minute=0), tick=False) as travel:
            for _ in range(25):
                assert verify(shop, get_code(shop)).status == 200
                travel.shift(timedelta(minutes=15))
