"""Works on one bridge: takes its lease, does what waits, looks at the shop if that is due, and says when to come back.

A message only says that there may be work; everything else is read. So it may come twice, late, or not at all: then
the due index says the same.
"""

import time
from dataclasses import dataclass
from typing import Any

from chalicelib.bridges import holdings
from chalicelib.bridges.credentials import ConfigChanged
from chalicelib.bridges.service import BridgeNotOwned, BridgePaused, PendingOAuth
from chalicelib.bridges.store import BridgeItem
from chalicelib.catalog.bridge_types import has_connector
from chalicelib.connectors import failures, fulfilling, platforms, steps
from chalicelib.connectors.connection import Connection
from chalicelib.connectors.faults import Fault, OutOfTime
from chalicelib.connectors.messages import new_message
from chalicelib.connectors.transport import BoundedHttp
from chalicelib.connectors.visit import Visit
from chalicelib.kit import clock, log
from chalicelib.kit.queues import send
from chalicelib.kit.settings import settings
from chalicelib.organizations.known_settings import known_settings
from chalicelib.organizations.store import ConfigItem
from chalicelib.organizations.suspension import OrganizationSuspended, is_suspended
from chalicelib.table import keys
from chalicelib.table.reads import get_many, run_concurrently
from chalicelib.table.transaction import ConditionFailed, absent, put
from chalicelib.tasks import leases
from chalicelib.tasks import service as tasks
from chalicelib.tasks.leases import Lease, LeaseLost, NoWork
from chalicelib.tasks.service import BridgeRef, new_work
from chalicelib.tasks.store import TaskItem

VISIT_S = 270.0
"""No call begins later, and each takes 30 seconds at most: a task has five minutes."""
MAX_TASKS = 50
"""Read at once; more follow in the next round."""
SUSPENDED_S = 900
_STOPPED = (BridgePaused, PendingOAuth, BridgeNotOwned, OrganizationSuspended, ConfigChanged, ConditionFailed)
"""The bridge is no longer open, or something else changed under our hands: what is stored then says what to do."""


@dataclass(frozen=True, slots=True)
class Situation:
    bridge: BridgeItem | None
    config: ConfigItem | None
    tasks: list[TaskItem]


def handle(body: dict[str, Any]) -> None:
    """A message about a bridge, or about a shipment that its order's shop may have to be told of."""
    organization_id, base_url = body["organization_id"], body.get("base_url", "")
    if "shipment_id" in body:
        bridge_id = fulfilling.consider(organization_id, body["end_user_id"], body["shipment_id"])
        if bridge_id is None:
            return
    else:
        bridge_id = body["bridge_id"]
    ends = time.monotonic() + VISIT_S
    lease = _acquire(organization_id, bridge_id)
    if lease is None:
        return
    try:
        while not lease.release(_visit(lease, ends, base_url)):
            if time.monotonic() >= ends:
                _call_again(lease, base_url)
                lease.let_go(clock.timestamp())
                return
    except LeaseLost:
        log.info("lease_lost", bridge_id=bridge_id)


def _acquire(organization_id: str, bridge_id: str) -> Lease | None:
    try:
        return leases.acquire(organization_id, bridge_id)
    except NoWork:
        owner = holdings.find_owner(bridge_id)
        if owner is None or owner.organization_id != organization_id or not has_connector(owner.type):
            return None
        # The bridge is older than the connector of its type.
        put(new_work(BridgeRef(organization_id, owner.end_user_id, bridge_id, owner.type)), absent())
        return leases.acquire(organization_id, bridge_id)


def _visit(lease: Lease, ends: float, base_url: str) -> str | None:
    """Do what there is to do. Returns when to come back, None if only somebody else's action makes more work."""
    work = lease.work
    platform = platforms.find(work.bridge_type)
    found = _read(lease)
    bridge, config = found.bridge, found.config
    if platform is None or bridge is None or config is None or not bridge.is_open or bridge.status == "disconnected":
        return None
    if is_suspended(config):
        return clock.in_seconds(SUSPENDED_S)
    if (work.wait_until or "") > clock.timestamp():
        return work.wait_until
    http = BoundedHttp(ends, before_call=lease.renew)
    with log.bound(bridge_type=bridge.type, end_user_id=bridge.end_user_id):
        visit = Visit(lease, Connection(platform, bridge, http, lease), known_settings(config), found.tasks, base_url)
        try:
            steps.run(visit)
        except _STOPPED as stopped:
            log.info("work_stopped", reason=type(stopped).__name__)
            return clock.timestamp()
        except OutOfTime:
            _call_again(lease, base_url)
            return clock.timestamp()
        except Fault as fault:
            failures.record(visit, fault)
        except LeaseLost:
            raise
        except Exception as failure:
            failures.record_own(visit, failure)
            raise
        if len(found.tasks) == MAX_TASKS:
            _call_again(lease, base_url)
        return failures.next_visit(visit)


def _read(lease: Lease) -> Situation:
    """Everything that decides what to do, in one round trip."""
    work = lease.work
    bridge_key = keys.bridge(work.organization_id, work.end_user_id, work.bridge_id)
    config_key = keys.config(work.organization_id)
    rows, waiting = run_concurrently(
        lambda: get_many([bridge_key, config_key]),
        lambda: tasks.waiting(work.organization_id, work.bridge_id, MAX_TASKS),
    )
    bridge = BridgeItem.of(rows[bridge_key]) if work.end_user_id is not None and bridge_key in rows else None
    return Situation(bridge, ConfigItem.of(rows[config_key]) if config_key in rows else None, waiting)


def _call_again(lease: Lease, base_url: str) -> None:
    """Go on in a new message. If it is lost, the due index finds the work."""
    work = lease.work
    send(settings().bridges_queue_url, [new_message(work.organization_id, work.bridge_id, base_url)])
