"""From a change through stream, queues and functions to a receiver: signed, recorded, alerted, retried."""

import json
import uuid
from typing import Any

import pytest
from standardwebhooks import Webhook

from local.stack import Stack
from tests.support.calling import Caller, eventually, organization
from tests.support.receivers import Receiver, answer, answers

FEATURES = ["bridges", "data_room", "smart_alerts", "end_user_webhooks"]
SCOPES = ["bridges:write", "webhooks:write", "alerts:write"]
SHIPSTATION = {"type": "shipstation", "name": "Shipper", "config": {"apiKey": "key", "apiSecret": "secret"}}


@pytest.fixture(scope="module")
def server(stack: Stack) -> Caller:
    return organization(stack, "Pipeline", FEATURES)


@pytest.fixture
def merchant(stack: Stack, server: Caller) -> Caller:
    session = server("POST", "/sessions", {"externalId": f"merchant-{uuid.uuid4()}", "scopes": SCOPES})
    return Caller(stack.base_url, session["data"]["token"])


def test_an_event_arrives_signed_and_is_recorded(merchant: Caller) -> None:
    with Receiver(answer(204)) as receiver:
        body = {"url": receiver.url, "events": ["bridge.connected"]}
        webhook = merchant("POST", "/webhooks", body)["data"]
        bridge = merchant("POST", "/bridges", SHIPSTATION)["data"]
        attempts = eventually(lambda: merchant("GET", f"/webhooks/{webhook['id']}/deliveries")["data"], bool)

    request = receiver.requests[0]
    body = Webhook(webhook["secret"]).verify(request.body, request.headers)
    assert body["event"] == "bridge.connected"
    assert body["data"]["id"] == bridge["id"]
    assert [(row["response_status"], row["success"], row["attempt"]) for row in attempts] == [(204, True, 1)]
    assert attempts[0]["delivery_id"] == request.headers["webhook-id"]


def test_a_test_is_sent_by_its_own_function_while_the_caller_waits(merchant: Caller, stack: Stack) -> None:
    with Receiver(answer(204)) as receiver:
        webhook = merchant("POST", "/webhooks", {"url": receiver.url, "events": ["bridge.connected"]})["data"]
        outcomes = [merchant("POST", f"/webhooks/{webhook['id']}/test") for _ in range(2)]
    outcomes.append(merchant("POST", f"/webhooks/{webhook['id']}/test"))

    Webhook(webhook["secret"]).verify(receiver.requests[0].body, receiver.requests[0].headers)
    sent = {"success": True, "statusCode": 204}
    assert outcomes == [sent, sent, {"success": False, "statusCode": None, "error": "Connection refused"}]
    attempts = merchant("GET", f"/webhooks/{webhook['id']}/deliveries")["data"]
    assert [(row["trigger"], row["success"]) for row in attempts] == [("test", False), ("test", True), ("test", True)]
    assert merchant("GET", "/webhooks")["data"][0]["consecutive_failures"] == 0
    logs = stack.client("logs")
    (group,) = logs.describe_log_groups(logGroupNamePrefix="/aws/lambda/orderly-embed-local-SendWebhookTests")[
        "logGroups"
    ]
    lines = logs.filter_log_events(logGroupName=group["logGroupName"], filterPattern=webhook["id"])["events"]
    assert len(lines) == 3


def test_a_failed_delivery_is_sent_again_after_seconds(merchant: Caller) -> None:
    with Receiver(answers(answer(503, close=True), answer(200))) as receiver:
        webhook = merchant("POST", "/webhooks", {"url": receiver.url, "events": ["bridge.connected"]})["data"]
        merchant("POST", "/bridges", SHIPSTATION)
        rows = eventually(
            lambda: merchant("GET", f"/webhooks/{webhook['id']}/deliveries")["data"], lambda found: len(found) == 2
        )

    assert [(row["response_status"], row["trigger"], row["attempt"]) for row in rows] == [
        (200, "schedule", 2),
        (503, "event", 1),
    ]
    assert len({request.headers["webhook-id"] for request in receiver.requests}) == 1
    state = merchant("GET", "/webhooks")["data"][0]
    assert (state["consecutive_failures"], state["first_failure_at"]) == (0, None)


def test_a_rule_creates_a_notification_and_calls_its_webhook(merchant: Caller) -> None:
    with Receiver(answer(200)) as receiver:
        rule = merchant(
            "POST",
            "/alerts/rules",
            {
                "name": "Shippers",
                "eventType": "bridge.connected",
                "condition": {"type": "shipstation"},
                "deliveryMethod": "both",
                "webhookUrl": receiver.url,
            },
        )["data"]
        merchant("POST", "/bridges", SHIPSTATION)
        # The count is read with the session, concurrently with the list, so it may be a moment older.
        page = eventually(lambda: merchant("GET", "/alerts/notifications"), lambda found: found["unreadCount"] > 0)
        requests_seen = eventually(lambda: receiver.requests, bool)

    assert (page["unreadCount"], page["data"][0]["message"]) == (1, "Shipper is connected.")
    body = Webhook(rule["webhookSecret"]).verify(requests_seen[0].body, requests_seen[0].headers)
    assert body["event"] == "alert.triggered"
    assert body["data"]["notification_id"] == page["data"][0]["id"]


def test_the_organizations_webhook_receives_every_event(server: Caller, merchant: Caller) -> None:
    with Receiver(answer(200)) as receiver:
        config = server("PATCH", "/config", {"settings": {"webhookUrl": receiver.url}})["data"]
        bridge = merchant("POST", "/bridges", SHIPSTATION)["data"]

        def connected() -> list[Any]:
            bodies = [json.loads(request.body) for request in receiver.requests]
            return [body for body in bodies if body["data"].get("id") == bridge["id"]]

        seen = eventually(connected, bool)
        server("PATCH", "/config", {"settings": {"webhookUrl": None}})

    assert seen[0]["event"] == "bridge.connected"
    first = receiver.requests[0]
    Webhook(config["settings"]["webhookSecret"]).verify(first.body, first.headers)
