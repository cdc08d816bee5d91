"""What the API asks of the function that speaks with platforms."""

import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any

from chalicelib.bridges import holdings, oauth
from chalicelib.bridges import service as bridges
from chalicelib.bridges.oauth import InvalidState
from chalicelib.bridges.store import BridgeItem
from chalicelib.connectors import consent, platforms
from chalicelib.connectors.connection import Connection
from chalicelib.connectors.faults import AuthFault, Fault, Forged, OutOfTime
from chalicelib.connectors.hook_keeping import address_of
from chalicelib.connectors.shop import ConsentAnswer, HookTarget, Shop
from chalicelib.connectors.transport import BoundedHttp
from chalicelib.kit import clock, log
from chalicelib.kit.errors import NotFound
from chalicelib.kit.settings import settings
from chalicelib.organizations.principals import SYSTEM
from chalicelib.table.transaction import retry_on_conflict
from chalicelib.tasks import leases
from chalicelib.tasks import service as tasks
from chalicelib.tasks.leases import Lease, LeaseLost, NoWork

ANSWER_S = 20.0
"""The API waits a little longer (`chalicelib.kit.aws`)."""


def answer(request: Mapping[str, Any]) -> Any:
    with log.bound(organization_id=request["organization_id"], bridge_id=request["bridge_id"]):
        return _ANSWERS[request["ask"]](request)


def _test(request: Mapping[str, Any]) -> dict[str, Any] | None:
    """Whether the stored config works, in words for people. None if there is no such bridge."""
    bridge = _bridge(request["organization_id"], request["bridge_id"])
    platform = platforms.find(bridge.type) if bridge is not None else None
    if bridge is None or platform is None:
        return None
    lease = _lease(bridge) if platform.renew is not None else None
    connection = Connection(platform, bridge, BoundedHttp(time.monotonic() + ANSWER_S), lease)
    try:
        tested = connection.call(platform.test)
        return {"success": True, "message": tested.message, "is_conclusive": True}
    except OutOfTime:
        return {
            "success": False,
            "message": "The shop did not answer in time.",
            "is_conclusive": False,
            "code": "UNREACHABLE",
        }
    except Fault as fault:
        # A shop that worked before may be down for a moment; one that never did is probably another address.
        conclusive = isinstance(fault, AuthFault) or not tasks.has_worked(bridge.organization_id, bridge.id)
        return {
            "success": False,
            "message": connection.mask(fault.message),
            "is_conclusive": conclusive,
            "code": fault.code,
        }
    finally:
        if lease is not None:
            with suppress(LeaseLost):
                # Due at once: what was due before is not known any more.
                lease.let_go(clock.timestamp())


def _bridge(organization_id: str, bridge_id: str) -> BridgeItem | None:
    owner = holdings.find_owner(bridge_id)
    if owner is None or owner.organization_id != organization_id:
        return None
    try:
        return bridges.get(organization_id, owner.end_user_id, bridge_id)
    except NotFound:
        return None


def _lease(bridge: BridgeItem) -> Lease | None:
    """For renewing credentials. Whoever has the lease renews them anyway."""
    try:
        return leases.acquire(bridge.organization_id, bridge.id)
    except NoWork:
        return None


def _complete(request: Mapping[str, Any]) -> dict[str, Any]:
    """Get the credentials that the merchant agreed to, try them at that very shop, and connect the bridge."""
    state, http = request["state"], BoundedHttp(time.monotonic() + ANSWER_S)
    try:
        flow = consent.open_flow(request["bridge_type"], state)
        asked = consent.consent_of(flow, state, request["base_url"], http)
        assert flow.platform.complete is not None
        given = ConsentAnswer(request["query"], consent.read_answer(flow.state), {})
        config = flow.platform.complete(asked, given)
        tested = flow.platform.test(Shop(flow.state.bridge_id, config, http, {}, asked.app))
        retry_on_conflict(lambda: oauth.connect(flow.state, config, SYSTEM))
    except (Forged, InvalidState):
        return {"success": False, "message": "This is not the answer that was waited for. Start again."}
    except OutOfTime:
        return {"success": False, "message": "The shop did not answer in time. Start again."}
    except Fault as fault:
        return {"success": False, "message": fault.message}
    return {"success": True, "message": tested.message}


def _remove_hooks(request: Mapping[str, Any]) -> None:
    """Of a bridge that was deleted: nobody waits, and nothing is stored."""
    platform = platforms.find(request["bridge_type"])
    remove_hooks = platform.remove_hooks if platform is not None else None
    base_url = settings().public_base_url or request["base_url"]
    if platform is None or remove_hooks is None or not base_url:
        return
    bridge = BridgeItem(
        id=request["bridge_id"],
        organization_id=request["organization_id"],
        end_user_id=request["end_user_id"],
        type=request["bridge_type"],
        config=request["config"],
    )
    connection = Connection(platform, bridge, BoundedHttp(time.monotonic() + ANSWER_S))
    target = HookTarget(address_of(base_url, bridge.id), "")
    try:
        connection.call(lambda shop: remove_hooks(shop, target))
    except (Fault, OutOfTime) as fault:
        log.info("hooks_not_removed", reason=type(fault).__name__)


_ANSWERS: dict[str, Callable[[Mapping[str, Any]], Any]] = {
    "test": _test,
    "complete": _complete,
    "remove_hooks": _remove_hooks,
}
