"""An erased customer stays erased when a source sends their orders again; what they order later is theirs."""

from datetime import timedelta
from typing import Any, ClassVar
from unicodedata import normalize

import pytest
import time_machine

from chalicelib.kit import clock
from infra.system import FUNCTIONS
from tests.support.erasures import EMAIL, PERSON, erase, erase_now, naming, order, run_cleanup, shipment
from tests.support.factories import EMBED
from tests.support.pipeline import Pipeline
from tests.support.storefront import SHOP, Storefront, send_mail, sent

PLACE = {"city": "Anytown", "state": "CA", "zip": "90210", "country": "US"}


def detail(shop: Storefront) -> dict[str, Any]:
    (row,) = shop.session.client.get(f"{EMBED}/orders").data
    data: dict[str, Any] = shop.session.client.get(f"{EMBED}/orders/{row['id']}").data
    return data


class TestEarlierOrders:
    def test_come_in_redacted(self, shop: Storefront) -> None:
        pipeline = Pipeline()
        shop.acme.configure(settings={"storefrontEmails": True})
        earlier = order(ordered_at=clock.in_seconds(-3600), tags=["Jane Doe", "vip"])
        erase(shop)
        run_cleanup(pipeline)
        shop.sync([earlier], [shipment()])
        assert naming(PERSON) == []
        stored = detail(shop)
        assert stored["shipping_address"] == stored["billing_address"] == PLACE
        assert stored["tags"] == ["[erased]", "vip"]
        assert stored["notes"] == "Call [erased] at [erased] or write to [erased]"
        send_mail()
        assert sent() == []

    def test_come_in_redacted_through_another_bridge(self, shop: Storefront) -> None:
        pipeline = Pipeline()
        shop.sync([order(ordered_at=clock.in_seconds(-3600))], [shipment()])
        erase(shop)
        run_cleanup(pipeline)
        shop.session.client.delete(f"{EMBED}/bridges/{shop.bridge['id']}")
        run_cleanup(pipeline)
        shop.bridge = shop.session.bridge()
        shop.sync([order(ordered_at=clock.in_seconds(-3600))], [shipment()])
        assert naming(PERSON) == []
        assert shop.customer(EMAIL).get(f"{SHOP}/orders").json["total"] == 0

    def test_come_in_redacted_years_later(self, shop: Storefront) -> None:
        earlier = order(ordered_at=clock.in_seconds(-3600))
        erase(shop)
        run_cleanup(Pipeline())
        with time_machine.travel(clock.now() + timedelta(days=1000)):
            shop.sync([earlier])
        assert naming(PERSON) == []

    def test_that_named_another_customer_come_in_redacted(self, shop: Storefront) -> None:
        earlier = clock.in_seconds(-3600)
        shop.sync([order(ordered_at=earlier, customer={"email": "eve@example.com"}, shipping_address=None,
                         billing_address=None, notes=None)])  # fmt: skip
        erase(shop)
        run_cleanup(Pipeline())
        shop.sync([order(ordered_at=earlier)])
        assert naming(PERSON) == []
        assert shop.customer("eve@example.com").get(f"{SHOP}/orders").json["total"] == 0

    @pytest.mark.parametrize(
        "email", ["JANE.DOE@example.com.", "Jane Doe <jane.doe@example.com>", "mailto:jane.doe@example.com"]
    )
    def test_come_in_redacted_in_every_spelling(self, shop: Storefront, email: str) -> None:
        erase(shop)
        run_cleanup(Pipeline())
        customer = {"name": "Jane Doe", "email": email, "phone": "+1 555 0100"}
        shop.sync([order(ordered_at=clock.in_seconds(-3600), customer=customer)])
        assert naming(PERSON) == []


class TestLaterOrders:
    def test_come_in_whole(self, shop: Storefront) -> None:
        erase(shop)
        run_cleanup(Pipeline())
        with time_machine.travel(clock.now() + timedelta(seconds=1)):
            shop.sync([order(ordered_at=clock.timestamp())], [shipment()])
            assert detail(shop)["customer"]["name"] == "Jane Doe"
            assert shop.customer(EMAIL).get(f"{SHOP}/orders").json["total"] == 1

    def test_can_be_erased_in_turn(self, shop: Storefront) -> None:
        erase_now(shop)
        with time_machine.travel(clock.now() + timedelta(seconds=1), tick=False) as travel:
            shop.sync([order(ordered_at=clock.timestamp())])
            travel.shift(timedelta(seconds=1))
            erase_now(shop)
            shop.sync([order(ordered_at=clock.in_seconds(-1), status="shipped")])
        assert naming(PERSON) == []


