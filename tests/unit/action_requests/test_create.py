from typing import Any

import pytest

from chalicelib.action_requests import changes
from chalicelib.action_requests.schemas import MAX_CHANGES_BYTES
from tests.support.factories import EMBED, Acme
from tests.support.gateway import Client
from tests.support.merchant import Merchant
from tests.support.races import at_once, requesting, statuses

PATH = f"{EMBED}/action-requests"
UNKNOWN = "550e8400-e29b-41d4-a716-446655440000"


def wanted(order_id: str, **fields: Any) -> dict[str, Any]:
    return {
        "orderId": order_id,
        "actionType": "cancel",
        "title": "Cancel order - customer changed mind",
        "description": "Customer called to cancel before shipment.",
        **fields,
    }


class TestCreate:
    @pytest.mark.parametrize("prefix", ["/api/v1/embed", "/api/embed"])
    def test_answers_as_documented(self, prefix: str, acme: Acme, merchant: Merchant, order: str) -> None:
        reply = merchant.client.post(f"{prefix}/action-requests", wanted(order))
        assert reply.status == 201
        assert reply.data == {
            "id": reply.data["id"],
            "organization_id": acme.organization_id,
            "end_user_id": merchant.end_user_id,
            "order_id": order,
            "action_type": "cancel",
            "title": "Cancel order - customer changed mind",
            "description": "Customer called to cancel before shipment.",
            "status": "pending",
            "requested_changes": None,
            "expires_at": "2026-01-22T10:30:00.000Z",
            "created_at": "2026-01-15T10:30:00.000Z",
        }

    def test_keeps_the_requested_changes(self, merchant: Merchant, order: str) -> None:
        changes = {"shipping_address": {"city": "Berlin", "lines": ["Main St 1", None]}, "fee": 1.5}
        body = wanted(order, actionType="other", requestedChanges=changes)
        made = merchant.client.post(PATH, body).data
        assert float(made["requested_changes"].pop("fee")) == changes.pop("fee")
        assert made["requested_changes"] == changes
        assert (
            merchant.client.get(f"{PATH}/{made['id']}").data["requested_changes"]["shipping_address"]
            == (changes["shipping_address"])
        )

    def test_takes_the_other_casing_and_a_spelling_of_the_id(self, merchant: Merchant, order: str) -> None:
        body = {"order_id": order.upper(), "action_type": "hold", "title": "  Wait  "}
        made = merchant.client.post(PATH, body).data
        assert (made["order_id"], made["title"], made["description"]) == (order, "Wait", None)

    def test_is_in_the_very_next_list(self, merchant: Merchant, order: str) -> None:
        made = merchant.ask(order)
        listed = merchant.client.get(PATH).json
        assert [row["id"] for row in listed["data"]] == [made["id"]]
        assert listed["pagination"]["total"] == 1

    def test_is_recorded_in_the_timeline_and_the_event_log(self, acme: Acme, merchant: Merchant, order: str) -> None:
        made = merchant.ask(order, "hold", title="Please wait")
        activity = merchant.client.get(f"{EMBED}/orders/{order}").data["activities"][0]
        assert activity["activity_type"] == "action_request"
        assert (activity["title"], activity["description"]) == ("Hold requested", "Please wait")
        assert activity["actor_type"] == "end_user"
        assert activity["metadata"] == {"action_request_id": made["id"], "action_type": "hold", "status": "pending"}
        event = acme.server.get(f"{EMBED}/events?event_type=action_request.created").data[0]
        assert (event["resource_type"], event["resource_id"]) == ("action_request", made["id"])
        assert event["end_user_id"] == merchant.end_user_id
        assert event["metadata"] == {"order_id": order, "action_type": "hold"}


