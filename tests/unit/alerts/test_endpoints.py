"""The alert endpoints, one class each."""

from decimal import Decimal
from typing import Any

import pytest

from chalicelib.alerts.store import RuleItem
from chalicelib.events.fields import fields_of
from chalicelib.events.types import SUBSCRIBABLE, SubscribableEvent
from chalicelib.kit import ids
from chalicelib.table import keys
from chalicelib.table.transaction import update
from tests.support.aws_calls import counted
from tests.support.factories import EMBED, Acme
from tests.support.gateway import Client
from tests.support.hooks import Merchant
from tests.support.pipeline import Pipeline
from tests.support.races import at_once, requesting
from tests.support.receivers import Receiver, answer

RULES = f"{EMBED}/alerts/rules"
NOTIFICATIONS = f"{EMBED}/alerts/notifications"
DRY_RUN = f"{EMBED}/alerts/dry-run"
RULE = {"name": "Delivery Exception Alert", "eventType": "shipment.exception", "condition": {"carrier": "ups"}}
UNKNOWN = "00000000-0000-4000-8000-000000000000"

EVERY_CALL: list[tuple[str, str, Any, str]] = [
    ("GET", RULES, None, "alerts:read"),
    ("POST", RULES, RULE, "alerts:write"),
    ("PATCH", f"{RULES}/{UNKNOWN}", {"isActive": False}, "alerts:write"),
    ("DELETE", f"{RULES}/{UNKNOWN}", None, "alerts:write"),
    ("POST", f"{RULES}/{UNKNOWN}/test", None, "alerts:read"),
    ("POST", DRY_RUN, {"eventType": "order.created", "condition": {}}, "alerts:read"),
    ("GET", NOTIFICATIONS, None, "alerts:read"),
    ("PATCH", f"{NOTIFICATIONS}/{UNKNOWN}", {"isRead": True}, "alerts:read"),
]


class TestAccess:
    @pytest.mark.parametrize(("method", "path", "body", "scope"), EVERY_CALL)
    def test_anonymous_calls_and_api_keys_are_401(
        self, acme: Acme, method: str, path: str, body: Any, scope: str
    ) -> None:
        assert Client().call(method, path, body).status == 401
        assert acme.server.call(method, path, body).status == 401

    @pytest.mark.parametrize(("method", "path", "body", "scope"), EVERY_CALL)
    def test_other_scopes_are_not_enough(self, acme: Acme, method: str, path: str, body: Any, scope: str) -> None:
        scopes = ["webhooks:write"] + (["alerts:read"] if scope == "alerts:write" else [])
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

    @pytest.mark.parametrize(("method", "path", "body", "scope"), [call for call in EVERY_CALL if UNKNOWN in call[1]])
    def test_another_end_users_objects_are_unknown(
        self, acme: Acme, pipeline: Pipeline, method: str, path: str, body: Any, scope: str
    ) -> None:
        other = Merchant(acme, "merchant-2")
        theirs = other.rule()["id"]
        if "notifications" in path:
            other.publish()
            pipeline.run()
            theirs = other.session.client.get(NOTIFICATIONS).data[0]["id"]
        mine = acme.session().client
        replies = [mine.call(method, path.replace(UNKNOWN, some_id), body) for some_id in (UNKNOWN, theirs, "no-id")]
        assert [(reply.status, reply.code) for reply in replies] == [(404, "not_found")] * 3

    def test_both_prefixes_work(self, acme: Acme) -> None:
        client = acme.session().client
        created = client.post("/api/embed/alerts/rules", RULE).data
        assert [rule["id"] for rule in client.get("/api/embed/alerts/rules").data] == [created["id"]]
        assert client.get("/api/embed/alerts/notifications").data == []


