"""From an order number alone: why a merchant did not get the webhook, whatever the reason."""

import json
import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import time_machine

from chalicelib.operations.listing import list_organizations
from chalicelib.operations.tracing import Trace, trace
from chalicelib.organizations import suspension
from chalicelib.organizations.features import FEATURE_SCOPES
from local.commands import trace as command
from tests.support.factories import EMBED
from tests.support.hooks import Merchant
from tests.support.pipeline import Pipeline
from tests.support.receivers import Receiver, answer

NUMBER = "GX-1042"
DEAD = "http://127.0.0.1:9/hook"


@pytest.fixture(autouse=True)
def afresh(merchant: Merchant, time: time_machine.Traveller) -> None:
    merchant.again()


def sync(merchant: Merchant, number: str = NUMBER) -> None:
    client = merchant.session.client
    bridge = client.post(
        f"{EMBED}/bridges",
        {"type": "shipstation", "name": "Shop", "config": {"apiKey": "key-1", "apiSecret": "secret-1"}},
    ).data
    order = {"external_id": f"ext-{number}", "order_number": number, "customer": {"email": "jane@example.com"}}
    shipment = {"external_id": f"s-{number}", "order_external_id": f"ext-{number}", "tracking_number": "1Z 042"}
    body = {"orders": [order], "shipments": [shipment]}
    reply = merchant.acme.server.post(f"/api/v1/bridges/{bridge['id']}/sync", body)
    assert reply.status == 200, reply.text


def traced(text: str = NUMBER) -> list[Trace]:
    """Over all organizations, as the command does without ORG."""
    return trace(text, [one.id for one in list_organizations()])


def described(text: str = NUMBER) -> str:
    """Everything that the trace of the order says, in time order."""
    [found] = [each for each in traced(text) if each.subject.description.startswith("order ")]
    assert [entry.at for entry in found.entries] == sorted(entry.at for entry in found.entries)
    return "\n".join(entry.what for entry in found.entries)


class TestWhyNot:
    def test_no_webhook_at_all(self, merchant: Merchant) -> None:
        sync(merchant)
        assert "neither the end user nor the organization has a webhook" in described()

    def test_delivered(self, merchant: Merchant, pipeline: Pipeline) -> None:
        with Receiver(answer(204)) as receiver:
            merchant.webhook(receiver.url)
            sync(merchant)
            pipeline.run()
            text = described()
        assert f"delivery to the end user's webhook {receiver.url}: delivered after 1 attempts" in text
        assert "attempt 1 at the end user's webhook: 204 in" in text

    def test_refused_and_retried(self, merchant: Merchant, pipeline: Pipeline) -> None:
        with Receiver(answer(500)) as receiver:
            merchant.webhook(receiver.url)
            sync(merchant)
            pipeline.dispatch()
            pipeline.deliver_next()
            text = described()
        assert "pending after 1 attempts, next attempt at 2026-01-15T10:" in text
        assert "attempt 1 at the end user's webhook: 500" in text

    def test_not_subscribed(self, merchant: Merchant, pipeline: Pipeline) -> None:
        merchant.webhook(DEAD, "shipment.delivered")
        sync(merchant)
        pipeline.run()
        assert "no delivery to the end user's webhook http://127.0.0.1:9/hook: it does not subscribe to" in described()

    def test_created_later(self, merchant: Merchant, pipeline: Pipeline, time: time_machine.Traveller) -> None:
        sync(merchant)
        pipeline.run()
        time.shift(600)
        merchant.webhook(DEAD)
        assert "it was created later, at 2026-01-15T10:10:00.000Z" in described()

    def test_skipped_because_it_was_inactive(self, merchant: Merchant, pipeline: Pipeline) -> None:
        merchant.webhook(DEAD).patch(isActive=False)
        sync(merchant)
        pipeline.run()
        assert "skipped, because the webhook or its feature was off; a replay sends it" in described()

    def test_filtered_because_the_feature_was_off(self, merchant: Merchant, pipeline: Pipeline) -> None:
        merchant.webhook(DEAD)
        without = [feature for feature in FEATURE_SCOPES if feature != "end_user_webhooks"]
        merchant.acme.configure(enabled_features=without)
        sync(merchant)
        pipeline.run()
        assert "the feature it needs is off" in described()

    def test_left_out_by_its_filter(self, merchant: Merchant, pipeline: Pipeline) -> None:
        merchant.webhook(DEAD, filter={"order_number": "another"})
        sync(merchant)
        pipeline.run()
        assert "no delivery to the end user's webhook http://127.0.0.1:9/hook: its filter leaves it out" in described()

    def test_dropped_because_it_subscribes_no_longer(
        self, merchant: Merchant, pipeline: Pipeline, time: time_machine.Traveller
    ) -> None:
        with Receiver(answer(500)) as receiver:
            hook = merchant.webhook(receiver.url)
            sync(merchant)
            pipeline.dispatch()
            pipeline.deliver_next()
            hook.patch(events=["shipment.delivered"])
            time.shift(120)
            pipeline.retry()
            pipeline.run()
            text = described()
        assert "dropped, because the webhook was deleted or no longer subscribed to the event" in text

    def test_deferred_while_the_organization_is_suspended(self, merchant: Merchant, pipeline: Pipeline) -> None:
        merchant.webhook(DEAD)
        sync(merchant)
        suspension.suspend(merchant.acme.organization_id)
        pipeline.run()
        text = described()
        assert "deferred after 0 attempts, until the organization is resumed" in text
        assert "the organization is suspended since then" in text

    def test_deferred_because_the_receiver_is_down(self, merchant: Merchant, pipeline: Pipeline) -> None:
        with Receiver(answer(503)) as receiver:
            merchant.webhook(receiver.url)
            for _ in range(5):
                merchant.publish()
                pipeline.dispatch()
                pipeline.deliver_next()
            sync(merchant)
            pipeline.dispatch()
            pipeline.deliver_next()
            assert "deferred after 0 attempts: the receiver failed too often and is not called until" in described()

    def test_dropped_because_the_webhook_was_deleted(
        self, merchant: Merchant, pipeline: Pipeline, capsys: pytest.CaptureFixture[str]
    ) -> None:
        hook = merchant.webhook(DEAD)
        sync(merchant)
        pipeline.dispatch()
        assert merchant.session.client.delete(hook.path).status < 300
        capsys.readouterr()
        pipeline.deliver()
        # The webhook is gone with all its state: only the log knows of it.
        [line, *_] = [json.loads(line) for line in capsys.readouterr().out.splitlines() if "delivery_dropped" in line]
        assert (line["reason"], line["webhook_id"]) == ("webhook_deleted", hook.id)

    def test_still_in_a_queue(self, merchant: Merchant, pipeline: Pipeline) -> None:
        merchant.webhook(DEAD)
        sync(merchant)
        assert "not yet; the event may still be in a queue" in described()

    def test_alerts_and_emails_too(self, merchant: Merchant, pipeline: Pipeline) -> None:
        merchant.rule(name="All")
        merchant.rule(name="Big", condition={"field": "totals.total", "operator": "gt", "value": 1000})
        sync(merchant)
        pipeline.run()
        text = described()
        assert "rule 'All' matched" in text
        assert "rule 'Big' no alert: its condition does not hold" in text
        assert "no confirmation e-mail: the setting storefrontEmails is off" in text