class TestTitlesAndNotes:
    NAME = "Ivo Mařsk"

    def engraved(self, name: str, **more: Any) -> dict[str, Any]:
        lines = [{"title": f"Mug engraved '{name}'", "sku": "M", "quantity": 1, "price": 9}]
        customer = {"name": self.NAME, "email": "ivo@example.com"}
        return order(customer=customer, line_items=lines, notes=f"For {name}", tags=[name], shipping_address=None,
                     billing_address=None, **more)  # fmt: skip

    @pytest.mark.parametrize("name", [NAME, NAME.upper(), normalize("NFD", NAME), NAME.replace(" ", "\u00a0 ")])
    def test_lose_the_name_in_every_spelling_and_stay_without_it(self, shop: Storefront, name: str) -> None:
        shop.sync([self.engraved(name)])
        erase(shop, "ivo@example.com")
        run_cleanup(Pipeline())
        for status in ("processing", "shipped"):
            stored = detail(shop)
            assert stored["line_items"][0]["title"] == "Mug engraved '[erased]'"
            assert (stored["notes"], stored["tags"]) == ("For [erased]", ["[erased]"])
            assert naming(r"ivo\s|ma\w+rsk|mařsk") == []
            shop.sync([self.engraved(name, status=status)])

    def test_stay_without_it_in_records_that_do_not_name_the_customer(self, shop: Storefront) -> None:
        shop.sync([self.engraved(self.NAME)])
        erase(shop, "ivo@example.com")
        run_cleanup(Pipeline())
        for name in (self.NAME, self.NAME.upper(), normalize("NFD", self.NAME)):
            partial = self.engraved(name, status="shipped")
            shop.sync([{each: partial[each] for each in ("external_id", "line_items", "tags", "notes", "status")}])
            shop.sync([{"external_id": partial["external_id"], "status": "processing"}])
            assert detail(shop)["line_items"][0]["title"] == "Mug engraved '[erased]'"
            assert naming(r"ivo\s|ma\w+rsk|mařsk") == []


class TestShipments:
    LEFT: ClassVar[dict[str, Any]] = {
        "status": "in_transit",
        "status_detail": "Left with JANE DOE",
        "checkpoint_time": "2026-01-15T10:00:00.000Z",
    }  # fmt: skip

    def moving(self, **more: Any) -> dict[str, Any]:
        return {**shipment(), "status": "in_transit", "checkpoints": [self.LEFT], **more}

    @pytest.mark.parametrize("fields", [("ship_to",), ()])
    def test_do_not_bring_a_name_back_in_the_carriers_words(self, shop: Storefront, fields: tuple[str, ...]) -> None:
        shop.sync([order()], [self.moving()])
        erase(shop)
        run_cleanup(Pipeline())
        again = self.moving(service="ground")
        kept = ("external_id", "order_external_id", "status", "service", "checkpoints", *fields)
        shop.sync([], [{name: again[name] for name in kept}])
        assert naming(PERSON) == []

    def test_that_arrive_later_lose_the_name_of_their_recipient(self, shop: Storefront) -> None:
        shop.sync([order()])
        erase(shop)
        run_cleanup(Pipeline())
        shop.sync([], [self.moving()])
        assert naming(PERSON) == []
        shop.sync([], [{**self.moving(service="air"), "ship_to": None}])
        assert naming(PERSON) == []


class TestEverythingSyncStores:
    @pytest.mark.parametrize(
        "email",
        [
            "jose\u0301@example.com",
            "Jane Doe <jane.doe@example.com>",
            "mailto:jane.doe@example.com",
            "jane doe@example",
            "not an address",
            "a@b@c.example",
            "greta@straße-laden.example.",
            "x",
            "jane@",
        ],
    )
    def test_can_be_erased(self, shop: Storefront, email: str) -> None:
        shop.sync([order(customer={"name": "Jane Doe", "email": email, "phone": None})])
        stored = detail(shop)["customer"]["email"]
        erase(shop, email)
        run_cleanup(Pipeline())
        assert detail(shop)["customer"] == {"name": None, "email": None, "phone": None}
        assert len(stored) == 1 or naming(stored) == []


class TestDelay:
    def test_the_last_look_comes_after_every_earlier_sync(self) -> None:
        from chalicelib.erasure import service

        longest = max(each.timeout_seconds for each in FUNCTIONS if each.name == "api_handler")
        assert longest < 12 * service.MAX_INDEX_ATTEMPTS
