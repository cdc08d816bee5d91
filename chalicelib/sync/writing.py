"""Writes prepared changes: as many as fit into one transaction, each transaction with its counters.

The transactions of one call follow one another, since all of them update the same two counter items.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import Generic, TypeVar, cast

from pynamodb.expressions.condition import Condition
from pynamodb.expressions.update import Action

from chalicelib.bridges import service as bridges
from chalicelib.bridges.service import BridgeNotOwned
from chalicelib.kit import log
from chalicelib.kit.errors import Unavailable
from chalicelib.orders.store import OrderItem
from chalicelib.records.change import Change, RowWrite
from chalicelib.records.source import Source
from chalicelib.shipments.order_rows import update_of
from chalicelib.table.batch_write import write_many
from chalicelib.table.failures import is_invalid
from chalicelib.table.keys import Key
from chalicelib.table.transaction import ConditionFailed, Transaction, exists
from chalicelib.totals import service as totals
from chalicelib.totals.store import EndUserStatsItem

MAX_ITEMS = 100 - 3
"""Items in a transaction, without the bridge's owner and the two counters."""
MAX_BYTES = 3_000_000
"""A transaction takes 4 MB; keys and attribute names are not counted here."""

K = TypeVar("K")


class WriteResult(Generic[K]):
    """What became of the changes, each named by its `K`. `conflicted` ones met a newer version and must be prepared
    again; the table takes `refused` ones under no circumstances."""

    def __init__(self) -> None:
        self.done: list[K] = []
        self.conflicted: list[K] = []
        self.failed: list[K] = []
        self.refused: list[K] = []


def write(
    source: Source,
    changes: Sequence[tuple[K, Change]],
    stats: EndUserStatsItem,
    new_prefixes: frozenset[str] = frozenset(),
    *,
    one_by_one: bool = False,
) -> WriteResult[K]:
    """Write every change completely or not at all.

    `stats`: the end user's counters, read before the orders of shipments were looked up. `new_prefixes`: common
    prefixes that searches need from now on to find these orders. `one_by_one`: a transaction for each change, so that
    one that keeps conflicting does not hold up the others.
    """
    result: WriteResult[K] = WriteResult()
    effective = [(name, change) for name, change in changes if len(change.writes)]
    result.done += [name for name, change in changes if not len(change.writes)]
    ready = _write_before(effective, result)
    try:
        for group in [[one] for one in ready] if one_by_one else _groups(ready):
            _write_group(source, group, stats, new_prefixes, result)
    except BridgeNotOwned:
        # The clean-up finds what belongs to a record by the record, and new ones will not exist.
        new = [change for name, change in ready if change.outcome == "created" and name not in result.done]
        write_many(deletes=[item.key for change in new for item in change.puts_before])
        raise
    obsolete = [key for name, change in effective if name in result.done for key in change.deletes_after]
    without_effect = [*result.conflicted, *result.refused]
    obsolete += [key for name, change in effective if name in without_effect for key in change.orphans]
    write_many(deletes=obsolete)
    return result


def _write_before(group: list[tuple[K, Change]], result: WriteResult[K]) -> list[tuple[K, Change]]:
    """What the changes write before their transactions. Returns the changes that may go on."""
    puts = [item for _, change in group for item in change.puts_before]
    if not puts:
        return group
    try:
        write_many(puts)
    except Unavailable:
        result.failed += [name for name, _ in group]
        return []
    except Exception as error:
        if not is_invalid(error):
            raise
        if len(group) > 1:
            return [ready for one in group for ready in _write_before([one], result)]
        _refuse(group[0][0], error, result)
        return []
    return group


def _refuse(name: K, error: Exception, result: WriteResult[K]) -> None:
    # Limits are checked before, so that this is a mistake of ours. It must not cost the other records.
    log.error("sync_record_refused", error)
    result.refused.append(name)


def _write_group(
    source: Source,
    group: list[tuple[K, Change]],
    stats: EndUserStatsItem,
    new_prefixes: frozenset[str],
    result: WriteResult[K],
) -> None:
    names = [name for name, _ in group]
    if result.failed:
        # The table is throttling: more writes now would make that worse.
        result.failed += names
        return
    try:
        _transaction(source, [change for _, change in group], stats, new_prefixes).commit()
    except ConditionFailed:
        result.conflicted += names
    except Unavailable:
        result.failed += names
    except Exception as error:
        if not is_invalid(error):
            raise
        if len(group) > 1:
            for one in group:
                _write_group(source, [one], stats, new_prefixes, result)
        else:
            _refuse(names[0], error, result)
    else:
        result.done += names


def _groups(changes: Sequence[tuple[K, Change]]) -> list[list[tuple[K, Change]]]:
    groups: list[list[tuple[K, Change]]] = []
    room = size = 0
    for name, change in changes:
        items = len(change.writes) + len(_required(change) | change.order_rows.keys())
        if not groups or items > room or size + change.bytes > MAX_BYTES:
            groups.append([])
            room, size = MAX_ITEMS, 0
        groups[-1].append((name, change))
        room -= items
        size += change.bytes
    return groups


def _transaction(
    source: Source, changes: list[Change], stats: EndUserStatsItem, new_prefixes: frozenset[str]
) -> Transaction:
    org, user = source.organization_id, source.end_user_id
    transaction = Transaction()
    counts: Counter[str] = Counter()
    for change in changes:
        transaction.extend(change.writes)
        counts.update(change.counts)
    _require_items(transaction, changes)
    bridges.require_owner(transaction, source.bridge_id, user)
    extra: list[Action] = []
    if any(change.creates_order for change in changes):
        extra += totals.orders_created(source.bridge_id)
    if new_prefixes:
        extra += totals.add_common_prefixes(new_prefixes)
    deltas = [change.unlinked_delta for change in changes]
    if any(deltas):
        extra += totals.add_unlinked_shipments(sum(deltas))
    # A shipment stays unlinked only if its order has not been created since it was looked up.
    condition = totals.no_order_created_since(stats) if any(delta > 0 for delta in deltas) else None
    totals.count(transaction, org, user, source.bridge_id, counts, extra=extra, condition=condition)
    return transaction


def _require_items(transaction: Transaction, changes: list[Change]) -> None:
    """Check what must exist, and in the same write show shipments in the rows of their orders."""
    unerased = set[Key]().union(*(change.required_unerased for change in changes))
    required = set[Key]().union(*map(_required, changes))
    versions = {key: version for change in changes for key, version in change.required_versions.items()}
    rows: defaultdict[Key, dict[str, RowWrite]] = defaultdict(dict)
    for change in changes:
        for key, values in change.order_rows.items():
            rows[key] |= values
    for key in sorted({*required, *rows}):
        condition = _is_not_erased() if key in unerased else exists()
        if key in versions:
            condition = condition & (OrderItem.version == versions[key])
        if key in rows:
            actions, row_condition = update_of(rows[key])
            transaction.update(key, actions, condition if row_condition is None else condition & row_condition)
        else:
            transaction.check(key, condition)


def _required(change: Change) -> set[Key]:
    return change.required_items | change.required_unerased | change.required_versions.keys()


def _is_not_erased() -> Condition:
    """The order exists, and its customer was not erased."""
    return cast(Condition, exists() & OrderItem.erased.does_not_exist())
