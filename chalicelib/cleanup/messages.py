"""Which events start background work. Apart from the work itself, so that dispatching imports none of it."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from chalicelib.events.types import CUSTOMER_ERASED
from chalicelib.kit.queues import Message

BRIDGE, END_USER, CUSTOMER = "bridge", "end_user", "customer"
TASKS = {"bridge.deleted": BRIDGE, "bridge.reassigned": BRIDGE, "end_user.deleted": END_USER, CUSTOMER_ERASED: CUSTOMER}


def messages_for(event: Mapping[str, Any]) -> list[Message]:
    task = TASKS.get(event["type"])
    if task is None:
        return []
    # A shop may ask to erase a customer from what came through its own bridges.
    bridge_ids = event["metadata"].get("bridge_ids") if task == CUSTOMER else None
    state = {"bridge_ids": bridge_ids} if bridge_ids else None
    message = new_message(task, event["organization_id"], event["resource_id"], state)
    return [replace(message, body={**message.body, "event_id": event["id"]})]


def new_message(
    task: str, organization_id: str, subject_id: str, state: dict[str, Any] | None = None, wait_seconds: int = 0
) -> Message:
    """`state` says where to continue; without it, the task starts from the beginning."""
    body = {"task": task, "organization_id": organization_id, "subject_id": subject_id, "state": state or {}}
    return Message(body, group=organization_id, delay_seconds=wait_seconds)
