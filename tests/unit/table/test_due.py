"""Scheduled work: bounded runs over a backlog, concurrent runs, failing items, and metrics."""

import json
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from pynamodb.attributes import UnicodeAttribute

from chalicelib.kit import clock
from chalicelib.table import due
from chalicelib.table.batch_write import write_many
from chalicelib.table.due import ALL_SHARDS, DueItem, Run, due_key, run_due, run_due_batches
from chalicelib.table.items import Item
from chalicelib.table.keys import Key
from chalicelib.table.reads import find
from chalicelib.table.transaction import update
from tests.support.races import at_once

pytestmark = pytest.mark.usefixtures("cloud")

NOON = "2026-01-15T12:00:00.000Z"
JOB = "lamp"


class LampItem(Item):
    state = UnicodeAttribute()


@pytest.fixture
def now() -> Any:
    with time_machine.travel(clock.parse(NOON), tick=False) as traveller:
        yield traveller


def lamp(number: int) -> Key:
    return Key(f"LAMP#{number:05d}", "#")


def light(count: int, at: Callable[[int], str] = lambda _: NOON) -> None:
    items = [LampItem.at(lamp(n), state="on").schedule(due_key(JOB, at(n), f"{n:05d}")) for n in range(count)]
    write_many(items)


def states(count: int) -> Counter[str]:
    return Counter(found.state for n in range(count) if (found := find(LampItem, lamp(n))))


def put_out(item: DueItem) -> bool:
    actions = [LampItem.state.set("off"), LampItem.duepk.remove(), LampItem.duesk.remove()]
    return update(item.key, actions, LampItem.state == "on") is not None


def handle(item: DueItem) -> None:
    put_out(item)


