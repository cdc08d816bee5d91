"""Disabling a webhook: warnings, skipped deliveries, replay and reactivation."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine

from chalicelib.kit.settings import settings
from chalicelib.table.transaction import update
from chalicelib.webhooks.store import WebhookItem
from tests.support.factories import EMBED
from tests.support.hooks import Hook, Merchant
from tests.support.pipeline import Pipeline
from tests.support.receivers import Receiver, answer, answers

HOUR_S = 3600


@pytest.fixture
def down(merchant: Merchant, time: time_machine.Traveller) -> Iterator[Receiver]:
    merchant.again()
    with Receiver(answer(500, b"out of order")) as receiver:
        yield receiver


@pytest.fixture
def hook(merchant: Merchant, down: Receiver) -> Hook:
    return merchant.webhook(down.url)


def send_one(pipeline: Pipeline, merchant: Merchant) -> None:
    merchant.publish()
    pipeline.dispatch()
    pipeline.deliver_next()


def fail_for_days(pipeline: Pipeline, merchant: Merchant, hook: Hook, time: time_machine.Traveller) -> int:
    """Fail every 80 minutes until the webhook is disabled. Returns the number of failures."""
    for failures in range(1, 60):
        send_one(pipeline, merchant)
        if not hook.state.is_active:
            return failures
        time.shift(80 * 60)
        merchant.again()
        # Ignore retries of earlier deliveries.
        pipeline.take(settings().deliveries_queue_url)
    raise AssertionError("it was never disabled")


def notifications(merchant: Merchant) -> list[Any]:
    merchant.again()
    listed: list[Any] = merchant.session.client.get(f"{EMBED}/alerts/notifications?limit=50").data
    return listed[::-1]


def test_twenty_failures_over_a_day_disable_after_two_warnings(
    pipeline: Pipeline, merchant: Merchant, hook: Hook, time: time_machine.Traveller
) -> None:
    assert fail_for_days(pipeline, merchant, hook, time) == 20
    merchant.again()
    shown = merchant.session.client.get(f"{EMBED}/webhooks").data[0]
    assert (shown["is_active"], shown["failures_until_disable"], shown["next_attempt_at"]) == (False, 0, None)
    assert shown["disabled_reason"].startswith("20 consecutive failures since 2026-01-15T10:00:00.000Z")
    assert shown["disabled_reason_code"] == "too_many_failures"
    shown_notifications = notifications(merchant)
    assert [(n["event_type"], n["severity"]) for n in shown_notifications] == [
        ("webhook.failing", "warning"),
        ("webhook.failing", "warning"),
        ("webhook.disabled", "critical"),
    ]
    assert "50 %" in shown_notifications[0]["message"]
    assert "90 %" in shown_notifications[1]["message"]
    assert shown_notifications[2]["metadata"]["webhook_id"] == hook.id


def test_thirty_failures_within_a_day_do_not_disable(pipeline: Pipeline, merchant: Merchant, hook: Hook) -> None:
    send_one(pipeline, merchant)
    update(hook.state.key, [WebhookItem.consecutive_failures.set(30)])
    send_one(pipeline, merchant)
    assert (hook.state.consecutive_failures, hook.state.is_active) == (31, True)
    assert notifications(merchant) == []


def test_the_organization_gets_an_event(
    pipeline: Pipeline, merchant: Merchant, hook: Hook, time: time_machine.Traveller
) -> None:
    fail_for_days(pipeline, merchant, hook, time)
    with Receiver(answer(200)) as own:
        merchant.acme.configure(settings={"webhookUrl": own.url})
        pipeline.run()
    (logged,) = merchant.acme.server.get(f"{EMBED}/events?event_type=webhook.disabled").data
    assert (logged["resource_type"], logged["resource_id"]) == ("webhook", hook.id)
    assert "20 consecutive failures" in logged["metadata"]["reason"]
    (request,) = [r for r in own.requests if r.headers["x-orderly-event"] == "webhook.disabled"]
    assert json.loads(request.body)["data"]["id"] == hook.id


def test_410_disables_at_once(pipeline: Pipeline, merchant: Merchant, time: time_machine.Traveller) -> None:
    merchant.again()
    with Receiver(answer(410)) as receiver:
        hook = merchant.webhook(receiver.url)
        send_one(pipeline, merchant)
    assert (hook.state.is_active, hook.state.disabled_reason) == (False, "The receiver responded with 410 Gone")
    assert hook.state.disabled_code == "receiver_gone"
    assert hook.delivery.state == "failed"
    assert [n["event_type"] for n in notifications(merchant)] == ["webhook.disabled"]


def test_deliveries_skipped_while_inactive_can_be_replayed(
    pipeline: Pipeline, merchant: Merchant, time: time_machine.Traveller
) -> None:
    merchant.again()
    with Receiver(answers(answer(410, close=True), answer(200))) as receiver:
        hook = merchant.webhook(receiver.url)
        send_one(pipeline, merchant)
        for _ in range(12):
            merchant.publish()
        pipeline.run()
        assert len(receiver.requests) == 1
        assert sorted(delivery.state for delivery in hook.deliveries) == ["failed"] + ["skipped"] * 12
        hook.patch(isActive=True)
        assert hook.post("replay", {"since": "2026-01-15T10:00:00Z"}).data == {"queued": 13}
        pipeline.run()
    assert {delivery.state for delivery in hook.deliveries} == {"delivered"}
    assert len(receiver.requests) == 14
    assert sorted(row.trigger for row in hook.attempts) == ["event"] + ["replay"] * 13
    assert hook.post("replay", {"since": "2026-01-15T10:00:00Z"}).data == {"queued": 0}


def test_replay_sends_only_what_failed_or_was_skipped_since(
    pipeline: Pipeline, merchant: Merchant, time: time_machine.Traveller
) -> None:
    merchant.again()
    with Receiver(answer(200)) as receiver:
        hook = merchant.webhook(receiver.url)
        send_one(pipeline, merchant)
        hook.patch(isActive=False)
        send_one(pipeline, merchant)
        time.shift(HOUR_S)
        late = merchant.publish()
        pipeline.run()
        hook.patch(isActive=True)
        assert hook.post("replay", {"since": "2026-01-15T10:30:00+00:00"}).data == {"queued": 1}
        pipeline.run()
    assert json.loads(receiver.requests[-1].body)["id"] == late
    assert len(receiver.requests) == 2


def test_a_long_replay_continues_from_message_to_message(
    pipeline: Pipeline, merchant: Merchant, time: time_machine.Traveller, monkeypatch: pytest.MonkeyPatch
) -> None:
    from chalicelib.webhooks import replaying

    monkeypatch.setattr(replaying, "BATCH_SIZE", 4)
    merchant.again()
    with Receiver(answer(200)) as receiver:
        hook = merchant.webhook(receiver.url)
        hook.patch(isActive=False)
        for _ in range(18):
            merchant.publish()
        pipeline.run()
        hook.patch(isActive=True)
        assert hook.post("replay", {"since": "2026-01-15"}).data == {"queued": 18}
        pipeline.run()
    assert len(receiver.requests) == 18
    assert {delivery.state for delivery in hook.deliveries} == {"delivered"}


def test_a_replayed_delivery_starts_its_retry_schedule_over(
    pipeline: Pipeline, merchant: Merchant, hook: Hook, time: time_machine.Traveller
) -> None:
    hook.patch(isActive=False)
    send_one(pipeline, merchant)
    hook.patch(isActive=True)
    hook.post("replay", {"since": "2026-01-15"})
    for _ in range(2):
        pipeline.deliver_next()
    assert (hook.delivery.state, hook.delivery.step, hook.delivery.attempts) == ("pending", 1, 1)


def test_reactivating_resets_the_state(
    pipeline: Pipeline, merchant: Merchant, hook: Hook, time: time_machine.Traveller
) -> None:
    fail_for_days(pipeline, merchant, hook, time)
    merchant.again()
    changed = hook.patch(isActive=True)
    assert (changed["is_active"], changed["disabled_reason"], changed["consecutive_failures"]) == (True, None, 0)
    assert changed["disabled_reason_code"] is None
    assert (changed["first_failure_at"], changed["failures_until_disable"]) == (None, 20)
    assert (hook.state.breaker_level, hook.state.warned) == (0, 0)
    assert hook.state.inactive_since is None


def test_a_webhook_inactive_for_a_month_gets_no_deliveries(
    pipeline: Pipeline, merchant: Merchant, hook: Hook, time: time_machine.Traveller
) -> None:
    hook.patch(isActive=False)
    send_one(pipeline, merchant)
    time.shift(31 * 24 * HOUR_S)
    send_one(pipeline, merchant)
    assert len(hook.deliveries) == 1


class TestLateResponses:
    """Responses to attempts that began before the webhook was changed."""

    @pytest.mark.parametrize("change", [{"isActive": True}, {"url": "http://127.0.0.1:9/elsewhere"}])
    @pytest.mark.parametrize("status", [200, 500, 410])
    def test_do_not_change_a_webhook_that_was_reset(
        self,
        pipeline: Pipeline,
        merchant: Merchant,
        time: time_machine.Traveller,
        change: dict[str, Any],
        status: int,
    ) -> None:
        merchant.again()
        hooks: list[Hook] = []

        def change_it(line: Any) -> None:
            hooks[0].patch(**change)
            answer(status)(line)

        with Receiver(change_it) as receiver:
            hooks.append(merchant.webhook(receiver.url))
            send_one(pipeline, merchant)
        state = hooks[0].state
        assert (state.is_active, state.consecutive_failures, state.generation) == (True, 0, 2)
        assert state.last_success_at is None
        assert state.last_failure_at is None
        assert [row.response_status for row in hooks[0].attempts] == [status]
        assert hooks[0].delivery.state == ("delivered" if status == 200 else "pending")

    @pytest.mark.parametrize("status", [200, 500])
    def test_do_not_change_a_webhook_that_was_deactivated(
        self, pipeline: Pipeline, merchant: Merchant, time: time_machine.Traveller, status: int
    ) -> None:
        merchant.again()
        hooks: list[Hook] = []

        def switch_off(line: Any) -> None:
            hooks[0].patch(isActive=False)
            answer(status)(line)

        with Receiver(switch_off) as receiver:
            hooks.append(merchant.webhook(receiver.url))
            send_one(pipeline, merchant)
        assert (hooks[0].state.is_active, hooks[0].state.consecutive_failures) == (False, 0)

    def test_do_not_restore_a_webhook_that_was_deleted(
        self, pipeline: Pipeline, merchant: Merchant, time: time_machine.Traveller
    ) -> None:
        merchant.again()
        hooks: list[Hook] = []

        def remove(line: Any) -> None:
            merchant.session.client.delete(hooks[0].path)
            answer(500)(line)

        with Receiver(remove) as receiver:
            hooks.append(merchant.webhook(receiver.url))
            send_one(pipeline, merchant)
        assert merchant.session.client.get(f"{EMBED}/webhooks").data == []
