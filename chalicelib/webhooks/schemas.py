from typing import Annotated, Any, ClassVar, Final, Literal, Self
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, Field

from chalicelib.events.types import (
    ALERT_TRIGGERED,
    ORGANIZATION_ONLY,
    SUBSCRIBABLE,
    OrganizationEvent,
    SubscribableEvent,
)
from chalicelib.http.bodies import Body, Moment, PatchBody
from chalicelib.http.pagination import PageQuery
from chalicelib.kit import ids
from chalicelib.organizations.masking import MASK
from chalicelib.organizations.principals import EmbedSession
from chalicelib.outbound.addresses import MAX_URL_LENGTH
from chalicelib.webhooks.backoff import failures_until_disable
from chalicelib.webhooks.pending import NOTHING_PENDING, Pending
from chalicelib.webhooks.store import AttemptItem, DeliveryItem, WebhookItem


def _events(values: list[str]) -> list[str]:
    for value in values:
        if value not in SUBSCRIBABLE:
            raise ValueError(f"{value[:50]!r} is not an event type; GET /webhooks/event-types lists them")
    return list(dict.fromkeys(values))


Url = Annotated[str, Field(min_length=1, max_length=MAX_URL_LENGTH, description="https, at a public address")]
Events = Annotated[list[str], Field(min_length=1, max_length=100), AfterValidator(_events)]
Filter = Annotated[
    dict[str, Any],
    Field(
        description="A condition on the event's data, as in alert rules; only events for which it holds are delivered"
    ),
]
Description = Annotated[str, Field(max_length=200)]


EVENTS: dict[str, tuple[str, ...]] = {"rule": (ALERT_TRIGGERED,), "organization": SUBSCRIBABLE + ORGANIZATION_ONLY}
"""The events of webhooks that do not choose them."""


def mask_url(url: str) -> str:
    """The URL without its path and query, which are a secret with some receivers."""
    parts = urlsplit(url)
    is_bare = parts.path in ("", "/") and not parts.query
    return url if is_bare else f"{parts.scheme}://{parts.netloc}/{MASK}"


def unmask_url(sent: str, stored: str | None) -> str:
    """`sent`, or the stored URL if it was sent back as it is shown to unverified sessions."""
    return stored if stored is not None and sent.strip() == mask_url(stored) else sent.strip()


class WebhookCreate(Body):
    url: Url
    secret: Annotated[str, Field(min_length=16, max_length=128)] | None = Field(
        None, description="Signing secret. If omitted, one is generated and returned in this response only"
    )
    description: Description | None = None
    events: Events
    filter: Filter | None = None


class WebhookUpdate(PatchBody):
    nullable = frozenset({"description", "filter"})

    url: Url | None = None
    description: Description | None = None
    events: Events | None = None
    filter: Filter | None = None
    is_active: bool | None = Field(None, description="`true` also resets the failure count")


class Replay(Body):
    since: Moment = Field(description="Replay what failed, was skipped or is pending since this time (ISO 8601)")


class WithUrl(BaseModel):
    id: str
    url: str

    def shown_to(self, session: EmbedSession) -> Self:
        """For an unverified session without the secret part of the URL."""
        return self if session.verified else self.model_copy(update={"url": mask_url(self.url)})


class WebhookCreated(WithUrl):
    description: str | None
    is_active: bool
    events: list[str]
    filter: dict[str, Any] | None
    created_at: str


class WebhookCreatedWithSecret(WebhookCreated):
    secret: str
    """The generated secret, returned only here."""


class WebhookRead(WithUrl):
    description: str | None
    is_active: bool
    events: list[str]
    filter: dict[str, Any] | None
    """The condition on the data of delivered events; null if all are delivered."""
    last_success_at: str | None
    last_failure_at: str | None
    consecutive_failures: int
    first_failure_at: str | None
    """The first of the consecutive failures."""
    failures_until_disable: int
    """A lower bound; 0 once the webhook is disabled."""
    pending_deliveries: int
    """Deliveries that are to be retried or are held back while the webhook fails, counted up to 2,000."""
    next_attempt_at: str | None
    """When the next of them is due; null if the next event is sent immediately."""
    disabled_reason: str | None
    disabled_reason_code: str | None = None
    """`receiver_gone` or `too_many_failures`."""
    created_at: str
    updated_at: str

    @classmethod
    def of(cls, item: WebhookItem, pending: Pending = NOTHING_PENDING) -> "WebhookRead":
        return cls(
            id=item.id,
            url=item.url,
            description=item.description,
            is_active=item.is_active,
            events=list(EVENTS.get(item.webhook_type, item.events)),
            filter=item.content_filter,
            last_success_at=item.last_success_at,
            last_failure_at=item.last_failure_at,
            consecutive_failures=item.consecutive_failures,
            first_failure_at=item.first_failure_at,
            failures_until_disable=failures_until_disable(item.consecutive_failures) if item.is_active else 0,
            pending_deliveries=pending.deliveries,
            next_attempt_at=pending.next_attempt_at,
            disabled_reason=item.disabled_reason,
            disabled_reason_code=item.disabled_code,
            created_at=item.created_at,
            updated_at=item.updated_at,
        )


