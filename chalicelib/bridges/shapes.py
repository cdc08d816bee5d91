"""Response shapes of bridges: with the config, masked where necessary, or as a summary without it."""

from typing import Any

from chalicelib.bridges import configs
from chalicelib.bridges.schemas import BridgeRead, BridgeSummary
from chalicelib.bridges.store import BridgeItem
from chalicelib.organizations.known_settings import known_settings
from chalicelib.organizations.principals import EmbedSession


def read_for_session(item: BridgeItem, config: dict[str, Any], session: EmbedSession) -> BridgeRead:
    """With the config, masked if the organization wants it or the session is unverified."""
    is_masked = known_settings(session.config).redact_bridge_config or not session.verified
    return read(item, configs.mask(item.type, config) if is_masked else config)


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
