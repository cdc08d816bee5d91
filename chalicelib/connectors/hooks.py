"""Hooks of platforms: what comes in, and that it goes on coming.

A hook brings an id and a topic; the source is asked for the rest. It is answered once the work is queued.
"""

import hashlib
from collections.abc import Mapping

from chalicelib.bridges import credentials, holdings, hook_secrets
from chalicelib.bridges import service as bridges
from chalicelib.bridges.store import BridgeItem, BridgeOwnerItem
from chalicelib.connectors import apps, platforms
from chalicelib.connectors.faults import Forged
from chalicelib.connectors.messages import new_message
from chalicelib.connectors.platform import Hook, Platform
from chalicelib.connectors.shop import HookRequest
from chalicelib.kit import ids, log
from chalicelib.kit.errors import NotFound, Unauthorized
from chalicelib.kit.queues import NotSent, send
from chalicelib.kit.said import Said
from chalicelib.kit.settings import settings
from chalicelib.organizations.store import ConfigItem
from chalicelib.organizations.suspension import REASON, is_suspended
from chalicelib.security.rate_limits import Limit, consume
from chalicelib.table import keys
from chalicelib.table.reads import get_many
from chalicelib.table.transaction import retry_on_conflict
from chalicelib.tasks import service as tasks

ADDRESS_LIMIT = Limit("hook-address", 3000, 60)
"""A platform sends the hooks of all its shops from a few addresses."""
BRIDGE_LIMIT = Limit("hook-bridge", 600, 60)
MAX_BYTES = 1024 * 1024
DISCONNECTED = Said.of("removed_at_shop", "The connection was removed at the shop. Connect it again.")


class ForgedHook(Unauthorized):
    code = "hook_forged"
    message = "The signature is not the platform's."


def take(bridge_id: str, headers: Mapping[str, str], body: bytes, query: Mapping[str, str]) -> None:
    """Queue what a hook is about. Nothing is decrypted before the bridge's limit was counted. NotFound for unknown and
    deleted bridges, ForgedHook without a good signature."""
    owner = holdings.find_owner(bridge_id) if ids.is_id(bridge_id) else None
    platform = platforms.find(owner.type) if owner is not None else None
    if owner is None or platform is None or platform.read_hook is None:
        raise NotFound
    consume(BRIDGE_LIMIT, bridge_id)
    hook = _read(platform, owner, bridge_id, headers, body, query)
    bridge = _open_bridge(owner, bridge_id)
    if bridge is None:
        return
    if hook.is_disconnected:
        credentials.report_broken(bridge, DISCONNECTED, reconnect=True)
    elif hook.task is not None:
        _queue(bridge, hook, body)


def _read(
    platform: Platform,
    owner: BridgeOwnerItem,
    bridge_id: str,
    headers: Mapping[str, str],
    body: bytes,
    query: Mapping[str, str],
) -> Hook:
    assert platform.read_hook is not None
    secret = hook_secrets.read(owner, bridge_id)
    if secret is None:
        # No hooks were ever registered for this bridge.
        raise ForgedHook
    try:
        return platform.read_hook(HookRequest(headers, body, query, secret, apps.credentials(owner.type)))
    except Forged:
        raise ForgedHook from None


def _open_bridge(owner: BridgeOwnerItem, bridge_id: str) -> BridgeItem | None:
    """The bridge, if work may be queued for it. The platform is told the same in any case: it would switch off hooks
    that are refused, and what they are about is found by the next look."""
    bridge_key, config_key = owner.bridge_key(bridge_id), keys.config(owner.organization_id)
    rows = get_many([bridge_key, config_key])
    if config_key in rows and is_suspended(ConfigItem.of(rows[config_key])):
        log.info("hook_dropped", bridge_id=bridge_id, reason=REASON)
        return None
    bridge = BridgeItem.of(rows[bridge_key]) if bridge_key in rows else None
    if bridge is None or bridge.end_user_id is None or not bridge.is_open:
        log.info("hook_dropped", bridge_id=bridge_id, reason=bridge.status if bridge is not None else "moved")
        return None
    return bridge


def _queue(bridge: BridgeItem, hook: Hook, body: bytes) -> None:
    task, delivery = hook.task, hook.delivery_id or hashlib.sha256(body).hexdigest()
    assert task is not None
    ref = bridges.ref_of(bridge)
    if not retry_on_conflict(lambda: tasks.take_hook(ref, delivery, task, hook.external_id)):
        log.info("hook_repeated", bridge_id=bridge.id, topic=hook.topic)
        return
    try:
        send(settings().bridges_queue_url, [new_message(bridge.organization_id, bridge.id)])
    except NotSent as failure:
        # The task is stored, and is done at the next look.
        log.error("hook_not_sent", failure, bridge_id=bridge.id)
