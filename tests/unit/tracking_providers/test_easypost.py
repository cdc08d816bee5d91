"""EasyPost's words in ours, row by row of what it publishes, and its documented example."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from chalicelib.shipments.schemas import SHIPMENT_STATUSES
from chalicelib.tracking_providers.bundled.easypost import CARRIERS, PROVIDER
from chalicelib.tracking_providers.provider import NotTracked, Refused, Report, Unavailable
from local.places import ROOT
from tests.support.easypost import scan, tracker

SAMPLE = json.loads((Path(__file__).parents[2] / "support/samples/easypost.json").read_text())["tracker"]
STATUSES = {
    "unknown": None,
    "pre_transit": "label_created",
    "in_transit": "in_transit",
    "out_for_delivery": "out_for_delivery",
    "delivered": "delivered",
    "available_for_pickup": "available_for_pickup",
    "return_to_sender": "returned",
    "failure": "exception",
    "cancelled": "cancelled",
    "error": None,
}
"""Every status that EasyPost documents, and what it means here."""
DETAILS = [
    "address_correction",
    "arrived_at_destination",
    "arrived_at_facility",
    "arrived_at_pickup_location",
    "awaiting_information",
    "cancelled",
    "damaged",
    "delayed",
    "delivery_exception",
    "departed_facility",
    "departed_origin_facility",
    "expired",
    "failure",
    "held",
    "in_transit",
    "label_created",
    "lost",
    "missorted",
    "out_for_delivery",
    "received_at_destination_facility",
    "received_at_origin_facility",
    "refused",
    "return",
    "status_update",
    "transferred_to_destination_carrier",
    "transit_exception",
    "unknown",
    "weather_delay",
]
"""Every detail of a status that EasyPost documents."""
PROBLEMS = {"damaged", "delivery_exception", "lost", "refused", "transit_exception"}


def answered(**more: Any) -> Report:
    report = PROVIDER.read_answer(201, json.dumps(tracker("1Z1") | more).encode())
    assert report is not None
    return report


@pytest.mark.parametrize(("theirs", "ours"), STATUSES.items())
def test_each_status_with_each_detail(theirs: str, ours: str | None) -> None:
    assert ours in (None, *SHIPMENT_STATUSES)
    found = {detail: answered(status=theirs, status_detail=detail).status for detail in DETAILS}
    problems = PROBLEMS if theirs == "in_transit" else set()
    assert found == {detail: "exception" if detail in problems else ours for detail in DETAILS}


@pytest.mark.parametrize(("theirs", "ours"), STATUSES.items())
def test_scans_have_the_same_words(theirs: str, ours: str | None) -> None:
    report = answered(tracking_details=[scan("2026-03-01T10:00:00Z", theirs)])
    assert [each["status"] for each in report.checkpoints] == [ours or theirs]


def test_the_page_has_the_same_table() -> None:
    page = (ROOT / "docs/tracking-feeds.md").read_text()
    documented = {
        word: row for row in re.findall(r"^\| `.*$", page, re.MULTILINE) for word in re.findall(r"`(\w+)`", row)
    }
    assert documented.keys() >= STATUSES.keys()
    for theirs, ours in STATUSES.items():
        expected = "says nothing" if ours in (None, "cancelled") else "the same" if ours == theirs else f"`{ours}`"
        assert expected in documented[theirs] or f"`{ours}`" in documented[theirs], theirs
    assert all(f"`{detail}`" in documented["in_transit"] for detail in PROBLEMS)


@pytest.mark.parametrize("unheard_of", ["lost_in_space", "", None, 7, ["delivered"]])
def test_a_word_that_is_not_published_says_nothing(unheard_of: Any) -> None:
    assert answered(status=unheard_of).status is None


def test_the_documented_tracker() -> None:
    report = PROVIDER.read_answer(200, json.dumps(SAMPLE).encode())
    assert report is not None
    assert (report.number, report.carrier, report.status) == ("9400110898825022579493", "USPS", "in_transit")
    assert (report.at, report.estimated_delivery, report.actual_delivery) == (
        "2016-01-13T21:52:32Z",
        "2016-01-16",
        None,
    )
    assert [each["status"] for each in report.checkpoints] == ["label_created", "label_created", "in_transit"]
    assert report.checkpoints[-1] == {
        "status": "in_transit",
        "checkpoint_time": "2016-01-02T06:35:50Z",
        "status_detail": "Arrived at Post Office",
        "city": "HUNTINGTON BEACH",
        "state": "CA",
    }


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        *((refused, Refused) for refused in (401, 402, 403)),
        *((later, Unavailable) for later in (408, 425, 429, 500, 502, 503, 504)),
    ],
)
def test_who_may_be_asked_again(status: int, expected: type[Exception]) -> None:
    with pytest.raises(expected):
        PROVIDER.read_answer(status, b"<html>")


@pytest.mark.parametrize("body", [b"", b"<html>", b"[]", b'{"error": "no"}', b'{"error": {"message": null}}'])
def test_a_refusal_that_says_nothing_is_final_all_the_same(body: bytes) -> None:
    with pytest.raises(NotTracked, match="HTTP 422"):
        PROVIDER.read_answer(422, body)


def test_carriers_go_by_their_names() -> None:
    for slug, name in CARRIERS.items():
        assert PROVIDER.register("k", "1Z1", slug).json == {"tracker": {"tracking_code": "1Z1", "carrier": name}}
    for unknown in (None, "", "correios"):
        assert PROVIDER.register("k", "1Z1", unknown).json == {"tracker": {"tracking_code": "1Z1"}}
