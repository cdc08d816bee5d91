"""Bridges as they are shown: whole, with their config covered where it must be, or as a line of a list."""

from typing import Any

from chalicelib.bridges import configs
from chalicelib.bridges.schemas import BridgeRead, BridgeSummary
from chalicelib.bridges.store import BridgeItem
from chalicelib.organizations.known_settings import known
from chalicelib.organizations.principals import EmbedSession


def shown(item: BridgeItem, config: dict[str, Any], session: EmbedSession) -> BridgeRead:
    """As documented, with the config; covered where the organization wants it, or where nobody vouched for who asks."""
    redacted = known(session.config).redact_bridge_config or not session.verified
    return read(item, configs.masked(item.type, config) if redacted else config)


def read(item: BridgeItem, config: dict[str, Any]) -> BridgeRead:
    return BridgeRead(
        id=item.id,
        organization_id=item.organization_id,
        type=item.type,
        name=item.name,
        config=config,
        status=item.status,
        end_user_id=item.end_user_id,
        dispatcher_id=item.dispatcher_id,
        last_sync_at=item.last_sync_at,
        error_message=item.error_message,
        created_at=item.created_at,
        updated_at=item.updated_at,
    )


def summary(item: BridgeItem) -> BridgeSummary:
    return BridgeSummary(
        id=item.id,
        name=item.name,
        type=item.type,
        status=item.status,
        last_sync_at=item.last_sync_at,
        error_message=item.error_message,
        created_at=item.created_at,
        updated_at=item.updated_at,
    )