class TestRefused:
    def test_anonymous(self, order: str) -> None:
        assert Client().post(PATH, wanted(order)).status == 401

    def test_api_key(self, acme: Acme, order: str) -> None:
        assert acme.server.post(PATH, wanted(order)).status == 401

    def test_reader(self, acme: Acme, order: str) -> None:
        reply = acme.session(scopes=["actions:read"]).client.post(PATH, wanted(order))
        assert (reply.status, reply.code) == (403, "insufficient_scope")

    def test_everyone_while_the_feature_is_off(self, acme: Acme, merchant: Merchant, order: str) -> None:
        acme.configure(enabled_features=["data_room"])
        reply = merchant.client.post(PATH, wanted(order))
        assert (reply.status, reply.code) == (403, "feature_disabled")

    def test_another_end_users_order_is_not_found(self, acme: Acme, order: str) -> None:
        other = acme.session("merchant-2").client
        theirs, unknown = other.post(PATH, wanted(order)), other.post(PATH, wanted(UNKNOWN))
        assert (theirs.status, theirs.code) == (unknown.status, unknown.code) == (404, "not_found")

    def test_an_order_of_a_deleted_bridge_is_not_found(self, merchant: Merchant, order: str) -> None:
        merchant.client.delete(f"{EMBED}/bridges/{merchant.bridge['id']}")
        assert merchant.client.post(PATH, wanted(order)).status == 404

    def test_an_order_whose_bridge_is_deleted_concurrently_is_not_found(
        self, acme: Acme, merchant: Merchant, order: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        whole = changes.insert

        def insert(*given: Any) -> None:
            assert merchant.client.delete(f"{EMBED}/bridges/{merchant.bridge['id']}").status == 200
            whole(*given)

        monkeypatch.setattr(changes, "insert", insert)
        assert merchant.client.post(PATH, wanted(order)).status == 404
        assert acme.server.get(f"{PATH}/queue?status=all").json["pagination"]["total"] == 0


class TestBody:
    @pytest.mark.parametrize(
        ("field", "value"),
        [
            ("orderId", "1001"),
            ("orderId", None),
            ("actionType", "refund"),
            ("title", ""),
            ("title", "   "),
            ("title", "x" * 201),
            ("description", "x" * 2001),
            ("requestedChanges", ["a list"]),
            ("requestedChanges", {"note": "x" * MAX_CHANGES_BYTES}),
            ("surprise", 1),
        ],
    )
    def test_wrong_fields_are_named(self, field: str, value: Any, merchant: Merchant, order: str) -> None:
        reply = merchant.client.post(PATH, wanted(order, **{field: value}))
        assert (reply.status, reply.fields) == (422, [field])

    def test_limits_themselves_are_fine(self, merchant: Merchant, order: str) -> None:
        body = wanted(order, title="x" * 200, description="x" * 2000, requestedChanges={"n": "x" * 8100})
        assert merchant.client.post(PATH, body).status == 201

    def test_empty_body_names_what_is_required(self, merchant: Merchant) -> None:
        assert sorted(merchant.client.post(PATH).fields) == ["actionType", "orderId", "title"]


class TestSecondRequest:
    def test_of_the_same_type_is_a_conflict_while_the_first_is_pending(self, merchant: Merchant, order: str) -> None:
        merchant.ask(order)
        reply = merchant.client.post(PATH, wanted(order))
        assert (reply.status, reply.code) == (409, "duplicate_request")

    def test_of_another_type_or_order_is_fine(self, merchant: Merchant, order: str) -> None:
        merchant.ask(order)
        merchant.ask(order, "hold")
        merchant.ask(merchant.order("1002"))

    def test_is_fine_once_the_first_is_cancelled(self, merchant: Merchant, order: str) -> None:
        first = merchant.ask(order)
        merchant.client.delete(f"{PATH}/{first['id']}")
        merchant.ask(order)

    def test_is_fine_once_the_first_is_resolved(self, acme: Acme, merchant: Merchant, order: str) -> None:
        first = merchant.ask(order)
        acme.server.patch(f"{PATH}/{first['id']}/resolve", {"status": "denied"})
        merchant.ask(order)

    def test_at_the_same_moment_is_refused(self, merchant: Merchant, order: str) -> None:
        replies = at_once([requesting(merchant.client, "POST", PATH, wanted(order)) for _ in range(6)])
        assert statuses(replies) == {201: 1, 409: 5}
        assert merchant.client.get(PATH).json["pagination"]["total"] == 1