class TestCreateRule:
    def test_responds_as_documented(self, merchant: Merchant, time: object) -> None:
        merchant.again()
        with Receiver(answer(200)) as receiver:
            wanted = {**RULE, "deliveryMethod": "both", "webhookUrl": receiver.url, "cooldownMinutes": 30}
            reply = merchant.session.client.post(RULES, wanted)
        assert reply.status == 201
        assert reply.data["webhookSecret"].startswith("whsec_")
        documented = {
            "name": "Delivery Exception Alert",
            "event_type": "shipment.exception",
            "condition": {"carrier": "ups"},
            "delivery_method": "both",
            "webhook_url": receiver.url,
            "cooldown_minutes": 30,
            "is_active": True,
            "created_at": "2026-01-15T10:00:00.000Z",
        }
        assert {name: reply.data[name] for name in documented} == documented

    def test_defaults(self, merchant: Merchant) -> None:
        created = merchant.session.client.post(RULES, RULE).data
        assert (created["delivery_method"], created["cooldown_minutes"], created["webhook_url"]) == ("in_app", 60, None)
        assert "webhookSecret" not in created

    def test_numbers_of_a_condition_are_kept_exactly(self, merchant: Merchant) -> None:
        condition = {"all": [{"field": "totals.total", "operator": "gte", "value": Decimal("49.90")}, {"any": [{}]}]}
        created = merchant.rule(condition=condition)
        (listed,) = merchant.session.client.get(RULES).data
        assert created["condition"] == listed["condition"] == condition
        assert str(listed["condition"]["all"][0]["value"]) == "49.90"

    @pytest.mark.parametrize(
        ("change", "field"),
        [
            ({"name": None}, "name"),
            ({"name": "x" * 101}, "name"),
            ({"description": "x" * 501}, "description"),
            ({"eventType": None}, "eventType"),
            ({"eventType": "order.deleted"}, "eventType"),
            ({"condition": None}, "condition"),
            ({"condition": "ups"}, "condition"),
            ({"condition": {"field": "carrier", "operator": "like", "value": "u"}}, "condition.operator"),
            ({"condition": {"all": []}}, "condition.all"),
            ({"condition": {"notes": "x" * 5000}}, "condition"),
            ({"deliveryMethod": "mail"}, "deliveryMethod"),
            ({"deliveryMethod": "both"}, "webhookUrl"),
            ({"deliveryMethod": "webhook"}, "webhookUrl"),
            ({"deliveryMethod": "webhook", "webhookUrl": "https://10.0.0.1/"}, "webhookUrl"),
            ({"cooldownMinutes": 4}, "cooldownMinutes"),
            ({"cooldownMinutes": 1441}, "cooldownMinutes"),
            ({"cooldownMinutes": "30"}, "cooldownMinutes"),
            ({"colour": "red"}, "colour"),
        ],
    )
    def test_names_the_invalid_field(self, merchant: Merchant, change: dict[str, Any], field: str) -> None:
        wanted = {name: value for name, value in {**RULE, **change}.items() if value is not None}
        reply = merchant.session.client.post(RULES, wanted)
        assert (reply.status, reply.fields) == (422, [field])

    def test_twenty_at_most_hold_under_concurrent_requests(self, acme: Acme) -> None:
        client = acme.session().client
        for _ in range(17):
            assert client.post(RULES, RULE).status == 201
        replies = at_once([requesting(client, "POST", RULES, RULE)] * 6)
        assert sorted(reply.status for reply in replies) == [201] * 3 + [409] * 3
        listed = client.get(RULES).data
        assert len(listed) == 20
        client.delete(f"{RULES}/{listed[0]['id']}")
        assert client.post(RULES, RULE).status == 201


class TestListRules:
    def test_shows_the_documented_fields_in_two_round_trips(self, merchant: Merchant) -> None:
        created = merchant.rule(description="When carriers fail")
        with counted() as calls:
            (listed,) = merchant.session.client.get(RULES).data
        assert listed == created
        assert sorted(calls) == ["BatchGetItem", "Query", "Query"]
        assert set(listed) >= {
            "id", "name", "description", "event_type", "condition", "delivery_method", "webhook_url",
            "cooldown_minutes", "is_active", "created_at",
        }  # fmt: skip