class TestFinding:
    @pytest.fixture(autouse=True)
    def synced(self, merchant: Merchant, pipeline: Pipeline) -> None:
        merchant.webhook(DEAD)
        sync(merchant)

    @pytest.mark.parametrize("text", [NUMBER, "gx-1042", f"ext-{NUMBER}"])
    def test_orders_by_number(self, text: str) -> None:
        assert f"order {NUMBER}" in traced(text)[0].subject.description

    @pytest.mark.parametrize("text", ["1Z042", "1z 042"])
    def test_shipments_by_tracking_number(self, text: str) -> None:
        [found] = traced(text)
        assert found.subject.description.startswith("shipment 1Z 042")
        assert any("shipment.created" in entry.what for entry in found.entries)

    def test_everything_by_its_id(self, merchant: Merchant, pipeline: Pipeline) -> None:
        [order] = traced()
        ids = {name: value for entry in order.entries for name, value in entry.ids.items()}
        for name in ("event_id", "resource_id"):
            assert traced(ids[name])[0].entries != []
        suspension.suspend(merchant.acme.organization_id)
        pipeline.run()
        delivery_id = next(entry.ids["delivery_id"] for entry in traced()[0].entries if "delivery_id" in entry.ids)
        [found] = traced(delivery_id)
        assert found.subject.description == f"delivery {delivery_id}"
        assert any("deferred" in entry.what for entry in found.entries)

    def test_nothing_elsewhere(self, merchant: Merchant) -> None:
        assert traced("GX-1") == []
        assert trace(NUMBER, []) == []


