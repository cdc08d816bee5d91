"""Counts the figures by day again, from the event log, compares and corrects them. Used by `verify`."""

from collections import Counter, defaultdict
from datetime import timedelta

from chalicelib.events.relay import message_of
from chalicelib.events.store import KEPT_S, EventItem
from chalicelib.insights.counting import count
from chalicelib.insights.facts import COUNTED, fact_of
from chalicelib.insights.messages import messages_for
from chalicelib.insights.store import NAMES
from chalicelib.kit import clock, codec
from chalicelib.table import keys
from chalicelib.table.pages import fetch_items
from chalicelib.table.reads import Between, each_page
from local.commands.drifts import CounterDrift, correct, differences

SETTLED_S = 3600
"""An event that the figures still lack after this time is lost."""
Days = dict[tuple[str | None, str], Counter[str]]
"""By end user (None: the organization) and day."""


def recount_figures(organization_id: str) -> list[str]:
    """What is wrong with the organization's figures."""
    return describe(*compare(organization_id))


def describe(drifts: list[CounterDrift], lost: list[EventItem]) -> list[str]:
    return [*(f"figures: event {item.id} was never counted" for item in lost), *map(str, drifts)]


def compare(organization_id: str) -> tuple[list[CounterDrift], list[EventItem]]:
    """The figures that differ, of days that the log still has whole; and the events that were never counted."""
    first = clock.timestamp(clock.now() - timedelta(seconds=KEPT_S) + timedelta(days=2))[:10]
    counted, lost = _from_log(organization_id)
    drifts: list[CounterDrift] = []
    for owner in sorted({user for user, _ in counted} | {None}, key=str):
        expected = {day: figures for (of, day), figures in counted.items() if of == owner and day >= first}
        stored = _stored(organization_id, owner, first)
        for day in sorted(expected.keys() | stored.keys()):
            where = f"figures of {owner or 'the organization'} on {day}"
            key = keys.figures(organization_id, owner, day)
            drifts += differences(key, where, stored.get(day, Counter()), expected.get(day, Counter()))
    return drifts, lost


def repair_figures(organization_id: str, before: list[CounterDrift]) -> list[str]:
    """Correct the figures that were wrong in the same way `before`, and count the events that were never counted.
    Describes that."""
    drifts, lost = compare(organization_id)
    corrected = [drift for drift in drifts if drift in before and correct(drift)]
    records = [
        {"messageId": item.id, "body": codec.dumps(message.body)}
        for item in lost
        for message in messages_for(message_of(item))
    ]
    failed = {failure["itemIdentifier"] for failure in count({"Records": records})["batchItemFailures"]}
    return describe(corrected, [item for item in lost if item.id not in failed])


def _from_log(organization_id: str) -> tuple[Days, list[EventItem]]:
    """What the events that are marked as counted add up to, and those that should be and are not."""
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
                    lost.append(item)
    return counted, lost


def _stored(organization_id: str, end_user_id: str | None, first: str) -> dict[str, Counter[str]]:
    days = {}
    for page in each_page(keys.figures(organization_id, end_user_id, "").pk, Between(low=first)):
        for row in page.rows:
            days[row["sk"]["S"]] = Counter({name: int(row[name]["N"]) for name in NAMES if name in row})
    return days