class TestFieldsThatAnEventNeverHas:
    """A condition on one is a 422 that lists those that the event type has."""

    @pytest.mark.parametrize(
        ("event_type", "condition", "field"),
        [
            ("order.created", {"tags": "vip"}, "condition.tags"),
            ("order.created", {"line_items.sku": "MUG"}, "condition.line_items.sku"),
            ("order.created", {"status": "pending", "carrier": "ups"}, "condition.carrier"),
            ("order.created", {"field": "notes", "operator": "exists", "value": False}, "condition.field"),
            ("order.updated", {"previous_status": "pending"}, "condition.previous_status"),
            ("shipment.created", {"checkpoints.city": "Chicago"}, "condition.checkpoints.city"),
            ("bridge.connected", {"all": [{}, {"any": [{"carrier": "ups"}]}]}, "condition.all[1].any[0].carrier"),
        ],
    )
    def test_are_refused_with_the_fields_it_has(
        self, merchant: Merchant, event_type: SubscribableEvent, condition: dict[str, Any], field: str
    ) -> None:
        body = {**RULE, "eventType": event_type, "condition": condition}
        reply = merchant.session.client.post(RULES, body)
        assert (reply.status, reply.fields) == (422, [field])
        message = reply.json["error"]["details"][0]["message"]
        assert message.endswith(f"They have {', '.join(fields_of(event_type))}.")

    @pytest.mark.parametrize("event_type", SUBSCRIBABLE)
    def test_every_field_it_has_is_accepted(self, merchant: Merchant, event_type: SubscribableEvent) -> None:
        fields = fields_of(event_type)
        merchant.rule(eventType=event_type, condition={"any": [{f"{field}.deeper": 1} for field in fields]})

    def test_are_refused_in_a_change_of_the_condition(self, merchant: Merchant) -> None:
        rule = merchant.rule()
        reply = merchant.session.client.patch(f"{RULES}/{rule['id']}", {"condition": {"tags": "vip"}})
        assert (reply.status, reply.fields) == (422, ["condition.tags"])

    def test_do_not_keep_a_rule_stored_earlier_from_other_changes(self, merchant: Merchant) -> None:
        rule = merchant.rule()
        update(keys.alert_rule(*merchant.whose, rule["id"]), [RuleItem.condition.set({"tags": "vip"})])
        changed = merchant.session.client.patch(f"{RULES}/{rule['id']}", {"name": "Renamed"})
        assert (changed.status, changed.data["condition"]) == (200, {"tags": "vip"})


class TestUpdateRule:
    def test_returns_the_whole_rule(self, merchant: Merchant) -> None:
        rule = merchant.rule()
        changed = merchant.session.client.patch(f"{RULES}/{rule['id']}", {"isActive": False, "name": "Quiet"}).data
        assert (changed["name"], changed["is_active"]) == ("Quiet", False)
        assert changed == merchant.session.client.get(RULES).data[0]

    def test_an_empty_change_writes_nothing(self, merchant: Merchant) -> None:
        rule = merchant.rule()
        with counted() as calls:
            assert merchant.session.client.patch(f"{RULES}/{rule['id']}", {}).data == rule
        assert sorted(calls) == ["BatchGetItem", "GetItem", "UpdateItem"], "the only write is the limit's counter"

    @pytest.mark.parametrize(
        ("change", "field"),
        [
            ({"eventType": "order.created"}, "eventType"),
            ({"deliveryMethod": "both"}, "webhookUrl"),
            ({"condition": {"any": [1]}}, "condition.any[0]"),
            ({"cooldownMinutes": 1}, "cooldownMinutes"),
        ],
    )
    def test_names_the_invalid_field(self, merchant: Merchant, change: dict[str, Any], field: str) -> None:
        reply = merchant.session.client.patch(f"{RULES}/{merchant.rule()['id']}", change)
        assert (reply.status, reply.fields) == (422, [field])

    def test_the_method_creates_and_removes_the_webhook(self, merchant: Merchant, pipeline: Pipeline) -> None:
        client = merchant.session.client
        path = f"{RULES}/{merchant.rule(cooldownMinutes=5)['id']}"
        with Receiver(answer(200)) as receiver:
            first = client.patch(path, {"deliveryMethod": "webhook", "webhookUrl": receiver.url}).data
            assert first["webhookSecret"].startswith("whsec_")
            assert "webhookSecret" not in client.patch(path, {"name": "Same"}).data
            assert client.patch(path, {"webhookUrl": None}).fields == ["webhookUrl"]
            client.patch(path, {"deliveryMethod": "in_app", "webhookUrl": None})
            merchant.publish()
            pipeline.run()
            assert receiver.requests == []
            again = client.patch(path, {"deliveryMethod": "both", "webhookUrl": receiver.url}).data
            assert again["webhookSecret"] != first["webhookSecret"]


