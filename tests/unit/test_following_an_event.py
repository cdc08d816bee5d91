"""An event's id connects the logs of all functions, from the request to the receiver, and its metrics are written."""

import json
from typing import Any

import pytest

from chalicelib.alerts.evaluation import evaluate
from chalicelib.kit.settings import settings
from chalicelib.outbound.sender import Attempt
from chalicelib.webhooks import posting
from tests.support.factories import EMBED, Acme
from tests.support.pipeline import Pipeline

Line = dict[str, Any]


class Sending:
    """Replaces the network: every attempt has the given outcome."""

    def __init__(self, outcome: Attempt) -> None:
        self.outcome = outcome

    def send(self, *_: Any) -> Attempt:
        return self.outcome


DELIVERED = Attempt(200, True, None, None, 12)
REFUSED = Attempt(500, False, "http_5xx", "The receiver answered 500", 12)


def lines(capsys: pytest.CaptureFixture[str]) -> list[Line]:
    return [json.loads(text) for text in capsys.readouterr().out.splitlines()]


def named(lines: list[Line], event: str) -> list[Line]:
    return [line for line in lines if line.get("event") == event]


def values(lines: list[Line], metric: str, dimensions: list[str]) -> list[Any]:
    """The metric's values with exactly these dimensions."""
    found = []
    for line in lines:
        directives = line.get("_aws", {}).get("CloudWatchMetrics", [])
        if metric in line and [dimensions] in [directive["Dimensions"] for directive in directives]:
            found.append(line[metric])
    return found


@pytest.fixture
def ended(acme: Acme, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Any:
    """Connect a bridge, deliver to a webhook with the given outcome, and return the log lines written meanwhile."""

    def run(outcome: Attempt) -> list[Line]:
        monkeypatch.setattr(posting, "sender", lambda: Sending(outcome))
        session = acme.session()
        wanted = {"url": "https://8.8.8.8/hook", "events": ["bridge.connected"]}
        assert session.client.post(f"{EMBED}/webhooks", wanted).status == 201
        pipeline = Pipeline()
        capsys.readouterr()
        session.bridge()
        pipeline.dispatch()
        pipeline.deliver()
        return lines(capsys)

    return run


class TestFollowing:
    def test_every_function_logs_the_events_id(self, acme: Acme, ended: Any) -> None:
        written = ended(DELIVERED)
        (attempted,) = named(written, "delivery_attempted")
        event_id = attempted["event_id"]

        for name in ("event_relayed", "event_dispatched", "delivery_attempted"):
            (line,) = [line for line in named(written, name) if line["event_id"] == event_id]
            assert line["organization_id"] == acme.organization_id
        (request,) = [line for line in named(written, "request") if event_id in line["event_ids"]]
        assert request["request_id"]
        assert attempted["delivery_id"]

    def test_a_request_without_events_names_none(self, acme: Acme, capsys: pytest.CaptureFixture[str]) -> None:
        capsys.readouterr()
        acme.server.get(f"{EMBED}/config/me")
        (request,) = named(lines(capsys), "request")

        assert request["event_ids"] == []


class TestMetrics:
    def test_fired_and_suppressed_alerts(self, acme: Acme, capsys: pytest.CaptureFixture[str]) -> None:
        session = acme.session()
        rule = {"name": "New bridges", "eventType": "bridge.connected", "condition": {}, "deliveryMethod": "in_app"}
        assert session.client.post(f"{EMBED}/alerts/rules", rule).status == 201
        pipeline = Pipeline()
        session.bridge()
        session.bridge(name="Another")
        pipeline.dispatch()
        capsys.readouterr()
        pipeline.drain(settings().alerts_queue_url, evaluate)
        written = lines(capsys)

        assert sum(values(written, "FiredAlerts", ["Stage"])) == 1
        assert sum(values(written, "SuppressedAlerts", ["Stage"])) == 1
        assert sorted(line["fired"] for line in named(written, "rule_matched")) == [False, True]
        assert all(line["event_id"] for line in named(written, "rule_matched"))

    def test_a_delivery_that_succeeds(self, ended: Any) -> None:
        written = ended(DELIVERED)

        assert values(written, "Attempts", ["Stage"]) == [1]
        assert values(written, "FailedAttempts", ["Stage"]) == [0]
        assert values(written, "FailedAttempts", ["Stage", "ErrorClass"]) == []
        (latencies,) = values(written, "DeliveryLatency", ["Stage"])
        assert all(0 <= latency < 60 for latency in latencies)

    def test_a_failure_is_counted_by_its_class(self, ended: Any) -> None:
        written = ended(REFUSED)

        assert values(written, "FailedAttempts", ["Stage"]) == [1]
        assert values(written, "FailedAttempts", ["Stage", "ErrorClass"]) == [1]
        assert [line["ErrorClass"] for line in written if "ErrorClass" in line] == ["http_5xx"]
