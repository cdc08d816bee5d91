"""The end user's list and the organization's queue: what is in them, in which order, and how many."""

from typing import Any

import pytest
import time_machine

from chalicelib.action_requests import service
from chalicelib.action_requests.store import QueueEntryItem
from chalicelib.table import keys
from chalicelib.table.transaction import delete, update
from tests.support.aws_calls import around
from tests.support.background import clean_up
from tests.support.factories import EMBED, Acme
from tests.support.gateway import Client
from tests.support.merchant import Merchant

PATH = f"{EMBED}/action-requests"
QUEUE = f"{PATH}/queue"
TYPES = ("cancel", "hold", "expedite", "address_change", "note", "other")


@pytest.fixture
def requests(time: time_machine.Traveller, acme: Acme, merchant: Merchant, order: str) -> list[dict[str, Any]]:
    """One request of each type, a minute apart: cancelled, approved, denied, and three pending."""
    requests = []
    for action_type in TYPES:
        requests.append(merchant.ask(order, action_type))
        time.shift(60)
    merchant.client.delete(f"{PATH}/{requests[0]['id']}")
    acme.server.patch(f"{PATH}/{requests[1]['id']}/resolve", {"status": "approved"})
    acme.server.patch(f"{PATH}/{requests[2]['id']}/resolve", {"status": "denied"})
    return requests


def types(client: Client, path: str) -> tuple[list[str], int]:
    listed = client.get(path).json
    return [row["action_type"] for row in listed["data"]], listed["pagination"]["total"]


def walk(client: Client, path: str) -> list[str]:
    """The types on all pages, by cursor."""
    found: list[str] = []
    cursor = None
    while True:
        listed = client.get(
            f"{path}{'&' if '?' in path else '?'}limit=1" + (f"&cursor={cursor}" if cursor else "")
        ).json
        found += [row["action_type"] for row in listed["data"]]
        cursor = listed["pagination"]["nextCursor"]
        assert listed["pagination"]["hasMore"] == (cursor is not None)
        if cursor is None:
            return found


