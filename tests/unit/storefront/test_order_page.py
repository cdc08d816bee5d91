"""The order page: brand, status, shipments and amounts, in the visitor's language."""

import re
from decimal import Decimal
from typing import Any, ClassVar
from urllib.parse import quote, urljoin

import pytest

from chalicelib.kit import clock
from chalicelib.organizations.suspension import suspend
from chalicelib.security.rate_limits import refused_until
from chalicelib.storefront import order_page
from chalicelib.storefront.order_page_texts import TEXTS
from chalicelib.storefront.order_page_view import page_status
from chalicelib.tracking_pages.languages import TEXTS as PAGE_TEXTS
from tests.support.aws_calls import counted
from tests.support.factories import EMBED, Acme
from tests.support.gateway import Client, Reply
from tests.support.storefront import SHOP, Storefront

NUMBER = "ORD-2026-0042"


def path(shop: Storefront, number: str = NUMBER) -> str:
    token = shop.customer().get(f"{SHOP}/orders/{quote(number, safe='')}").json["trackingToken"]
    return f"/o/{shop.acme.organization_id}/{token}"


def ordered(shop: Storefront, **fields: Any) -> str:
    shop.order(**fields)
    return path(shop)


def shipment(external_id: str, status: str, **fields: Any) -> dict[str, Any]:
    return {
        "external_id": external_id,
        "order_external_id": f"ext-{NUMBER}",
        "status": status,
        "carrier": "ups",
        "tracking_number": f"1Z{external_id}",
        **fields,
    }


class TestPage:
    def test_shows_the_tracking_view_in_the_brand(self, shop: Storefront) -> None:
        shop.acme.configure(branding={"company_name": "Acme & Söhne", "support_email": "help@acme.example"})
        page = ordered(shop)
        reply = Client(Accept_Language="de").get(page)
        assert reply.status == 200
        assert reply.headers["Content-Type"] == "text/html; charset=utf-8"
        assert "default-src 'none'" in reply.headers["Content-Security-Policy"]
        assert reply.headers["Referrer-Policy"] == "no-referrer"
        assert "Zahlung ausstehend" in reply.text
        assert "Acme &amp; Söhne" in reply.text
        assert "mailto:help@acme.example" in reply.text
        assert NUMBER in reply.text
        for hidden in ("jane@", "123 Main", "90210", "555 0100", "Jane"):
            assert hidden not in reply.text
        assert "Awaiting payment" in Client(Accept_Language="de").get(f"{page}?lang=en").text

    def test_unknown_links_are_a_page(self, shop: Storefront) -> None:
        shop.acme.configure(branding={"company_name": "Acme"})
        page = ordered(shop)
        token = page.rpartition("/")[2]
        organization_id = shop.acme.organization_id
        for unknown in (f"/o/{organization_id}/x", f"/o/{Acme.create().organization_id}/{token}", f"/o/nobody/{token}"):
            reply = Client().get(unknown)
            assert (reply.status, "This link is not valid, or has expired." in reply.text) == (404, True)
        assert "Acme" in Client().get(f"/o/{organization_id}/x").text
        shop.acme.configure(is_active=False)
        inactive = Client().get(page)
        assert (inactive.status, "Acme" in inactive.text) == (404, False)

    def test_refusals_and_failures_are_pages(self, shop: Storefront, monkeypatch: pytest.MonkeyPatch) -> None:
        page = f"{ordered(shop)}?lang=fr"
        monkeypatch.setattr(f"{order_page.__name__}.render", lambda *_: 1 / 0)
        failed = Client().get(page)
        assert (failed.status, failed.headers["Content-Type"]) == (500, "text/html; charset=utf-8")
        assert PAGE_TEXTS["fr"].problems["failed"].headline in failed.text
        assert failed.headers["X-Request-Id"] in failed.text
        refused_until()["order-page", "203.0.113.1"] = clock.now().timestamp() + 60
        refused = Client().get(page)
        assert (refused.status, refused.headers["Content-Type"]) == (429, "text/html; charset=utf-8")
        assert PAGE_TEXTS["fr"].problems["busy"].headline in refused.text
        assert 1 <= int(refused.headers["Retry-After"]) <= 60

    def test_hostile_orders_stay_text(self, shop: Storefront) -> None:
        lines = [{"title": "<script>alert(1)</script>", "quantity": 1, "price": 1}]
        shop.order("<img src=x>", line_items=lines, shipping_address={"city": "<b>x", "country": "'\">"})
        text = Client().get(path(shop, "<img src=x>")).text
        assert "<script" not in text
        assert "<img src=x" not in text
        assert "<b>x" not in text

    def test_makes_few_calls(self, shop: Storefront) -> None:
        page = ordered(shop)
        shop.sync([], [shipment("1", "in_transit")])
        with counted() as calls:
            Client().get(page)
        # The limit, the config and the owners; the order; the bridge; the end user and the shipments.
        assert len(calls) <= 7


