"""Evaluating rules: one alert, the cooldown after it, counts of suppressed events, nothing twice."""

import contextlib
import json
from typing import Any

import pytest
import time_machine
from standardwebhooks import Webhook

from chalicelib.alerts.evaluation import evaluate
from chalicelib.alerts.service import remove_of_end_user
from chalicelib.alerts.store import RuleItem, find_rule
from chalicelib.kit import clock
from chalicelib.kit.settings import settings
from chalicelib.notifications import service as notifications
from chalicelib.table import keys
from chalicelib.table.reads import query_all
from tests.support.aws_calls import around, counted
from tests.support.factories import EMBED
from tests.support.hooks import Merchant
from tests.support.pipeline import Pipeline
from tests.support.races import at_once
from tests.support.receivers import Receiver, answer, answers, closed_port

NOTIFICATIONS = f"{EMBED}/alerts/notifications"
MINUTE_S = 60


def rule_of(merchant: Merchant, rule: dict[str, Any]) -> RuleItem:
    item = find_rule(*merchant.whose, rule["id"])
    assert item is not None
    return item


def alerts_of(merchant: Merchant) -> list[Any]:
    merchant.again()
    listed: list[Any] = merchant.session.client.get(f"{NOTIFICATIONS}?limit=50").data
    return listed


def waiting(pipeline: Pipeline) -> list[dict[str, Any]]:
    """Messages that have been dispatched and not yet evaluated."""
    pipeline.dispatch()
    messages: list[dict[str, Any]] = []
    while batch := pipeline.take(settings().alerts_queue_url)["Records"]:
        messages += batch
    return messages


class TestFiring:
    def test_only_matching_events_alert(self, merchant: Merchant, pipeline: Pipeline) -> None:
        merchant.rule(eventType="shipment.created", condition={"carrier": "ups"})
        merchant.publish("shipment.created", carrier="fedex")
        merchant.publish("shipment.shipped", carrier="ups")
        pipeline.run()
        assert alerts_of(merchant) == []
        merchant.publish("shipment.created", carrier="UPS")
        pipeline.run()
        assert len(alerts_of(merchant)) == 1

    def test_inactive_deleted_and_disabled_rules_are_silent(self, merchant: Merchant, pipeline: Pipeline) -> None:
        client = merchant.session.client
        off, gone, expected = merchant.rule(), merchant.rule(), merchant.rule()
        merchant.publish()
        messages = waiting(pipeline)
        client.patch(f"{EMBED}/alerts/rules/{off['id']}", {"isActive": False})
        client.delete(f"{EMBED}/alerts/rules/{gone['id']}")
        merchant.acme.configure(enabled_features=["bridges"])
        evaluate({"Records": messages})
        merchant.acme.configure(enabled_features=["bridges", "smart_alerts"])
        assert alerts_of(merchant) == []
        evaluate({"Records": messages})
        assert [n["rule_id"] for n in alerts_of(merchant)] == [expected["id"]]

    def test_not_for_events_from_before_the_rule(
        self, merchant: Merchant, pipeline: Pipeline, time: time_machine.Traveller
    ) -> None:
        merchant.again()
        merchant.publish()
        time.shift(5 * MINUTE_S)
        merchant.rule()
        pipeline.run()
        assert alerts_of(merchant) == []

    def test_an_alert_takes_a_read_and_a_transaction(self, merchant: Merchant, pipeline: Pipeline) -> None:
        merchant.rule()
        merchant.publish()
        messages = waiting(pipeline)
        with counted() as calls:
            evaluate({"Records": messages})
        assert calls == ["BatchGetItem", "TransactWriteItems"]


class TestCooldown:
    def test_suppresses_counts_and_reports(
        self, merchant: Merchant, pipeline: Pipeline, time: time_machine.Traveller
    ) -> None:
        merchant.again()
        rule = merchant.rule(cooldownMinutes=5)
        for _ in range(3):
            merchant.publish()
            pipeline.run()
        assert rule_of(merchant, rule).suppressed_count == 2
        time.shift(5 * MINUTE_S - 1)
        merchant.publish()
        pipeline.run()
        assert len(alerts_of(merchant)) == 1
        time.shift(1)
        merchant.publish()
        pipeline.run()
        first_last = alerts_of(merchant)
        assert [n["metadata"]["suppressed_count"] for n in first_last] == [3, 0]
        assert rule_of(merchant, rule).suppressed_count == 0

    def test_fifty_concurrent_events_are_one_alert_and_forty_nine_suppressed(
        self, merchant: Merchant, pipeline: Pipeline
    ) -> None:
        rule = merchant.rule()
        for _ in range(50):
            merchant.publish()
        messages = waiting(pipeline)
        assert len(messages) == 50
        batches = [{"Records": messages[start : start + 5]} for start in range(0, 50, 5)]
        answers = at_once([lambda batch=batch: evaluate(batch) for batch in batches])  # type: ignore[misc]
        assert answers == [{"batchItemFailures": []}] * 10
        assert len(alerts_of(merchant)) == 1
        assert rule_of(merchant, rule).suppressed_count == 49