class TestList:
    @pytest.mark.parametrize("prefix", ["/api/v1/embed", "/api/embed"])
    def test_answers_as_documented(self, prefix: str, merchant: Merchant, order: str) -> None:
        made = merchant.ask(order, title="Cancel order - customer changed mind")
        assert merchant.client.get(f"{prefix}/action-requests?status=pending").json == {
            "data": [
                {
                    "id": made["id"],
                    "order_id": order,
                    "action_type": "cancel",
                    "title": "Cancel order - customer changed mind",
                    "status": "pending",
                    "created_at": "2026-01-15T10:30:00.000Z",
                    "application": None,
                }
            ],
            "pagination": {
                "page": 1,
                "limit": 20,
                "total": 1,
                "totalPages": 1,
                "hasMore": False,
                "nextCursor": None,
            },
        }

    def test_is_newest_first_over_every_status(self, merchant: Merchant, requests: list[dict[str, Any]]) -> None:
        assert types(merchant.client, PATH) == (list(reversed(TYPES)), 6)

    @pytest.mark.parametrize(
        ("status", "expected"),
        [
            ("pending", ["other", "note", "address_change"]),
            ("approved", ["hold"]),
            ("denied", ["expedite"]),
            ("cancelled", ["cancel"]),
            ("expired", []),
        ],
    )
    def test_filters_by_status(
        self, status: str, expected: list[str], merchant: Merchant, requests: list[dict[str, Any]]
    ) -> None:
        assert types(merchant.client, f"{PATH}?status={status}") == (expected, len(expected))
        statuses = {row["status"] for row in merchant.client.get(f"{PATH}?status={status}").data}
        assert statuses <= {status}

    def test_pages_by_number_and_by_cursor(self, merchant: Merchant, requests: list[dict[str, Any]]) -> None:
        pages = [types(merchant.client, f"{PATH}?limit=4&page={n}")[0] for n in (1, 2, 3)]
        assert pages == [["other", "note", "address_change", "expedite"], ["hold", "cancel"], []]
        assert walk(merchant.client, PATH) == list(reversed(TYPES))
        assert walk(merchant.client, f"{PATH}?status=pending") == ["other", "note", "address_change"]

    def test_a_page_has_at_most_fifty(self, merchant: Merchant) -> None:
        assert merchant.client.get(f"{PATH}?limit=500").json["pagination"]["limit"] == 50

    def test_may_be_empty(self, merchant: Merchant) -> None:
        listed = merchant.client.get(PATH).json
        assert listed["data"] == []
        assert (listed["pagination"]["total"], listed["pagination"]["totalPages"]) == (0, 0)

    @pytest.mark.parametrize(
        "query", ["status=done", "status=all", "page=0", "limit=x", "page=2&cursor=eA", "cursor=%25"]
    )
    def test_wrong_queries_are_refused(self, query: str, merchant: Merchant) -> None:
        assert merchant.client.get(f"{PATH}?{query}").status == 422

    @pytest.mark.parametrize("status", ["", "pending", "expired"])
    def test_a_forged_cursor_does_no_harm(self, status: str, merchant: Merchant, order: str) -> None:
        merchant.ask(order)
        for cursor in ("AQ", "fn5-", "8J-SqQ"):
            assert merchant.client.get(f"{PATH}?cursor={cursor}&status={status}").status == 200

    def test_contains_only_the_end_users_own(self, acme: Acme, requests: list[dict[str, Any]]) -> None:
        assert types(acme.session("merchant-2").client, PATH) == ([], 0)

    def test_leaves_out_requests_of_a_deleted_bridge(
        self, acme: Acme, merchant: Merchant, requests: list[dict[str, Any]]
    ) -> None:
        other = Merchant(acme, merchant.session, merchant.session.bridge(name="Second shop"))
        other.ask(other.order("2001"), "hold")
        merchant.client.delete(f"{EMBED}/bridges/{merchant.bridge['id']}")
        assert types(merchant.client, PATH) == (["hold"], 1)
        assert types(merchant.client, f"{PATH}?status=pending&limit=1") == (["hold"], 1)
        assert types(merchant.client, f"{PATH}?status=approved") == ([], 0)
        assert merchant.client.get(f"{PATH}/{requests[5]['id']}").status == 404
        assert merchant.client.delete(f"{PATH}/{requests[5]['id']}").status == 404
        assert acme.server.patch(f"{PATH}/{requests[5]['id']}/resolve", {"status": "denied"}).status == 404

    def test_anonymous(self) -> None:
        assert Client().get(PATH).status == 401

    def test_wrong_scope(self, acme: Acme) -> None:
        reply = acme.session(scopes=["orders:read"]).client.get(PATH)
        assert (reply.status, reply.code) == (403, "insufficient_scope")

    def test_feature_off(self, acme: Acme, merchant: Merchant) -> None:
        acme.configure(enabled_features=[])
        assert merchant.client.get(PATH).code == "feature_disabled"


