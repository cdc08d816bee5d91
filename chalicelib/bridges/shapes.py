"""Response shapes of bridges: with the config, masked where necessary, or as a summary without it. Events have the
snapshot, which does not say what a connector is doing."""

from collections.abc import Sequence
from typing import Any

from chalicelib.bridges import configs
from chalicelib.bridges.schemas import BridgeRead, BridgeSnapshot, BridgeSummary, EndUserBridge
from chalicelib.bridges.store import BridgeItem
from chalicelib.catalog.bridge_types import has_connector
from chalicelib.organizations.known_settings import known_settings
from chalicelib.organizations.principals import EmbedSession
from chalicelib.tasks import service as tasks
from chalicelib.tasks.schemas import WorkState


def states_of(items: Sequence[BridgeItem]) -> dict[str, WorkState]:
    """What connectors are doing with these bridges, by id. One round trip per hundred of them."""
    by_organization: dict[str, list[str]] = {}
    for item in items:
        if has_connector(item.type):
            by_organization.setdefault(item.organization_id, []).append(item.id)
    found: dict[str, WorkState] = {}
    for organization_id, bridge_ids in by_organization.items():
        found |= tasks.states(organization_id, bridge_ids)
    return found


def read_for_session(item: BridgeItem, config: dict[str, Any], session: EmbedSession) -> BridgeRead:
    """With the config, masked if the organization wants it or the session is unverified."""
    is_masked = known_settings(session.config).redact_bridge_config or not session.verified
    return read(item, configs.mask(item.type, config) if is_masked else config, states_of([item]).get(item.id))


def read(item: BridgeItem, config: dict[str, Any], state: WorkState | None = None) -> BridgeRead:
    state = state or WorkState()
    return BridgeRead(
        id=item.id,
        organization_id=item.organization_id,
        type=item.type,
        name=item.name,
        config=config,
        status=item.status,
        end_user_id=item.end_user_id,
        dispatcher_id=item.dispatcher_id,
        last_sync_at=_last_sync(item, state),
        error_message=item.error_message,
        created_at=item.created_at,
        updated_at=item.updated_at,
        **_connector_state(item, state),
    )


def of_end_user(item: BridgeItem, state: WorkState | None = None) -> EndUserBridge:
    return EndUserBridge(
        id=item.id,
        name=item.name,
        type=item.type,
        status=item.status,
        last_sync_at=_last_sync(item, state or WorkState()),
        created_at=item.created_at,
    )


def summary(item: BridgeItem, state: WorkState | None = None) -> BridgeSummary:
    state = state or WorkState()
    members = {**snapshot(item).model_dump(), "last_sync_at": _last_sync(item, state)}
    return BridgeSummary(**members, **_connector_state(item, state))


def snapshot(item: BridgeItem) -> BridgeSnapshot:
    return BridgeSnapshot(
        id=item.id,
        name=item.name,
        type=item.type,
        status=item.status,
        last_sync_at=item.last_sync_at,
        error_message=item.error_message,
        created_at=item.created_at,
        updated_at=item.updated_at,
    )


def _last_sync(item: BridgeItem, state: WorkState) -> str | None:
    """Scheduled runs that changed nothing are noted with the connector's work alone."""
    return max(filter(None, (item.last_sync_at, state.last_sync_at)), default=None)


def _connector_state(item: BridgeItem, state: WorkState) -> dict[str, Any]:
    return {
        "next_run_at": state.next_run_at,
        "running": state.running,
        "progress": state.progress,
        "error_code": item.error_code if item.error_message else None,
        "reconnect_required": item.reconnect_required,
        "push_fulfillments": item.push_fulfillments,
    }
