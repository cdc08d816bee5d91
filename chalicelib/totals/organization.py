"""Orders and shipments of a whole organization by status, added up from the counters of its end users.

Beside the totals stands what they contain of each end user. Adding an end user up again writes the difference between
that and their counters, so it may happen twice, late, or for many changes at once, and none is lost as long as the last
one is followed by an adding up. The stream starts it for every change of an end user's counters (`events.relay`).

The totals are in shards, by end user. A change of an end user meets only what changes in the same shard.
"""

import zlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from typing import Final

from chalicelib.table import keys
from chalicelib.table.items import Row
from chalicelib.table.keys import Key
from chalicelib.table.reads import get_many
from chalicelib.table.transaction import ConditionFailed, Transaction, absent
from chalicelib.totals.store import ORDERS, SHIPMENTS, TotalledItem, counter

SHARDS: Final = 4
AT_ONCE: Final = 50
"""End users in one transaction, each one write, beside the shards."""
MAX_ROUNDS: Final = 20


class StillChanging(Exception):
    """The counters changed with every look. The message comes again."""


def shard_of(end_user_id: str) -> int:
    return zlib.crc32(end_user_id.encode()) % SHARDS


def total_keys(organization_id: str) -> list[Key]:
    return [keys.organization_totals(organization_id, shard) for shard in range(SHARDS)]


def totalled_key(organization_id: str, end_user_id: str) -> Key:
    return keys.totalled_end_user(organization_id, shard_of(end_user_id), end_user_id)


def totals_in(rows: Iterable[Row]) -> Counter[str]:
    """The sum of the shards, by the names of counters."""
    totals: Counter[str] = Counter()
    for row in rows:
        totals.update(counts_in(row))
    return totals


def counts_in(row: Row) -> dict[str, int]:
    """The non-zero counters of orders and shipments in a raw item."""
    counts = {name: int(value["N"]) for name, value in row.items() if name.startswith((ORDERS, SHIPMENTS))}
    return {name: number for name, number in counts.items() if number}


def add_up(organization_id: str, end_user_ids: Iterable[str]) -> None:
    """Bring the totals up to date with the counters of these end users. Safe to repeat, and to do concurrently."""
    waiting = sorted(set(end_user_ids))
    for start in range(0, len(waiting), AT_ONCE):
        _add_up(organization_id, waiting[start : start + AT_ONCE])


def _add_up(organization_id: str, end_user_ids: list[str]) -> None:
    """Looks again after each write: what it wrote may have been read before another one wrote something newer."""
    for _ in range(MAX_ROUNDS):
        transaction = _difference(organization_id, end_user_ids)
        if not len(transaction):
            return
        try:
            transaction.commit()
        except ConditionFailed:
            # Somebody else has added one of them up meanwhile.
            continue
    raise StillChanging


def _difference(organization_id: str, end_user_ids: list[str]) -> Transaction:
    stats = {user: keys.end_user_stats(organization_id, user) for user in end_user_ids}
    totalled = {user: totalled_key(organization_id, user) for user in end_user_ids}
    rows = get_many([*stats.values(), *totalled.values()])
    transaction = Transaction()
    changes: defaultdict[Key, Counter[str]] = defaultdict(Counter)
    for user in end_user_ids:
        counts, stored = counts_in(rows.get(stats[user], {})), rows.get(totalled[user])
        before = TotalledItem.of(stored).counts if stored else {}
        if counts == before:
            continue
        _replace(transaction, totalled[user], before, counts, is_stored=stored is not None)
        shard = changes[keys.organization_totals(organization_id, shard_of(user))]
        shard.update(counts)
        shard.subtract(before)
    for key, by_name in changes.items():
        # Orders that move from one end user to another may leave their shard's totals as they are.
        if actions := [counter(name).add(number) for name, number in by_name.items() if number]:
            transaction.update(key, actions)
    return transaction


def _replace(
    transaction: Transaction, key: Key, before: Mapping[str, int], counts: Mapping[str, int], *, is_stored: bool
) -> None:
    unchanged = TotalledItem.counts == before if is_stored else absent()
    if counts:
        transaction.put(TotalledItem.at(key, counts=dict(counts)), unchanged)
    else:
        transaction.delete(key, unchanged)
