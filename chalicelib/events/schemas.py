from typing import Any, ClassVar

from pydantic import BaseModel, Field

from chalicelib.events.store import EventItem
from chalicelib.http.bodies import BodyId, Moment
from chalicelib.http.pagination import PageQuery


class EventQuery(PageQuery):
    default_limit: ClassVar[int] = 50

    event_type: str | None = Field(None, max_length=100, description="Only events of this type, e.g. `bridge.created`")
    end_user_id: BodyId | None = Field(None, description="Only events of this end user")
    from_time: Moment | None = Field(None, alias="from", description="Events created at or after this time (ISO 8601)")
    to_time: Moment | None = Field(None, alias="to", description="Events created at or before this time (ISO 8601)")


class EventRead(BaseModel):
    id: str
    organization_id: str
    end_user_id: str | None
    session_id: str | None
    event_type: str
    resource_type: str
    resource_id: str | None
    metadata: dict[str, Any]
    ip_address: str | None
    created_at: str

    @classmethod
    def of(cls, item: EventItem) -> "EventRead":
        return cls.model_construct(
            id=item.id,
            organization_id=item.organization_id,
            end_user_id=item.end_user_id,
            session_id=item.session_id,
            event_type=item.event_type,
            resource_type=item.resource_type,
            resource_id=item.resource_id,
            metadata=item.metadata or {},
            ip_address=item.ip_address,
            created_at=item.created_at,
        )