DeliveryStatus = Literal["pending", "succeeded", "failed", "skipped"]


DeliveredEvent = Literal[SubscribableEvent, OrganizationEvent, "alert.triggered", "webhook.test"]
SKIPPED_BECAUSE: Final = "The webhook or its feature was off. A replay sends the event."


class DeliveryQuery(PageQuery):
    """Without parameters the list is not paged and has the last 50 attempts."""

    default_limit: ClassVar[int] = 50

    status: DeliveryStatus | None = Field(
        None,
        description="`succeeded` or `failed` attempts; `pending` deliveries, which are to be retried or are held back; "
        "`skipped` ones, which were not sent because the webhook or its feature was off",
    )
    event_type: DeliveredEvent | None = Field(None, description="Only deliveries of this event type")
    order_number: str | None = Field(None, min_length=1, max_length=100, description="Only events of this order")
    tracking_number: str | None = Field(
        None, min_length=1, max_length=100, description="Only events of the shipment with this tracking number"
    )
    from_time: Moment | None = Field(None, alias="from", description="Created at or after this time (ISO 8601)")
    to_time: Moment | None = Field(None, alias="to", description="Created at or before this time (ISO 8601)")

    @property
    def is_filtered(self) -> bool:
        return any(getattr(self, name) is not None for name in self.model_fields_set)


class DeliveryRow(BaseModel):
    id: str
    """The attempt, or the delivery if the row shows no attempt."""
    delivery_id: str
    status: DeliveryStatus
    event_id: str
    event_type: str
    order_number: str | None
    tracking_number: str | None
    attempt: int
    """Which attempt this is; of a pending or skipped delivery, the number of attempts so far."""
    trigger: str
    """`event`, `schedule`, `retry`, `replay` or `test`."""
    response_status: int | None
    success: bool
    error: str | None
    """Of a pending delivery from its last attempt, like the status and class of the response; of a skipped one the
    reason why it was not sent."""
    error_class: str | None
    duration_ms: int | None
    response_snippet: str | None
    next_attempt_at: str | None
    """When a pending delivery is to be attempted next."""
    attempted_at: str | None
    """When the attempt began; null if the row shows none."""
    created_at: str
    """Orders the list: the time of a retry; of a first attempt or a pending delivery, that of its event; of a skipped
    one, when it was skipped."""

    @classmethod
    def of_attempt(cls, item: AttemptItem) -> "DeliveryRow":
        return cls(
            id=item.sk,
            delivery_id=item.delivery_id,
            status="succeeded" if item.success else "failed",
            event_id=item.event_id,
            event_type=item.event_type,
            order_number=item.order_number,
            tracking_number=item.tracking_number,
            attempt=item.attempt,
            trigger=item.trigger,
            response_status=item.response_status,
            success=item.success,
            error=item.error,
            error_class=item.error_class,
            duration_ms=item.duration_ms,
            response_snippet=item.response_snippet,
            next_attempt_at=None,
            attempted_at=item.sent_at,
            created_at=ids.time_of(item.sk),
        )

    @classmethod
    def of_delivery(cls, item: DeliveryItem, status: Literal["pending", "skipped"], created_at: str) -> "DeliveryRow":
        return cls(
            id=item.sk,
            delivery_id=item.sk,
            status=status,
            event_id=item.event_id,
            event_type=item.event_type,
            order_number=item.order_number,
            tracking_number=item.tracking_number,
            attempt=item.attempts,
            trigger=item.trigger or ("schedule" if item.step else "event"),
            response_status=item.response_status,
            success=False,
            error=SKIPPED_BECAUSE if status == "skipped" else item.error,
            error_class=item.error_class,
            duration_ms=None,
            response_snippet=None,
            next_attempt_at=item.next_attempt_at,
            attempted_at=None,
            created_at=created_at,
        )


class Secret(BaseModel):
    secret: str


class Queued(BaseModel):
    queued: int


class TestResult(BaseModel):
    """`statusCode` is null if there was no response; `error` is present if the test failed."""

    success: bool
    statusCode: int | None  # noqa: N815 - as documented
    error: str = Field(default="", exclude_if=lambda error: not error)
