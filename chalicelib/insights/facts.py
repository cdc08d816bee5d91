"""What an event adds to the figures of which day. `verify` counts the log again by the same rules."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Final, NamedTuple

from chalicelib.kit import clock, codec

COUNTED: Final = {
    "order.created": ("orders", "ordered_at"),
    "shipment.shipped": ("shipped", "ship_date"),
    "shipment.delivered": ("delivered", "actual_delivery"),
    "shipment.exception": ("exceptions", None),
}
"""By event type: the figure, and the field with the time at which it happened. Without that, the event's own counts."""
MAX_AGE_DAYS: Final = 366


class Fact(NamedTuple):
    day: str
    names: tuple[str, ...]


def fact_of(event_type: str, data: str | None, recorded_at: str) -> Fact | None:
    """The figures that one event adds one to, and the UTC day."""
    if event_type not in COUNTED or not data:
        return None
    name, field = COUNTED[event_type]
    values: Mapping[str, Any] = codec.loads(data)
    happened = values.get(field) if field is not None else None
    names = (name, *_punctuality(values, recorded_at)) if name == "delivered" else (name,)
    return Fact(_day_of(happened, recorded_at), names)


def _day_of(happened: Any, recorded_at: str) -> str:
    """What a source says of a day far from the event's own is no use to a chart."""
    recorded = clock.parse(recorded_at)
    try:
        moment = clock.parse(happened) if happened else recorded
    except ValueError:
        moment = recorded
    if not recorded - timedelta(days=MAX_AGE_DAYS) <= moment <= recorded + timedelta(days=1):
        moment = recorded
    return clock.timestamp(moment)[:10]


def _punctuality(shipment: Mapping[str, Any], recorded_at: str) -> tuple[str, ...]:
    """By the days as they were written, which are those of the place. Without an expected day there is none."""
    expected = shipment.get("estimated_delivery")
    if not expected:
        return ()
    delivered = shipment.get("actual_delivery") or recorded_at
    return ("on_time",) if delivered[:10] <= expected[:10] else ("late",)
