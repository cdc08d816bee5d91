"""What a shipment shows when both its source and its carrier speak.

A tracking provider passes on what the carrier says. Both are kept, and what is shown follows from the two: the carrier
knows where the parcel is, and the source knows what was cancelled. So it does not matter who spoke last.
"""

from collections.abc import Mapping
from typing import Any, Final, NamedTuple

from chalicelib.shipments.schemas import ENDED, MOVING, SHIPMENT_STATUSES
from chalicelib.shipments.shape import CARRIER_SAYS, SOURCE_SAYS, Fields

SAID: Final = ("status", "estimated_delivery", "actual_delivery")
"""The fields that both may say."""
SCANNED: Final = MOVING | {"delivered", "exception", "returned"}
"""Statuses with which a carrier says where the parcel is. Before the first scan, the source knows more."""


class CarrierReport(NamedTuple):
    """What the carrier says of one shipment, read like a record of the Sync API."""

    status: str | None
    estimated_delivery: str | None
    actual_delivery: str | None
    checkpoints: list[dict[str, Any]]
    at: str
    """When the carrier said so: a timestamp."""


def by_source(fields: Fields) -> Fields:
    """The fields as the source left them, which its next record is merged into."""
    return {**fields, **(fields[SOURCE_SAYS] or {})}


def combine(fields: Fields) -> Fields:
    """The fields after the source changed them: what it says is kept, and what is shown follows."""
    return _shown(fields, {name: fields[name] for name in SAID}, fields[CARRIER_SAYS])


def hear_carrier(fields: Fields, report: CarrierReport) -> Fields:
    """The fields after the carrier's report. An older report than the last one changes nothing but checkpoints, which
    the caller merges."""
    source, known = by_source(fields), fields[CARRIER_SAYS]
    said: Fields = {name: getattr(report, name) for name in SAID} | {"at": report.at}
    said["estimated_at"] = report.at if report.estimated_delivery else ""
    carrier = max((known, said), key=_order) if known else said
    # A report that leaves out the expected day does not take it back.
    newest = max((known or said, said), key=lambda each: (each["estimated_at"], each["estimated_delivery"] or ""))
    carrier = {**carrier, **{name: newest[name] for name in ("estimated_delivery", "estimated_at")}}
    return _shown(fields, {name: source[name] for name in SAID}, carrier)


def _order(said: Mapping[str, Any]) -> tuple[str, bool, int, str]:
    """By time; of reports from one second the one that is further on its way, in whatever order they come."""
    status = said["status"]
    progress = SHIPMENT_STATUSES.index(status) if status else -1
    return (said["at"], status in ENDED, progress, said["actual_delivery"] or "")


def _shown(fields: Fields, source: Mapping[str, Any], carrier: Mapping[str, Any]) -> Fields:
    status, actual = source["status"], source["actual_delivery"]
    if _carrier_decides(status, carrier["status"]):
        status = carrier["status"]
        actual = carrier["actual_delivery"] or (actual if status == source["status"] else None)
    expected = carrier["estimated_delivery"] or source["estimated_delivery"]
    shown = {"status": status, "actual_delivery": actual, "estimated_delivery": expected}
    return {**fields, **shown, SOURCE_SAYS: dict(source), CARRIER_SAYS: dict(carrier)}


def _carrier_decides(source: str, carrier: str | None) -> bool:
    if carrier not in SCANNED or source == "cancelled":
        return False
    # What came back after its delivery came back under another number.
    return not (source == "returned" and carrier == "delivered")
