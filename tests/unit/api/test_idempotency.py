"""`Idempotency-Key` on POSTs that create."""

import itertools
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import pytest
import time_machine

from chalicelib.api.idempotency import LEASE_S
from chalicelib.api.routing import endpoints
from chalicelib.bridges import service as bridges
from chalicelib.table.connection import table
from tests.support import world as make
from tests.support.account import everything
from tests.support.factories import EMBED, SHIPSTATION, Acme
from tests.support.faults import Crash, crashing
from tests.support.gateway import Reply
from tests.support.orders import Merchant, order
from tests.support.world import World

KEY = {"Idempotency_Key": "order-42"}
WEBHOOK = {"url": "https://93.184.216.34/hook", "events": ["order.created"]}


def every_item() -> str:
    client: Any = table().connection.client
    return str(client._make_api_call("Scan", {"TableName": table().table_name}))


class TestSameKey:
    def test_repeats_the_first_response(self, acme: Acme) -> None:
        client = acme.session().client
        first = client.post(f"{EMBED}/bridges", SHIPSTATION, **KEY)
        second = client.post(f"{EMBED}/bridges", SHIPSTATION, **KEY)
        assert (first.status, second.status) == (201, 201)
        assert second.json == first.json
        assert "Idempotent-Replay" not in first.headers
        assert second.headers["Idempotent-Replay"] == "true"
        assert len(client.get(f"{EMBED}/bridges").data) == 1

    def test_with_another_body_is_refused(self, acme: Acme) -> None:
        client = acme.session().client
        client.post(f"{EMBED}/bridges", SHIPSTATION, **KEY)
        reply = client.post(f"{EMBED}/bridges", {**SHIPSTATION, "name": "Another"}, **KEY)
        assert (reply.status, reply.code) == (422, "idempotency_key_reused")

    def test_of_another_end_user_is_another_key(self, acme: Acme) -> None:
        first = acme.session("one").client.post(f"{EMBED}/bridges", SHIPSTATION, **KEY)
        second = acme.session("two").client.post(f"{EMBED}/bridges", SHIPSTATION, **KEY)
        assert second.data["id"] != first.data["id"]

    def test_is_free_again_after_a_refusal(self, acme: Acme) -> None:
        client = acme.session().client
        assert client.post(f"{EMBED}/bridges", {**SHIPSTATION, "config": {}}, **KEY).status == 422
        assert client.post(f"{EMBED}/bridges", SHIPSTATION, **KEY).status == 201

    def test_expires_after_a_day(self, acme: Acme) -> None:
        with time_machine.travel("2026-01-15T10:00:00Z", tick=False) as time:
            first = acme.server.post("/api/v1/api-keys", {"name": "CI"}, **KEY)
            time.shift(24 * 3600 + 1)
            second = acme.server.post("/api/v1/api-keys", {"name": "CI"}, **KEY)
        assert second.data["id"] != first.data["id"]

    @pytest.mark.parametrize("key", ["", "x" * 256, "a\tb"])
    def test_must_be_valid(self, acme: Acme, key: str) -> None:
        reply = acme.session().client.post(f"{EMBED}/bridges", SHIPSTATION, Idempotency_Key=key)
        assert (reply.status, reply.fields) == (422, ["Idempotency-Key"])


class TestEveryPostThatCreates:
    def test_takes_a_key(self) -> None:
        returns_200 = {"create_auto_session", "start_shopify_oauth", "rotate_config", "rotate_secret"}
        creating = {e.name for e in endpoints() if e.method == "POST" and (e.status == 201 or e.name in returns_200)}
        assert {endpoint.name for endpoint in endpoints() if endpoint.idempotent} == creating

    def test_marks_its_change_and_repeats_the_first_response(self, acme: Acme) -> None:
        world = World.of(acme)
        paths = {made: made(world) for made in (make.order, make.shipment, make.webhook)}
        bodies: dict[str, Any] = {
            "create_session": {"externalId": "merchant"},
            "create_auto_session": {"key": acme.publishable_key, "externalId": "merchant"},
            "create_bridge": SHIPSTATION,
            "start_shopify_oauth": {"shopDomain": "mystore"},
            "create_webhook": WEBHOOK,
            "rotate_secret": None,
            "create_rule": {"name": "Any", "eventType": "order.created", "condition": {}},
            "create_action_request": {
                "orderId": paths[make.order]["id"],
                "actionType": "hold",
                "title": "Hold",
            },
            "create_tracking_page": {"shipmentId": paths[make.shipment]["id"]},
            "create_api_key": {"name": "CI"},
            "sign_in": {"name": "Ada"},
            "rotate_config": {"publishable_key": True},
            "create_customer_session": {"email": "jane@example.com"},
        }
        taking = [endpoint for endpoint in endpoints() if endpoint.idempotent]
        assert {endpoint.name for endpoint in taking} == bodies.keys()
        for number, endpoint in enumerate(taking, 1):
            client = world.rightful(endpoint)
            path = endpoint.paths[0].format(**paths[make.webhook])
            first, again = (client.post(path, bodies[endpoint.name], **KEY) for _ in range(2))
            assert first.status == endpoint.status, first.text
            assert (again.status, again.text) == (first.status, first.text)
            assert again.headers["Idempotent-Replay"] == "true"
            claims = [row for row in everything() if "fingerprint" in row]
            assert len([row for row in claims if row["done"]["BOOL"]]) == len(claims) == number, endpoint.name

    def test_also_from_a_browser(self, acme: Acme) -> None:
        first, second = acme.auto(**KEY), acme.auto(**KEY)
        assert second.data["token"] == first.data["token"]
        assert acme.auto("another", **KEY).code == "idempotency_key_reused"


