"""Which events ask for a shipment to be followed. Apart from the work, so that dispatching imports none of it."""

from collections.abc import Mapping
from typing import Any, Final

from chalicelib.kit import codec
from chalicelib.kit.queues import Message, tenant_group
from chalicelib.organizations.store import ConfigItem
from chalicelib.shipments.recording import BY_CARRIER
from chalicelib.shipments.schemas import ENDED

CONCERNING: Final = frozenset(
    {"shipment.created", "shipment.updated", "shipment.shipped", "shipment.exception", "tracking.updated"}
)
"""A number or carrier may be new with each of these."""


def messages_for(event: Mapping[str, Any], config: ConfigItem | None) -> list[Message]:
    if event["type"] not in CONCERNING or config is None or config.tracking_provider is None:
        return []
    if (event.get("metadata") or {}).get("by") == BY_CARRIER:
        return []
    data = codec.loads(event["data"]) if event["data"] else {}
    if not (data.get("tracking_number") and data.get("carrier")) or data.get("status") in ENDED:
        return []
    return [new_message(event["organization_id"], event["end_user_id"], data["id"])]


def new_message(organization_id: str, end_user_id: str, shipment_id: str) -> Message:
    body = {"organization_id": organization_id, "end_user_id": end_user_id, "shipment_id": shipment_id}
    return Message(body, group=tenant_group(organization_id, end_user_id))
