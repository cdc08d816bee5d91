"""The webhook endpoints, one class each."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest

from chalicelib.events.types import SUBSCRIBABLE
from chalicelib.table import transaction
from chalicelib.webhooks import service, test_send
from chalicelib.webhooks.store import WebhookItem
from tests.support.aws_calls import counted
from tests.support.factories import EMBED, Acme
from tests.support.gateway import Client, Reply
from tests.support.hooks import Hook, Merchant, publish
from tests.support.pipeline import Pipeline
from tests.support.races import at_once, requesting
from tests.support.receivers import Receiver, answer, closed_port

URL = "https://hooks.example.com/orderly"
BODY = {"url": URL, "events": ["order.created"]}
UNKNOWN = "00000000-0000-4000-8000-000000000000"
SOME_ID = f"{EMBED}/webhooks/{UNKNOWN}"

EVERY_CALL: list[tuple[str, str, Any, str]] = [
    ("GET", f"{EMBED}/webhooks/event-types", None, "webhooks:read"),
    ("GET", f"{EMBED}/webhooks", None, "webhooks:read"),
    ("POST", f"{EMBED}/webhooks", BODY, "webhooks:write"),
    ("PATCH", SOME_ID, {"isActive": True}, "webhooks:write"),
    ("DELETE", SOME_ID, None, "webhooks:write"),
    ("GET", f"{SOME_ID}/deliveries", None, "webhooks:read"),
    ("POST", f"{SOME_ID}/test", None, "webhooks:write"),
    ("POST", f"{SOME_ID}/rotate-secret", None, "webhooks:write"),
    ("POST", f"{SOME_ID}/deliveries/{UNKNOWN}/retry", None, "webhooks:write"),
    ("POST", f"{SOME_ID}/replay", {"since": "2026-01-01"}, "webhooks:write"),
]
WITH_ID = [call for call in EVERY_CALL if SOME_ID in call[1]]


@pytest.fixture(autouse=True)
def no_lookups(monkeypatch: pytest.MonkeyPatch) -> None:
    """`hooks.example.com` does not resolve, and can be saved all the same."""
    monkeypatch.setattr("chalicelib.outbound.resolving.socket.getaddrinfo", _nothing_found)


def _nothing_found(*_: Any, **__: Any) -> Any:
    raise OSError("no network in tests")


class TestAccess:
    @pytest.mark.parametrize(("method", "path", "body", "scope"), EVERY_CALL)
    def test_anonymous_calls_are_401(self, method: str, path: str, body: Any, scope: str) -> None:
        assert Client().call(method, path, body).status == 401

    @pytest.mark.parametrize(("method", "path", "body", "scope"), EVERY_CALL)
    def test_api_keys_are_401(self, acme: Acme, method: str, path: str, body: Any, scope: str) -> None:
        assert acme.server.call(method, path, body).status == 401

    @pytest.mark.parametrize(("method", "path", "body", "scope"), EVERY_CALL)
    def test_other_scopes_are_not_enough(self, acme: Acme, method: str, path: str, body: Any, scope: str) -> None:
        scopes = ["alerts:write", "bridges:write"] + (["webhooks:read"] if scope == "webhooks:write" else [])
        reply = acme.session(scopes=scopes).client.call(method, path, body)
        assert (reply.status, reply.code) == (403, "insufficient_scope")

    @pytest.mark.parametrize(("method", "path", "body", "scope"), EVERY_CALL)
    def test_nothing_works_while_the_feature_is_off(
        self, acme: Acme, method: str, path: str, body: Any, scope: str
    ) -> None:
        session = acme.session()
        acme.configure(enabled_features=["bridges"])
        reply = session.client.call(method, path, body)
        assert (reply.status, reply.code) == (403, "feature_disabled")

    @pytest.mark.parametrize(("method", "path", "body", "scope"), WITH_ID)
    def test_another_end_users_webhook_is_unknown(
        self, acme: Acme, method: str, path: str, body: Any, scope: str
    ) -> None:
        theirs = Merchant(acme, "merchant-2").webhook(URL)
        replies = [
            acme.session().client.call(method, path.replace(UNKNOWN, webhook_id, 1), body)
            for webhook_id in (UNKNOWN, theirs.id, "not-an-id")
        ]
        assert [(reply.status, reply.code) for reply in replies] == [(404, "not_found")] * 3
        assert [reply.json["error"]["message"] for reply in replies] == [replies[0].json["error"]["message"]] * 3

    def test_both_prefixes_work(self, acme: Acme) -> None:
        session = acme.session()
        created = session.client.post("/api/embed/webhooks", BODY).data
        assert [webhook["id"] for webhook in session.client.get("/api/embed/webhooks").data] == [created["id"]]


class TestEventTypes:
    def test_begins_with_the_eleven_documented_types(self, merchant: Merchant) -> None:
        listed = merchant.session.client.get(f"{EMBED}/webhooks/event-types").data
        assert listed[:11] == [
            "order.created",
            "order.updated",
            "order.status_changed",
            "shipment.created",
            "shipment.shipped",
            "shipment.delivered",
            "shipment.exception",
            "tracking.updated",
            "bridge.connected",
            "bridge.disconnected",
            "bridge.sync_completed",
        ]
        assert listed == list(SUBSCRIBABLE)


class TestCreate:
    def test_with_a_secret_responds_as_documented(self, merchant: Merchant, time: object) -> None:
        merchant.again()
        wanted = {
            "url": URL,
            "secret": "whsec_a1b2c3d4e5f6g7h8",
            "description": "Production webhook",
            "events": ["order.created", "shipment.shipped", "shipment.delivered"],
        }
        reply = merchant.session.client.post(f"{EMBED}/webhooks", wanted)
        assert reply.status == 201
        assert reply.data.pop("id")
        assert {name: value for name, value in reply.data.items() if name != "id"} == {
            "url": URL,
            "description": "Production webhook",
            "is_active": True,
            "events": ["order.created", "shipment.shipped", "shipment.delivered"],
            "filter": None,
            "created_at": "2026-01-15T10:00:00.000Z",
        }

    def test_returns_a_generated_secret_once(self, merchant: Merchant) -> None:
        hook = merchant.webhook(URL)
        assert hook.secret.startswith("whsec_")
        assert "secret" not in merchant.session.client.get(f"{EMBED}/webhooks").data[0]
        assert hook.secret not in hook.state.secret

    @pytest.mark.parametrize(
        ("change", "field"),
        [
            ({"url": None}, "url"),
            ({"url": "http://hooks.example.com"}, "url"),
            ({"url": "https://10.0.0.1/"}, "url"),
            ({"url": "https://user:pw@hooks.example.com/"}, "url"),
            ({"url": "https://hooks.example.com/" + "x" * 2048}, "url"),
            ({"secret": "short"}, "secret"),
            ({"secret": "x" * 129}, "secret"),
            ({"description": "x" * 201}, "description"),
            ({"events": []}, "events"),
            ({"events": ["order.created", "order.deleted"]}, "events"),
            ({"events": ["webhook.disabled"]}, "events"),
            ({"events": "order.created"}, "events"),
            ({"colour": "red"}, "colour"),
        ],
    )
    def test_names_the_invalid_field(self, merchant: Merchant, change: dict[str, Any], field: str) -> None:
        wanted = {name: value for name, value in {**BODY, **change}.items() if value is not None}
        reply = merchant.session.client.post(f"{EMBED}/webhooks", wanted)
        assert (reply.status, reply.fields) == (422, [field])

    def test_refuses_loopback_on_a_deployed_stage(self, acme: Acme) -> None:
        reply = acme.session().client.post(f"{EMBED}/webhooks", {**BODY, "url": "http://localhost:9/"})
        assert (reply.status, reply.fields) == (422, ["url"])

    def test_five_at_most_hold_under_concurrent_requests(self, acme: Acme) -> None:
        session = acme.session()
        create = requesting(session.client, "POST", f"{EMBED}/webhooks", BODY)
        replies = at_once([create] * 8)
        assert sorted(reply.status for reply in replies) == [201] * 5 + [409] * 3
        assert {reply.code for reply in replies if reply.status == 409} == {"limit_reached"}
        listed = session.client.get(f"{EMBED}/webhooks").data
        assert len(listed) == 5
        session.client.delete(f"{EMBED}/webhooks/{listed[0]['id']}")
        assert session.client.post(f"{EMBED}/webhooks", BODY).status == 201

    def test_takes_two_round_trips(self, merchant: Merchant) -> None:
        with counted() as calls:
            merchant.webhook(URL)
        # The limit's counter is updated while the secret is encrypted.
        assert sorted(calls) == ["BatchGetItem", "Encrypt", "TransactWriteItems", "UpdateItem"]


class TestList:
    def test_shows_the_documented_fields_and_the_state(self, merchant: Merchant) -> None:
        hook = merchant.webhook(URL, "order.created", "shipment.shipped", description="Production webhook")
        (shown,) = merchant.session.client.get(f"{EMBED}/webhooks").data
        assert shown == {
            "id": hook.id,
            "url": URL,
            "description": "Production webhook",
            "is_active": True,
            "events": ["order.created", "shipment.shipped"],
            "filter": None,
            "last_success_at": None,
            "last_failure_at": None,
            "consecutive_failures": 0,
            "first_failure_at": None,
            "failures_until_disable": 20,
            "pending_deliveries": 0,
            "next_attempt_at": None,
            "disabled_reason": None,
            "disabled_reason_code": None,
            "created_at": hook.created["created_at"],
            "updated_at": hook.created["created_at"],
        }

    def test_takes_two_round_trips(self, merchant: Merchant) -> None:
        merchant.webhook(URL)
        with counted() as calls:
            merchant.session.client.get(f"{EMBED}/webhooks")
        assert calls == ["BatchGetItem", "Query"]


class TestUpdate:
    def test_returns_the_whole_webhook(self, merchant: Merchant) -> None:
        hook = merchant.webhook(URL, description="old")
        changed = hook.patch(events=["order.created", "order.updated"], isActive=True, description=None)
        assert changed == merchant.session.client.get(f"{EMBED}/webhooks").data[0]
        assert (changed["events"], changed["description"]) == (["order.created", "order.updated"], None)

    def test_takes_both_casings(self, merchant: Merchant) -> None:
        assert merchant.webhook(URL).patch(is_active=False)["is_active"] is False

    def test_an_empty_change_writes_nothing(self, merchant: Merchant) -> None:
        hook = merchant.webhook(URL)
        with counted() as calls:
            hook.patch()
        assert sorted(calls) == ["BatchGetItem", "GetItem", "UpdateItem"], "the only write is the limit's counter"

    @pytest.mark.parametrize(
        ("change", "field"),
        [
            ({"url": "https://169.254.169.254/"}, "url"),
            ({"url": None}, "body"),
            ({"events": []}, "events"),
            ({"secret": "0123456789abcdef"}, "secret"),
            ({"isActive": "yes"}, "isActive"),
        ],
    )
    def test_names_the_invalid_field(self, merchant: Merchant, change: dict[str, Any], field: str) -> None:
        reply = merchant.session.client.patch(merchant.webhook(URL).path, change)
        assert reply.status == 422
        assert field in (*reply.fields, "body")

    def test_retries_on_a_concurrent_change(self, merchant: Merchant, monkeypatch: pytest.MonkeyPatch) -> None:
        hook, waits = merchant.webhook(URL), list[int]()
        monkeypatch.setattr(transaction, "back_off", waits.append)

        def read_and_disturb(*whose: str) -> WebhookItem:
            item = hook.state
            if len(waits) < 8:
                transaction.update(item.key, [WebhookItem.generation.add(1)])
            return item

        monkeypatch.setattr(service, "get", read_and_disturb)
        assert hook.patch(description="Mine")["description"] == "Mine"
        assert waits == list(range(8))

    def test_concurrent_changes_are_all_kept(self, merchant: Merchant) -> None:
        hook = merchant.webhook(URL)
        client = merchant.session.client
        changes: list[Callable[[], Reply]] = [
            requesting(client, "PATCH", hook.path, change)
            for change in ({"description": "new"}, {"events": ["order.updated"]}, {"isActive": True})
        ]
        assert [reply.status for reply in at_once(changes)] == [200] * 3
        state = hook.state
        assert (state.description, state.events, state.generation) == ("new", ["order.updated"], 2)


class TestDelete:
    def test_takes_effect_immediately_and_is_a_404_the_second_time(self, merchant: Merchant) -> None:
        hook = merchant.webhook(URL)
        client = merchant.session.client
        assert client.delete(hook.path).json == {"success": True}
        assert client.delete(hook.path).status == 404
        assert client.get(f"{EMBED}/webhooks").data == []

    def test_every_change_is_logged_without_the_secret(self, merchant: Merchant) -> None:
        hook = merchant.webhook(URL, secret="a-secret-of-my-own")
        hook.patch(isActive=False)
        hook.post("rotate-secret")
        merchant.session.client.delete(hook.path)
        logged = merchant.acme.server.get(f"{EMBED}/events?end_user_id={merchant.session.end_user_id}")
        types = [event["event_type"] for event in logged.data if event["resource_type"] == "webhook"]
        assert types == ["webhook.deleted", "webhook.secret_rotated", "webhook.updated", "webhook.created"]
        assert "a-secret" not in logged.text


class TestTestSend:
    def test_sends_a_signed_event_and_records_it(self, merchant: Merchant) -> None:
        with Receiver(answer(200, b"fine")) as receiver:
            hook = merchant.webhook(receiver.url)
            reply = hook.post("test")
        assert (reply.status, reply.json) == (200, {"success": True, "statusCode": 200})
        (request,) = receiver.requests
        assert request.headers["x-orderly-event"] == "webhook.test"
        (row,) = merchant.session.client.get(f"{hook.path}/deliveries").data
        assert (row["event_type"], row["trigger"], row["success"]) == ("webhook.test", "test", True)
        assert (row["response_status"], row["response_snippet"], row["error"]) == (200, "fine", None)

    def test_a_failure_is_a_normal_response_and_does_not_count(self, merchant: Merchant) -> None:
        with closed_port() as port:
            hook = merchant.webhook(f"http://127.0.0.1:{port}/")
            reply = hook.post("test")
        assert (reply.status, reply.json) == (
            200,
            {"success": False, "statusCode": None, "error": "Connection refused"},
        )
        assert hook.state.consecutive_failures == 0
        assert hook.state.last_failure_at is None

    def test_an_inactive_webhook_can_be_tested(self, merchant: Merchant) -> None:
        with Receiver(answer(503)) as receiver:
            hook = merchant.webhook(receiver.url)
            hook.patch(isActive=False)
            reply = hook.post("test")
        assert reply.json == {
            "success": False,
            "statusCode": 503,
            "error": "The receiver responded with 503 Service Unavailable",
        }

    def test_is_sent_by_another_function_that_gets_only_ids(
        self, merchant: Merchant, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        payloads: list[Any] = []

        def sent(wanted: Any) -> Any:
            payloads.append(wanted)
            return {"success": True, "statusCode": 204, "error": ""}

        monkeypatch.setattr(test_send, "send_test", sent)
        hook = merchant.webhook(URL)
        reply = hook.post("test")
        organization_id, end_user_id = merchant.whose
        assert payloads == [
            {
                "organization_id": organization_id,
                "end_user_id": end_user_id,
                "webhook_id": hook.id,
                "request_id": reply.headers["X-Request-Id"],
            }
        ]
        assert (reply.status, reply.json) == (200, {"success": True, "statusCode": 204})
        assert hook.post("test", {"endUserId": UNKNOWN}).status == 422
        assert len(payloads) == 1

    @pytest.mark.parametrize("step", ["find_webhook", "put"])
    def test_the_outcome_is_unknown_if_that_function_fails(
        self, merchant: Merchant, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], step: str
    ) -> None:
        with Receiver(answer(200)) as receiver:
            hook = merchant.webhook(receiver.url)
            monkeypatch.setattr(test_send, step, _broken)
            reply = hook.post("test")
        assert (reply.status, reply.code) == (503, "unavailable")
        assert reply.headers["Retry-After"] == "1"
        assert "webhook_test_not_answered" in capsys.readouterr().out
        assert hook.attempts == []

    def test_nothing_is_sent_if_that_function_cannot_be_invoked(
        self, merchant: Merchant, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        asked = []

        def refused(params: Any, **_: Any) -> Any:
            asked.append(params)
            refusal = {"Error": {"Code": "TooManyRequestsException", "Message": "Rate Exceeded."}}
            return SimpleNamespace(status_code=429), refusal

        monkeypatch.setattr("tests.support.functions._in_process", refused)
        with Receiver(answer(200)) as receiver:
            hook = merchant.webhook(receiver.url)
            reply = hook.post("test")
        assert (reply.status, reply.code) == (503, "unavailable")
        assert (len(asked), receiver.requests) == (1, [])

    def test_a_webhook_deleted_meanwhile_is_not_found(self, merchant: Merchant) -> None:
        hook = merchant.webhook(URL)
        merchant.session.client.delete(hook.path)
        assert hook.post("test").status == 404


def _broken(*_: Any) -> Any:
    raise RuntimeError("the table is away")


class TestDeliveries:
    def test_lists_the_last_fifty_newest_first_with_the_documented_fields(self, merchant: Merchant) -> None:
        with Receiver(answer(500)) as receiver:
            hook = merchant.webhook(receiver.url)
            organization_id, end_user_id = merchant.whose
            wanted = {"organization_id": organization_id, "end_user_id": end_user_id, "webhook_id": hook.id}
            for _ in range(52):
                test_send.send_test(wanted)
        rows = merchant.session.client.get(f"{hook.path}/deliveries").data
        assert len(rows) == 50
        assert [row["id"] for row in rows] == sorted((row["id"] for row in rows), reverse=True)
        assert rows[0]["error"] == "The receiver responded with 500 Internal Server Error"
        assert set(rows[0]) == {
            "id",
            "delivery_id",
            "status",
            "event_id",
            "event_type",
            "order_number",
            "tracking_number",
            "attempt",
            "trigger",
            "response_status",
            "success",
            "error",
            "error_class",
            "duration_ms",
            "response_snippet",
            "next_attempt_at",
            "attempted_at",
            "created_at",
        }


class TestRotateSecret:
    def test_returns_a_new_secret_and_keeps_the_old_one_for_a_day(self, merchant: Merchant) -> None:
        hook = merchant.webhook(URL)
        reply = hook.post("rotate-secret")
        assert reply.status == 200
        assert list(reply.data) == ["secret"]
        assert reply.data["secret"] != hook.secret


class TestRetry:
    def test_an_unknown_delivery_is_a_404(self, merchant: Merchant) -> None:
        hook = merchant.webhook(URL)
        for delivery_id in (UNKNOWN, "x" * 1500):
            assert hook.post(f"deliveries/{delivery_id}/retry").status == 404

    def test_a_delivery_of_another_webhook_is_a_404(self, merchant: Merchant, pipeline: Pipeline) -> None:
        with Receiver(answer(200)) as receiver:
            hook, other = merchant.webhook(receiver.url), merchant.webhook(URL, "order.updated")
            publish(*merchant.whose)
            pipeline.run()
            assert other.post(f"deliveries/{hook.delivery.sk}/retry").status == 404

    def test_sends_a_delivered_one_again_under_the_same_id(self, merchant: Merchant, pipeline: Pipeline) -> None:
        with Receiver(answer(200)) as receiver:
            hook = merchant.webhook(receiver.url)
            publish(*merchant.whose)
            pipeline.run()
            reply = hook.post(f"deliveries/{hook.delivery.sk}/retry")
            assert (reply.status, reply.data) == (202, {"queued": 1})
            pipeline.run()
        assert len({request.headers["webhook-id"] for request in receiver.requests}) == 1
        assert [(row.attempt, row.trigger) for row in hook.attempts] == [(1, "event"), (2, "retry")]

    def test_is_refused_while_the_webhook_is_inactive(self, merchant: Merchant, pipeline: Pipeline) -> None:
        hook = _with_a_delivery(merchant, pipeline)
        hook.patch(isActive=False)
        reply = hook.post(f"deliveries/{hook.delivery.sk}/retry")
        assert (reply.status, reply.code) == (409, "webhook_inactive")


class TestReplay:
    @pytest.mark.parametrize("body", [{}, {"since": "yesterday"}, {"since": 5}, {"since": "2026-01-01", "until": "x"}])
    def test_needs_a_time(self, merchant: Merchant, body: Any) -> None:
        assert merchant.webhook(URL).post("replay", body).status == 422

    def test_queues_nothing_if_there_is_nothing_to_send(self, merchant: Merchant) -> None:
        reply = merchant.webhook(URL).post("replay", {"since": "2020-01-01"})
        assert (reply.status, reply.data) == (202, {"queued": 0})

    def test_is_refused_while_the_webhook_is_inactive(self, merchant: Merchant) -> None:
        hook = merchant.webhook(URL)
        hook.patch(isActive=False)
        assert hook.post("replay", {"since": "2020-01-01"}).code == "webhook_inactive"


def _with_a_delivery(merchant: Merchant, pipeline: Pipeline) -> Hook:
    with Receiver(answer(200)) as receiver:
        hook = merchant.webhook(receiver.url)
        publish(*merchant.whose)
        pipeline.run()
    return hook


class TestUnverified:
    """Anyone can open a session for an external id, and the URL of a receiver can be a secret."""

    SECRET = "https://93.184.216.34/services/T0/B0/s3cret?token=x"
    SHOWN = "https://93.184.216.34/--------"

    def test_sees_only_the_host_of_a_url(self, acme: Acme) -> None:
        owner = acme.session("m").client
        guest = Client(acme.auto("m").data["token"])
        body = {"url": self.SECRET, "events": ["order.created"]}
        hook = owner.post(f"{EMBED}/webhooks", body).data
        rule_body = {"name": "R", "eventType": "order.created", "condition": {}, "deliveryMethod": "webhook"}
        rule = owner.post(f"{EMBED}/alerts/rules", {**rule_body, "webhookUrl": self.SECRET}).data
        assert (hook["url"], rule["webhook_url"], rule["webhook"]["url"]) == (self.SECRET,) * 3
        for reply in (
            guest.get(f"{EMBED}/webhooks"),
            guest.get(f"{EMBED}/alerts/rules"),
            guest.patch(f"{EMBED}/webhooks/{hook['id']}", {"description": "x"}),
            guest.patch(f"{EMBED}/alerts/rules/{rule['id']}", {"name": "x"}),
            guest.post(f"{EMBED}/webhooks", body),
            guest.post(f"{EMBED}/alerts/rules", {**rule_body, "webhookUrl": self.SECRET}),
        ):
            assert reply.status < 300
            assert self.SHOWN in reply.text
            assert "s3cret" not in reply.text

    def test_sends_it_back_unchanged(self, acme: Acme) -> None:
        owner = acme.session("m").client
        guest = Client(acme.auto("m").data["token"])
        hook = owner.post(f"{EMBED}/webhooks", {"url": self.SECRET, "events": ["order.created"]}).data
        assert guest.patch(f"{EMBED}/webhooks/{hook['id']}", {"url": self.SHOWN}).status == 200
        assert owner.get(f"{EMBED}/webhooks").data[0]["url"] == self.SECRET
