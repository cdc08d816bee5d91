"""Which events give a connector something to do. Apart from the work, so that dispatching imports none of it."""

from collections.abc import Iterator, Mapping
from typing import Any

from chalicelib.catalog.bridge_types import catalog, has_connector
from chalicelib.kit import codec
from chalicelib.kit.queues import Message
from chalicelib.kit.settings import settings

WAKING = ("bridge.connected", "bridge.updated", "bridge.task_queued", "bridge.reassigned")


SHIPMENT_EVENTS = ("shipment.created", "shipment.updated", "shipment.shipped")
"""A shop may have to be told. `tracking.updated` changes nothing that it is told."""


def messages_for(event: Mapping[str, Any], bridges: int | None = None) -> list[Message]:
    """`bridges`: how many the event's end user has, if that is known."""
    if event["type"] in SHIPMENT_EVENTS:
        # With one bridge, every shipment came from the order's own shop.
        return _of_shipment(event) if bridges is None or bridges > 1 else []
    if event["type"] not in WAKING:
        return []
    if not has_connector(str(event["metadata"].get("type"))):
        return []
    return [new_message(event["organization_id"], event["resource_id"])]


def _of_shipment(event: Mapping[str, Any]) -> list[Message]:
    data = codec.loads(event["data"]) if event["data"] else {}
    if not (data.get("tracking_number") and data.get("order_id") and any(_can_be_told())):
        return []
    about = {
        "organization_id": event["organization_id"],
        "end_user_id": event["end_user_id"],
        "shipment_id": data["id"],
    }
    return [Message(about, group=event["organization_id"])]


def _can_be_told() -> Iterator[bool]:
    return (each.takes_tasks for each in catalog().values())


def new_message(organization_id: str, bridge_id: str, base_url: str = "") -> Message:
    """`base_url`: our own, which not every function knows."""
    body = {"organization_id": organization_id, "bridge_id": bridge_id}
    address = settings().public_base_url or base_url
    return Message({**body, "base_url": address} if address else body, group=organization_id)
