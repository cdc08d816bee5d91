"""Consumer of the figures queue. Adds each event once to its day, by a mark on the event itself in the counters'
transaction; and adds up the organization's totals anew for end users whose counters changed."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import Any, Final

from chalicelib.events.store import EventItem
from chalicelib.insights.store import counter
from chalicelib.kit import log
from chalicelib.kit.queues import Failures, read_bodies
from chalicelib.table import keys
from chalicelib.table.transaction import ConditionFailed, Transaction, exists
from chalicelib.totals import organization as totals

AT_ONCE: Final = 30
"""Events in one transaction: the event, its end user's day and the organization's, at most three writes each."""

Body = Mapping[str, Any]


def count(batch: Mapping[str, Any]) -> Failures:
    """Count a batch, and report the messages that must come again."""
    bodies, failed = read_bodies(batch, "organization_id", "end_user_id")
    events: defaultdict[str, list[tuple[str, Body]]] = defaultdict(list)
    changed: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for message_id, body in bodies.items():
        if "event_id" in body:
            events[body["organization_id"]].append((message_id, body))
        else:
            changed[body["organization_id"]][message_id] = body["end_user_id"]
    for organization_id, received in events.items():
        for start in range(0, len(received), AT_ONCE):
            failed |= _count(organization_id, received[start : start + AT_ONCE])
    for organization_id, end_users in changed.items():
        failed |= _add_up(organization_id, end_users)
    return {"batchItemFailures": [{"itemIdentifier": message_id} for message_id in sorted(failed)]}


def _add_up(organization_id: str, end_users: Mapping[str, str]) -> set[str]:
    """`end_users`: by message. Returns the ids of the messages that must come again."""
    try:
        totals.add_up(organization_id, end_users.values())
    except Exception as failure:
        log.error("totals_not_added_up", failure, organization_id=organization_id)
        return set(end_users)
    return set()


def _count(organization_id: str, received: Sequence[tuple[str, Body]]) -> set[str]:
    """Returns the ids of the messages that must come again."""
    # The same event may be in a batch twice.
    unique = list({body["event_id"]: (message_id, body) for message_id, body in received}.values())
    try:
        _add(organization_id, [body for _, body in unique])
    except ConditionFailed:
        if len(unique) == 1:
            # It has been counted, or the log no longer has it.
            return set()
        return set().union(*(_count(organization_id, [one]) for one in unique))
    except Exception as failure:
        log.error("figures_not_counted", failure, organization_id=organization_id)
        return {message_id for message_id, _ in received}
    return set()


def _add(organization_id: str, bodies: Sequence[Body]) -> None:
    transaction = Transaction()
    days: defaultdict[keys.Key, Counter[str]] = defaultdict(Counter)
    for body in bodies:
        for end_user_id in (body["end_user_id"], None):
            days[keys.figures(organization_id, end_user_id, body["day"])].update(body["names"])
        mark = EventItem.counted
        key = keys.event(organization_id, body["end_user_id"], body["event_id"])
        transaction.update(key, [mark.set(1)], exists() & mark.does_not_exist())
    for key, counts in days.items():
        transaction.update(key, [counter(name).add(number) for name, number in counts.items()])
    transaction.commit()
