"""Deliveries: what arrives, what is recorded, and when a retry is made."""

import json
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from standardwebhooks import Webhook, WebhookVerificationError

from chalicelib.kit.settings import settings
from chalicelib.outbound import signing
from chalicelib.outbound.exchange import Limits
from chalicelib.outbound.sender import Attempt, Sender
from chalicelib.table import keys
from chalicelib.table.transaction import delete
from chalicelib.webhooks.delivery import deliver, deliver_slow
from tests.support import receivers
from tests.support.attempts import LONG, SHORT, SHORT_BODY
from tests.support.aws_calls import counted
from tests.support.factories import EMBED
from tests.support.hooks import Merchant
from tests.support.pipeline import Handler, Pipeline, batch_of
from tests.support.receivers import Receiver, answer, answers

MINUTE_S, HOUR_S, DAY_S = 60, 3600, 86400


def queued(pipeline: Pipeline) -> dict[str, Any]:
    """The next batch of the deliveries queue."""
    return pipeline.take(settings().deliveries_queue_url)


class TestWhatArrives:
    def test_the_body_is_the_documented_one(self, merchant: Merchant, pipeline: Pipeline) -> None:
        with Receiver(answer(200)) as receiver:
            merchant.webhook(receiver.url)
            event_id = merchant.publish(totals={"total": Decimal("49.90")})
            pipeline.run()
        (request,) = receiver.requests
        body = json.loads(request.body, parse_float=Decimal)
        assert list(body) == ["id", "event", "organizationId", "endUserId", "timestamp", "data"]
        assert (body["organizationId"], body["endUserId"]) == merchant.whose
        assert (body["id"], body["event"]) == (event_id, "order.created")
        assert body["data"]["totals"]["total"] == Decimal("49.90")
        assert b"49.90" in request.body

    def test_standard_webhooks_libraries_verify_it(self, merchant: Merchant, pipeline: Pipeline) -> None:
        with Receiver(answer(200)) as receiver:
            hook = merchant.webhook(receiver.url)
            merchant.publish()
            pipeline.run()
        (request,) = receiver.requests
        assert Webhook(hook.secret).verify(request.body, request.headers)["event"] == "order.created"
        with pytest.raises(WebhookVerificationError):
            Webhook(hook.secret).verify(request.body + b" ", request.headers)
        assert request.headers["webhook-id"] == request.headers["x-orderly-delivery"] == hook.delivery.sk
        assert request.headers["x-orderly-event"] == "order.created"
        assert request.headers["x-orderly-signature"] == signing.sign(hook.secret.encode(), request.body)

    def test_a_secret_of_any_form_signs_the_body_alone(self, merchant: Merchant, pipeline: Pipeline) -> None:
        with Receiver(answer(200)) as receiver:
            merchant.webhook(receiver.url, secret="whsec_a1b2c3d4e5f6g7h8!")
            merchant.publish()
            pipeline.run()
        headers = receiver.requests[0].headers
        assert headers["x-orderly-signature"] == signing.sign(b"whsec_a1b2c3d4e5f6g7h8!", receiver.requests[0].body)
        assert "webhook-signature" not in headers

    def test_both_secrets_verify_it_for_a_day_after_a_rotation(
        self, merchant: Merchant, pipeline: Pipeline, time: time_machine.Traveller
    ) -> None:
        merchant.again()
        with Receiver(answer(200)) as receiver:
            hook = merchant.webhook(receiver.url)
            new = hook.post("rotate-secret").data["secret"]
            time.shift(DAY_S - 1)
            merchant.publish()
            pipeline.run()
            both = receiver.requests[0]
            for secret in (hook.secret, new):
                Webhook(secret).verify(both.body, both.headers)
            assert both.headers["x-orderly-signature"] == signing.sign(hook.secret.encode(), both.body)
            assert both.headers["x-orderly-signature-next"] == signing.sign(new.encode(), both.body)
            time.shift(2)
            merchant.publish()
            pipeline.run()
        after = receiver.requests[1]
        Webhook(new).verify(after.body, after.headers)
        assert after.headers["x-orderly-signature"] == signing.sign(new.encode(), after.body)
        assert "x-orderly-signature-next" not in after.headers

    def test_only_subscribed_events_since_the_webhook_was_created(
        self, merchant: Merchant, pipeline: Pipeline, time: time_machine.Traveller
    ) -> None:
        merchant.again()
        merchant.publish()
        time.shift(5 * MINUTE_S)
        with Receiver(answer(200)) as receiver:
            merchant.webhook(receiver.url, "order.created")
            merchant.publish("order.updated")
            wanted = merchant.publish("order.created")
            Merchant(merchant.acme, "merchant-2").publish("order.created")
            pipeline.run()
        assert [json.loads(request.body)["id"] for request in receiver.requests] == [wanted]

    def test_nothing_arrives_while_the_feature_is_off(self, merchant: Merchant, pipeline: Pipeline) -> None:
        with Receiver(answer(200)) as receiver:
            hook = merchant.webhook(receiver.url)
            merchant.acme.configure(enabled_features=["bridges"])
            merchant.publish()
            pipeline.run()
            assert hook.deliveries == []
            merchant.acme.configure(enabled_features=["bridges", "end_user_webhooks"])
            merchant.publish()
            pipeline.dispatch()
            merchant.acme.configure(enabled_features=["bridges"])
            pipeline.run()
        assert receiver.requests == []
        assert hook.delivery.state == "skipped"


