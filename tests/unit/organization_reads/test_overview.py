"""The organization's numbers follow its end users' counters: exactly, whoever adds them up and however often."""

from typing import Any

import pytest

from chalicelib.table import keys
from chalicelib.table.transaction import Transaction, update
from chalicelib.totals.organization import add_up, shard_of, total_keys, totalled_key
from chalicelib.totals.store import counter
from local.commands import verify
from local.commands.totals import recount_totals
from tests.support import world as make
from tests.support.background import clean_up
from tests.support.factories import EMBED, Acme
from tests.support.faults import Crash, crashing
from tests.support.orders import Merchant, order, shipment
from tests.support.pipeline import Pipeline
from tests.support.races import at_once
from tests.support.world import World


def settle(pipeline: Pipeline) -> None:
    pipeline.dispatch()
    pipeline.count()


def overview(acme: Acme) -> dict[str, Any]:
    """Without what is zero."""
    found = acme.server.get("/api/v1/overview")
    assert found.status == 200, found.text
    numbers = {name: part for name, part in found.data.items() if isinstance(part, dict)}
    return {name: kept for name, part in numbers.items() if (kept := {k: n for k, n in part.items() if n})}


@pytest.fixture
def merchant(acme: Acme) -> Merchant:
    merchant = Merchant.of(acme)
    merchant.sync(order(1), order(2, status="shipped"), shipments=[shipment(1), shipment(2, status="exception")])
    return merchant


EXPECTED = {
    "orders": {"pending": 1, "shipped": 1},
    "shipments": {"label_created": 1, "exception": 1},
    "bridges": {"active": 1},
}


class TestNumbers:
    def test_what_is_there_by_status_and_zeros_for_the_rest(self, merchant: Merchant) -> None:
        pipeline = Pipeline()
        settle(pipeline)
        found = merchant.acme.server.get("/api/v1/overview").data
        assert overview(merchant.acme) == EXPECTED
        assert found["end_users"] == 1
        assert (found["orders"]["on_hold"], found["action_requests"]["pending"]) == (0, 0)
        merchant.sync(order(1, status="delivered"), shipments=[shipment(2, status="delivered")])
        settle(pipeline)
        assert overview(merchant.acme)["orders"] == {"delivered": 1, "shipped": 1}
        assert overview(merchant.acme)["shipments"] == {"label_created": 1, "delivered": 1}

    def test_a_deleted_bridge_and_a_deleted_end_user_are_no_longer_counted(self, merchant: Merchant) -> None:
        pipeline, other = Pipeline(), Merchant.of(merchant.acme, "merchant-2")
        other.sync(order(1))
        merchant.client.delete(f"{EMBED}/bridges/{merchant.bridge_id}")
        settle(pipeline)
        assert overview(merchant.acme) == {"orders": {"pending": 1}, "bridges": {"active": 1}}
        assert merchant.acme.server.delete(f"{EMBED}/users/{other.session.end_user_id}").status == 200
        clean_up()
        settle(pipeline)
        # The bridge is nobody's by now, and stays.
        assert overview(merchant.acme) == {"bridges": {"active": 1}}
        assert verify.verify(merchant.acme.organization_id, None, {})[1] == []

    def test_requests_and_webhooks_in_trouble(self, acme: Acme) -> None:
        world = World.of(acme)
        make.request(world)
        hook = make.webhook(world)
        assert world.owner.client.patch(f"{EMBED}/webhooks/{hook['id']}", {"isActive": False}).status == 200
        found = overview(acme)
        assert (found["action_requests"], found["webhooks"]) == ({"pending": 1}, {"disabled": 1})

    def test_nobody_elses(self, merchant: Merchant) -> None:
        settle(Pipeline())
        assert overview(Acme.create()) == {}
        assert merchant.client.get("/api/v1/overview").status == 401


class TestAddingUp:
    def test_many_times_at_once_and_late(self, merchant: Merchant) -> None:
        org, user = merchant.acme.organization_id, merchant.session.end_user_id
        others = [Merchant.of(merchant.acme, f"more-{n}") for n in range(3)]
        for each in others:
            each.sync(order(1), order(2))
        users = [user, *(each.session.end_user_id for each in others)]
        at_once([lambda: add_up(org, users), lambda: add_up(org, users[:2]), lambda: add_up(org, users[1:])] * 2)
        add_up(org, [*users, user, "nobody"])
        assert overview(merchant.acme)["orders"] == {"pending": 7, "shipped": 1}
        assert verify.verify(org, None, {})[1] == []

    @pytest.mark.parametrize("done", [False, True])
    def test_killed_at_any_call_the_next_one_completes_it(self, merchant: Merchant, done: bool) -> None:
        org, user = merchant.acme.organization_id, merchant.session.end_user_id
        for at in range(9):
            try:
                with crashing(at, done=done):
                    add_up(org, [user])
                break
            except Crash:
                continue
        add_up(org, [user])
        assert overview(merchant.acme) == EXPECTED

    def test_orders_that_move_within_a_shard(self, merchant: Merchant, monkeypatch: pytest.MonkeyPatch) -> None:
        """DynamoDB refuses an update without an expression; the engines that tests use take it."""
        org, shard = merchant.acme.organization_id, shard_of(merchant.session.end_user_id)
        others = (Merchant.of(merchant.acme, f"more-{n}") for n in range(100))
        other = next(one for one in others if shard_of(one.session.end_user_id) == shard)
        users = [merchant.session.end_user_id, other.session.end_user_id]
        add_up(org, users)
        for user, number in zip(users, (-1, 1), strict=True):
            update(keys.end_user_stats(org, user), [counter("o#pending").add(number)])
        updates: list[Any] = []
        monkeypatch.setattr(Transaction, "update", lambda _, *written: updates.append(written))
        add_up(org, users)
        assert updates == []
        assert overview(merchant.acme)["orders"] == EXPECTED["orders"]
        assert recount_totals(org).describe() == []

    def test_verify_finds_and_repairs_what_is_wrong(self, merchant: Merchant) -> None:
        org, user = merchant.acme.organization_id, merchant.session.end_user_id
        settle(Pipeline())
        shard = keys.Key(totalled_key(org, user).pk, total_keys(org)[0].sk)
        update(shard, [counter("o#pending").add(2)])
        update(keys.end_user_stats(org, user), [counter("o#shipped").add(-1)])
        update(keys.end_user_stats(org, user), [counter("o#shipped").add(1)])
        merchant.sync(order(3))
        assert len(verify.verify(org, None, {})[1]) == 2
        assert len(verify.correct_counters(org, None, 0)) == 2
        assert verify.verify(org, None, {})[1] == []
        assert overview(merchant.acme)["orders"] == {"pending": 2, "shipped": 1}
