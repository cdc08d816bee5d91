"""What anyone with a link gets: as data, and as a page for people."""

import json
from typing import Any

import pytest
import time_machine

from chalicelib.api.admission import refusals
from chalicelib.kit import clock
from chalicelib.kit.errors import Unavailable
from chalicelib.table import connection
from chalicelib.tracking_pages import problems, routes, service
from chalicelib.tracking_pages.languages import TEXTS
from chalicelib.tracking_pages.routes import PER_ADDRESS
from tests.support.factories import EMBED, Acme
from tests.support.gateway import Client, Reply
from tests.support.merchant import Merchant
from tests.support.races import at_once, requesting, statuses

PATH = f"{EMBED}/tracking-pages"
EXPIRES = "2026-04-15T10:30:00.000Z"
NOBODY_S = "aBcDeFgHiJkLmNoPqRsTuVwX"


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

    def test_may_be_read_by_any_site(self, acme: Acme, page: dict[str, Any]) -> None:
        acme.configure(allowed_origins=["https://acme.example"])
        reply = Client(Origin="https://elsewhere.example").get(f"{PATH}/view/{page['token']}")
        assert (reply.status, reply.headers["Access-Control-Allow-Origin"]) == (200, "*")

    @pytest.mark.parametrize("status", ["delivered", "Delivered", "Delivered - signed by J SMITH"])
    def test_never_says_who_signed(self, status: str, merchant: Merchant) -> None:
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
    def test_is_html_in_the_organization_s_name(self, page: dict[str, Any]) -> None:
        reply = as_page(page["token"])
        assert reply.status == 200
        assert reply.headers["Content-Type"] == "text/html; charset=utf-8"
        assert "Acme Fulfillment" in reply.text
        assert "1Z999AA10123456784" in reply.text
        assert "Jane Doe" not in reply.text
        assert "https://cdn.acme.example" in reply.headers["Content-Security-Policy"]
        assert reply.headers["Referrer-Policy"] == "no-referrer"

    def test_speaks_the_visitor_s_language(self, page: dict[str, Any]) -> None:
        german = Client(Accept_Language="de-AT,en;q=0.5").get(f"/t/{page['token']}")
        assert german.headers["Content-Language"] == "de"
        assert '<html lang="de"' in german.text
        french = Client(Accept_Language="de").get(f"/t/{page['token']}?lang=fr")
        assert french.headers["Content-Language"] == "fr"
        assert Client().get(f"/t/{page['token']}?lang=%00").headers["Content-Language"] == "en"

    def test_of_an_unknown_token_is_a_page_too(self) -> None:
        reply = Client(Accept_Language="es").get(f"/t/{NOBODY_S}")
        assert (reply.status, reply.headers["Content-Type"]) == (404, "text/html; charset=utf-8")
        assert '<html lang="es"' in reply.text

    def test_of_a_revoked_page_says_so_in_the_organization_s_name(
        self, merchant: Merchant, page: dict[str, Any]
    ) -> None:
        merchant.client.delete(f"{PATH}/{page['id']}")
        reply = as_page(page["token"])
        assert (reply.status, reply.headers["Content-Type"]) == (410, "text/html; charset=utf-8")
        assert "Acme Fulfillment" in reply.text

    def test_of_an_expired_page_is_another(
        self, time: time_machine.Traveller, merchant: Merchant, page: dict[str, Any]
    ) -> None:
        other = merchant.page(merchant.shipment("shp-2"))
        merchant.client.delete(f"{PATH}/{other['id']}")
        revoked = as_page(other["token"])
        time.move_to(clock.parse(EXPIRES))
        expired = as_page(page["token"])
        assert (expired.status, revoked.status) == (410, 410)
        assert expired.text != revoked.text


class TestWhatGoesWrong:
    def test_too_many_are_told_so_in_a_page_of_their_language(self, page: dict[str, Any]) -> None:
        refusals()[(PER_ADDRESS.name, "203.0.113.1")] = clock.now().timestamp() + 60
        reply = Client(Accept_Language="de").get(f"/t/{page['token']}")
        assert (reply.status, reply.headers["Content-Type"]) == (429, "text/html; charset=utf-8")
        assert 1 <= int(reply.headers["Retry-After"]) <= 60
        assert reply.headers["RateLimit-Remaining"] == "0"
        assert reply.headers["Cache-Control"] == "no-store"
        assert TEXTS["de"].problems["busy"].headline in reply.text
        assert "Acme" not in reply.text
        assert as_data(page["token"]).code == "rate_limited"

    def test_a_failure_of_ours_is_a_page_that_names_what_to_look_for(
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

    def test_a_table_that_is_too_busy_asks_for_patience(
        self, page: dict[str, Any], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def busy(*_: Any) -> None:
            raise Unavailable

        monkeypatch.setattr(f"{routes.__name__}.open_page", busy)
        reply = as_page(page["token"])
        assert (reply.status, reply.headers["Retry-After"]) == (503, "1")
        assert TEXTS["en"].problems["busy"].headline in reply.text

    def test_where_not_even_that_page_can_be_made_the_usual_answer_is_given(
        self, page: dict[str, Any], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def fail(*_: Any, **__: Any) -> None:
            raise RuntimeError

        monkeypatch.setattr(f"{routes.__name__}.render", fail)
        monkeypatch.setattr(f"{problems.__name__}.render_problem", fail)
        reply = as_page(page["token"])
        assert (reply.status, reply.code) == (500, "internal_error")


class TestWhatIsNotThere:
    @pytest.mark.parametrize("token", [NOBODY_S, "short", "x" * 200, "aBcDeFgHiJkLmNoPqRsTuV%2F", "%00", "..%2f.."])
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
    def test_closes_the_page_at_its_moment(
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

    def test_is_not_written_over_a_revocation(
        self, time: time_machine.Traveller, merchant: Merchant, page: dict[str, Any]
    ) -> None:
        merchant.client.delete(f"{PATH}/{page['id']}")
        time.move_to(clock.parse(EXPIRES))
        assert service.expire_due().handled == 0

    def test_of_a_backlog_goes_on_run_by_run(
        self, time: time_machine.Traveller, merchant: Merchant, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(service, "MOST_EXPIRED", 5)
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

    def test_loses_none_that_come_at_once(self, merchant: Merchant, page: dict[str, Any]) -> None:
        data = requesting(Client(), "GET", f"{PATH}/view/{page['token']}")
        html = requesting(Client(), "GET", f"/t/{page['token']}")
        assert statuses(at_once([data, html] * 4)) == {200: 8}
        assert views(merchant) == 8

    def test_leaves_out_what_nobody_saw(
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

    # The UpdateItem beside the first read counts what the address has asked for.

    def test_is_one_read_and_then_what_goes_side_by_side(
        self, page: dict[str, Any], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        made = self.calls(page["token"], monkeypatch)
        assert sorted(made[:2]) == ["GetItem", "UpdateItem"]
        assert sorted(made[2:]) == ["BatchGetItem", "BatchGetItem", "UpdateItem"]

    def test_of_guessing_ends_with_the_first_read(self, monkeypatch: pytest.MonkeyPatch) -> None:
        assert sorted(self.calls(NOBODY_S, monkeypatch)) == ["GetItem", "UpdateItem"]
