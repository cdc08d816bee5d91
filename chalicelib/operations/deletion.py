"""Deletes everything of an organization. Idempotent: a deletion that was interrupted is simply started again."""

import time
from collections import Counter
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field

from chalicelib.kit import log
from chalicelib.kit.errors import NotFound
from chalicelib.operations.inventory import walk
from chalicelib.operations.item_types import type_of
from chalicelib.organizations import configs, suspension
from chalicelib.organizations.store import FormerSlugItem
from chalicelib.table import keys
from chalicelib.table.batch_write import write_many
from chalicelib.table.items import Row
from chalicelib.table.keys import Key

MAX_PASSES = 20
INDEX_LAG_S = 10.0
"""Time between two passes: an index may list an item a moment late, and a request under way may write a last one."""


@dataclass(slots=True)
class DeletionReport:
    deleted: Counter[str] = field(default_factory=Counter)
    """The number of items by type."""
    passes: int = 0
    is_complete: bool = False
    """Whether the last pass found nothing."""

    @property
    def total(self) -> int:
        return self.deleted.total()


def delete_organization(
    organization_id: str,
    report: Callable[[DeletionReport], None] = lambda _: None,
    *,
    sleep: Callable[[float], None] = time.sleep,
) -> DeletionReport:
    """Suspend the organization, then delete until a pass finds nothing. `report` is called after each batch."""
    with suppress(NotFound):
        suspension.suspend(organization_id)
    done = DeletionReport()
    while not done.is_complete and done.passes < MAX_PASSES:
        if done.passes:
            sleep(INDEX_LAG_S)
        before = done.total
        for rows, _ in walk(organization_id):
            _delete(organization_id, rows, done)
            report(done)
        done.passes += 1
        done.is_complete = done.total == before
    log.info("organization_deleted", organization_id=organization_id, items=done.total, complete=done.is_complete)
    return done


def _delete(organization_id: str, rows: list[Row], done: DeletionReport) -> None:
    by_key = {Key(row["pk"]["S"], row["sk"]["S"]): row for row in rows}
    root = keys.organization(organization_id)
    # The root alone and last: as long as it exists, the organization is listed and its deletion can be continued.
    write_many(_anonymous_slugs(by_key), [key for key in by_key if key != root and not keys.is_former_slug(key)])
    if root in by_key:
        write_many(deletes=[root])
    for row in by_key.values():
        found = type_of(row)
        done.deleted[found.label if found else "?"] += 1


def _anonymous_slugs(by_key: Mapping[Key, Row]) -> list[FormerSlugItem]:
    """Slugs stay taken for a year, without a trace of the organization, so that nobody takes over the links to them."""
    items = [FormerSlugItem.of(row) for key, row in by_key.items() if keys.is_former_slug(key)]
    items += [configs.former_slug(slug, "") for key in by_key if (slug := keys.slug_of(key)) is not None]
    for item in items:
        item.organization_id = None
        item.index_1(None)
    return items
