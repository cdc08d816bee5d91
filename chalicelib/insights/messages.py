"""Which events the figures count. Apart from the counting, so that dispatching imports none of it."""

from collections.abc import Mapping
from typing import Any

from chalicelib.insights.facts import fact_of
from chalicelib.kit import ids
from chalicelib.kit.queues import Message, tenant_group


def messages_for(event: Mapping[str, Any]) -> list[Message]:
    fact = fact_of(event["type"], event["data"], ids.time_of(event["id"]))
    if fact is None or event["end_user_id"] is None:
        return []
    organization_id, end_user_id = event["organization_id"], event["end_user_id"]
    body = {"organization_id": organization_id, "end_user_id": end_user_id, "event_id": event["id"], **fact._asdict()}
    return [Message(body, group=tenant_group(organization_id, end_user_id))]
