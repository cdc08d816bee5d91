"""Finds every item of an organization, by its lists and partitions, without a scan.

A deletion that dies half way finds the rest when it starts again, because what leads to other items comes after them.
Positions can be saved, so that an export continues where it stopped. Each item costs one read, and each list entry
another; orders and shipments that a sync left half written are found through their search entries.
"""

from collections.abc import Iterator
from typing import NamedTuple

from chalicelib.action_requests.schemas import REQUEST_STATUSES
from chalicelib.operations.reader import Reader, Step
from chalicelib.operations.steps import PHASES
from chalicelib.table import keys
from chalicelib.table.items import Row
from chalicelib.table.reads import each_page, query


class Position(NamedTuple):
    """Where a walk continues: within a source of a step for an end user, after the index or table key `after`."""

    phase: int = 0
    end_user_id: str = ""
    step: int = 0
    source: int = 0
    after: Row | None = None


Batch = tuple[list[Row], Position]


def walk(organization_id: str, start: Position | None = None) -> Iterator[Batch]:
    """Items in batches, each with a position. The position moves once all that its page leads to has been found; after
    a restart, the items of that page come again."""
    start = start or Position()
    reader = Reader(organization_id)
    users = list_end_users(organization_id)
    for phase, (steps, is_per_user) in enumerate(PHASES):
        for user in users if is_per_user else [keys.UNOWNED]:
            for number, step in enumerate(steps):
                here = Position(phase, user, number)
                if here[:3] >= start[:3]:
                    yield from _run(reader, step, here, start if here[:3] == start[:3] else here)


def _run(reader: Reader, step: Step, here: Position, start: Position) -> Iterator[Batch]:
    for number, source in enumerate(step.sources(reader, here.end_user_id)):
        if number < start.source:
            continue
        after = start.after if number == start.source else None
        while True:
            current = here._replace(source=number, after=after)
            page = query(source.pk, index=source.index, consistent=source.index is None, after=after)
            for rows in step.expand(reader, here.end_user_id, page.rows):
                yield rows, current
            after = page.last
            if after is None:
                break


def list_end_users(organization_id: str) -> list[str]:
    """Ids of the end users who have items, deleted ones included, and UNOWNED. Reads the organization's lists of end
    users, bridges, events and requests."""
    users = {keys.UNOWNED}
    # Only the partition keys of end users and their bridges contain the end user.
    for pk in (keys.end_user_list(organization_id, "", "").pk, keys.bridge_list(organization_id, "", "").pk):
        for page in each_page(pk, index="gsi1"):
            users |= {keys.part_after_separator(row["pk"]["S"]) for row in page.rows}
            for row in page.rows:
                users |= set(_holders(organization_id, row))
    for page in each_page(keys.event_list(organization_id, "").pk, index="gsi1"):
        users |= {keys.owner_of_event(row["pk"]["S"])[1] or keys.UNOWNED for row in page.rows}
    for status in REQUEST_STATUSES:
        for page in each_page(keys.action_request_queue(organization_id, status, "").pk):
            users |= {row["end_user_id"]["S"] for row in page.rows}
    return sorted(users)


def _holders(organization_id: str, row: Row) -> Iterator[str]:
    """Former owners of a listed bridge who still have data from it."""
    if row["sk"]["S"].startswith(keys.BRIDGES):
        bridge_id = keys.part_after_separator(row["sk"]["S"])
        for page in each_page(keys.bridge_stats(organization_id, bridge_id, "").pk):
            yield from (each["sk"]["S"] for each in page.rows)
