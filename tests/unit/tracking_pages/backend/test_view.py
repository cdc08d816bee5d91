"""What a tracking link shows, as JSON and as a page."""

import json
from typing import Any, ClassVar

import pytest
import time_machine

from chalicelib.kit import clock
from chalicelib.kit.errors import Unavailable
from chalicelib.security.rate_limits import refused_until
from chalicelib.table import connection
from chalicelib.tracking_pages import problems, routes, service
from chalicelib.tracking_pages.languages import TEXTS
from chalicelib.tracking_pages.routes import PER_ADDRESS
from tests.support.factories import EMBED, Acme
from tests.support.gateway import Client, Reply
from tests.support.merchant import Merchant
from tests.support.races import at_once, requesting, statuses

pytestmark = pytest.mark.usefixtures("cloud")

PATH = f"{EMBED}/tracking-pages"
EXPIRES = "2026-04-15T10:30:00.000Z"
UNKNOWN = "aBcDeFgHiJkLmNoPqRsTuVwX"


@pytest.fixture
def page(merchant: Merchant, shipment: str) -> dict[str, Any]:
    return merchant.page(shipment)


def as_data(token: str) -> Reply:
    return Client().get(f"{PATH}/view/{token}")


def as_page(token: str) -> Reply:
    return Client().get(f"/t/{token}")


def views(merchant: Merchant) -> int:
    return int(merchant.reopen().get(PATH).data[0]["view_count"])


def visible_ids(reply: Reply) -> list[str]:
    return [checkpoint["id"] for checkpoint in reply.data["checkpoints"]]


class TestAsData:
    @pytest.mark.parametrize("prefix", ["/api/v1/embed", "/api/embed"])
    def test_answers_exactly_what_is_documented(self, prefix: str, page: dict[str, Any], shipment: str) -> None:
        reply = Client().get(f"{prefix}/tracking-pages/view/{page['token']}")
        assert reply.status == 200
        first, second = visible_ids(reply)
        assert json.loads(reply.text) == {
            "data": {
                "shipment": {
                    "id": shipment,
                    "tracking_number": "1Z999AA10123456784",
                    "carrier": "ups",
                    "carrier_name": "UPS",
                    "service": "ground",
                    "status": "in_transit",
                    "ship_date": "2026-01-15",
                    "estimated_delivery": "2026-01-20",
                    "actual_delivery": None,
                },
                "checkpoints": [
                    {
                        "id": first,
                        "status": "picked_up",
                        "status_detail": "Picked up by carrier",
                        "location": "Los Angeles, CA",
                        "city": "Los Angeles",
                        "state": "CA",
                        "country": "US",
                        "latitude": 34.0522,
                        "longitude": -118.2437,
                        "checkpoint_time": "2026-01-15T14:00:00.000Z",
                    },
                    {
                        "id": second,
                        "status": "in_transit",
                        "status_detail": "Departed facility",
                        "location": "Chicago, IL",
                        "city": "Chicago",
                        "state": "IL",
                        "country": "US",
                        "latitude": 41.8781,
                        "longitude": -87.6298,
                        "checkpoint_time": "2026-01-16T08:00:00.000Z",
                    },
                ],
                "branding": {
                    "primary_color": "#4F46E5",
                    "logo_url": "https://cdn.acme.example/logo.svg",
                    "company_name": "Acme Fulfillment",
                },
            }
        }

    def test_is_readable_from_any_origin(self, acme: Acme, page: dict[str, Any]) -> None:
        acme.configure(allowed_origins=["https://acme.example"])
        reply = Client(Origin="https://elsewhere.example").get(f"{PATH}/view/{page['token']}")
        assert (reply.status, reply.headers["Access-Control-Allow-Origin"]) == (200, "*")

    @pytest.mark.parametrize("status", ["delivered", "Delivered", "Delivered - signed by J SMITH"])
    def test_never_names_the_signer(self, status: str, merchant: Merchant) -> None:
        signed = {"status": status, "status_detail": "Signed by J SMITH", "checkpoint_time": "2026-01-20T12:00:00Z"}
        token = merchant.page(merchant.shipment(status="delivered", checkpoints=[signed]))["token"]
        checkpoint = as_data(token).data["checkpoints"][0]
        assert (checkpoint["status"], checkpoint["status_detail"]) == ("delivered", "Delivered")
        assert "SMITH" not in as_page(token).text

    def test_follows_the_shipment(self, merchant: Merchant, page: dict[str, Any]) -> None:
        merchant.shipment(status="delivered", actual_delivery="2026-01-19T15:00:00.000Z")
        assert as_data(page["token"]).data["shipment"]["status"] == "delivered"

    def test_follows_the_branding(self, acme: Acme, page: dict[str, Any]) -> None:
        acme.configure(branding={"company_name": "Acme 2"})
        assert as_data(page["token"]).data["branding"] == {
            "primary_color": None,
            "logo_url": None,
            "company_name": "Acme 2",
        }