def metrics(capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    found: dict[str, Any] = [line for line in lines if "_aws" in line][-1]
    return found


@pytest.mark.usefixtures("now")
class TestDueItems:
    def test_are_handled_and_no_others(self) -> None:
        light(10, at=lambda n: NOON if n < 4 else "2026-01-15T12:00:00.001Z")
        run = run_due(JOB, handle, limit=100)
        assert (run.handled, run.failed, run.more) == (4, 0, False)
        assert states(10) == {"off": 4, "on": 6}

    def test_belong_to_one_job(self) -> None:
        light(3)
        assert run_due("fan", handle, limit=100).handled == 0
        assert states(3) == {"on": 3}

    def test_may_be_absent(self) -> None:
        assert run_due(JOB, handle, limit=100).handled == 0


@pytest.mark.usefixtures("now")
class TestBacklog:
    def test_is_worked_off_in_bounded_runs(self) -> None:
        light(1500)
        runs: list[Run] = []
        while not runs or runs[-1].more:
            runs.append(run_due(JOB, handle, limit=600))
        assert [run.handled for run in runs] == [600, 600, 300]
        assert states(1500) == {"off": 1500}

    def test_does_not_extend_a_run(self, monkeypatch: pytest.MonkeyPatch) -> None:
        light(600)
        elapsed = iter(range(10_000))
        monkeypatch.setattr(f"{due.__name__}.time.monotonic", lambda: float(next(elapsed)))
        run = run_due(JOB, handle, limit=10_000, seconds=50)
        assert run.more
        assert 0 < run.handled <= 50
        assert states(600)["off"] == run.handled

    def test_is_shared_safely_by_two_runs(self) -> None:
        light(400)
        put_outs: list[bool] = []

        def once(item: DueItem) -> None:
            put_outs.append(put_out(item))

        at_once([lambda: run_due(JOB, once, limit=1000)] * 2)
        assert sum(put_outs) == 400
        assert states(400) == {"off": 400}

    def test_in_one_shard_does_not_delay_the_others(self) -> None:
        light(1000, at=lambda n: "2026-01-15T11:00:00.000Z")
        handled: list[DueItem] = []
        run_due(JOB, handled.append, limit=400)
        assert Counter(item.due.pk for item in handled) == dict.fromkeys((f"DUE#{JOB}#{n}" for n in range(4)), 100)

    def test_in_a_shard_of_its_own_run_are_all_and_no_others(self) -> None:
        light(40)
        assert {item.due.pk for item in _handled([2])} == {f"DUE#{JOB}#2"}
        whole = _handled(ALL_SHARDS)
        by_shard = [_handled([shard]) for shard in ALL_SHARDS]
        assert sum(map(len, by_shard)) == len(whole) == 40
        assert {item.key for items in by_shard for item in items} == {item.key for item in whole}


def _handled(shards: Sequence[int]) -> list[DueItem]:
    handled: list[DueItem] = []
    run_due(JOB, handled.append, limit=1000, shards=shards)
    return handled


class TestFailingItem:
    def broken(self, item: DueItem) -> None:
        if item.key in (lamp(1), lamp(2)):
            raise ValueError("this lamp is stuck")
        put_out(item)

    def test_does_not_stop_the_others(self, now: Any) -> None:
        light(50)
        run = run_due(JOB, self.broken, limit=100)
        assert (run.handled, run.failed) == (48, 2)
        assert states(50) == {"off": 48, "on": 2}

    def test_is_rescheduled_with_growing_delays(self, now: Any) -> None:
        light(2)
        waits = []
        for _ in range(12):
            before = clock.now()
            assert run_due(JOB, self.broken, limit=100).failed == 1
            item = find(LampItem, lamp(1))
            assert item is not None
            assert run_due(JOB, self.broken, limit=100).failed == 0
            later = clock.parse(item.duesk.split("#")[0])
            waits.append((later - before).total_seconds())
            now.move_to(later)
        assert waits[:4] == [300, 600, 1200, 2400]
        assert waits[-1] == 86400

    def test_starts_over_once_it_has_been_handled(self, now: Any) -> None:
        light(1)
        fails = True

        def flicker(item: DueItem) -> None:
            if fails:
                raise ValueError("this lamp flickers")
            later = due_key(JOB, clock.in_seconds(60), "00000")
            update(item.key, [LampItem.duesk.set(later.sk)], LampItem.duesk == item.due.sk)

        for _ in range(8):
            fails = True
            assert run_due(JOB, flicker, limit=10).failed == 1
            now.shift(due.FIRST_DELAY_S)
            fails = False
            assert run_due(JOB, flicker, limit=10).handled == 1
            now.shift(60)

    def test_never_blocks_its_shard(self, now: Any) -> None:
        light(200)

        def stuck(item: DueItem) -> None:
            if item.key < lamp(100):
                raise ValueError("stuck")
            put_out(item)

        for _ in range(10):
            run_due(JOB, stuck, limit=40)
        assert states(200) == {"off": 100, "on": 100}

    def test_is_left_alone_if_it_was_rescheduled_meanwhile(self, now: Any) -> None:
        light(1)

        def moves_on_and_fails(item: DueItem) -> None:
            put_out(item)
            raise ValueError("too late")

        run_due(JOB, moves_on_and_fails, limit=10)
        item = find(LampItem, lamp(0))
        assert item is not None
        assert item.state == "off"
        assert item.duesk is None


@pytest.mark.usefixtures("now")
class TestBatches:
    def test_contain_items_of_one_group(self) -> None:
        light(100)
        batches: list[list[int]] = []

        def room(item: DueItem) -> str:
            return str(int(item.key.pk[-5:]) % 3)

        def handle_all(items: Sequence[DueItem]) -> None:
            batches.append([int(item.key.pk[-5:]) for item in items])
            for item in items:
                put_out(item)

        run = run_due_batches(JOB, handle_all, group=room, size=7, limit=1000)
        assert run.handled == 100
        assert all(len({n % 3 for n in batch}) == 1 and len(batch) <= 7 for batch in batches)
        assert max(len(batch) for batch in batches) == 7

    def test_fall_back_to_single_items(self) -> None:
        light(20)

        def handle_all(items: Sequence[DueItem]) -> None:
            if any(item.key == lamp(3) for item in items):
                raise ValueError("one of them is stuck")
            for item in items:
                put_out(item)

        run = run_due_batches(JOB, handle_all, group=lambda _: "", size=10, limit=100)
        assert (run.handled, run.failed) == (19, 1)
        assert states(20) == {"off": 19, "on": 1}


class TestMetrics:
    def test_report_how_late_the_oldest_item_was(self, now: Any, capsys: pytest.CaptureFixture[str]) -> None:
        light(10, at=lambda n: clock.timestamp(clock.parse(NOON) - timedelta(seconds=n)))
        now.shift(60)
        run_due(JOB, handle, limit=100)
        line = metrics(capsys)
        assert (line["Stage"], line["Job"], line["DueLag"], line["DueHandled"], line["DueFailed"]) == (
            ("test", JOB, 69.0, 10, 0)
        )

    def test_are_in_the_embedded_format(self, now: Any, capsys: pytest.CaptureFixture[str]) -> None:
        run_due(JOB, handle, limit=100)
        assert metrics(capsys)["_aws"] == {
            "Timestamp": int(datetime.fromisoformat(NOON).timestamp() * 1000),
            "CloudWatchMetrics": [
                {
                    "Namespace": "OrderlyEmbed",
                    "Dimensions": [["Stage", "Job"]],
                    "Metrics": [
                        {"Name": "DueLag", "Unit": "Seconds"},
                        {"Name": "DueHandled", "Unit": "Count"},
                        {"Name": "DueFailed", "Unit": "Count"},
                    ],
                }
            ],
        }

    def test_are_zero_if_nothing_was_due(self, now: Any, capsys: pytest.CaptureFixture[str]) -> None:
        run_due(JOB, handle, limit=100)
        assert metrics(capsys)["DueLag"] == 0

    def test_count_rescheduled_items(self, now: Any, capsys: pytest.CaptureFixture[str]) -> None:
        light(3)

        def stuck(item: DueItem) -> None:
            raise ValueError("stuck")

        run_due(JOB, stuck, limit=100)
        assert metrics(capsys)["DueFailed"] == 3
