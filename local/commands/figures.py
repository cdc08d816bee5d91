"""Counts the figures by day again, from the event log, and compares them. Used by `verify`."""

from collections import Counter, defaultdict
from datetime import timedelta

from chalicelib.events.store import KEPT_S, EventItem
from chalicelib.insights.facts import COUNTED, fact_of
from chalicelib.insights.store import NAMES
from chalicelib.kit import clock
from chalicelib.table import keys
from chalicelib.table.pages import fetch_items
from chalicelib.table.reads import Between, each_page

SETTLED_S = 3600
"""An event that the figures still lack after this time is lost."""
Days = dict[tuple[str | None, str], Counter[str]]
"""By end user (None: the organization) and day."""


def recount_figures(organization_id: str) -> list[str]:
    """What is wrong with the organization's figures. Days are compared as far as the log has all that made them."""
    first = clock.timestamp(clock.now() - timedelta(seconds=KEPT_S) + timedelta(days=2))[:10]
    counted, lost = _from_log(organization_id)
    problems = [f"figures: event {event_id} was never counted" for event_id in lost]
    users = sorted({user or keys.UNOWNED for user, _ in counted} | {keys.UNOWNED})
    for user in users:
        owner = None if user == keys.UNOWNED else user
        expected = {day: figures for (of, day), figures in counted.items() if of == owner and day >= first}
        stored = _stored(organization_id, owner, first)
        for day in sorted(expected.keys() | stored.keys()):
            before, now = stored.get(day, Counter()), expected.get(day, Counter())
            if +before != +now:
                problems.append(
                    f"figures of {owner or 'the organization'} on {day} are {dict(before)}, not {dict(now)}"
                )
    return problems


def _from_log(organization_id: str) -> tuple[Days, list[str]]:
    """What the events that are marked as counted add up to, and the ids of those that should be and are not."""
    counted: Days = defaultdict(Counter)
    lost = []
    settled = clock.in_seconds(-SETTLED_S)
    for event_type in COUNTED:
        for page in each_page(keys.event_type_list(organization_id, event_type, "").pk, index="gsi2"):
            for item in map(EventItem.of, fetch_items(page.rows)):
                fact = fact_of(item.event_type, item.data, item.created_at)
                if fact is None or item.end_user_id is None:
                    continue
                if item.counted:
                    counted[item.end_user_id, fact.day].update(fact.names)
                    counted[None, fact.day].update(fact.names)
                elif item.created_at < settled:
                    lost.append(item.id)
    return counted, lost


def _stored(organization_id: str, end_user_id: str | None, first: str) -> dict[str, Counter[str]]:
    days = {}
    for page in each_page(keys.figures(organization_id, end_user_id, "").pk, Between(low=first)):
        for row in page.rows:
            days[row["sk"]["S"]] = Counter({name: int(row[name]["N"]) for name in NAMES if name in row})
    return days