class TestAsAPage:
    def test_is_html_with_the_organization_s_branding(self, page: dict[str, Any]) -> None:
        reply = as_page(page["token"])
        assert reply.status == 200
        assert reply.headers["Content-Type"] == "text/html; charset=utf-8"
        assert "Acme Fulfillment" in reply.text
        assert "1Z999AA10123456784" in reply.text
        assert "Jane Doe" not in reply.text
        assert "https://cdn.acme.example" in reply.headers["Content-Security-Policy"]
        assert reply.headers["Referrer-Policy"] == "no-referrer"

    def test_is_in_the_visitor_s_language(self, page: dict[str, Any]) -> None:
        german = Client(Accept_Language="de-AT,en;q=0.5").get(f"/t/{page['token']}")
        assert german.headers["Content-Language"] == "de"
        assert '<html lang="de"' in german.text
        french = Client(Accept_Language="de").get(f"/t/{page['token']}?lang=fr")
        assert french.headers["Content-Language"] == "fr"
        assert Client().get(f"/t/{page['token']}?lang=%00").headers["Content-Language"] == "en"

    def test_of_an_unknown_token_is_a_page(self) -> None:
        reply = Client(Accept_Language="es").get(f"/t/{UNKNOWN}")
        assert (reply.status, reply.headers["Content-Type"]) == (404, "text/html; charset=utf-8")
        assert '<html lang="es"' in reply.text

    def test_of_a_revoked_page_has_the_organization_s_branding(self, merchant: Merchant, page: dict[str, Any]) -> None:
        merchant.client.delete(f"{PATH}/{page['id']}")
        reply = as_page(page["token"])
        assert (reply.status, reply.headers["Content-Type"]) == (410, "text/html; charset=utf-8")
        assert "Acme Fulfillment" in reply.text

    def test_of_an_expired_page_differs_from_a_revoked_one(
        self, time: time_machine.Traveller, merchant: Merchant, page: dict[str, Any]
    ) -> None:
        other = merchant.page(merchant.shipment("shp-2"))
        merchant.client.delete(f"{PATH}/{other['id']}")
        revoked = as_page(other["token"])
        time.move_to(clock.parse(EXPIRES))
        expired = as_page(page["token"])
        assert (expired.status, revoked.status) == (410, 410)
        assert expired.text != revoked.text


