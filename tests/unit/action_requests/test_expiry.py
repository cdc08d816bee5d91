"""A request expires at its moment: readers say so before the job has written it, and nothing changes when it has."""

from typing import Any

import pytest
import time_machine

from chalicelib.action_requests import service
from chalicelib.action_requests.store import find_request
from chalicelib.kit import clock
from chalicelib.table.due import DueItem
from tests.support.factories import EMBED, Acme
from tests.support.merchant import Merchant
from tests.support.races import at_once, requesting
from tests.unit.action_requests.test_lists import TYPES
from tests.unit.action_requests.test_one import event_types, totals

PATH = f"{EMBED}/action-requests"
EXPIRES = "2026-01-22T10:30:00.000Z"
LAST_MOMENT = "2026-01-22T10:29:59.999Z"


@pytest.fixture
def made(merchant: Merchant, order: str) -> dict[str, Any]:
    return merchant.ask(order)


def move(time: time_machine.Traveller, merchant: Merchant, to: str) -> None:
    time.move_to(clock.parse(to))
    merchant.reopen()


class TestAtItsMoment:
    def test_not_a_millisecond_earlier(
        self, time: time_machine.Traveller, acme: Acme, merchant: Merchant, made: dict[str, Any]
    ) -> None:
        move(time, merchant, LAST_MOMENT)
        service.expire_due()
        assert merchant.client.get(f"{PATH}/{made['id']}").data["status"] == "pending"
        assert totals(acme, merchant) == {"pending": (1, 1)}
        assert acme.server.patch(f"{PATH}/{made['id']}/resolve", {"status": "approved"}).status == 200

    @pytest.mark.parametrize("written", [False, True])
    def test_it_is_expired_everywhere(
        self, written: bool, time: time_machine.Traveller, acme: Acme, merchant: Merchant, made: dict[str, Any]
    ) -> None:
        move(time, merchant, EXPIRES)
        if written:
            assert service.expire_due().handled == 1
        assert merchant.client.get(f"{PATH}/{made['id']}").data["status"] == "expired"
        assert totals(acme, merchant) == {"expired": (1, 1)}
        for listed in (merchant.client.get(PATH).json, acme.server.get(f"{PATH}/queue?status=all").json):
            assert [row["status"] for row in listed["data"]] == ["expired"]
            assert listed["pagination"]["total"] == 1

    @pytest.mark.parametrize("written", [False, True])
    def test_it_can_be_neither_resolved_nor_cancelled(
        self, written: bool, time: time_machine.Traveller, acme: Acme, merchant: Merchant, made: dict[str, Any]
    ) -> None:
        move(time, merchant, EXPIRES)
        if written:
            service.expire_due()
        assert acme.server.patch(f"{PATH}/{made['id']}/resolve", {"status": "approved"}).code == "not_pending"
        assert merchant.client.delete(f"{PATH}/{made['id']}").code == "not_pending"
        assert totals(acme, merchant) == {"expired": (1, 1)}

    @pytest.mark.parametrize("written_first", [False, True])
    def test_a_new_request_of_its_type_is_allowed(
        self,
        written_first: bool,
        time: time_machine.Traveller,
        acme: Acme,
        merchant: Merchant,
        order: str,
        made: dict[str, Any],
    ) -> None:
        move(time, merchant, EXPIRES)
        if written_first:
            service.expire_due()
        second = merchant.ask(order)
        service.expire_due()
        assert merchant.client.get(f"{PATH}/{second['id']}").data["status"] == "pending"
        assert totals(acme, merchant) == {"pending": (1, 1), "expired": (1, 1)}
        third = merchant.client.post(PATH, {"orderId": order, "actionType": "cancel", "title": "Again"})
        assert third.code == "duplicate_request"

    def test_the_job_records_it_in_the_timeline_and_the_event_log(
        self, time: time_machine.Traveller, acme: Acme, merchant: Merchant, order: str, made: dict[str, Any]
    ) -> None:
        move(time, merchant, EXPIRES)
        service.expire_due()
        service.expire_due()
        assert event_types(acme) == ["action_request.created", "action_request.expired"]
        activities = merchant.client.get(f"{EMBED}/orders/{order}").data["activities"]
        expired = [activity for activity in activities if activity["title"] == "Request expired"]
        assert [activity["actor_type"] for activity in expired] == ["system"]


