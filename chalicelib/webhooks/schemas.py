from typing import Annotated

from pydantic import AfterValidator, BaseModel, Field

from chalicelib.events.types import ALERT_TRIGGERED, ORGANIZATION_ONLY, SUBSCRIBABLE
from chalicelib.http.bodies import Body, Moment, PatchBody
from chalicelib.outbound.addresses import MAX_URL_LENGTH
from chalicelib.webhooks.backoff import failures_until_disable
from chalicelib.webhooks.pending import NOTHING_PENDING, Pending
from chalicelib.webhooks.store import AttemptItem, WebhookItem


def _events(values: list[str]) -> list[str]:
    for value in values:
        if value not in SUBSCRIBABLE:
            raise ValueError(f"{value[:50]!r} is not an event type; GET /webhooks/event-types lists them")
    return list(dict.fromkeys(values))


Url = Annotated[str, Field(min_length=1, max_length=MAX_URL_LENGTH, description="https, at a public address")]
Events = Annotated[list[str], Field(min_length=1, max_length=100), AfterValidator(_events)]
Description = Annotated[str, Field(max_length=200)]


EVENTS: dict[str, tuple[str, ...]] = {"rule": (ALERT_TRIGGERED,), "organization": SUBSCRIBABLE + ORGANIZATION_ONLY}
"""The events of webhooks that do not choose them."""


class WebhookCreate(Body):
    url: Url
    secret: Annotated[str, Field(min_length=16, max_length=128)] | None = Field(
        None, description="Signing secret. If omitted, one is generated and returned in this response only"
    )
    description: Description | None = None
    events: Events


class WebhookUpdate(PatchBody):
    nullable = frozenset({"description"})

    url: Url | None = None
    description: Description | None = None
    events: Events | None = None
    is_active: bool | None = Field(None, description="`true` also resets the failure count")


class Replay(Body):
    since: Moment = Field(description="Replay what failed or was skipped since this time (ISO 8601)")


class WebhookCreated(BaseModel):
    id: str
    url: str
    description: str | None
    is_active: bool
    events: list[str]
    created_at: str


class WebhookCreatedWithSecret(WebhookCreated):
    secret: str
    """The generated secret, returned only here."""


class WebhookRead(BaseModel):
    id: str
    url: str
    description: str | None
    is_active: bool
    events: list[str]
    last_success_at: str | None
    last_failure_at: str | None
    consecutive_failures: int
    first_failure_at: str | None
    """The first of the consecutive failures."""
    failures_until_disable: int
    """A lower bound; 0 once the webhook is disabled."""
    pending_deliveries: int
    """Deliveries that are to be retried or are held back while the webhook fails, 10,000 at most."""
    next_attempt_at: str | None
    """When the next of them is due; null if the next event is sent immediately."""
    disabled_reason: str | None
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
            last_success_at=item.last_success_at,
            last_failure_at=item.last_failure_at,
            consecutive_failures=item.consecutive_failures,
            first_failure_at=item.first_failure_at,
            failures_until_disable=failures_until_disable(item.consecutive_failures) if item.is_active else 0,
            pending_deliveries=pending.deliveries,
            next_attempt_at=pending.next_attempt_at,
            disabled_reason=item.disabled_reason,
            created_at=item.created_at,
            updated_at=item.updated_at,
        )


class AttemptRead(BaseModel):
    id: str
    delivery_id: str
    event_id: str
    event_type: str
    attempt: int
    trigger: str
    """`event`, `schedule`, `retry`, `replay` or `test`."""
    response_status: int | None
    success: bool
    error: str | None
    error_class: str | None
    duration_ms: int
    response_snippet: str | None
    created_at: str

    @classmethod
    def of(cls, item: AttemptItem) -> "AttemptRead":
        return cls(
            id=item.sk,
            delivery_id=item.delivery_id,
            event_id=item.event_id,
            event_type=item.event_type,
            attempt=item.attempt,
            trigger=item.trigger,
            response_status=item.response_status,
            success=item.success,
            error=item.error,
            error_class=item.error_class,
            duration_ms=item.duration_ms,
            response_snippet=item.response_snippet,
            created_at=item.created_at,
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