class TestBrand:
    OWN: ClassVar = {"branding": {"company_name": "Bean Shop"}, "support": {"email": "help@beans.example"}}

    def test_is_the_merchant_s_where_there_is_one(self, acme: Acme, merchant: Merchant, page: dict[str, Any]) -> None:
        acme.server.patch(f"{EMBED}/users/{merchant.end_user_id}", self.OWN)
        shown = as_page(page["token"]).text
        assert as_data(page["token"]).data["branding"] == {
            "primary_color": None,
            "logo_url": None,
            "company_name": "Bean Shop",
        }
        assert "Bean Shop" in shown
        assert "mailto:help@beans.example" in shown
        assert "Acme" not in shown

    def test_is_on_revoked_and_expired_pages_too(
        self, time: time_machine.Traveller, acme: Acme, merchant: Merchant, page: dict[str, Any]
    ) -> None:
        acme.server.patch(f"{EMBED}/users/{merchant.end_user_id}", self.OWN)
        time.move_to(clock.parse(EXPIRES))
        expired = as_page(page["token"])
        assert expired.status == 410
        assert "Bean Shop" in expired.text
        assert "mailto:help@beans.example" in expired.text

    def test_is_the_organization_s_otherwise(self, page: dict[str, Any]) -> None:
        assert "mailto:help@acme.example" in as_page(page["token"]).text


class TestLocalTime:
    SCAN: ClassVar = {"status": "in_transit", "location": "Denver, CO", "checkpoint_time": "2026-01-15T22:41:00-07:00"}

    def test_is_that_of_the_place_on_the_page_and_utc_in_the_data(self, merchant: Merchant) -> None:
        token = merchant.page(merchant.shipment(checkpoints=[self.SCAN]))["token"]
        shown = as_page(token).text
        assert '<h3><time datetime="2026-01-15">' in shown
        assert "10:41 pm</time>" in shown
        assert "Times are local to each place." in shown
        [data] = as_data(token).data["checkpoints"]
        assert data["checkpoint_time"] == "2026-01-16T05:41:00.000Z"
        assert "utc_offset" not in data

    def test_may_be_sent_apart_from_the_time(self, merchant: Merchant) -> None:
        scan = {**self.SCAN, "checkpoint_time": "2026-01-16T05:41:00Z", "utc_offset": -420}
        assert "10:41 pm</time>" in as_page(merchant.page(merchant.shipment(checkpoints=[scan]))["token"]).text

    def test_is_utc_without_an_offset(self, merchant: Merchant) -> None:
        scan = {**self.SCAN, "checkpoint_time": "2026-01-16T05:41:00Z"}
        assert "5:41 am UTC</time>" in as_page(merchant.page(merchant.shipment(checkpoints=[scan]))["token"]).text

    def test_the_same_scan_again_changes_nothing(self, acme: Acme, merchant: Merchant) -> None:
        merchant.shipment(checkpoints=[self.SCAN])
        merchant.shipment(checkpoints=[self.SCAN])
        assert len(acme.server.get(f"{EMBED}/events?event_type=shipment.updated").data) == 0


class TestOrder:
    def token(self, merchant: Merchant) -> str:
        merchant.order("1001", order_number="#1001", line_items=[{"title": "Blue mug", "quantity": 2, "price": 9}])
        return str(merchant.page(merchant.shipment(order_external_id="1001"))["token"])

    def test_is_shown_where_the_organization_wants_it(self, acme: Acme, merchant: Merchant) -> None:
        token = self.token(merchant)
        assert "#1001" not in as_page(token).text
        acme.configure(settings={"trackingPageShowsItems": True})
        shown = as_page(token).text
        assert "#1001" in shown
        assert "2 × <bdi>Blue mug</bdi>" in shown

    def test_is_never_in_the_public_data(self, acme: Acme, merchant: Merchant) -> None:
        acme.configure(settings={"trackingPageShowsItems": True})
        reply = as_data(self.token(merchant))
        assert set(reply.data) == {"shipment", "checkpoints", "branding"}
        assert "Blue mug" not in reply.text

    def test_is_left_out_for_a_shipment_without_one(self, acme: Acme, page: dict[str, Any]) -> None:
        acme.configure(settings={"trackingPageShowsItems": True})
        assert "Order number" not in as_page(page["token"]).text


