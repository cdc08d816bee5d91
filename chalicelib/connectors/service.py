"""What merchants and organizations ask of connectors, and what they see of their work."""

from functools import partial

from chalicelib.action_requests.applications import ApplicationEnded
from chalicelib.bridges import administration
from chalicelib.bridges import service as bridges
from chalicelib.catalog.bridge_types import BridgeType, catalog
from chalicelib.connectors import platforms, serving
from chalicelib.kit.errors import Conflict
from chalicelib.organizations.principals import Actor, ApiKey, EmbedSession, ServiceKey
from chalicelib.security.rate_limits import Limit, consume
from chalicelib.table.pages import Window
from chalicelib.table.transaction import Transaction, retry_on_conflict
from chalicelib.tasks import external
from chalicelib.tasks import service as tasks
from chalicelib.tasks.schemas import RunRead, TaskName, TaskRead, TaskResult

SYNC_LIMIT = Limit("bridge-sync-user", 30, 60)
RunPage = tuple[list[RunRead], int, bool, str | None]


class NoTasks(Conflict):
    code = "sync_not_available"
    message = "The service of this bridge syncs by its own schedule and takes no tasks."


def ask_for_sync(session: EmbedSession, bridge_id: str, by: Actor) -> list[RunRead]:
    """Queue a run for each kind of record. A run that already waits is not queued twice."""
    item = bridges.get(session.organization_id, session.end_user_id, bridge_id)
    bridge_type = catalog().get(item.type)
    if bridge_type is None or not bridge_type.takes_tasks:
        raise NoTasks
    bridges.require_open(item)
    consume(SYNC_LIMIT, f"{session.organization_id}#{session.end_user_id}")

    def ask() -> list[str]:
        transaction = Transaction()
        asked = [tasks.ask(transaction, bridges.ref_of(item), task, "manual", by) for task in _tasks_of(bridge_type)]
        transaction.commit()
        return asked

    run_ids = retry_on_conflict(ask)
    found = [tasks.find_run(item.organization_id, item.id, run_id) for run_id in run_ids]
    return [run for run in found if run is not None]


def _tasks_of(bridge_type: BridgeType) -> list[TaskName]:
    platform = platforms.find(bridge_type.id) if bridge_type.is_bundled else None
    return [*platform.polled] if platform is not None else ["grab_orders", "grab_shipments"]


def runs_of_session(session: EmbedSession, bridge_id: str, window: Window) -> RunPage:
    item = bridges.get(session.organization_id, session.end_user_id, bridge_id)
    return tasks.list_page(item.organization_id, item.id, window)


def runs_of_bridge(principal: ApiKey | ServiceKey, bridge_id: str, window: Window) -> RunPage:
    item = administration.get(principal, bridge_id)
    return tasks.list_page(item.organization_id, item.id, window)


def tasks_of_service(principal: ServiceKey, bridge_id: str, window: Window) -> tuple[list[TaskRead], int, str | None]:
    """What waits for a bridge's service, how much that is, and the sort key to continue below."""
    item = administration.get(principal, bridge_id)
    waiting, total, following = external.list_queued(item.organization_id, item.id, window)
    return serving.with_changes(item, waiting), total, following


def record_result(principal: ServiceKey, bridge_id: str, run_id: str, result: TaskResult) -> RunRead:
    item = administration.get(principal, bridge_id)
    record = partial(external.record_result, item.organization_id, item.id, run_id, result)
    settle = partial(serving.settle_by_service, item, result)
    try:
        return record(settle)
    except ApplicationEnded:
        # By the same result at the same moment, or removed with its order: nothing is left to follow.
        return record(settle)