class TestPagesWhileTheJobIsLate:
    @pytest.fixture
    def orders(self, merchant: Merchant) -> list[str]:
        return [merchant.order(str(1000 + n)) for n in range(6)]

    def test_are_complete_and_without_repetition(
        self, time: time_machine.Traveller, acme: Acme, merchant: Merchant, orders: list[str]
    ) -> None:
        made = []
        for order in orders:
            made.append(merchant.ask(order)["id"])
            time.shift(3600)
        # The first is written as expired, the next two only are, three are pending.
        move(time, merchant, EXPIRES)
        service.expire_due()
        time.shift(2 * 3600)
        newest_first = list(reversed(made))
        for client, path, everything in (
            (merchant.client, PATH, PATH),
            (acme.server, f"{PATH}/queue", f"{PATH}/queue?status=all"),
        ):
            assert self.walk(client, f"{path}?status=pending") == newest_first[:3]
            assert self.walk(client, f"{path}?status=expired") == newest_first[3:]
            assert self.walk(client, everything) == newest_first
        assert totals(acme, merchant) == {"pending": (3, 3), "expired": (3, 3)}

    def walk(self, client: Any, path: str) -> list[str]:
        found: list[str] = []
        cursor = ""
        while True:
            listed = client.get(f"{path}{'&' if '?' in path else '?'}limit=2{cursor}").json
            found += [row["id"] for row in listed["data"]]
            if not listed["pagination"]["hasMore"]:
                assert listed["pagination"]["total"] == len(found)
                return found
            cursor = f"&cursor={listed['pagination']['nextCursor']}"

    def test_continue_from_a_cursor_whose_request_has_expired(
        self, time: time_machine.Traveller, merchant: Merchant, orders: list[str]
    ) -> None:
        for order in orders[:3]:
            merchant.ask(order)
            time.shift(60)
        cursor = merchant.client.get(f"{PATH}?status=pending&limit=2").json["pagination"]["nextCursor"]
        move(time, merchant, "2026-02-01T00:00:00.000Z")
        assert merchant.client.get(f"{PATH}?status=pending&cursor={cursor}").data == []


class TestRaces:
    def test_of_resolve_cancel_and_expire_has_one_winner(
        self, time: time_machine.Traveller, acme: Acme, merchant: Merchant, made: dict[str, Any]
    ) -> None:
        """The job's clock is ahead of the others': each of the three considers the request its own to end."""
        move(time, merchant, LAST_MOMENT)
        key = find_request(acme.organization_id, merchant.end_user_id, made["id"])
        assert key is not None
        resolve = requesting(acme.server, "PATCH", f"{PATH}/{made['id']}/resolve", {"status": "approved"})
        cancel = requesting(merchant.client, "DELETE", f"{PATH}/{made['id']}")

        def expire() -> None:
            service.expire([DueItem(key.key, key.key)])

        at_once([resolve, expire, cancel])
        time.shift(1)
        service.expire_due()
        status = merchant.client.get(f"{PATH}/{made['id']}").data["status"]
        assert totals(acme, merchant) == {status: (1, 1)}
        assert event_types(acme) == sorted(["action_request.created", f"action_request.{status}"])

    def test_of_two_jobs_ends_each_request_once(
        self, time: time_machine.Traveller, acme: Acme, merchant: Merchant, order: str
    ) -> None:
        for action_type in TYPES:
            merchant.ask(order, action_type)
        move(time, merchant, EXPIRES)
        runs = at_once([service.expire_due, service.expire_due])
        assert [run.failed for run in runs] == [0, 0]
        assert totals(acme, merchant) == {"expired": (6, 6)}
        assert event_types(acme).count("action_request.expired") == 6


class TestBacklog:
    def test_is_processed_in_runs_with_right_counters(
        self, time: time_machine.Traveller, acme: Acme, merchant: Merchant, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(service, "MAX_EXPIRED_PER_RUN", 9)
        other = Merchant.of(acme, "merchant-2")
        for whose in (merchant, other):
            order = whose.order()
            for action_type in TYPES:
                whose.ask(order, action_type)
        move(time, merchant, EXPIRES)
        other.reopen()
        assert [service.expire_due().handled for _ in range(3)] == [9, 3, 0]
        assert acme.server.get(f"{PATH}/queue?status=expired").json["pagination"]["total"] == 12
        for whose in (merchant, other):
            assert whose.client.get(f"{PATH}?status=expired").json["pagination"]["total"] == 6
