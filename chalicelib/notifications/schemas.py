from typing import Any, ClassVar, Literal

from pydantic import BaseModel, Field

from chalicelib.http.bodies import PatchBody
from chalicelib.http.pagination import PageQuery
from chalicelib.kit import ids
from chalicelib.notifications.store import NotificationItem

Severity = Literal["info", "warning", "critical"]


class NotificationUpdate(PatchBody):
    is_read: bool | None = None
    is_dismissed: bool | None = None


class NotificationQuery(PageQuery):
    default_limit: ClassVar[int] = 20
    max_limit: ClassVar[int] = 50

    unread: str | None = Field(None, description="`true` lists unread notifications only")


class NotificationRead(BaseModel):
    id: str
    rule_id: str | None
    event_type: str
    severity: str
    title: str
    message: str
    message_code: str | None = Field(description="Stable, where there is one: what title and message say")
    message_values: dict[str, Any] = Field(description="What the message names, to say it in another language")
    metadata: dict[str, Any]
    is_read: bool
    is_dismissed: bool
    created_at: str
    updated_at: str

    @classmethod
    def of(cls, item: NotificationItem) -> "NotificationRead":
        return cls(
            id=item.sk,
            rule_id=item.rule_id,
            event_type=item.event_type,
            severity=item.severity,
            title=item.title,
            message=item.message,
            message_code=(item.said or {}).get("code"),
            message_values=(item.said or {}).get("values", {}),
            metadata=item.metadata,
            is_read=item.is_read,
            is_dismissed=item.is_dismissed,
            # Notifications of earlier releases have another time, by milliseconds, than the one that orders them.
            created_at=ids.time_of(item.sk),
            updated_at=item.updated_at,
        )
