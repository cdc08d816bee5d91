"""What may be requested for an order, and what a request must say."""

from typing import Any

import pytest
import time_machine

from chalicelib.organizations.action_policies import ACTION_TYPES
from tests.support.factories import EMBED, Acme
from tests.support.gateway import Reply
from tests.support.merchant import Merchant
from tests.unit.action_requests.test_create import PATH, wanted

ADDRESS = {"name": "Jane Doe", "address1": "5 New Rd", "city": "Reno", "zip": "89501", "country": "US"}


def set_policies(acme: Acme, **policies: Any) -> Reply:
    return acme.server.patch(f"{EMBED}/config", {"settings": {"actionPolicies": policies}})


def allowed(merchant: Merchant, order: str) -> dict[str, str | None]:
    found = merchant.client.get(f"{EMBED}/orders/{order}").data["allowed_actions"]
    return {each["action_type"]: each["until"] for each in found}


def ask(merchant: Merchant, order: str, action_type: str, **fields: Any) -> Reply:
    return merchant.client.post(PATH, wanted(order, actionType=action_type, **fields))


class TestAllowedActions:
    def test_without_policies_all_but_a_release(self, merchant: Merchant, order: str) -> None:
        assert allowed(merchant, order) == {name: None for name in ACTION_TYPES if name != "release"}

    def test_a_held_order_can_be_released_and_not_held(self, merchant: Merchant) -> None:
        held = merchant.order(status="on_hold")
        assert "release" in allowed(merchant, held)
        assert "hold" not in allowed(merchant, held)
        assert ask(merchant, held, "release").status == 201

    @pytest.mark.parametrize("status", ["cancelled", "returned", "refunded"])
    def test_of_an_order_that_has_ended_only_words(self, merchant: Merchant, status: str) -> None:
        ended = merchant.order(status=status)
        assert allowed(merchant, ended).keys() == {"note", "other"}
        refused = ask(merchant, ended, "cancel")
        assert refused.json["error"]["message"].startswith(f"The order is {status} since ")

    def test_none_without_the_feature(self, acme: Acme, merchant: Merchant, order: str) -> None:
        acme.server.patch(f"{EMBED}/config", {"enabledFeatures": ["bridges", "data_room"]})
        assert allowed(merchant, order) == {}

    def test_what_is_switched_off_can_not_be_requested(self, acme: Acme, merchant: Merchant, order: str) -> None:
        assert set_policies(acme, cancel={"enabled": False}).status == 200
        assert "cancel" not in allowed(merchant, order)
        refused = ask(merchant, order, "cancel")
        assert (refused.status, refused.json["error"]["code"]) == (409, "action_not_allowed")

    def test_a_window_closes_after_its_minutes(
        self, acme: Acme, merchant: Merchant, time: time_machine.Traveller
    ) -> None:
        order = merchant.order(ordered_at="2026-01-15T10:00:00Z")
        set_policies(acme, cancel={"windowMinutes": 31})
        assert allowed(merchant, order)["cancel"] == "2026-01-15T10:31:00.000Z"
        time.shift(60)
        assert "cancel" not in allowed(merchant, order)
        refused = ask(merchant, order, "cancel")
        assert refused.status == 409
        assert "until 2026-01-15T10:31:00.000Z" in refused.json["error"]["message"]

    @pytest.mark.parametrize(
        ("status", "may"),
        [("pending", True), ("on_hold", True), ("processing", True), ("shipped", False), ("refunded", False)],
    )
    def test_a_last_status(self, acme: Acme, merchant: Merchant, status: str, *, may: bool) -> None:
        set_policies(acme, cancel={"untilStatus": "processing"})
        order = merchant.order(status=status)
        assert ("cancel" in allowed(merchant, order)) is may
        assert (ask(merchant, order, "cancel").status == 201) is may

    def test_the_refusal_says_since_when(self, acme: Acme, merchant: Merchant, time: time_machine.Traveller) -> None:
        order = merchant.order()
        time.shift(60)
        merchant.order(status="shipped")
        time.shift(60)
        set_policies(acme, cancel={"untilStatus": "processing"})
        message = ask(merchant, order, "cancel").json["error"]["message"]
        assert message == (
            "A cancellation can be requested until an order is processing. "
            "This one is shipped since 2026-01-15T10:31:00.000Z."
        )


class TestSetting:
    @pytest.mark.parametrize(
        "policies",
        [
            {"explode": {}},
            {"cancel": True},
            {"cancel": {"enabled": "yes"}},
            {"cancel": {"windowMinutes": 0}},
            {"cancel": {"windowMinutes": 1.5}},
            {"cancel": {"windowMinutes": True}},
            {"cancel": {"untilStatus": "cancelled"}},
            {"cancel": {"untilStatus": ["shipped"]}},
            {"cancel": {"until_status": "shipped"}},
        ],
    )
    def test_mistakes_are_named(self, acme: Acme, policies: dict[str, Any]) -> None:
        refused = set_policies(acme, **policies)
        assert refused.status == 422
        assert refused.json["error"]["details"][0]["field"] == "settings.actionPolicies"

    def test_null_takes_a_bound_away(self, acme: Acme, merchant: Merchant, order: str) -> None:
        set_policies(acme, cancel={"windowMinutes": None, "untilStatus": None})
        assert allowed(merchant, order)["cancel"] is None


class TestRequestedChanges:
    def test_an_address(self, merchant: Merchant, order: str) -> None:
        made = ask(merchant, order, "address_change", requestedChanges={**ADDRESS, "address2": None})
        assert made.status == 201
        assert made.data["requested_changes"] == ADDRESS

    @pytest.mark.parametrize(
        ("action_type", "changes", "field"),
        [
            ("address_change", {**ADDRESS, "city": " "}, "city"),
            ("address_change", {"city": "Reno", "country": "US"}, "address1"),
            ("address_change", {**ADDRESS, "planet": "Mars"}, "planet"),
            ("address_change", {"shipping_address": ADDRESS}, "address1"),
            ("address_change", {**ADDRESS, "zip": 89501}, "zip"),
            ("hold", {"until": "soon"}, "until"),
            ("hold", {"for": "ever"}, "for"),
            ("note", {"note": ""}, "note"),
            ("note", {}, "note"),
        ],
    )
    def test_what_can_not_be_read_is_named(
        self, merchant: Merchant, order: str, action_type: str, changes: dict[str, Any], field: str
    ) -> None:
        refused = ask(merchant, order, action_type, requestedChanges=changes)
        assert refused.status == 422
        assert f"requestedChanges.{field}" in {each["field"] for each in refused.json["error"]["details"]}

    def test_a_hold_until_a_day(self, merchant: Merchant, order: str) -> None:
        made = ask(merchant, order, "hold", requestedChanges={"until": "2026-02-01", "reason": "Holiday"})
        assert made.data["requested_changes"] == {"until": "2026-02-01T00:00:00.000Z", "reason": "Holiday"}
