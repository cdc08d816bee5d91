"""An order's events as they were delivered, or not."""

from typing import Any, ClassVar, Self

from pydantic import BaseModel, Field

from chalicelib.events.schemas import EventRead
from chalicelib.events.store import EventItem
from chalicelib.http.pagination import PageQuery
from chalicelib.orders.service import StoredOrder
from chalicelib.organization_reads.schemas import OfEndUser, WebhookType
from chalicelib.organizations.principals import Merchant
from chalicelib.organizations.references import EndUserRef
from chalicelib.webhooks.explaining import Explanation, Reason, Status, Subscriber
from chalicelib.webhooks.store import AttemptItem

MAX_ATTEMPTS = 20
"""Shown of one delivery, the newest."""


class DeliveriesOfOrderQuery(PageQuery):
    default_limit: ClassVar[int] = 20
    max_limit: ClassVar[int] = 50


class DeliveriesOfNumberQuery(OfEndUser, DeliveriesOfOrderQuery):
    order_number: str = Field(
        min_length=1, max_length=255, description="The order's number or external id; of several, the newest order"
    )


class ShipmentRef(BaseModel):
    id: str
    tracking_number: str | None
    status: str
    updated_at: str


class OrderRef(BaseModel):
    """The order that the events are about."""

    id: str
    order_number: str | None
    external_id: str
    status: str
    bridge_id: str
    shipments: list[ShipmentRef]
    end_user: EndUserRef | None = Field(description="Null once the end user was deleted")

    @classmethod
    def of(cls, order: StoredOrder, merchant: Merchant | None, shipments: list[ShipmentRef]) -> Self:
        return cls(
            id=order.id,
            order_number=order.document["order_number"],
            external_id=order.document["external_id"],
            status=order.status,
            bridge_id=order.bridge_id,
            shipments=shipments,
            end_user=EndUserRef.of(merchant.end_user) if merchant is not None else None,
        )


class SubscriberRead(BaseModel):
    """A webhook of the order's end user or of one of their alert rules, whose id it then has, or the organization's."""

    id: str
    type: WebhookType
    end_user_id: str | None = Field(description="Null for the organization's own")
    url: str | None = Field(description="Null for a webhook that was deleted, like the state")
    description: str | None
    is_active: bool | None
    disabled_reason: str | None
    consecutive_failures: int | None

    @classmethod
    def of(cls, one: Subscriber, end_user_id: str) -> Self:
        item = one.item
        return cls(
            id=one.id,
            type=one.type,
            end_user_id=None if one.type == "organization" else end_user_id,
            url=item and item.url,
            description=item and item.description,
            is_active=item and item.is_active,
            disabled_reason=item and item.disabled_reason,
            consecutive_failures=item and item.consecutive_failures,
        )


class AttemptRead(BaseModel):
    id: str
    attempt: int
    trigger: str
    """`event`, `schedule`, `retry`, `replay` or `test`."""
    success: bool
    response_status: int | None
    error: str | None
    error_class: str | None
    duration_ms: int
    response_snippet: str | None
    attempted_at: str

    @classmethod
    def of(cls, item: AttemptItem) -> Self:
        values: dict[str, Any] = {name: getattr(item, name) for name in cls.model_fields if hasattr(item, name)}
        return cls(**{**values, "id": item.sk, "attempted_at": item.sent_at})


class DeliveryOutcome(BaseModel):
    webhook_id: str
    type: WebhookType
    delivery_id: str
    """Also of one that was not sent: what its id would be."""
    status: Status
    """`not_sent`: there is no delivery. `dropped`: given up before it was sent."""
    reason: Reason | None
    """Why it is not sent, or not sent yet; null if it succeeded or failed for good."""
    attempts_made: int
    next_attempt_at: str | None
    """When a pending delivery is to be attempted next, if that is known."""
    attempts: list[AttemptRead]
    """Oldest first, the last 20. There may be fewer than were made if webhooks had very many since."""

    @classmethod
    def of(cls, each: Explanation) -> Self:
        return cls(
            webhook_id=each.subscriber.id,
            type=each.subscriber.type,
            delivery_id=each.delivery_id,
            status=each.status,
            reason=each.reason,
            attempts_made=each.attempts_made,
            next_attempt_at=each.next_attempt_at,
            attempts=[AttemptRead.of(item) for item in each.attempts[-MAX_ATTEMPTS:]],
        )


class DeliveredEvent(EventRead):
    deliveries: list[DeliveryOutcome]

    @classmethod
    def of_event(cls, item: EventItem, explained: list[Explanation]) -> Self:
        of_event = EventRead.of(item).model_dump()
        return cls(**of_event, deliveries=[DeliveryOutcome.of(each) for each in explained])
