"""Which checkpoints are one: carriers repeat their scans, sometimes with more words."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.shipments.checkpoints import merge_checkpoints
from tests.support.factories import Acme
from tests.support.oracle import check
from tests.support.orders import Merchant, counted, shipment

SHIPMENT_ID = "8d7f5a7e-0000-4000-8000-000000000000"
NOW = "2026-05-02T00:00:00.000Z"
SCAN: dict[str, Any] = {"checkpoint_time": "2026-05-01T10:00:00.000Z", "status": "in_transit"}


def merged(*batches: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """What is stored after these records, without what is ours."""
    stored: list[dict[str, Any]] = []
    for batch in batches:
        stored, _ = merge_checkpoints(SHIPMENT_ID, stored, batch, NOW)
    return [{name: value for name, value in c.items() if name not in ("id", "created_at")} for c in stored]


class TestTheSame:
    @pytest.mark.parametrize(
        ("first", "second"),
        [
            ({}, {"location": "Chicago, IL"}),
            ({}, {"city": "Chicago", "country": "US", "latitude": 41, "longitude": -87}),
            ({"location": "Chicago, IL"}, {"status_detail": "Departed"}),
            ({"location": "CHICAGO, IL"}, {"location": "Chicago, IL", "status_detail": "Departed"}),
            ({"status_detail": "Departed"}, {"status_detail": "DEPARTED", "city": "Chicago"}),
        ],
    )
    def test_is_completed_in_either_order(self, first: dict[str, Any], second: dict[str, Any]) -> None:
        whole = {**SCAN, **first, **second}
        assert merged([{**SCAN, **first}], [{**SCAN, **second}]) == [whole]
        assert len(merged([{**SCAN, **second}], [{**SCAN, **first}])) == 1
        assert len(merged([{**SCAN, **first}, {**SCAN, **second}])) == 1

    def test_keeps_the_words_of_the_fuller_one(self) -> None:
        short, full = {**SCAN, "city": "CHICAGO"}, {**SCAN, "city": "Chicago", "state": "IL"}
        assert merged([short], [full]) == merged([full], [short]) == [full]

    def test_of_two_equally_full_the_stored_one_stays(self) -> None:
        one, other = {**SCAN, "city": "CHICAGO"}, {**SCAN, "city": "Chicago"}
        assert merged([one], [other], [one], [other]) == [one]

    def test_keeps_its_id_and_creation(self) -> None:
        before, _ = merge_checkpoints(SHIPMENT_ID, [], [SCAN], NOW)
        after, new = merge_checkpoints(SHIPMENT_ID, before, [{**SCAN, "city": "Chicago", "state": "IL"}], "later")
        assert new == []
        assert {name: after[0][name] for name in ("id", "created_at")} == {
            name: before[0][name] for name in ("id", "created_at")
        }


class TestAnother:
    @pytest.mark.parametrize("name", ["location", "city", "state", "country", "postal_code", "status_detail"])
    def test_place_or_words_make_another(self, name: str) -> None:
        assert len(merged([{**SCAN, name: "one"}], [{**SCAN, name: "two"}])) == 2

    @pytest.mark.parametrize("other", [{"status": "delivered"}, {"checkpoint_time": "2026-05-01T10:00:00.001Z"}])
    def test_time_or_status_make_another(self, other: dict[str, Any]) -> None:
        assert len(merged([SCAN], [{**SCAN, **other}])) == 2

    def test_has_an_id_of_its_own(self) -> None:
        given_all = [{**SCAN, "location": "Hub", "status_detail": words} for words in ("In", "Out", "Lost")]
        stored, new = merge_checkpoints(SHIPMENT_ID, [], given_all, NOW)
        assert len({checkpoint["id"] for checkpoint in stored}) == len(new) == 3


def test_scans_that_are_stored_twice_become_one() -> None:
    own = {"id": "a", "created_at": NOW}
    stored = [{**SCAN, **own}, {**SCAN, **own, "id": "b", "city": "Chicago"}]
    after, new = merge_checkpoints(SHIPMENT_ID, stored, [], NOW)
    assert after == [{**SCAN, **own, "city": "Chicago"}]
    assert new == []


SCANS = st.fixed_dictionaries(
    {
        "checkpoint_time": st.sampled_from(["2026-05-01T10:00:00.000Z", "2026-05-01T11:00:00.000Z"]),
        "status": st.sampled_from(["in_transit", "delivered"]),
    },
    optional={"city": st.sampled_from(["Chicago", "CHICAGO", "Bonn"]), "status_detail": st.sampled_from(["In", "Out"])},
)


@given(st.lists(st.lists(SCANS, max_size=4), min_size=1, max_size=4))
def test_sending_everything_again_changes_nothing(batches: list[list[dict[str, Any]]]) -> None:
    stored: list[dict[str, Any]] = []
    for batch in batches:
        stored, _ = merge_checkpoints(SHIPMENT_ID, stored, batch, NOW)
    for batch in batches:
        again, new = merge_checkpoints(SHIPMENT_ID, stored, batch, "later")
        assert (again, new) == (stored, [])
    assert len({checkpoint["id"] for checkpoint in stored}) == len(stored)
    assert [c["checkpoint_time"] for c in stored] == sorted(c["checkpoint_time"] for c in stored)


def test_a_scan_that_gets_its_place_is_listed_once(acme: Acme) -> None:
    merchant = Merchant.of(acme)
    scan = {"status": "In Transit", "checkpoint_time": "2026-05-01T10:00:00Z"}
    merchant.sync(shipments=[shipment(checkpoints=[scan])])
    placed = {**scan, "location": "Chicago, IL", "city": "Chicago"}
    assert merchant.sync(shipments=[shipment(checkpoints=[placed])])["shipments"] == counted(updated=1)
    assert [c["location"] for c in merchant.shipment()["checkpoints"]] == ["Chicago, IL"]
    assert merchant.sync(shipments=[shipment(checkpoints=[scan, placed])])["shipments"] == counted(unchanged=1)
    check(merchant)
