"""What deletions elsewhere do to requests."""

from collections.abc import Callable
from contextlib import suppress

import pytest
import time_machine

from chalicelib.action_requests import service
from tests.support.factories import EMBED, Acme
from tests.support.faults import Crash, crashing
from tests.support.merchant import Merchant

PATH = f"{EMBED}/action-requests"


def run_until_done(step: Callable[[], bool]) -> int:
    steps = 1
    while step():
        steps += 1
    return steps


class TestBridgeDeleted:
    def test_its_requests_are_removed_and_totals_stay_right(self, acme: Acme, merchant: Merchant) -> None:
        kept = Merchant(acme, merchant.session, merchant.session.bridge(name="Second shop"))
        kept.ask(kept.order("kept"), "note")
        requests = [merchant.ask(merchant.order(str(number))) for number in range(5)]
        merchant.client.delete(f"{PATH}/{requests[0]['id']}")
        acme.server.patch(f"{PATH}/{requests[1]['id']}/resolve", {"status": "approved"})
        run_until_done(lambda: service.remove_for_bridge(acme.organization_id, merchant.bridge["id"]))
        for listed in (merchant.client.get(PATH).json, acme.server.get(f"{PATH}/queue?status=all").json):
            assert [row["action_type"] for row in listed["data"]] == ["note"]
            assert listed["pagination"]["total"] == 1
        assert merchant.client.get(f"{PATH}/{requests[2]['id']}").status == 404
        merchant.ask(merchant.order("2"))

    def test_in_bounded_steps(self, acme: Acme, merchant: Merchant, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(service, "CASCADE_BATCH_SIZE", 3)
        for number in range(7):
            merchant.ask(merchant.order(str(number)))
        assert run_until_done(lambda: service.remove_for_bridge(acme.organization_id, merchant.bridge["id"])) == 4
        assert acme.server.get(f"{PATH}/queue?status=all").json["pagination"]["total"] == 0

    @pytest.mark.parametrize("at", range(5))
    def test_a_crash_leaves_nothing_pending(self, acme: Acme, merchant: Merchant, order: str, at: int) -> None:
        merchant.ask(order)
        gone = (acme.organization_id, merchant.bridge["id"])
        with crashing(at, done=True), suppress(Crash):
            service.remove_for_bridge(*gone)
        run_until_done(lambda: service.remove_for_bridge(*gone))
        merchant.ask(order)

    def test_an_expired_request_is_removed_together_with_a_newer_one(
        self, time: time_machine.Traveller, acme: Acme, merchant: Merchant, order: str
    ) -> None:
        merchant.ask(order)
        time.shift(8 * 86400)
        merchant.reopen()
        merchant.ask(order)
        run_until_done(lambda: service.remove_for_bridge(acme.organization_id, merchant.bridge["id"]))
        assert acme.server.get(f"{PATH}/queue?status=all").json["pagination"]["total"] == 0
        merchant.ask(order)


class TestEndUserDeleted:
    def test_what_is_pending_is_cancelled(
        self, time: time_machine.Traveller, acme: Acme, merchant: Merchant, order: str
    ) -> None:
        denied = merchant.ask(order, "hold")
        acme.server.patch(f"{PATH}/{denied['id']}/resolve", {"status": "denied"})
        merchant.ask(order, "cancel")
        merchant.ask(order, "note")
        run_until_done(lambda: service.cancel_for_end_user(acme.organization_id, merchant.end_user_id))
        queue = acme.server.get(f"{PATH}/queue?status=all").data
        assert sorted(row["status"] for row in queue) == ["cancelled", "cancelled", "denied"]
        assert acme.server.get(f"{PATH}/queue").json["pagination"]["total"] == 0


class TestBridgeGivenAway:
    def test_the_former_owners_requests_are_removed(self, acme: Acme, merchant: Merchant, order: str) -> None:
        merchant.ask(order)
        other = acme.session("merchant-2").end_user_id
        gone = (acme.organization_id, merchant.bridge["id"])
        assert not service.remove_for_bridge(*gone, other)
        assert acme.server.get(f"{PATH}/queue").json["pagination"]["total"] == 1
        run_until_done(lambda: service.remove_for_bridge(*gone, merchant.end_user_id))
        assert acme.server.get(f"{PATH}/queue").json["pagination"]["total"] == 0