class TestWhatIsRecorded:
    def test_a_success(self, merchant: Merchant, pipeline: Pipeline, time: time_machine.Traveller) -> None:
        merchant.again()
        with Receiver(answer(201, b"thanks")) as receiver:
            hook = merchant.webhook(receiver.url)
            event_id = merchant.publish()
            pipeline.run()
        (row,) = merchant.session.client.get(f"{hook.path}/deliveries").data
        assert row.pop("id")
        assert row.pop("duration_ms") >= 0
        assert row == {
            "delivery_id": hook.delivery.sk,
            "event_id": event_id,
            "event_type": "order.created",
            "status": "succeeded",
            "order_number": "ORD-1",
            "tracking_number": None,
            "next_attempt_at": None,
            "attempt": 1,
            "trigger": "event",
            "response_status": 201,
            "success": True,
            "error": None,
            "error_class": None,
            "response_snippet": "thanks",
            "attempted_at": "2026-01-15T10:00:00.000Z",
            "created_at": "2026-01-15T10:00:00.000Z",
        }
        assert hook.state.last_success_at == "2026-01-15T10:00:00.000Z"
        assert (hook.delivery.state, hook.delivery.attempts) == ("delivered", 1)
        assert hook.delivery.duepk is None

    def test_a_failure(self, merchant: Merchant, pipeline: Pipeline, time: time_machine.Traveller) -> None:
        merchant.again()
        with Receiver(answer(422, b"no")) as receiver:
            hook = merchant.webhook(receiver.url)
            merchant.publish()
            pipeline.dispatch()
            deliver(queued(pipeline))
        (row,) = merchant.session.client.get(f"{hook.path}/deliveries").data
        assert (row["response_status"], row["success"], row["error_class"]) == (422, False, "http_4xx")
        (shown,) = merchant.session.client.get(f"{EMBED}/webhooks").data
        assert (shown["consecutive_failures"], shown["failures_until_disable"]) == (1, 19)
        assert shown["first_failure_at"] == shown["last_failure_at"] == "2026-01-15T10:00:00.000Z"
        assert "2026-01-15T10:00:04.000Z" <= shown["next_attempt_at"] <= "2026-01-15T10:00:06.000Z"

    def test_a_success_resets_the_failure_count(
        self, merchant: Merchant, pipeline: Pipeline, time: time_machine.Traveller
    ) -> None:
        merchant.again()
        with Receiver(answers(*[answer(500, close=True)] * 3, answer(200))) as receiver:
            hook = merchant.webhook(receiver.url)
            for _ in range(3):
                merchant.publish()
                pipeline.dispatch()
                deliver(queued(pipeline))
            assert hook.state.consecutive_failures == 3
            merchant.publish()
            pipeline.dispatch()
            deliver(queued(pipeline))
        (shown,) = merchant.session.client.get(f"{EMBED}/webhooks").data
        assert (shown["consecutive_failures"], shown["first_failure_at"]) == (0, None)
        # The three that failed are still to be retried.
        assert shown["pending_deliveries"] == 3
        assert "2026-01-15T10:00:04.000Z" <= shown["next_attempt_at"] <= "2026-01-15T10:00:06.000Z"

    def test_healthy_deliveries_take_a_read_and_a_write_together(self, merchant: Merchant, pipeline: Pipeline) -> None:
        with Receiver(answer(200)) as receiver:
            merchant.webhook(receiver.url)
            for _ in range(3):
                merchant.publish()
            pipeline.dispatch()
            batch = queued(pipeline)
            with counted() as calls:
                deliver(batch)
        # The update is of the webhook's last success.
        assert sorted(calls) == ["BatchGetItem", "BatchWriteItem", "Decrypt", "UpdateItem"]

    def test_the_last_success_stays_to_the_second(
        self, merchant: Merchant, pipeline: Pipeline, time: time_machine.Traveller
    ) -> None:
        merchant.again()
        with Receiver(answer(200)) as receiver:
            hook = merchant.webhook(receiver.url)
            for shift, noted in (
                (0, "10:00:00.000"),
                (0.4, "10:00:00.000"),
                (0.6, "10:00:01.000"),
                (7, "10:00:08.000"),
            ):
                time.shift(shift)
                merchant.publish()
                pipeline.dispatch()
                deliver(queued(pipeline))
                assert hook.state.last_success_at == f"2026-01-15T{noted}Z"


