from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, BaseModel, Field

from chalicelib.alerts.store import RuleItem
from chalicelib.events.types import SUBSCRIBABLE
from chalicelib.http.bodies import Body, PatchBody, VisibleLine, WholeNumber
from chalicelib.organizations.principals import EmbedSession
from chalicelib.webhooks.schemas import Url, WebhookRead, mask_url

DeliveryMethod = Literal["in_app", "webhook", "both"]


def _event_type(value: str) -> str:
    if value not in SUBSCRIBABLE:
        raise ValueError(f"{value[:50]!r} is not an event type; GET /webhooks/event-types lists them")
    return value


Name = Annotated[str, Field(min_length=1, max_length=100), VisibleLine]
Description = Annotated[str, Field(max_length=500)]
Cooldown = Annotated[WholeNumber, Field(ge=5, le=1440, description="Minutes of silence after an alert")]
Condition = Annotated[dict[str, Any], Field(description="Evaluated against the event's data; `{}` always holds")]


class RuleCreate(Body):
    name: Name
    description: Description | None = None
    event_type: Annotated[str, AfterValidator(_event_type)]
    condition: Condition
    delivery_method: DeliveryMethod = "in_app"
    webhook_url: Url | None = Field(None, description="Required if deliveryMethod is webhook or both")
    cooldown_minutes: Cooldown = 60


class DryRunCreate(Body):
    event_type: Annotated[str, AfterValidator(_event_type)]
    condition: Condition


class RuleUpdate(PatchBody):
    nullable = frozenset({"description", "webhook_url"})

    name: Name | None = None
    description: Description | None = None
    is_active: bool | None = Field(None, description="`true` also activates the rule's webhook if it was disabled")
    condition: Condition | None = None
    delivery_method: DeliveryMethod | None = None
    webhook_url: Url | None = None
    cooldown_minutes: Cooldown | None = None


class RuleRead(BaseModel):
    id: str
    name: str
    description: str | None
    event_type: str
    condition: dict[str, Any]
    delivery_method: str
    webhook_url: str | None
    cooldown_minutes: int
    is_active: bool
    last_alert_at: str | None
    suppressed_count: int
    """Events suppressed by the cooldown since the last alert."""
    webhook_disabled_reason: str | None
    """Why the rule's webhook was disabled; null if it was not."""
    webhook: WebhookRead | None
    """The state of the rule's webhook, which has the rule's id; null if the rule has none."""
    created_at: str
    updated_at: str

    @classmethod
    def of(cls, item: RuleItem, webhook: WebhookRead | None = None) -> "RuleRead":
        return cls(
            id=item.id,
            name=item.name,
            description=item.description,
            event_type=item.event_type,
            condition=item.condition,
            delivery_method=item.delivery_method,
            webhook_url=item.webhook_url,
            cooldown_minutes=item.cooldown_minutes,
            is_active=item.is_active,
            last_alert_at=item.last_alert_at,
            suppressed_count=item.suppressed_count,
            webhook_disabled_reason=None if webhook is None else webhook.disabled_reason,
            webhook=webhook,
            created_at=item.created_at,
            updated_at=item.updated_at,
        )

    def shown_to(self, session: EmbedSession) -> Self:
        """For an unverified session without the secret part of the URLs."""
        if session.verified or self.webhook_url is None:
            return self
        webhook = None if self.webhook is None else self.webhook.shown_to(session)
        return self.model_copy(update={"webhook_url": mask_url(self.webhook_url), "webhook": webhook})


class RuleWithSecret(RuleRead):
    webhookSecret: str  # noqa: N815 - as the contract names it
    """The signing secret of the rule's webhook, returned only here."""


class MatchedEvent(BaseModel):
    event_id: str
    event_type: str
    created_at: str


class DryRun(BaseModel):
    evaluated: int
    """The number of recent events of the rule's type that were evaluated."""
    matched: list[MatchedEvent]