class TestCommand:
    @pytest.fixture
    def run(self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[..., str]:
        def run(*arguments: str) -> str:
            monkeypatch.setattr(command, "enter", lambda _: None)
            monkeypatch.setattr(sys, "argv", ["trace", *arguments])
            command.main()
            return capsys.readouterr().out

        return run

    def test_adds_the_lines_of_the_log(
        self,
        run: Callable[..., str],
        merchant: Merchant,
        pipeline: Pipeline,
        capsys: pytest.CaptureFixture[str],
        tmp_path: Path,
    ) -> None:
        hook = merchant.webhook(DEAD)
        hook.patch(isActive=False)
        sync(merchant)
        pipeline.run()
        log = tmp_path / "functions.log"
        written = capsys.readouterr().out
        log.write_text("".join(f"[DeliverWebhooks] {line}\n" for line in written.splitlines()) + "Traceback\n")
        printed = run("--id", NUMBER, "--file", str(log))
        assert printed.startswith(f"Looking for {NUMBER} in the table, then in the logs. Nothing is changed.")
        assert f"organization {merchant.acme.organization_id}, end user {merchant.session.end_user_id}" in printed
        lines: list[Any] = [line for line in printed.splitlines() if "delivery_skipped" in line]
        assert '"reason": "webhook_inactive"' in lines[0]
        assert "event_dispatched" in printed
        assert "request" in printed

    def test_shows_from_the_order_number_alone_what_only_the_log_knows(
        self,
        run: Callable[..., str],
        merchant: Merchant,
        pipeline: Pipeline,
        capsys: pytest.CaptureFixture[str],
        tmp_path: Path,
    ) -> None:
        hook = merchant.webhook(DEAD)
        sync(merchant)
        pipeline.dispatch()
        merchant.session.client.delete(hook.path)
        capsys.readouterr()
        pipeline.deliver()
        log = tmp_path / "functions.log"
        log.write_text(capsys.readouterr().out)
        [line, *_] = [
            line for line in run("--id", NUMBER, "--file", str(log)).splitlines() if "delivery_dropped" in line
        ]
        assert '"reason": "webhook_deleted"' in line
        assert hook.id in line

    def test_looks_for_what_the_table_does_not_know_in_the_logs(self, run: Callable[..., str], tmp_path: Path) -> None:
        log = tmp_path / "functions.log"
        log.write_text(
            '{"time": "2026-01-15T10:00:00.000Z", "event": "request", "request_id": "r-42", "status": 500}\n'
        )
        printed = run("--id", "r-42", "--file", str(log))
        assert "table  nothing has this number or id" in printed
        assert '2026-01-15T10:00:00.000Z  request  {"request_id": "r-42", "status": 500}' in printed

    def test_searches_cloudwatch_on_a_deployed_stage(
        self, run: Callable[..., str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        started: list[dict[str, Any]] = []
        line = json.dumps({"time": "2026-01-15T10:00:00.000Z", "event": "request", "request_id": "r-42"})
        answers = [
            {"status": "Running", "results": []},
            {"status": "Complete", "results": [[{"field": "@message", "value": f"{line}\n"}, {"field": "@ptr"}]]},
        ]
        groups = [{"logGroups": [{"logGroupName": "/aws/lambda/orderly-embed-production-APIHandler"}]}]

        def start_query(**query: Any) -> dict[str, str]:
            started.append(query)
            return {"queryId": "q-1"}

        logs = SimpleNamespace(
            get_paginator=lambda _: SimpleNamespace(paginate=lambda **_: groups),
            start_query=start_query,
            get_query_results=lambda **_: answers.pop(0),
        )
        monkeypatch.setattr("boto3.client", lambda _: logs)
        monkeypatch.setattr("local.commands.trace.time.sleep", lambda _: None)
        printed = run("--stage", "production", "--id", "r-42", "--hours", "1")
        assert '2026-01-15T10:00:00.000Z  request  {"request_id": "r-42"}' in printed
        assert "filter @message like 'r-42'" in started[0]["queryString"]
        assert started[0]["endTime"] - started[0]["startTime"] == 3600

    def test_needs_an_id(self, run: Callable[..., str]) -> None:
        with pytest.raises(SystemExit, match="make trace ID="):
            run("--id", " ")


class TestLogs:
    """Why a delivery was not made is in the log as it was at the time."""

    def test_have_the_reason_for_each_webhook_that_is_passed_over(
        self, merchant: Merchant, pipeline: Pipeline, capsys: pytest.CaptureFixture[str]
    ) -> None:
        other = merchant.webhook(DEAD, "shipment.delivered")
        capsys.readouterr()
        event_id = merchant.publish()
        pipeline.dispatch()
        lines = [json.loads(line) for line in capsys.readouterr().out.splitlines() if "event_dispatched" in line]
        [line] = [line for line in lines if line["event_id"] == event_id]
        assert line["not_delivered"] == {other.id: "not_subscribed"}
        without = [feature for feature in FEATURE_SCOPES if feature != "end_user_webhooks"]
        merchant.acme.configure(enabled_features=without)
        event_id = merchant.publish("shipment.delivered")
        pipeline.dispatch()
        lines = [json.loads(line) for line in capsys.readouterr().out.splitlines() if "event_dispatched" in line]
        [line] = [line for line in lines if line["event_id"] == event_id]
        assert line["not_delivered"] == {other.id: "feature_disabled"}