class TestRedelivery:
    def test_a_redelivered_event_neither_alerts_nor_counts_again(
        self, merchant: Merchant, pipeline: Pipeline, time: time_machine.Traveller
    ) -> None:
        merchant.again()
        rule = merchant.rule(cooldownMinutes=5)
        for _ in range(3):
            merchant.publish()
        messages = waiting(pipeline)
        for batch in (messages, messages[1:], messages[:1], messages):
            evaluate({"Records": batch})
        assert rule_of(merchant, rule).suppressed_count == 2
        time.shift(60 * MINUTE_S)
        evaluate({"Records": messages})
        assert len(alerts_of(merchant)) == 1
        assert rule_of(merchant, rule).suppressed_count == 2

    def test_a_crash_at_any_call_loses_and_repeats_nothing(self, merchant: Merchant, pipeline: Pipeline) -> None:
        """The consumer is killed before and after each of its calls, and the messages come again."""
        with Receiver(answer(200)) as receiver:
            rule = merchant.rule(deliveryMethod="both", webhookUrl=receiver.url)
            for _ in range(3):
                merchant.publish()
            messages = waiting(pipeline)
            for number in range(1, 5):
                for after in (False, True):
                    with _killed(number, after=after), contextlib.suppress(_Killed):
                        evaluate({"Records": messages})
            evaluate({"Records": messages})
            pipeline.run()
        assert (len(alerts_of(merchant)), len(receiver.requests)) == (1, 1)
        assert rule_of(merchant, rule).suppressed_count == 2


class TestByWebhook:
    def test_the_alert_goes_out_signed_with_the_rules_secret(self, merchant: Merchant, pipeline: Pipeline) -> None:
        with Receiver(answer(200)) as receiver:
            rule = merchant.rule(deliveryMethod="both", webhookUrl=receiver.url, name="Big orders")
            event_id = merchant.publish(order_number="ORD-9")
            pipeline.run()
        (request,) = receiver.requests
        body = Webhook(rule["webhookSecret"]).verify(request.body, request.headers)
        assert (body["event"], body["endUserId"]) == ("alert.triggered", merchant.session.end_user_id)
        assert body["data"]["rule"] == {"id": rule["id"], "name": "Big orders"}
        assert body["data"]["event"]["id"] == event_id
        assert body["data"]["message"] == "Order ORD-9 was placed."
        assert body["data"]["object"]["order_number"] == "ORD-9"
        assert body["data"]["notification_id"] == alerts_of(merchant)[0]["id"]

    def test_the_webhook_method_creates_no_notification(self, merchant: Merchant, pipeline: Pipeline) -> None:
        with Receiver(answer(200)) as receiver:
            merchant.rule(deliveryMethod="webhook", webhookUrl=receiver.url)
            merchant.publish()
            pipeline.run()
        assert json.loads(receiver.requests[0].body)["data"]["notification_id"] is None
        assert alerts_of(merchant) == []

    def test_a_dead_url_never_delays_the_notification(self, merchant: Merchant, pipeline: Pipeline) -> None:
        with closed_port() as port:
            merchant.rule(deliveryMethod="both", webhookUrl=f"http://127.0.0.1:{port}/")
            merchant.publish()
            pipeline.dispatch()
            pipeline.evaluate()
            assert len(alerts_of(merchant)) == 1
            pipeline.run()
        assert len(alerts_of(merchant)) == 1

    def test_the_rule_shows_its_disabled_webhook_until_it_is_activated(
        self, merchant: Merchant, pipeline: Pipeline
    ) -> None:
        with Receiver(answer(410)) as receiver:
            rule = merchant.rule(deliveryMethod="webhook", webhookUrl=receiver.url)
            merchant.publish()
            pipeline.run()
        rules = f"{EMBED}/alerts/rules"
        shown = merchant.session.client.get(rules).data[0]
        assert shown["webhook_disabled_reason"] == "The receiver responded with 410 Gone"
        assert shown["is_active"] is True
        (notification,) = alerts_of(merchant)
        assert (notification["event_type"], notification["rule_id"]) == ("webhook.disabled", rule["id"])
        assert "activate the rule" in notification["message"]
        renamed = merchant.session.client.patch(f"{rules}/{rule['id']}", {"name": "Renamed"}).data
        assert renamed == merchant.session.client.get(rules).data[0]
        assert renamed["webhook_disabled_reason"] == "The receiver responded with 410 Gone"
        activated = merchant.session.client.patch(f"{rules}/{rule['id']}", {"isActive": True}).data
        assert activated["webhook_disabled_reason"] is None
        assert merchant.session.client.get(rules).data[0]["webhook_disabled_reason"] is None

    def test_its_state_is_shown_in_the_rule_and_its_deliveries_like_those_of_any_webhook(
        self, merchant: Merchant, pipeline: Pipeline
    ) -> None:
        client = merchant.session.client
        with Receiver(answers(*[answer(500, close=True)] * 2, answer(200))) as receiver:
            rule = merchant.rule(deliveryMethod="webhook", webhookUrl=receiver.url)
            path = f"{EMBED}/alerts/rules/{rule['id']}"
            assert (rule["webhook"]["url"], rule["webhook"]["events"]) == (receiver.url, ["alert.triggered"])
            merchant.publish(order_number="ORD-1")
            pipeline.run()
            webhook = client.get(f"{EMBED}/alerts/rules").data[0]["webhook"]
            assert (webhook["consecutive_failures"], webhook["pending_deliveries"]) == (1, 1)
            (pending,) = client.get(f"{path}/deliveries?status=pending&order_number=ORD-1").data
            assert (pending["event_type"], pending["response_status"]) == ("alert.triggered", 500)
            assert client.post(f"{path}/replay", {"since": "2020-01-01"}).data == {"queued": 1}
            pipeline.run()
            assert client.post(f"{path}/deliveries/{pending['delivery_id']}/retry").data == {"queued": 1}
            pipeline.run()
        rows = client.get(f"{path}/deliveries").data
        assert [(row["trigger"], row["status"]) for row in rows] == [
            ("retry", "succeeded"),
            ("replay", "failed"),
            ("event", "failed"),
        ]

    def test_a_rule_without_one_has_no_deliveries(self, merchant: Merchant) -> None:
        rule = merchant.rule()
        assert rule["webhook"] is None
        path = f"{EMBED}/alerts/rules/{rule['id']}"
        assert merchant.session.client.get(f"{path}/deliveries").status == 404
        assert merchant.session.client.post(f"{path}/replay", {"since": "2020-01-01"}).status == 404

    def test_it_is_not_among_the_webhooks(self, merchant: Merchant) -> None:
        with Receiver(answer(200)) as receiver:
            rule = merchant.rule(deliveryMethod="webhook", webhookUrl=receiver.url)
        client = merchant.session.client
        assert client.get(f"{EMBED}/webhooks").data == []
        assert client.delete(f"{EMBED}/webhooks/{rule['id']}").status == 404


