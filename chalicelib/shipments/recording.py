"""The events of a shipment."""

from typing import Any

from chalicelib.events import service as events
from chalicelib.events.types import EventType
from chalicelib.kit import codec
from chalicelib.records.change import Change, request_size_of
from chalicelib.records.source import Source
from chalicelib.shipments.schemas import MOVING
from chalicelib.shipments.shape import Fields, list_text_of, tracking_checkpoint
from chalicelib.shipments.signals import former_day
from chalicelib.shipments.store import ShipmentItem

BY_CARRIER = "carrier"
"""In the metadata of events: a carrier's report made the change, not the source."""
MAX_EVENT_CHECKPOINTS = 20
"""New checkpoints that one `tracking.updated` event lists: the newest."""


def record_status(
    change: Change,
    source: Source,
    item: ShipmentItem,
    before: ShipmentItem | None = None,
    metadata: dict[str, Any] | None = None,
) -> bool:
    """Record the event of the new status. Whether it has one."""
    if item.status in MOVING and not (before and before.shipped):
        record(change, source, item, "shipment.shipped", metadata)
    elif item.status == "delivered":
        record(change, source, item, "shipment.delivered", metadata)
    elif item.status == "exception":
        record(change, source, item, "shipment.exception", metadata)
    else:
        return False
    return True


def record_checkpoints(
    change: Change,
    source: Source,
    item: ShipmentItem,
    new: list[dict[str, Any]],
    metadata: dict[str, Any] | None = None,
) -> bool:
    """Record `tracking.updated` if there are new checkpoints. Whether there are."""
    if not new:
        return False
    newest = sorted(new, key=lambda checkpoint: checkpoint["checkpoint_time"])[-MAX_EVENT_CHECKPOINTS:]
    text = codec.dumps([tracking_checkpoint(checkpoint) for checkpoint in newest])
    record(
        change,
        source,
        item,
        "tracking.updated",
        {"new_checkpoints": len(new), **(metadata or {})},
        f'"checkpoints":{text}',
    )
    return True


def record(
    change: Change,
    source: Source,
    item: ShipmentItem,
    event_type: EventType,
    metadata: dict[str, Any] | None = None,
    extra: str | None = None,
) -> None:
    """`extra`: JSON members that the event's data has after those of the list shape."""
    text = str(list_text_of(item))
    if extra is not None:
        text = f"{text[:-1]},{extra}}}"
        change.bytes += request_size_of(extra)
    events.record(
        change.writes,
        source.organization_id,
        source.end_user_id,
        event_type,
        by=source.by,
        resource=("shipment", item.id),
        metadata=metadata,
        data=text,
    )


def record_eta(change: Change, source: Source, item: ShipmentItem, before: Fields, after: Fields) -> bool:
    """Record `shipment.eta_changed` if the expected day of a shipment under way is another one. Whether it is."""
    former = former_day(before, after)
    if former is None:
        return False
    record(change, source, item, "shipment.eta_changed", None, f'"previous_estimated_delivery":{codec.dumps(former)}')
    return True
