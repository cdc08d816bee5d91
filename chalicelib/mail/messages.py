"""Which letters follow from an event. Kept apart from writing them, so that the dispatcher imports none of that."""

from collections.abc import Mapping
from typing import Any

from chalicelib.events.types import ACCESS_CODE_REQUESTED
from chalicelib.kit import clock, codec
from chalicelib.kit.queues import Message
from chalicelib.organizations.known_settings import known
from chalicelib.organizations.store import ConfigItem

ACCESS_CODE = "access_code"
CONFIRMATION = "order_confirmation"
YOUNG_S = 86400


def messages_of(event: Mapping[str, Any], config: ConfigItem | None) -> list[Message]:
    """What the mail queue is told of an event: mostly nothing. No address travels through the queues."""
    organization_id = event["organization_id"]
    if event["type"] == ACCESS_CODE_REQUESTED:
        return [
            _message(
                ACCESS_CODE,
                organization_id,
                customer_id=event["metadata"]["customer_id"],
                request_id=event["resource_id"],
            )
        ]
    wanted = event["type"] == "order.created" and config is not None and known(config).storefront_emails
    if wanted and is_young(codec.loads(event["data"])["ordered_at"]):
        return [_message(CONFIRMATION, organization_id, order_id=event["resource_id"])]
    return []


def is_young(ordered_at: str) -> bool:
    """Whether an order may still be confirmed: history that a shop's first sync brings in is not news to anybody."""
    return (clock.now() - clock.parse(ordered_at)).total_seconds() < YOUNG_S


def _message(kind: str, organization_id: str, **rest: Any) -> Message:
    return Message({"kind": kind, "organization_id": organization_id, **rest}, group=organization_id)
