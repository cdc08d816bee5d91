"""Writing prepared changes: as many as fit into one transaction, each transaction with its counters.

The transactions of one call follow one another, since all of them meet on the same two counter items.
"""

from collections import Counter
from collections.abc import Sequence
from typing import Generic, TypeVar, cast

from pynamodb.expressions.condition import Condition
from pynamodb.expressions.update import Action

from chalicelib.bridges import service as bridges
from chalicelib.kit.errors import Unavailable
from chalicelib.orders.store import OrderItem
from chalicelib.records.change import Change
from chalicelib.records.source import Source
from chalicelib.table.batch_write import write_many
from chalicelib.table.keys import Key
from chalicelib.table.transaction import ConditionFailed, Transaction, exists
from chalicelib.totals import service as totals
from chalicelib.totals.store import EndUserStatsItem

ROOM = 100 - 3
"""Items in a transaction, beside the bridge's owner and the two counters."""
MAX_BYTES = 3_000_000
"""A transaction takes 4 MB; keys and attribute names are not counted here."""

K = TypeVar("K")


class Written(Generic[K]):
    """What became of the changes, by whatever names them: `redo` met something newer and must be prepared again."""

    def __init__(self) -> None:
        self.done: list[K] = []
        self.redo: list[K] = []
        self.failed: list[K] = []


def write(
    source: Source,
    changes: Sequence[tuple[K, Change]],
    stats: EndUserStatsItem,
    heads: frozenset[str] = frozenset(),
    *,
    apart: bool = False,
) -> Written[K]:
    """All changes, each wholly or not at all. `stats`: as read before looking for what shipments wait for. `heads`:
    beginnings that search has to know from now on, since these orders rely on it. `apart`: each in a transaction of
    its own, so that one that meets others again and again does not hold up the rest."""
    written: Written[K] = Written()
    real = [(name, change) for name, change in changes if len(change.writes)]
    written.done += [name for name, change in changes if not len(change.writes)]
    puts = [item for _, change in real for item in change.first]
    deletes = [key for _, change in real for key in change.first_removed]
    if puts or deletes:
        try:
            write_many(puts, deletes)
        except Unavailable:
            written.failed += [name for name, _ in real]
            return written
    for group in [[one] for one in real] if apart else _groups(real):
        _write_group(source, group, stats, heads, written)
    removed = [key for name, change in real if name in written.done for key in change.last_removed]
    removed += [key for name, change in real if name in written.redo for key in change.loose]
    write_many(deletes=removed)
    return written


def _write_group(
    source: Source,
    group: list[tuple[K, Change]],
    stats: EndUserStatsItem,
    heads: frozenset[str],
    written: Written[K],
) -> None:
    names = [name for name, _ in group]
    if written.failed:
        # The table refuses more than it can take; more of it now would make that worse.
        written.failed += names
        return
    try:
        _transaction(source, [change for _, change in group], stats, heads).commit()
    except ConditionFailed:
        written.redo += names
    except Unavailable:
        written.failed += names
    else:
        written.done += names


def _groups(changes: Sequence[tuple[K, Change]]) -> list[list[tuple[K, Change]]]:
    groups: list[list[tuple[K, Change]]] = []
    room = size = 0
    for name, change in changes:
        items = len(change.writes) + len(change.needs | change.needs_customer)
        if not groups or items > room or size + change.bytes > MAX_BYTES:
            groups.append([])
            room, size = ROOM, 0
        groups[-1].append((name, change))
        room -= items
        size += change.bytes
    return groups


def _transaction(source: Source, changes: list[Change], stats: EndUserStatsItem, heads: frozenset[str]) -> Transaction:
    org, user = source.organization_id, source.end_user_id
    transaction = Transaction()
    counts: Counter[str] = Counter()
    for change in changes:
        transaction.extend(change.writes)
        counts.update(change.counts)
    whole = set[Key]().union(*(change.needs_customer for change in changes))
    for key in whole:
        transaction.check(key, _is_not_erased())
    for key in set[Key]().union(*(change.needs for change in changes)) - whole:
        transaction.check(key, exists())
    bridges.require_owner(transaction, source.bridge_id, user)
    more: list[Action] = []
    if any(change.makes_order for change in changes):
        more += totals.orders_created(source.bridge_id)
    if heads:
        more += totals.heads_found(heads)
    waits = [change.waits for change in changes]
    if any(waits):
        more += totals.shipments_wait(sum(waits))
    begin = any(change.waits > 0 for change in changes)
    provided = totals.no_order_since(stats) if begin else None
    totals.count(transaction, org, user, source.bridge_id, counts, more=more, provided=provided)
    return transaction


def _is_not_erased() -> Condition:
    """The order is there, and its customer was not taken out."""
    return cast(Condition, exists() & OrderItem.erased.does_not_exist())
