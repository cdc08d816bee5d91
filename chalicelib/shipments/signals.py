"""When a shipment stands still or is late: computed with every change, told by `signalling` when the time has come.

The time stands on the shipment's own item, in the due index. A new scan writes the item anew with a later time, which
is how a signal is withdrawn.
"""

from datetime import timedelta
from typing import Final, NamedTuple

from chalicelib.events.types import EventType
from chalicelib.kit import clock
from chalicelib.records import times
from chalicelib.shipments.schemas import ENDED, MOVING
from chalicelib.shipments.shape import CARRIER_SAYS, Fields
from chalicelib.shipments.store import CAME_LATE, ShipmentItem
from chalicelib.table.due import due_key

DUE: Final = "shipment"
HOUR_S: Final = 3600
MAX_TOLD: Final = 10
"""Signals that a shipment keeps. Lists read them too, so they are few."""


class Signals(NamedTuple):
    """When each signal is to be told; None if it is not."""

    stalled: str | None
    late: str | None

    @property
    def next(self) -> str | None:
        return min((at for at in self if at is not None), default=None)


def signals_of(item: ShipmentItem, fields: Fields, stalled_after_hours: int) -> Signals:
    """`item` says what has been told already: a standstill once for each last scan, lateness once for each shipment."""
    scan, expected = last_scan(fields), fields["estimated_delivery"]
    is_waiting = item.status in MOVING and scan is not None and item.stalled_since != scan
    stalled = _later(scan, stalled_after_hours * HOUR_S) if is_waiting and scan else None
    late = _late_at(fields) if expected and item.status not in ENDED else None
    return Signals(stalled, None if item.late else late)


def watch(
    item: ShipmentItem, fields: Fields, previous: ShipmentItem | None, stalled_after_hours: int, now: str
) -> None:
    """Schedule the next signal. What is already so when a shipment first comes counts as told, until another day is
    expected."""
    if previous is not None:
        item.stalled_since, item.late, item.told = previous.stalled_since, previous.late, previous.told
        if item.late == CAME_LATE and not _is_over(fields, now):
            item.late = None
    signals = signals_of(item, fields, stalled_after_hours)
    if previous is None:
        if signals.stalled is not None and signals.stalled <= now:
            item.stalled_since = last_scan(fields)
        if signals.late is not None and signals.late <= now:
            item.late = CAME_LATE
        signals = signals_of(item, fields, stalled_after_hours)
    schedule(item, signals)


def schedule(item: ShipmentItem, signals: Signals) -> None:
    item.schedule(due_key(DUE, signals.next, item.id) if signals.next is not None else None)


def _late_at(fields: Fields) -> str:
    return end_of_day(fields["estimated_delivery"], _offset_at_place(fields))


def _is_over(fields: Fields, now: str) -> bool:
    """Whether the expected day is over, if there is one."""
    return not fields["estimated_delivery"] or _late_at(fields) <= now


def former_day(before: Fields, after: Fields) -> str | None:
    """What was expected before, if another day is expected now of a shipment that has not ended."""
    former, expected = before["estimated_delivery"], after["estimated_delivery"]
    if not former or not expected or former[:10] == expected[:10] or after["status"] in ENDED:
        return None
    return str(former)


def keep(item: ShipmentItem, event_type: EventType, at: str, **said: str | None) -> None:
    """Keep a signal for the shipment's timeline, in the write that tells it."""
    expected = item.summary.members()["estimated_delivery"]
    told = {"type": event_type, "at": at, "estimated_delivery": expected, **said}
    item.told = [*(item.told or ()), told][-MAX_TOLD:]


def last_scan(fields: Fields) -> str | None:
    """The newest checkpoint, or when a parcel left that a carrier reports on but has not scanned. Without either there
    is nobody whose silence would mean anything."""
    if fields["checkpoints"]:
        return str(max(checkpoint["checkpoint_time"] for checkpoint in fields["checkpoints"]))
    if fields[CARRIER_SAYS]:
        return clock.normalise(fields["ship_date"] or fields["created_at"])
    return None


def _offset_at_place(fields: Fields) -> int:
    """Minutes east of UTC where the parcel was last seen; without a scan that tells, those of the expected time."""
    for checkpoint in reversed(fields["checkpoints"]):
        if checkpoint.get("utc_offset") is not None:
            return int(checkpoint["utc_offset"])
    return times.utc_offset(fields["estimated_delivery"]) or 0


def end_of_day(expected: str, offset_minutes: int) -> str:
    """The moment at which the day of `expected` is over, at a place with this offset."""
    midnight = clock.parse(expected[:10]) + timedelta(days=1)
    return clock.timestamp(midnight - timedelta(minutes=offset_minutes))


def _later(timestamp: str, seconds: float) -> str:
    return clock.timestamp(clock.parse(timestamp) + timedelta(seconds=seconds))