class TestQueueDuringCleanup:
    def test_pages_and_totals_leave_it_out_at_once(
        self, time: time_machine.Traveller, acme: Acme, merchant: Merchant, requests: list[dict[str, Any]]
    ) -> None:
        other = Merchant(acme, merchant.session, merchant.session.bridge(name="Second shop"))
        for number in range(3):
            time.shift(60)
            other.ask(other.order(f"2{number}"), "hold")
        merchant.client.delete(f"{EMBED}/bridges/{merchant.bridge['id']}")
        for client, path, everything in ((acme.server, QUEUE, f"{QUEUE}?status=all"), (merchant.client, PATH, PATH)):
            assert types(client, f"{path}?status=pending&limit=2") == (["hold", "hold"], 3)
            assert types(client, f"{path}?status=approved") == ([], 0)
            assert types(client, everything) == (["hold"] * 3, 3)
            assert walk(client, f"{path}?status=pending") == ["hold"] * 3
        clean_up()
        assert types(acme.server, f"{QUEUE}?status=all") == types(merchant.client, PATH) == (["hold"] * 3, 3)

    def test_hidden_overdue_requests_are_not_counted(
        self, time: time_machine.Traveller, acme: Acme, merchant: Merchant, requests: list[dict[str, Any]]
    ) -> None:
        other = Merchant(acme, merchant.session, merchant.session.bridge(name="Second shop"))
        other.ask(other.order("2001"), "hold")
        merchant.client.delete(f"{EMBED}/bridges/{merchant.bridge['id']}")
        time.shift(8 * 86400)
        merchant.reopen()
        for written in (False, True):
            if written:
                service.expire_due()
            for client, path in ((acme.server, QUEUE), (merchant.client, PATH)):
                assert types(client, f"{path}?status=pending") == ([], 0)
                assert types(client, f"{path}?status=expired") == (["hold"], 1)
        clean_up()
        assert types(acme.server, f"{QUEUE}?status=all") == types(merchant.client, PATH) == (["hold"], 1)
        assert service.expire_due().handled == 0

    def test_requests_of_a_bridge_that_is_returned_reappear(
        self, acme: Acme, merchant: Merchant, requests: list[dict[str, Any]]
    ) -> None:
        everything = types(merchant.client, PATH)
        path, owner = f"/api/v1/bridges/{merchant.bridge['id']}", merchant.end_user_id
        assert acme.server.patch(path, {"end_user_id": None}).status == 200
        assert types(acme.server, f"{QUEUE}?status=all") == types(merchant.client, PATH) == ([], 0)
        assert acme.server.patch(f"{PATH}/{requests[5]['id']}/resolve", {"status": "denied"}).status == 404
        assert acme.server.patch(path, {"end_user_id": owner}).status == 200
        clean_up()
        assert types(acme.server, f"{QUEUE}?status=all") == types(merchant.client, PATH) == everything
        assert merchant.client.delete(f"{PATH}/{requests[5]['id']}").status == 200

    def test_requests_of_a_deleted_end_user_are_removed_with_the_bridge(
        self, acme: Acme, merchant: Merchant, requests: list[dict[str, Any]]
    ) -> None:
        acme.server.delete(f"{EMBED}/users/{merchant.end_user_id}")
        clean_up()
        assert types(acme.server, f"{QUEUE}?status=cancelled")[1] == 4
        acme.server.delete(f"/api/v1/bridges/{merchant.bridge['id']}")
        clean_up()
        assert types(acme.server, f"{QUEUE}?status=all") == ([], 0)

    def test_requests_of_a_deleted_end_user_are_removed_when_the_bridge_changes_hands(
        self, acme: Acme, merchant: Merchant, requests: list[dict[str, Any]]
    ) -> None:
        acme.server.delete(f"{EMBED}/users/{merchant.end_user_id}")
        clean_up()
        heir = Merchant.of(acme, "merchant-2")
        heir.ask(heir.order("3001"), "note")
        acme.server.patch(f"/api/v1/bridges/{merchant.bridge['id']}", {"end_user_id": heir.end_user_id})
        clean_up()
        assert types(acme.server, f"{QUEUE}?status=all") == types(heir.client, PATH) == (["note"], 1)


