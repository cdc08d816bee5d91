"""Compares an organization's totals with the counters of its end users, and corrects them. Used by `verify`."""

from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from chalicelib.table import keys
from chalicelib.table.reads import each_page, get_many
from chalicelib.totals import organization as totals
from chalicelib.totals.store import TotalledItem
from local.commands.drifts import CounterDrift, correct, differences


class TotalsDrift(NamedTuple):
    end_users: list[str]
    """Those whose counters are not what the totals contain of them."""
    shards: list[CounterDrift]
    """Totals that are not the sum of what they contain."""

    def describe(self) -> list[str]:
        stale = [f"the organization's totals lack changes of end user {user}" for user in self.end_users]
        return [*stale, *map(str, self.shards)]


def recount_totals(organization_id: str) -> TotalsDrift:
    """Reads the counters of each end user, and what the totals contain of them, once."""
    contained, shards = _contained(organization_id)
    users = dict.fromkeys([*_user_ids(organization_id), *contained])
    stats = get_many(keys.end_user_stats(organization_id, user) for user in users)
    stale = [
        user
        for user in users
        if contained.get(user, {}) != totals.counts_in(stats.get(keys.end_user_stats(organization_id, user), {}))
    ]
    return TotalsDrift(stale, shards)


def repair_totals(organization_id: str, before: TotalsDrift) -> list[str]:
    """Add up anew what differs, and correct the totals that were wrong in the same way `before`. Describes that."""
    found = recount_totals(organization_id)
    corrected = [drift for drift in found.shards if drift in before.shards and correct(drift)]
    totals.add_up(organization_id, found.end_users)
    return TotalsDrift(found.end_users, corrected).describe()


def _contained(organization_id: str) -> tuple[dict[str, dict[str, int]], list[CounterDrift]]:
    """What the totals contain of each end user, and the shards that are not the sum of that."""
    contained: dict[str, dict[str, int]] = {}
    drifts: list[CounterDrift] = []
    for key in totals.total_keys(organization_id):
        stored: dict[str, int] = {}
        counted: Counter[str] = Counter()
        for row in (row for page in each_page(key.pk, consistent=True) for row in page.rows):
            if row["sk"]["S"] == key.sk:
                stored = totals.counts_in(row)
            else:
                contained[row["sk"]["S"]] = TotalledItem.of(row).counts
                counted.update(contained[row["sk"]["S"]])
        drifts += differences(key, f"the organization's totals {key.pk}", stored, counted)
    return contained, drifts


def _user_ids(organization_id: str) -> Iterator[str]:
    for page in each_page(keys.end_user_list(organization_id, "", "").pk, index="gsi1"):
        yield from (keys.part_after_separator(row["pk"]["S"]) for row in page.rows)
