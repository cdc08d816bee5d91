"""Recording first attempts that succeeded at healthy webhooks, which nearly all do: one row each, many in one call.

The rows need no condition. A row's key follows from the message, so that a message that two processes handle leaves one
row, and its success is counted once. The webhook changes only in `last_success_at`, and in `slow_until` if the receiver
took long, at most once a second, so that its many deliveries do not contend for one item.
"""

from collections.abc import Sequence
from datetime import timedelta
from typing import NamedTuple

from chalicelib.kit import clock, log
from chalicelib.kit.errors import Unavailable
from chalicelib.table.batch_write import write_many
from chalicelib.table.reads import map_concurrently
from chalicelib.table.transaction import exists, put, update
from chalicelib.webhooks.lanes import SLOW_FOR_S, SLOW_MS
from chalicelib.webhooks.outcomes import SharedWebhook
from chalicelib.webhooks.store import AttemptItem, WebhookItem

SUCCESS_INTERVAL = timedelta(seconds=1)


class Success(NamedTuple):
    webhook: SharedWebhook
    generation: int
    """The webhook's, when the attempt began."""
    row: AttemptItem


def record_successes(successes: Sequence[Success]) -> list[bool]:
    """Write the rows, and return which ones may be taken as written."""
    note_successes(successes)
    try:
        write_many([success.row for success in successes])
    except Unavailable:
        return [False] * len(successes)
    except Exception as error:
        # Whatever is wrong with one row must not cost the others.
        log.error("attempts_not_written_together", error, attempts=len(successes))
        return map_concurrently(_record, successes)
    return [True] * len(successes)


def note_successes(successes: Sequence[Success]) -> None:
    """Bring the webhooks up to date. Never raises: the next success makes up for it."""
    newest: dict[str, Success] = {}
    slow: set[str] = set()
    for success in sorted(successes, key=lambda success: success.row.sent_at):
        webhook_id = success.webhook.destination.webhook_id
        newest[webhook_id] = success
        if success.row.duration_ms >= SLOW_MS:
            slow.add(webhook_id)
    found = ((success, webhook_id in slow) for webhook_id, success in newest.items())
    map_concurrently(lambda each: _note(*each), [each for each in found if _is_news(*each)])


def _record(success: Success) -> bool:
    try:
        put(success.row)
    except Exception as error:
        log.error("attempt_not_written", error, delivery_id=success.row.delivery_id)
        return False
    return True


def _is_news(success: Success, was_slow: bool) -> bool:
    item = success.webhook.item
    if item is None or item.generation != success.generation:
        return False
    before = item.last_success_at
    return was_slow or before is None or clock.parse(success.row.sent_at) - clock.parse(before) >= SUCCESS_INTERVAL


def _note(success: Success, was_slow: bool) -> None:
    at, last = success.row.sent_at, WebhookItem.last_success_at
    unchanged = exists() & (WebhookItem.generation == success.generation) & (last.does_not_exist() | (last < at))
    actions = [last.set(at)]
    if was_slow:
        actions.append(WebhookItem.slow_until.set(clock.in_seconds(SLOW_FOR_S)))
    try:
        update(success.webhook.destination.key, actions, unchanged)
    except Exception as error:
        log.error("last_success_not_noted", error, webhook_id=success.webhook.destination.webhook_id)