class TestConcurrency:
    def test_one_creates_and_the_others_wait_or_get_its_response(self, acme: Acme) -> None:
        client = acme.session().client
        replies: list[Reply] = []
        threads = [
            threading.Thread(target=lambda: replies.append(client.post(f"{EMBED}/bridges", SHIPSTATION, **KEY)))
            for _ in range(8)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert {reply.status for reply in replies} <= {201, 409}
        assert len({reply.data["id"] for reply in replies if reply.status == 201}) == 1
        assert {reply.code for reply in replies if reply.status == 409} <= {"idempotency_in_flight"}
        assert len(client.get(f"{EMBED}/bridges").data) == 1


@dataclass
class Creation:
    """A request that creates an object under a key, and the number of such objects."""

    make: Callable[[str], Reply]
    count: Callable[[], int]


def creation_of(acme: Acme, what: str) -> Creation:
    if what == "bridge":
        client = acme.session(ttlSeconds=86400).client
        return Creation(
            lambda key: client.post(f"{EMBED}/bridges", SHIPSTATION, Idempotency_Key=key),
            lambda: len(client.get(f"{EMBED}/bridges").data),
        )
    if what == "API key":
        return Creation(
            lambda key: acme.server.post("/api/v1/api-keys", {"name": "CI"}, Idempotency_Key=key),
            lambda: len(acme.server.get("/api/v1/api-keys").data),
        )
    return Creation(
        lambda key: acme.server.post(f"{EMBED}/config/rotate", {"identity_secret": True}, Idempotency_Key=key),
        lambda: len(acme.server.get(f"{EMBED}/events?event_type=config.rotated").data),
    )


@pytest.mark.parametrize("done", [False, True], ids=["before", "after"])
@pytest.mark.parametrize("what", ["bridge", "API key", "identity secret"])
def test_a_crash_at_any_call_still_creates_one(acme: Acme, what: str, done: bool) -> None:
    """The process dies before or after each of its calls. The client retries once the lease has expired."""
    outcomes = set()
    with time_machine.travel("2026-01-15T10:00:00Z", tick=False) as time:
        one = creation_of(acme, what)
        one.make("first")
        before = one.count()
        for at in itertools.count():
            with crashing(at, done=done) as faults, suppress(Crash):
                one.make(f"key-{at}")
            if len(faults.calls) <= at:
                break
            time.shift(LEASE_S + 1)
            reply = one.make(f"key-{at}")
            outcomes.add(reply.status if reply.status < 300 else reply.code)
            assert one.count() == before + at + 1
            again = one.make(f"key-{at}")
            assert again.text == reply.text if reply.status < 300 else again.code == reply.code
    assert outcomes - {200, 201} == {"idempotency_answer_lost"}


class TestResponse:
    def test_is_returned_even_if_it_cannot_be_stored(self, acme: Acme, monkeypatch: pytest.MonkeyPatch) -> None:
        client = acme.session().client
        with time_machine.travel("2026-01-15T10:00:00Z", tick=False) as time:
            with monkeypatch.context() as broken:
                broken.setattr("chalicelib.api.idempotency._encrypt", _fail)
                assert client.post(f"{EMBED}/bridges", SHIPSTATION, **KEY).status == 201
            assert client.post(f"{EMBED}/bridges", SHIPSTATION, **KEY).code == "idempotency_in_flight"
            time.shift(LEASE_S)
            assert client.post(f"{EMBED}/bridges", SHIPSTATION, **KEY).code == "idempotency_answer_lost"
        assert len(client.get(f"{EMBED}/bridges").data) == 1

    def test_is_not_recreated_after_a_failure_behind_the_change(
        self, acme: Acme, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        client = acme.session().client
        with monkeypatch.context() as broken:
            broken.setattr("chalicelib.bridges.routes.responses.data", _fail)
            assert client.post(f"{EMBED}/bridges", SHIPSTATION, **KEY).status == 500
        assert client.post(f"{EMBED}/bridges", SHIPSTATION, **KEY).code == "idempotency_answer_lost"
        assert len(client.get(f"{EMBED}/bridges").data) == 1

    def test_of_a_request_that_outlived_its_lease_comes_from_its_successor(
        self, acme: Acme, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        client, create = acme.session().client, bridges.create
        replies: list[Any] = []

        def slow(*given: Any) -> Any:
            if not replies:
                time.shift(LEASE_S + 1)
                replies.append(None)
                replies.append(client.post(f"{EMBED}/bridges", SHIPSTATION, **KEY))
            return create(*given)

        monkeypatch.setattr("chalicelib.bridges.service.create", slow)
        with time_machine.travel("2026-01-15T10:00:00Z", tick=False) as time:
            late = client.post(f"{EMBED}/bridges", SHIPSTATION, **KEY)
            assert late.code == "idempotency_in_flight"
            assert replies[1].status == 201
            assert client.post(f"{EMBED}/bridges", SHIPSTATION, **KEY).json == replies[1].json
        assert len(client.get(f"{EMBED}/bridges").data) == 1


def _fail(*_: Any) -> Any:
    raise RuntimeError


class TestKeyForAnObject:
    def test_cannot_be_reused_for_another_object(self, acme: Acme) -> None:
        client = acme.session().client
        one, two = (client.post(f"{EMBED}/webhooks", WEBHOOK).data["id"] for _ in range(2))
        first = client.post(f"{EMBED}/webhooks/{one}/rotate-secret", **KEY)
        assert client.post(f"{EMBED}/webhooks/{one}/rotate-secret", **KEY).json == first.json
        assert client.post(f"{EMBED}/webhooks/{two}/rotate-secret", **KEY).code == "idempotency_key_reused"


class TestStoredItem:
    def test_contains_no_plaintext_secret(self, acme: Acme) -> None:
        reply = acme.server.post(f"{EMBED}/sessions", {"externalId": "merchant-1"}, **KEY)
        again = acme.server.post(f"{EMBED}/sessions", {"externalId": "merchant-1"}, **KEY)
        assert again.data["token"] == reply.data["token"]
        assert reply.data["token"] not in every_item()


class TestWithheld:
    """A stored response must not bring back what was erased or hidden since."""

    def test_after_the_customer_was_erased(self, acme: Acme) -> None:
        path, body = "/api/v1/storefront/customer-sessions", {"email": "jane@example.com", "name": "Jane Doe"}
        assert acme.server.post(path, body, Idempotency_Key="1").status == 201
        assert acme.server.post("/api/v1/customers/erase", {"email": "john@example.com"}).status == 202
        assert acme.server.post(path, body, Idempotency_Key="1").status == 201
        assert acme.server.post("/api/v1/customers/erase", {"email": "JANE@example.com"}).status == 202
        withheld = acme.server.post(path, body, Idempotency_Key="1")
        assert (withheld.status, withheld.code) == (409, "idempotency_answer_lost")
        assert "Jane" not in withheld.text

    def test_after_the_customer_of_the_order_was_erased(self, acme: Acme) -> None:
        merchant = Merchant.of(acme)
        merchant.sync(order(customer={"email": "jane@example.com", "name": "Jane Doe"}))
        body = {"orderId": merchant.order()["id"], "actionType": "cancel", "title": "Jane Doe wants her money back"}
        path = f"{EMBED}/action-requests"
        assert merchant.client.post(path, body, Idempotency_Key="1").status == 201
        assert merchant.client.post(path, body, Idempotency_Key="1").status == 201
        acme.server.post("/api/v1/customers/erase", {"email": "jane@example.com"})
        assert merchant.client.post(path, body, Idempotency_Key="1").code == "idempotency_answer_lost"

    def test_after_the_organization_hid_the_config(self, acme: Acme) -> None:
        client = acme.session().client
        first = client.post(f"{EMBED}/bridges", SHIPSTATION, Idempotency_Key="1")
        assert "secret-1" in client.post(f"{EMBED}/bridges", SHIPSTATION, Idempotency_Key="1").text
        acme.configure(settings={"redactBridgeConfig": True})
        withheld = client.post(f"{EMBED}/bridges", SHIPSTATION, Idempotency_Key="1")
        assert (withheld.status, withheld.code) == (409, "idempotency_answer_lost")
        hidden = client.post(f"{EMBED}/bridges", {**SHIPSTATION, "name": "Other"}, Idempotency_Key="2")
        assert (
            client.post(f"{EMBED}/bridges", {**SHIPSTATION, "name": "Other"}, Idempotency_Key="2").json == hidden.json
        )
        assert len(client.get(f"{EMBED}/bridges").data) == 2
        assert first.status == 201