class TestCancelling:
    def page(self, shop: Storefront, **fields: Any) -> str:
        shop.acme.configure(settings={"shopperActions": {"cancel": True}, "actionPolicies": {}})
        return ordered(shop, **fields)

    def queue(self, shop: Storefront) -> list[dict[str, Any]]:
        rows: list[dict[str, Any]] = shop.acme.server.get(f"{EMBED}/action-requests/queue?status=all").data
        return rows

    def press(self, page: str) -> Reply:
        """Follow the form that the page shows, as a browser does."""
        (form,) = re.findall(r'<form method="post" action="([^"]+)">', Client().get(page).text)
        pressed = Client(Content_Type="application/x-www-form-urlencoded").post(urljoin(page, form))
        assert pressed.status == 303, pressed.text
        return Client().get(urljoin(urljoin(page, form), pressed.headers["Location"]))

    def test_an_order_that_awaits_payment_is_cancelled(self, shop: Storefront) -> None:
        page = self.page(shop)
        shown = Client().get(page)
        assert "The order has not been paid. It is cancelled at once." in shown.text
        assert "form-action 'self'" in shown.headers["Content-Security-Policy"]
        assert self.queue(shop) == []
        after = self.press(page)
        assert "<h1>Cancelled</h1>" in after.text
        assert "<form" not in after.text
        (row,) = self.queue(shop)
        assert (row["status"], row["action_type"]) == ("approved", "cancel")

    def test_a_later_one_is_asked_for_and_people_decide(self, shop: Storefront) -> None:
        page = self.page(shop, status="processing", payment_status="paid")
        # A link is passed on more easily than a password, so that no policy approves what came by it.
        shop.acme.configure(settings={"actionPolicies": {"cancel": {"autoApprove": True}}})
        after = self.press(f"{page}?lang=de")
        assert "Der Shop wurde gebeten, diese Bestellung zu stornieren." in after.text
        assert "<form" not in after.text
        assert [row["status"] for row in self.queue(shop)] == ["pending"]
        assert Client().post(f"{page}/cancel", {}).status == 303
        assert len(self.queue(shop)) == 1

    @pytest.mark.parametrize("setting", [{}, {"cancel": False, "addressChange": True}])
    def test_is_not_offered_unless_it_is_allowed(self, shop: Storefront, setting: dict[str, bool]) -> None:
        shop.acme.configure(settings={"shopperActions": setting})
        page = ordered(shop)
        shown = Client().get(page)
        assert "<form" not in shown.text
        assert "form-action 'none'" in shown.headers["Content-Security-Policy"]
        Client().post(f"{page}/cancel", {})
        assert self.queue(shop) == []

    def test_is_not_offered_once_a_parcel_is_on_its_way(self, shop: Storefront) -> None:
        page = self.page(shop, status="processing", payment_status="paid")
        shop.sync([], [shipment("1", "in_transit")])
        assert "<form" not in Client().get(page).text

    def test_not_while_the_organization_is_suspended(self, shop: Storefront) -> None:
        page = self.page(shop)
        suspend(shop.acme.organization_id)
        assert "<form" not in Client().get(page).text
        Client().post(f"{page}/cancel", {})
        assert "Awaiting payment" in Client().get(page).text

    def test_an_unknown_link_is_a_page(self, shop: Storefront) -> None:
        page = self.page(shop)
        for unknown in (f"{page}x", page.replace(shop.acme.organization_id, Acme.create().organization_id)):
            reply = Client().post(f"{unknown}/cancel", {})
            assert (reply.status, reply.headers["Content-Type"]) == (404, "text/html; charset=utf-8")


class TestAmounts:
    @pytest.mark.parametrize(
        ("language", "total", "line"),
        [
            ("en", "$49.99", "$45.00"),
            ("de", "49,99\u00a0$", "45,00\u00a0$"),
            ("es", "49,99\u00a0US$", "45,00\u00a0US$"),
            ("fr", "49,99\u00a0$US", "45,00\u00a0$US"),
            ("pt", "US$\u00a049,99", "US$\u00a045,00"),
        ],
    )
    def test_are_written_in_the_visitor_s_language(
        self, shop: Storefront, language: str, total: str, line: str
    ) -> None:
        text = Client().get(f"{ordered(shop)}?lang={language}").text
        assert f"<bdi>{total}</bdi>" in text
        assert f'<span class="amount">{line}</span>' in text
        assert "2 × <bdi>Widget</bdi>" in text

    def test_have_the_digits_of_the_currency(self, shop: Storefront) -> None:
        totals = {"total": Decimal("54.8")}
        assert "€54.80" in Client().get(ordered(shop, currency="EUR", totals=totals)).text


