"""Which events give a connector something to do. Apart from the work, so that dispatching imports none of it."""

from collections.abc import Mapping
from typing import Any

from chalicelib.catalog.bridge_types import catalog
from chalicelib.kit.queues import Message

WAKING = ("bridge.connected", "bridge.updated", "bridge.task_queued", "bridge.reassigned")


def messages_for(event: Mapping[str, Any]) -> list[Message]:
    if event["type"] not in WAKING:
        return []
    found = catalog().get(str(event["metadata"].get("type")))
    if found is None or not found.is_bundled:
        return []
    return [new_message(event["organization_id"], event["resource_id"])]


def new_message(organization_id: str, bridge_id: str) -> Message:
    return Message({"organization_id": organization_id, "bridge_id": bridge_id}, group=organization_id)
