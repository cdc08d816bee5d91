"""`Idempotency-Key` on POSTs that create."""

import threading
from typing import Any

import pytest
import time_machine

from chalicelib.routing import ENDPOINTS
from chalicelib.table.connection import table
from tests.support.factories import EMBED, SHIPSTATION, Acme
from tests.support.gateway import Reply

KEY = {"Idempotency_Key": "order-42"}


def every_item() -> str:
    client: Any = table().connection.client
    return str(client._make_api_call("Scan", {"TableName": table().table_name}))


class TestTheSameKey:
    def test_gives_the_first_answer_again(self, acme: Acme) -> None:
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

    def test_is_forgotten_after_a_day(self, acme: Acme) -> None:
        with time_machine.travel("2026-01-15T10:00:00Z", tick=False) as time:
            first = acme.server.post("/api/v1/api-keys", {"name": "CI"}, **KEY)
            time.shift(24 * 3600 + 1)
            second = acme.server.post("/api/v1/api-keys", {"name": "CI"}, **KEY)
        assert second.data["id"] != first.data["id"]

    @pytest.mark.parametrize("key", ["", "x" * 256, "a\tb"])
    def test_must_be_a_key(self, acme: Acme, key: str) -> None:
        reply = acme.session().client.post(f"{EMBED}/bridges", SHIPSTATION, Idempotency_Key=key)
        assert (reply.status, reply.fields) == (422, ["Idempotency-Key"])


class TestEveryPostThatCreates:
    def test_takes_a_key(self) -> None:
        answers_200 = {"create_auto_session", "start_shopify_oauth"}
        creating = {e.name for e in ENDPOINTS if e.method == "POST" and (e.status == 201 or e.name in answers_200)}
        assert {endpoint.name for endpoint in ENDPOINTS if endpoint.idempotent} == creating

    def test_also_where_a_browser_creates(self, acme: Acme) -> None:
        first, second = acme.auto(**KEY), acme.auto(**KEY)
        assert second.data["token"] == first.data["token"]
        assert acme.auto("another", **KEY).code == "idempotency_key_reused"


class TestAtOnce:
    def test_one_creates_and_the_others_are_told_to_wait_or_get_its_answer(self, acme: Acme) -> None:
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


class TestWhatIsKept:
    def test_holds_no_secret_in_clear(self, acme: Acme) -> None:
        reply = acme.server.post(f"{EMBED}/sessions", {"externalId": "merchant-1"}, **KEY)
        again = acme.server.post(f"{EMBED}/sessions", {"externalId": "merchant-1"}, **KEY)
        assert again.data["token"] == reply.data["token"]
        assert reply.data["token"] not in every_item()