class TestDeleteRule:
    def test_takes_effect_immediately_and_is_a_404_the_second_time(self, merchant: Merchant) -> None:
        client, rule = merchant.session.client, merchant.rule()
        assert client.delete(f"{RULES}/{rule['id']}").json == {"success": True}
        assert client.delete(f"{RULES}/{rule['id']}").status == 404
        assert client.get(RULES).data == []


class TestDryRun:
    def test_returns_matching_recent_events_without_alerting(self, merchant: Merchant) -> None:
        rule = merchant.rule(eventType="shipment.created", condition={"carrier": "UPS"})
        matching = [merchant.publish("shipment.created", carrier="ups") for _ in range(2)]
        merchant.publish("shipment.created", carrier="fedex")
        merchant.publish("shipment.shipped", carrier="ups")
        Merchant(merchant.acme, "merchant-2").publish("shipment.created", carrier="ups")
        reply = merchant.session.client.post(f"{RULES}/{rule['id']}/test")
        assert reply.status == 200
        assert reply.data["evaluated"] == 3
        assert [match["event_id"] for match in reply.data["matched"]] == matching[::-1]
        assert set(reply.data["matched"][0]) == {"event_id", "event_type", "created_at"}
        assert merchant.session.client.get(NOTIFICATIONS).data == []

    def test_of_a_condition_without_a_rule_returns_the_same(self, merchant: Merchant) -> None:
        condition = {"carrier": "UPS"}
        rule = merchant.rule(eventType="shipment.created", condition=condition)
        merchant.publish("shipment.created", carrier="ups")
        merchant.publish("shipment.created", carrier="fedex")
        client = merchant.session.client
        reply = client.post(DRY_RUN, {"eventType": "shipment.created", "condition": condition})
        assert reply.status == 200
        assert reply.data == client.post(f"{RULES}/{rule['id']}/test").data
        assert len(reply.data["matched"]) == 1

    @pytest.mark.parametrize("condition", [{"nothing": 1}, {"field": "carrier", "operator": "like", "value": "x"}])
    def test_refuses_a_condition_that_no_rule_may_have(self, merchant: Merchant, condition: Any) -> None:
        body = {"eventType": "shipment.created", "condition": condition}
        assert merchant.session.client.post(DRY_RUN, body).status == 422


