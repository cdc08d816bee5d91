from typing import Any

from pynamodb.attributes import UnicodeAttribute

from chalicelib.kit import clock
from chalicelib.table import keys
from chalicelib.table.items import DocumentAttribute, IntegerAttribute, Item
from chalicelib.table.keys import Key
from chalicelib.table.pages import Entries, Window, list_entries
from chalicelib.table.reads import count, find, get_many, query

MAX_COUNTED = 10_000
RUNS_KEPT_S = 30 * 86400


class WorkItem(Item):
    """How far the connector is with one bridge. Only who holds the lease writes it, apart from `woken`, `end_user_id`
    and the due key. It has the due key of the bridge's next work."""

    organization_id = UnicodeAttribute()
    end_user_id = UnicodeAttribute(null=True)
    """The bridge's, from its own key."""
    bridge_id = UnicodeAttribute()
    bridge_type = UnicodeAttribute()
    lease_id = UnicodeAttribute(null=True)
    lease_until = UnicodeAttribute(null=True)
    woken = IntegerAttribute(default=0)
    """Counts who found the lease taken: whoever holds it looks once more before letting go."""
    marks = DocumentAttribute(default=dict)
    """By task: until when the source's changes were read, by the source's clock. A task without one has never been
    done to its end."""
    progress = DocumentAttribute(null=True)
    """`{done, total}` while the first sync runs."""
    last_sync_at = UnicodeAttribute(null=True)
    idle_runs = DocumentAttribute(default=dict)
    """By task: the last scheduled run that changed nothing, in a run's shape."""
    wait_until = UnicodeAttribute(null=True)
    """The platform asked for no calls before this time."""
    poll_at = UnicodeAttribute(null=True)
    """When the source is looked at next; None before the first time."""
    retry_at = UnicodeAttribute(null=True)
    """After failures, scheduled work waits until this time."""
    failures = IntegerAttribute(default=0)
    failing_since = UnicodeAttribute(null=True)
    proven = UnicodeAttribute(null=True)
    """The fingerprint of the config that last worked."""
    refused = UnicodeAttribute(null=True)
    """The fingerprint of a config that did not work."""
    renew_at = UnicodeAttribute(null=True)
    """When the credentials have to be renewed."""
    hooks_checked_at = UnicodeAttribute(null=True)
    compared_at = UnicodeAttribute(null=True)
    """When our records were last compared with what the source still has."""
    compared_days = IntegerAttribute(default=60)
    """How far back they are compared: fewer days for shops whose orders of that time are too many for one visit."""
    memory = DocumentAttribute(default=dict)
    """What the platform's package wants remembered."""

    @property
    def next_at(self) -> str | None:
        """When the next work is due."""
        return keys.due_time(Key(self.duepk or "", self.duesk)) if self.duesk else None

    @property
    def is_leased(self) -> bool:
        return self.lease_id is not None and (self.lease_until or "") > clock.timestamp()


class TaskItem(Item):
    """Something to be done for a bridge. Gone once it is done."""

    run_id = UnicodeAttribute(null=True)
    """The run that waits or is under way; None between a failure and the next attempt."""
    task = UnicodeAttribute()
    trigger = UnicodeAttribute()
    created_at = UnicodeAttribute()
    asked = IntegerAttribute(default=1)
    """How often it was asked for. If that grew while it was done, it is done again."""
    order_external_id = UnicodeAttribute(null=True)
    request = DocumentAttribute(null=True)
    shipment = DocumentAttribute(null=True)
    checkpoint = DocumentAttribute(null=True)
    """`{since, mark, cursor, counts, done, total, first, started_at}` of the pages that are done."""
    attempts = IntegerAttribute(default=0)
    not_before = UnicodeAttribute(null=True)

    @property
    def subject_is_one(self) -> bool:
        """Whether the task is for one order, shipment or request, rather than for all of a shop's."""
        return str(self.task) not in ("grab_orders", "grab_shipments")


class RunItem(Item):
    """One execution of a task, for people to read."""

    name = UnicodeAttribute()
    """The task's, in its key."""
    task = UnicodeAttribute()
    trigger = UnicodeAttribute()
    status = UnicodeAttribute()
    created_at = UnicodeAttribute()
    started_at = UnicodeAttribute(null=True)
    finished_at = UnicodeAttribute(null=True)
    counts = DocumentAttribute(default=dict)
    error = DocumentAttribute(null=True)

    @property
    def id(self) -> str:
        return str(self.sk)


class FulfilmentItem(Item):
    """What a shop was told of a shipment."""

    fulfilment_id = UnicodeAttribute()
    """The shop's own."""
    tracking_number = UnicodeAttribute()
    carrier = UnicodeAttribute(null=True)


class HookItem(Item):
    """A hook that was taken in, so that the platform's next delivery of it is recognised."""


def find_work(organization_id: str, bridge_id: str) -> WorkItem | None:
    return find(WorkItem, keys.bridge_work(organization_id, bridge_id))


def read_works(organization_id: str, bridge_ids: list[str]) -> dict[str, WorkItem]:
    """Work by bridge id; bridges without a connector have none."""
    rows = get_many(keys.bridge_work(organization_id, bridge_id) for bridge_id in bridge_ids)
    return {item.bridge_id: item for item in map(WorkItem.of, rows.values())}


def find_fulfilment(organization_id: str, bridge_id: str, shipment_id: str) -> FulfilmentItem | None:
    return find(FulfilmentItem, keys.bridge_fulfilment(organization_id, bridge_id, shipment_id))


def list_tasks(organization_id: str, bridge_id: str, limit: int) -> list[TaskItem]:
    """What waits or runs, by name."""
    partition = keys.bridge_task(organization_id, bridge_id, "").pk
    return [TaskItem.of(row) for row in query(partition, limit=limit, consistent=True).rows]


def list_runs(organization_id: str, bridge_id: str, window: Window) -> Entries:
    """Rows of runs, newest first."""
    return list_entries(keys.bridge_run(organization_id, bridge_id, "").pk, window, consistent=True)


def count_runs(organization_id: str, bridge_id: str) -> tuple[int, bool]:
    return count(keys.bridge_run(organization_id, bridge_id, "").pk, limit=MAX_COUNTED, consistent=True, max_pages=2)


def new_run(organization_id: str, bridge_id: str, run_id: str, task: TaskItem, status: str, **more: Any) -> RunItem:
    return RunItem.at(
        keys.bridge_run(organization_id, bridge_id, run_id),
        name=task.sk,
        task=task.task,
        trigger=task.trigger,
        status=status,
        created_at=more.pop("created_at", None) or clock.timestamp(),
        expires=clock.epoch(clock.in_seconds(RUNS_KEPT_S)),
        **more,
    )


def partitions(organization_id: str, bridge_id: str) -> list[str]:
    """The partitions that hold everything of one bridge's work."""
    return [
        make(organization_id, bridge_id, "").pk
        for make in (keys.bridge_task, keys.bridge_run, keys.bridge_hook, keys.bridge_fulfilment)
    ]