class TestErrors:
    def test_a_rate_limited_visitor_gets_a_page_in_their_language(self, page: dict[str, Any]) -> None:
        refused_until()[(PER_ADDRESS.name, "203.0.113.1")] = clock.now().timestamp() + 60
        reply = Client(Accept_Language="de").get(f"/t/{page['token']}")
        assert (reply.status, reply.headers["Content-Type"]) == (429, "text/html; charset=utf-8")
        assert 1 <= int(reply.headers["Retry-After"]) <= 60
        assert reply.headers["RateLimit-Remaining"] == "0"
        assert reply.headers["Cache-Control"] == "no-store"
        assert TEXTS["de"].problems["busy"].headline in reply.text
        assert "Acme" not in reply.text
        assert as_data(page["token"]).code == "rate_limited"

    def test_a_server_error_is_a_page_with_the_request_id(
        self, page: dict[str, Any], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def fail(*_: Any, **__: Any) -> None:
            raise RuntimeError("the secret reason")

        monkeypatch.setattr(f"{routes.__name__}.render", fail)
        reply = Client().get(f"/t/{page['token']}?lang=fr")
        assert (reply.status, reply.headers["Content-Type"]) == (500, "text/html; charset=utf-8")
        assert TEXTS["fr"].problems["failed"].headline in reply.text
        assert reply.headers["X-Request-Id"] in reply.text
        assert "secret" not in reply.text

    def test_a_throttled_table_is_a_page_that_can_be_retried(
        self, page: dict[str, Any], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def busy(*_: Any, **__: Any) -> None:
            raise Unavailable

        monkeypatch.setattr(f"{routes.__name__}.open_page", busy)
        reply = as_page(page["token"])
        assert (reply.status, reply.headers["Retry-After"]) == (503, "1")
        assert TEXTS["en"].problems["busy"].headline in reply.text

    def test_if_the_error_page_fails_too_the_response_is_json(
        self, page: dict[str, Any], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def fail(*_: Any, **__: Any) -> None:
            raise RuntimeError

        monkeypatch.setattr(f"{routes.__name__}.render", fail)
        monkeypatch.setattr(f"{problems.__name__}.render_problem", fail)
        reply = as_page(page["token"])
        assert (reply.status, reply.code) == (500, "internal_error")


class TestUnavailable:
    @pytest.mark.parametrize("token", [UNKNOWN, "short", "x" * 200, "aBcDeFgHiJkLmNoPqRsTuV%2F", "%00", "..%2f.."])
    def test_unknown_tokens_are_404(self, token: str) -> None:
        reply = as_data(token)
        assert (reply.status, reply.code) == (404, "not_found")
        assert as_page(token).status == 404

    def test_revoked_is_410(self, merchant: Merchant, page: dict[str, Any]) -> None:
        merchant.client.delete(f"{PATH}/{page['id']}")
        reply = as_data(page["token"])
        assert (reply.status, reply.code) == (410, "gone")

    def test_feature_off_is_404_until_it_is_on_again(
        self, acme: Acme, merchant: Merchant, page: dict[str, Any]
    ) -> None:
        acme.configure(enabled_features=["data_room"])
        assert (as_data(page["token"]).status, as_page(page["token"]).status) == (404, 404)
        assert "Acme" not in as_page(page["token"]).text
        acme.configure(enabled_features=["branded_tracking"])
        assert as_data(page["token"]).status == 200

    def test_inactive_embed_is_404(self, acme: Acme, page: dict[str, Any]) -> None:
        acme.configure(is_active=False)
        assert (as_data(page["token"]).status, as_page(page["token"]).status) == (404, 404)

    def test_a_deleted_end_user_s_page_is_410(self, acme: Acme, merchant: Merchant, page: dict[str, Any]) -> None:
        acme.server.delete(f"{EMBED}/users/{merchant.end_user_id}")
        assert (as_data(page["token"]).status, as_page(page["token"]).status) == (410, 410)


class TestExpiry:
    @pytest.mark.parametrize("written", [False, True])
    def test_takes_effect_at_expires_at(
        self, written: bool, time: time_machine.Traveller, merchant: Merchant, shipment: str, page: dict[str, Any]
    ) -> None:
        time.move_to(clock.parse("2026-04-15T10:29:59.999Z"))
        service.expire_due()
        assert as_data(page["token"]).status == 200
        time.move_to(clock.parse(EXPIRES))
        if written:
            assert service.expire_due().handled == 1
            assert service.expire_due().handled == 0
        assert as_data(page["token"]).status == 410
        merchant.reopen()
        listed = merchant.client.get(PATH).data
        assert [(row["is_active"], row["view_count"]) for row in listed] == [(False, 1)]
        assert merchant.client.delete(f"{PATH}/{page['id']}").status == 200
        assert merchant.client.post(PATH, {"shipmentId": shipment}).status == 201

    def test_does_not_overwrite_a_revocation(
        self, time: time_machine.Traveller, merchant: Merchant, page: dict[str, Any]
    ) -> None:
        merchant.client.delete(f"{PATH}/{page['id']}")
        time.move_to(clock.parse(EXPIRES))
        assert service.expire_due().handled == 0

    def test_works_through_a_backlog_in_several_runs(
        self, time: time_machine.Traveller, merchant: Merchant, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(service, "MAX_EXPIRED_PER_RUN", 5)
        for number in range(8):
            merchant.page(merchant.shipment(f"shp-{number}"))
        time.move_to(clock.parse(EXPIRES))
        assert [service.expire_due().handled for _ in range(3)] == [5, 3, 0]


class TestCounting:
    def test_counts_both_views(self, time: time_machine.Traveller, merchant: Merchant, page: dict[str, Any]) -> None:
        as_data(page["token"])
        time.shift(60)
        as_page(page["token"])
        listed = merchant.client.get(PATH).data[0]
        assert (listed["view_count"], listed["last_viewed_at"]) == (2, "2026-01-15T10:31:00.000Z")

    def test_counts_concurrent_views(self, merchant: Merchant, page: dict[str, Any]) -> None:
        data = requesting(Client(), "GET", f"{PATH}/view/{page['token']}")
        html = requesting(Client(), "GET", f"/t/{page['token']}")
        assert statuses(at_once([data, html] * 4)) == {200: 8}
        assert views(merchant) == 8

    def test_ignores_views_that_showed_nothing(
        self, time: time_machine.Traveller, acme: Acme, merchant: Merchant, page: dict[str, Any]
    ) -> None:
        as_data(page["token"])
        acme.configure(enabled_features=["data_room"])
        as_data(page["token"])
        acme.configure(enabled_features=["branded_tracking"])
        merchant.client.delete(f"{PATH}/{page['id']}")
        as_data(page["token"])
        time.move_to(clock.parse(EXPIRES))
        as_page(page["token"])
        assert views(merchant) == 1


class TestCost:
    def calls(self, token: str, monkeypatch: pytest.MonkeyPatch) -> list[str]:
        made: list[str] = []
        client: Any = connection.table().connection.client
        whole = client._make_api_call

        def make_api_call(name: str, parameters: Any) -> Any:
            made.append(name)
            return whole(name, parameters)

        monkeypatch.setattr(client, "_make_api_call", make_api_call)
        as_data(token)
        return made

    # The UpdateItem that runs with the first read counts the requests of the address.

    def test_is_one_read_followed_by_concurrent_calls(
        self, page: dict[str, Any], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        made = self.calls(page["token"], monkeypatch)
        assert sorted(made[:2]) == ["GetItem", "UpdateItem"]
        assert sorted(made[2:]) == ["BatchGetItem", "BatchGetItem", "UpdateItem"]

    def test_of_an_unknown_token_is_one_read(self, monkeypatch: pytest.MonkeyPatch) -> None:
        assert sorted(self.calls(UNKNOWN, monkeypatch)) == ["GetItem", "UpdateItem"]