class TestRetention:
    def test_the_newest_are_kept_and_the_counts_stay_right(
        self, merchant: Merchant, pipeline: Pipeline, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(notifications, "MAX_KEPT", 3)
        for number in range(6):
            merchant.rule(condition={"order_number": str(number)})
            merchant.publish(order_number=str(number))
            pipeline.run()
            if number == 0:
                first = alerts_of(merchant)[0]["id"]
                merchant.session.client.patch(f"{NOTIFICATIONS}/{first}", {"isRead": True})
        page = merchant.session.client.get(NOTIFICATIONS).json
        assert [n["message"] for n in page["data"]] == [f"Order {n} was placed." for n in (5, 4, 3)]
        assert (page["unreadCount"], page["pagination"]["total"]) == (3, 3)

    def test_dismissed_ones_expire_after_ninety_days(
        self, merchant: Merchant, pipeline: Pipeline, time: time_machine.Traveller
    ) -> None:
        merchant.again()
        merchant.rule()
        merchant.publish()
        pipeline.run()
        (shown,) = alerts_of(merchant)
        merchant.session.client.patch(f"{NOTIFICATIONS}/{shown['id']}", {"isDismissed": True})
        (row,) = query_all(keys.dismissed_notification(*merchant.whose, "").pk, limit=5)
        assert int(row["expires"]["N"]) == clock.epoch("2026-04-15T10:00:00.000Z")

    def test_a_deleted_end_user_leaves_nothing_behind(self, merchant: Merchant, pipeline: Pipeline) -> None:
        with Receiver(answer(200)) as receiver:
            merchant.rule(deliveryMethod="both", webhookUrl=receiver.url)
            merchant.webhook(receiver.url)
            merchant.publish()
            pipeline.run()
        from chalicelib.webhooks.service import remove_of_end_user as remove_webhooks

        assert remove_of_end_user(*merchant.whose) is False
        assert remove_webhooks(*merchant.whose) is False
        assert remove_of_end_user(*merchant.whose) is False
        partitions = [keys.subscriptions(*merchant.whose)]
        partitions += [key.pk for key in notifications.partitions(*merchant.whose)]
        assert [row for pk in partitions for row in query_all(pk, limit=10)] == []


class _Killed(BaseException):
    """The function's process has ended."""


def _killed(number: int, *, after: bool) -> Any:
    """Kill the process at that call; with `after`, once the call has had its effect."""
    made = 0

    def call_it(_: str, call: Any) -> Any:
        nonlocal made
        made += 1
        if made != number:
            return call()
        if after:
            call()
        raise _Killed

    return around(call_it)