class TestQueue:
    @pytest.mark.parametrize("prefix", ["/api/v1/embed", "/api/embed"])
    def test_answers_as_documented(self, prefix: str, acme: Acme, order: str, merchant: Merchant) -> None:
        acme.session(name="Store Owner", email="merchant@store.com")
        made = merchant.ask(order, description="Before it ships", requestedChanges={"reason": "changed mind"})
        queue = acme.server.get(f"{prefix}/action-requests/queue?status=pending").json
        assert queue["data"] == [
            {
                "id": made["id"],
                "order_id": order,
                "action_type": "cancel",
                "title": "Please cancel",
                "description": "Before it ships",
                "requested_changes": {"reason": "changed mind"},
                "status": "pending",
                "end_user_id": merchant.end_user_id,
                "end_users": {"external_id": "merchant-1", "name": "Store Owner", "email": "merchant@store.com"},
                "resolution_note": None,
                "resolved_by": None,
                "resolved_at": None,
                "expires_at": "2026-01-22T10:30:00.000Z",
                "created_at": "2026-01-15T10:30:00.000Z",
                "application": None,
                "order": {
                    "id": order,
                    "order_number": "1001",
                    "external_id": "1001",
                    "status": "pending",
                    "customer": {"name": None},
                },
            }
        ]
        assert queue["pagination"]["total"] == 1

    def test_lists_pending_requests_of_all_end_users_by_default(
        self, time: time_machine.Traveller, acme: Acme, requests: list[dict[str, Any]]
    ) -> None:
        other = Merchant.of(acme, "merchant-2")
        other.ask(other.order(), "hold")
        assert types(acme.server, QUEUE) == (["hold", "other", "note", "address_change"], 4)
        assert [row["end_users"]["external_id"] for row in acme.server.get(QUEUE).data] == [
            "merchant-2",
            "merchant-1",
            "merchant-1",
            "merchant-1",
        ]

    @pytest.mark.parametrize(
        ("status", "expected"),
        [("all", list(reversed(TYPES))), ("approved", ["hold"]), ("cancelled", ["cancel"]), ("expired", [])],
    )
    def test_filters_by_status(
        self, status: str, expected: list[str], acme: Acme, requests: list[dict[str, Any]]
    ) -> None:
        assert types(acme.server, f"{QUEUE}?status={status}") == (expected, len(expected))

    def test_pages(self, acme: Acme, requests: list[dict[str, Any]]) -> None:
        assert walk(acme.server, f"{QUEUE}?status=all") == list(reversed(TYPES))
        assert types(acme.server, f"{QUEUE}?status=all&page=2&limit=4") == (["hold", "cancel"], 6)

    def test_lists_requests_of_a_deleted_end_user(
        self, acme: Acme, merchant: Merchant, requests: list[dict[str, Any]]
    ) -> None:
        acme.server.delete(f"{EMBED}/users/{merchant.end_user_id}")
        assert {row["end_users"] for row in acme.server.get(f"{QUEUE}?status=all").data} == {None}

    def test_contains_only_the_organizations_own(self, requests: list[dict[str, Any]]) -> None:
        assert types(Acme.create().server, QUEUE) == ([], 0)

    def test_unknown_status(self, acme: Acme) -> None:
        assert acme.server.get(f"{QUEUE}?status=done").status == 422

    def test_anonymous_and_sessions(self, merchant: Merchant) -> None:
        assert Client().get(QUEUE).status == 401
        assert merchant.client.get(QUEUE).status == 401

    def test_key_without_the_scope(self, acme: Acme) -> None:
        key = acme.server.post("/api/v1/api-keys", {"name": "Sync", "scopes": ["bridges:sync"]}).data["key"]
        assert Client(key).get(QUEUE).status == 403


class TestOrdersInTheQueue:
    def order_in_queue(self, acme: Acme) -> Any:
        (row,) = acme.server.get(QUEUE).data
        return row["order"]

    def test_follow_the_order(self, acme: Acme, merchant: Merchant) -> None:
        merchant.ask(merchant.order("7", customer={"name": "Jane Doe", "email": "jane@example.com"}))
        shown = self.order_in_queue(acme)
        assert (shown["external_id"], shown["status"], shown["customer"]) == ("7", "pending", {"name": "Jane Doe"})
        merchant.order("7", status="shipped", order_number="#7", customer={"name": "Jane Roe"})
        shown = self.order_in_queue(acme)
        assert (shown["order_number"], shown["status"], shown["customer"]) == ("#7", "shipped", {"name": "Jane Roe"})

    def test_an_erased_customer_has_no_name(self, acme: Acme, merchant: Merchant) -> None:
        merchant.ask(merchant.order("7", customer={"name": "Jane Doe", "email": "jane@example.com"}))
        assert acme.server.post("/api/v1/customers/erase", {"email": "jane@example.com"}).status == 202
        clean_up()
        assert self.order_in_queue(acme)["customer"] == {"name": None}

    def test_an_order_that_no_longer_exists_is_null(self, acme: Acme, merchant: Merchant, order: str) -> None:
        merchant.ask(order)
        delete(keys.order(acme.organization_id, merchant.end_user_id, order))
        assert self.order_in_queue(acme) is None

    def test_entries_that_do_not_name_their_order_yet(self, acme: Acme, merchant: Merchant, order: str) -> None:
        made = merchant.ask(order)
        entry = keys.action_request_queue(acme.organization_id, "pending", made["id"])
        update(entry, [QueueEntryItem.order_id.remove()])
        assert self.order_in_queue(acme)["id"] == order

    def test_take_no_further_round_trip(self, acme: Acme, merchant: Merchant) -> None:
        for number in range(5):
            merchant.ask(merchant.order(str(number)))
        made: list[str] = []

        def counted(name: str, call: Any) -> Any:
            made.append(name)
            return call()

        with around(counted):
            assert len(acme.server.get(QUEUE).data) == 5
        # Requests, end users and orders are read together.
        assert made.count("BatchGetItem") <= 4