class TestSchedule:
    def test_fails_for_good_after_eight_attempts(
        self, merchant: Merchant, pipeline: Pipeline, time: time_machine.Traveller
    ) -> None:
        """With a single delivery, the breaker opens at the fifth failure and probes when the next retry is due."""
        merchant.again()
        with Receiver(answer(500)) as receiver:
            hook = merchant.webhook(receiver.url)
            merchant.publish()
            for _ in range(40 * 60):
                pipeline.run()
                if hook.delivery.state == "failed":
                    break
                pipeline.retry()
                time.shift(_until_something_is_due(hook.delivery.next_attempt_at))
        waits = [
            (_seconds(after.sent_at) - _seconds(before.sent_at))
            for before, after in zip(hook.attempts, hook.attempts[1:], strict=False)
        ]
        steps = [5, 5 * MINUTE_S, 30 * MINUTE_S, 2 * HOUR_S, 5 * HOUR_S, 10 * HOUR_S, 10 * HOUR_S]
        assert len(waits) == 7
        for wait, step in zip(waits, steps, strict=True):
            assert 0.8 * step - 1 <= wait <= 1.2 * step + 2 * MINUTE_S
        assert [row.attempt for row in hook.attempts] == list(range(1, 9))
        assert [row.trigger for row in hook.attempts] == ["event"] + ["schedule"] * 7
        assert len({request.headers["webhook-id"] for request in receiver.requests}) == 1

    def test_a_retry_does_not_come_before_its_time(
        self, merchant: Merchant, pipeline: Pipeline, time: time_machine.Traveller, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        # A queue delays by whole seconds; this is 4.2 s.
        monkeypatch.setattr("chalicelib.webhooks.outcomes.random.random", lambda: 0.1)
        merchant.again()
        with Receiver(answer(500)) as receiver:
            hook = merchant.webhook(receiver.url)
            merchant.publish()
            pipeline.dispatch()
            deliver(queued(pipeline))
            assert hook.delivery.next_attempt_at == "2026-01-15T10:00:04.200Z"
            time.shift(4.1)
            assert queued(pipeline)["Records"] == []
            time.shift(1)
            deliver(queued(pipeline))
        assert len(receiver.requests) == 2
        assert str(hook.delivery.next_attempt_at) > "2026-01-15T10:00:05.100Z"

    def test_retry_after_is_honoured_up_to_twice_the_step(
        self, merchant: Merchant, pipeline: Pipeline, time: time_machine.Traveller
    ) -> None:
        merchant.again()
        with Receiver(answer(503, Retry_After="3600")) as receiver:
            hook = merchant.webhook(receiver.url)
            merchant.publish()
            pipeline.dispatch()
            deliver(queued(pipeline))
        assert hook.delivery.next_attempt_at == "2026-01-15T10:00:10.000Z"

    def test_a_retry_uses_the_webhook_as_it_is_then(
        self, merchant: Merchant, pipeline: Pipeline, time: time_machine.Traveller
    ) -> None:
        merchant.again()
        with Receiver(answer(500)) as broken, Receiver(answer(200)) as mended:
            hook = merchant.webhook(broken.url)
            merchant.publish()
            pipeline.dispatch()
            deliver(queued(pipeline))
            hook.patch(url=mended.url)
            time.shift(10)
            pipeline.run()
        assert (len(broken.requests), len(mended.requests)) == (1, 1)
        assert hook.delivery.state == "delivered"

    def test_an_event_no_longer_subscribed_to_is_dropped(
        self, merchant: Merchant, pipeline: Pipeline, time: time_machine.Traveller
    ) -> None:
        merchant.again()
        with Receiver(answer(500)) as receiver:
            hook = merchant.webhook(receiver.url)
            merchant.publish()
            pipeline.dispatch()
            deliver(queued(pipeline))
            hook.patch(events=["order.updated"])
            time.shift(10)
            pipeline.run()
        assert len(receiver.requests) == 1
        assert hook.delivery.state == "dropped"
        assert hook.delivery.duepk is None

    def test_nothing_is_sent_to_a_webhook_that_was_deleted(
        self, merchant: Merchant, pipeline: Pipeline, time: time_machine.Traveller
    ) -> None:
        merchant.again()
        with Receiver(answer(500)) as receiver:
            hook = merchant.webhook(receiver.url)
            merchant.publish()
            pipeline.dispatch()
            deliver(queued(pipeline))
            merchant.session.client.delete(hook.path)
            time.shift(10 * MINUTE_S)
            pipeline.run()
            pipeline.retry()
            pipeline.run()
        assert len(receiver.requests) == 1
        assert hook.delivery.duepk is None

    @pytest.mark.parametrize("handle", [deliver, deliver_slow])
    def test_a_first_attempt_that_is_queued_already_is_not_sent_to_one_either(
        self, merchant: Merchant, pipeline: Pipeline, handle: Handler, capsys: pytest.CaptureFixture[str]
    ) -> None:
        with Receiver(answer(200)) as receiver:
            hook = merchant.webhook(receiver.url)
            merchant.publish()
            pipeline.dispatch()
            batch = queued(pipeline)
            # Of one more event, the webhook is remembered and the message not yet made.
            merchant.publish()
            merchant.session.client.delete(hook.path)
            capsys.readouterr()
            with counted() as calls:
                assert handle(batch) == {"batchItemFailures": []}
            assert calls == ["BatchGetItem"]
            assert '"delivery_dropped", ' in (said := capsys.readouterr().out)
            assert '"webhook_deleted"' in said
            pipeline.run()
        assert (len(batch["Records"]), receiver.requests, hook.deliveries) == (1, [], [])

    def test_a_retry_whose_event_has_expired_is_dropped(
        self, merchant: Merchant, pipeline: Pipeline, time: time_machine.Traveller
    ) -> None:
        merchant.again()
        with Receiver(answer(500)) as receiver:
            hook = merchant.webhook(receiver.url)
            event_id = merchant.publish()
            pipeline.dispatch()
            deliver(queued(pipeline))
            delete(keys.event(*merchant.whose, event_id))
            time.shift(10)
            pipeline.run()
        assert (len(receiver.requests), hook.delivery.state) == (1, "dropped")

    def test_a_message_lost_between_table_and_queue_falls_due_again(
        self, merchant: Merchant, pipeline: Pipeline, time: time_machine.Traveller
    ) -> None:
        merchant.again()
        with Receiver(answers(answer(500, close=True), answer(200))) as receiver:
            hook = merchant.webhook(receiver.url)
            merchant.publish()
            pipeline.dispatch()
            deliver(queued(pipeline))
            time.shift(30)
            queued(pipeline)
            time.shift(40)
            pipeline.retry()
            queued(pipeline)
            time.shift(15 * MINUTE_S)
            pipeline.retry()
            pipeline.run()
        assert (hook.delivery.state, hook.delivery.attempts) == ("delivered", 2)


class TestHostileReceivers:
    """Through the whole handler: whatever the receiver does, the attempt is recorded and the others are delivered."""

    @pytest.mark.parametrize(
        ("behaviour", "error_class"),
        [
            (receivers.hang, "timeout"),
            (receivers.DRIPPED_HEADERS, "timeout"),
            (receivers.DRIPPED_STATUS, "timeout"),
            (receivers.ENDLESS_HEADERS, "invalid_response"),
            (receivers.ENDLESS_CONTINUE, "invalid_response"),
            (receivers.hang_up, "connection_reset"),
            (receivers.reset, "connection_reset"),
            (receivers.say(b"SSH-2.0-OpenSSH_9.6\r\n"), "invalid_response"),
            (answer(302, Location="http://127.0.0.1:1/"), "redirect"),
        ],
    )
    def test_a_failure_is_recorded_and_affects_no_other_delivery(
        self,
        merchant: Merchant,
        pipeline: Pipeline,
        monkeypatch: pytest.MonkeyPatch,
        behaviour: receivers.Behaviour,
        error_class: str,
    ) -> None:
        with Receiver(behaviour) as bad, Receiver(answer(200)) as good:
            if error_class == "timeout":
                _limit(monkeypatch, SHORT, bad.url)
            hooks = [merchant.webhook(url) for url in (bad.url, good.url)]
            merchant.publish()
            pipeline.dispatch()
            assert deliver(queued(pipeline)) == {"batchItemFailures": []}
        (row,) = hooks[0].attempts
        assert (row.success, row.error_class) == (False, error_class)
        assert hooks[1].delivery.state == "delivered"

    @pytest.mark.parametrize("behaviour", [receivers.ENDLESS_BODY, receivers.DRIPPED_BODY, receivers.ENDLESS_CHUNKS])
    def test_an_endless_body_is_cut_off(
        self, merchant: Merchant, pipeline: Pipeline, monkeypatch: pytest.MonkeyPatch, behaviour: receivers.Behaviour
    ) -> None:
        with Receiver(behaviour) as receiver:
            _limit(monkeypatch, SHORT_BODY, receiver.url)
            hook = merchant.webhook(receiver.url)
            merchant.publish()
            pipeline.run()
            assert receiver.wait_for_hang_up()
        (row,) = hook.attempts
        assert row.success
        assert len((row.response_snippet or "").encode()) <= 2048

    def test_an_address_that_has_become_private_is_never_connected_to(
        self, merchant: Merchant, pipeline: Pipeline, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        found = iter(["93.184.216.34", "10.0.0.7"])
        monkeypatch.setattr(
            "chalicelib.outbound.resolving.socket.getaddrinfo",
            lambda *_, **__: [(2, 1, 6, "", (next(found), 443))],
        )
        hook = merchant.webhook("https://rebinding.example.com/")
        merchant.publish()
        pipeline.dispatch()
        deliver(queued(pipeline))
        (row,) = hook.attempts
        assert row.error_class == "address_not_allowed"
        assert row.response_status is None


class TestOurOwnFaults:
    def test_an_unreadable_message_fails_alone(self, merchant: Merchant, pipeline: Pipeline) -> None:
        with Receiver(answer(200)) as receiver:
            merchant.webhook(receiver.url)
            merchant.publish()
            pipeline.dispatch()
            batch = queued(pipeline)
            bad = batch_of({"what": "?"})["Records"]
            answered = deliver({"Records": [*bad, *batch["Records"]]})
        assert answered == {"batchItemFailures": [{"itemIdentifier": bad[0]["messageId"]}]}
        assert len(receiver.requests) == 1


def _limit(monkeypatch: pytest.MonkeyPatch, limits: Limits, url: str) -> None:
    """Apply `limits` to `url` only; other receivers have time even on a busy machine."""
    from chalicelib.webhooks import posting

    limited, patient = (Sender(allow_loopback=True, limits=each) for each in (limits, LONG))

    class Either:
        def send(self, to: str, *arguments: Any, **named: Any) -> Attempt:
            return (limited if to == url else patient).send(to, *arguments, **named)

        def close(self) -> None:
            limited.close()
            patient.close()

    monkeypatch.setattr(posting, "sender", Always(Either()))


class Always:
    """Replaces a cached function."""

    def __init__(self, value: Any) -> None:
        self.value = value

    def __call__(self) -> Any:
        return self.value

    def cache_clear(self) -> None:
        """Nothing is cached."""


def _seconds(timestamp: str) -> float:
    from chalicelib.kit import clock

    return clock.parse(timestamp).timestamp()


def _until_something_is_due(next_attempt_at: str | None) -> float:
    from chalicelib.kit import clock

    left = _seconds(next_attempt_at) - clock.now().timestamp() if next_attempt_at else 0
    return max(MINUTE_S, left - MINUTE_S) if left > 2 * MINUTE_S else MINUTE_S / 12