class TestShipments:
    def test_are_shown_with_carrier_number_and_link(self, shop: Storefront) -> None:
        page = ordered(shop, status="processing", payment_status="paid")
        shop.sync([], [shipment("1", "in_transit")])
        reply = Client().get(page)
        assert "<h1>On its way</h1>" in reply.text
        assert "The shop is preparing your order" not in reply.text
        assert "<bdi>UPS</bdi>" in reply.text
        assert "https://www.ups.com/track?tracknum=1Z1" in reply.text
        assert 'data-copy="1Z1"' in reply.text
        assert "script-src 'sha256-" in reply.headers["Content-Security-Policy"]

    def test_are_numbered_where_there_are_several(self, shop: Storefront) -> None:
        page = ordered(shop, status="processing", payment_status="paid")
        shop.sync([], [shipment("1", "delivered"), shipment("2", "label_created")])
        text = Client().get(page).text
        assert "<h1>Partially shipped</h1>" in text
        assert "Shipment 1 of 2" in text
        assert "Shipment 2 of 2" in text

    def test_of_a_deleted_bridge_are_hidden(self, shop: Storefront) -> None:
        page = ordered(shop, status="processing", payment_status="paid")
        carrier = shop.session.bridge(name="Second")
        shop.acme.server.post(f"/api/v1/bridges/{carrier['id']}/sync", {"shipments": [shipment("1", "in_transit")]})
        assert "1Z1" in Client().get(page).text
        shop.session.client.delete(f"{EMBED}/bridges/{carrier['id']}")
        assert "1Z1" not in Client().get(page).text


class TestBrand:
    def test_is_the_merchant_s_where_there_is_one(self, shop: Storefront) -> None:
        shop.acme.configure(branding={"company_name": "Acme"})
        body = {"branding": {"company_name": "Bean Shop"}, "support": {"url": "https://beans.example/help"}}
        shop.acme.server.patch(f"{EMBED}/users/{shop.session.end_user_id}", body)
        text = Client().get(ordered(shop)).text
        assert "Bean Shop" in text
        assert "https://beans.example/help" in text
        assert "Acme" not in text


class TestStatus:
    PAID: ClassVar = {"payment_status": "paid", "fulfillment_status": "unfulfilled"}

    @pytest.mark.parametrize(
        ("order", "shipments", "status"),
        [
            ("pending", [], "CONFIRMED"),
            ("processing", [], "CONFIRMED"),
            ("processing", ["label_created"], "CONFIRMED"),
            ("processing", ["in_transit"], "SHIPPED"),
            ("processing", ["exception"], "SHIPPED"),
            ("processing", ["in_transit", "cancelled"], "SHIPPED"),
            ("processing", ["in_transit", "pending"], "PARTIALLY_SHIPPED"),
            ("processing", ["delivered", "in_transit"], "SHIPPED"),
            ("processing", ["delivered", "delivered"], "DELIVERED"),
            ("partially_shipped", ["delivered"], "PARTIALLY_SHIPPED"),
            ("partially_shipped", [], "PARTIALLY_SHIPPED"),
            ("shipped", ["delivered"], "DELIVERED"),
            ("shipped", ["returned"], "RETURNED"),
            ("on_hold", [], "ON_HOLD"),
            ("on_hold", ["in_transit"], "SHIPPED"),
            ("returned", ["delivered"], "RETURNED"),
        ],
    )
    def test_follows_the_shipments(self, order: str, shipments: list[str], status: str) -> None:
        found = page_status({"status": order, **self.PAID}, "CONFIRMED", [{"status": word} for word in shipments])
        assert found == status

    def test_is_partial_where_the_source_says_so(self) -> None:
        order = {"status": "processing", "fulfillment_status": "partially_fulfilled"}
        assert page_status(order, "PROCESSING", [{"status": "delivered"}]) == "PARTIALLY_SHIPPED"

    @pytest.mark.parametrize("final", ["DELIVERED", "CANCELLED", "REFUNDED"])
    def test_of_a_finished_order_stays(self, final: str) -> None:
        assert page_status({"status": "x", **self.PAID}, final, [{"status": "in_transit"}]) == final

    def test_every_one_has_words_in_every_language(self) -> None:
        for texts in TEXTS.values():
            assert set(texts.statuses) == set(order_page._APPEARANCE)