class TestNotifications:
    def test_lists_with_the_documented_fields(self, merchant: Merchant, pipeline: Pipeline) -> None:
        rule = merchant.rule()
        event_id = merchant.publish(order_number="ORD-7")
        pipeline.run()
        reply = merchant.session.client.get(NOTIFICATIONS)
        (shown,) = reply.data
        assert reply.json["unreadCount"] == 1
        assert reply.json["pagination"] == {
            "page": 1, "limit": 20, "total": 1, "totalPages": 1, "hasMore": False, "nextCursor": None,
        }  # fmt: skip
        assert (shown["rule_id"], shown["event_type"]) == (rule["id"], "order.created")
        assert (shown["title"], shown["message"]) == ("New order", "Order ORD-7 was placed.")
        assert (shown["is_read"], shown["is_dismissed"], shown["severity"]) == (False, False, "info")
        assert shown["metadata"]["event_id"] == event_id

    def test_pages_and_filters_with_exact_totals(self, merchant: Merchant, pipeline: Pipeline) -> None:
        client = merchant.session.client
        for number in range(7):
            merchant.rule(name=str(number), condition={"order_number": f"ORD-{number}"})
            merchant.publish(order_number=f"ORD-{number}")
            pipeline.run()
        everything = client.get(f"{NOTIFICATIONS}?limit=999").data
        assert [n["message"] for n in everything] == [f"Order ORD-{n} was placed." for n in range(6, -1, -1)]
        for notification in everything[:2]:
            client.patch(f"{NOTIFICATIONS}/{notification['id']}", {"isRead": True})
        client.patch(f"{NOTIFICATIONS}/{everything[2]['id']}", {"isDismissed": True})
        page = client.get(f"{NOTIFICATIONS}?page=2&limit=4").json
        assert [n["id"] for n in page["data"]] == [n["id"] for n in everything[5:]]
        assert (page["unreadCount"], page["pagination"]["total"], page["pagination"]["totalPages"]) == (4, 6, 2)
        unread = client.get(f"{NOTIFICATIONS}?unread=true&limit=3").json
        assert [n["id"] for n in unread["data"]] == [n["id"] for n in everything[3:6]]
        assert (unread["unreadCount"], unread["pagination"]["total"], unread["pagination"]["hasMore"]) == (4, 4, True)
        rest = client.get(f"{NOTIFICATIONS}?unread=true&limit=3&cursor={unread['pagination']['nextCursor']}").json
        assert [n["id"] for n in rest["data"]] == [everything[6]["id"]]

    def test_shows_the_time_that_orders_it(self, merchant: Merchant, pipeline: Pipeline) -> None:
        merchant.rule()
        merchant.publish()
        pipeline.run()
        (shown,) = merchant.session.client.get(NOTIFICATIONS).data
        assert shown["created_at"] == shown["updated_at"] == ids.time_of(shown["id"])

    def test_the_count_costs_nothing(self, merchant: Merchant) -> None:
        with counted() as calls:
            merchant.session.client.get(NOTIFICATIONS)
        assert calls == ["BatchGetItem", "Query"]


class TestUpdateNotification:
    @pytest.fixture
    def path(self, merchant: Merchant, pipeline: Pipeline) -> str:
        merchant.rule()
        merchant.publish()
        pipeline.run()
        return f"{NOTIFICATIONS}/{merchant.session.client.get(NOTIFICATIONS).data[0]['id']}"

    def test_every_transition_keeps_the_counts_right(self, merchant: Merchant, path: str) -> None:
        client = merchant.session.client
        states = [(read, dismissed) for read in (False, True) for dismissed in (False, True)]
        for before in states:
            for after in states:
                for is_read, is_dismissed in (before, after):
                    reply = client.patch(path, {"isRead": is_read, "isDismissed": is_dismissed})
                    assert (reply.status, reply.data["is_read"], reply.data["is_dismissed"]) == (
                        200,
                        is_read,
                        is_dismissed,
                    )
                    shown, unread = not is_dismissed, not is_dismissed and not is_read
                    listed = client.get(NOTIFICATIONS).json
                    assert (listed["pagination"]["total"], len(listed["data"])) == (shown, shown)
                    assert listed["unreadCount"] == unread
                    assert len(client.get(f"{NOTIFICATIONS}?unread=true").data) == unread

    def test_answers_the_documented_fields(self, path: str, merchant: Merchant) -> None:
        changed = merchant.session.client.patch(path, {"isRead": True}).data
        assert {"id", "is_read", "is_dismissed", "updated_at"} <= set(changed)

    def test_concurrent_changes_count_once(self, merchant: Merchant, path: str) -> None:
        client = merchant.session.client
        changes = [{"isRead": True}, {"isDismissed": True}, {"isRead": True}, {"isRead": True, "isDismissed": True}]
        replies = at_once([requesting(client, "PATCH", path, change) for change in changes])
        assert {reply.status for reply in replies} == {200}
        listed = client.get(NOTIFICATIONS).json
        assert (listed["unreadCount"], listed["pagination"]["total"], listed["data"]) == (0, 0, [])

    @pytest.mark.parametrize("body", [{"isRead": "yes"}, {"isRead": None}, {"title": "x"}])
    def test_a_bad_body_is_a_422(self, merchant: Merchant, path: str, body: Any) -> None:
        assert merchant.session.client.patch(path, body).status == 422
