"""Sees to it, hourly, that the platform posts its hooks to us: registered, complete, switched on."""

from chalicelib.bridges import hook_secrets
from chalicelib.connectors.faults import AuthFault, Fault, RateLimited
from chalicelib.connectors.shop import HookTarget
from chalicelib.connectors.visit import Visit
from chalicelib.kit import clock, log
from chalicelib.kit.settings import settings

CHECK_EVERY_S = 3600


def address_of(base_url: str, bridge_id: str) -> str:
    return f"{base_url}/hooks/bridges/{bridge_id}"


def keep(visit: Visit) -> None:
    """Without hooks a shop is polled all the same, so a platform that refuses them fails nothing."""
    keep_hooks, checked_at = visit.platform.keep_hooks, visit.lease.work.hooks_checked_at
    is_checked = checked_at is not None and checked_at > clock.in_seconds(-CHECK_EVERY_S)
    base_url = settings().public_base_url or visit.base_url
    if keep_hooks is None or is_checked or not base_url:
        return
    bridge = visit.connection.bridge
    secret = hook_secrets.ensure(bridge.id)
    if secret is None:
        return
    target = HookTarget(address_of(base_url, bridge.id), secret)
    try:
        signed_with = visit.connection.call(lambda shop: keep_hooks(shop, target))
    except (AuthFault, RateLimited):
        raise
    except Fault as fault:
        log.info("hooks_not_kept", code=fault.code, message=visit.connection.mask(fault.message))
    else:
        if signed_with is not None and signed_with != secret:
            hook_secrets.replace(bridge.organization_id, bridge.id, signed_with)
    visit.lease.note(hooks_checked_at=clock.timestamp())
