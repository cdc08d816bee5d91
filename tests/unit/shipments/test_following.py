"""Source and carrier contradict each other: what is shown follows from what each said, not from who spoke when."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from chalicelib.shipments.following import SCANNED, CarrierReport, by_source, combine, hear_carrier
from chalicelib.shipments.schemas import SHIPMENT_STATUSES
from chalicelib.shipments.shape import CARRIER_SAYS, SOURCE_SAYS

Fields = dict[str, Any]
DAYS = st.sampled_from([None, "2026-03-08", "2026-03-09", "2026-03-10T18:00:00+09:00"])
TIMES = st.sampled_from([f"2026-03-0{day}T10:00:00.000Z" for day in range(1, 5)])
REPORTS = st.builds(CarrierReport, st.sampled_from([None, *SHIPMENT_STATUSES]), DAYS, DAYS, st.just([]), at=TIMES)
SAYINGS = st.fixed_dictionaries(
    {"status": st.sampled_from(SHIPMENT_STATUSES), "estimated_delivery": DAYS, "actual_delivery": DAYS}
)
NOTHING: Fields = {
    "status": "pending",
    "estimated_delivery": None,
    "actual_delivery": None,
    SOURCE_SAYS: None,
    CARRIER_SAYS: None,
}


def told(words: list[Any]) -> Fields:
    """The fields after the source's records (dictionaries) and the carrier's reports, in the order of the list."""
    fields = NOTHING
    for word in words:
        if isinstance(word, CarrierReport):
            fields = hear_carrier(fields, word)
        elif fields[CARRIER_SAYS]:
            fields = combine({**by_source(fields), **word})
        else:
            fields = {**fields, **word}
    return fields


@st.composite
def conversations(draw: st.DrawFn) -> tuple[list[Any], list[Any]]:
    """The same records in their order and the same reports in any, twice interleaved."""
    records, reports = draw(st.lists(SAYINGS, max_size=4)), draw(st.lists(REPORTS, min_size=1, max_size=5))

    def interleaved() -> list[Any]:
        heard = list(draw(st.permutations(reports)))
        said = list(records)
        turns = draw(st.permutations([True] * len(heard) + [False] * len(said)))
        return [heard.pop() if is_carrier else said.pop(0) for is_carrier in turns]

    return interleaved(), interleaved()


@given(conversations())
def test_it_does_not_matter_who_spoke_last(both: tuple[list[Any], list[Any]]) -> None:
    first, second = both
    assert told(first) == told(second)
    assert told([*first, *(word for word in second if isinstance(word, CarrierReport))]) == told(first)


@given(st.lists(SAYINGS, max_size=3), st.lists(REPORTS, min_size=1, max_size=5))
def test_the_carrier_wins_on_movement_and_the_source_on_cancellation(records: list[Fields], reports: list[Any]) -> None:
    fields = told([*records, *reports])
    said, last = (records or [NOTHING])[-1], max(report.at for report in reports)
    newest = {report.status for report in reports if report.at == last}
    if said["status"] == "cancelled":
        assert fields["status"] == "cancelled"
    elif newest <= SCANNED and said["status"] != "returned":
        assert fields["status"] in newest
    elif not newest & SCANNED:
        assert fields["status"] == said["status"]
    assert fields["status"] != "cancelled" or said["status"] == "cancelled"
