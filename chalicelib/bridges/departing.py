"""What the deletion of a bridge means for its platform."""

from chalicelib.bridges.store import BridgeItem
from chalicelib.catalog.bridge_types import has_connector
from chalicelib.kit import log
from chalicelib.kit.aws import InvocationFailed, invoke_later
from chalicelib.kit.settings import settings


def remove_hooks(item: BridgeItem, base_url: str) -> None:
    """Have the webhooks of a deleted bridge removed at the platform. Best effort: the platform stops by itself when
    nobody answers. The config goes along as it is stored, encrypted, because the bridge is gone."""
    if not has_connector(item.type) or item.config is None:
        return
    payload = {
        "ask": "remove_hooks",
        "organization_id": item.organization_id,
        "end_user_id": item.end_user_id,
        "bridge_id": item.id,
        "bridge_type": item.type,
        "config": item.config,
        "base_url": base_url,
    }
    try:
        invoke_later(settings().work_on_bridges_function, payload)
    except InvocationFailed as failure:
        log.warning("hooks_not_removed", bridge_id=item.id, reason=type(failure.__cause__).__name__)
