"""The breaker: what a webhook does with its deliveries while its receiver is down, and afterwards.

While it is open, deliveries wait on a list and cost nothing; only the webhook stands in the due index, once. When its
time comes, the delivery whose own turn is first goes to the queue as the probe. When the breaker closes, or failures
are forgotten, the webhook falls due at once, and what waited goes where it would be without a breaker; when it is
switched off, what waited is skipped.

A delivery is parked first and looks at the webhook afterwards, and the webhook changes before its list is read. So one
of the two sees the other; the list is an index, though, which may lag, and is therefore read again a little later.
"""

from typing import Final

from pynamodb.expressions.condition import Condition
from pynamodb.expressions.update import Action

from chalicelib.kit import clock
from chalicelib.kit.queues import send
from chalicelib.kit.settings import settings
from chalicelib.table import keys
from chalicelib.table.due import DueItem
from chalicelib.table.reads import find, map_concurrently
from chalicelib.table.transaction import update
from chalicelib.webhooks.queueing import Wanted, later_message, queue
from chalicelib.webhooks.schedule import breaker_seconds
from chalicelib.webhooks.store import (
    PENDING,
    SKIPPED,
    WAITING,
    DeliveryItem,
    Listed,
    WebhookItem,
    delivery_due,
    listed,
    unlisted,
    waiting_deliveries,
    webhook_due,
)

AT_ONCE: Final = 200
STEPS: Final = 10
INDEX_LAG_S: Final = 5.0
PROBE_AGAIN_S: Final = 120
"""Where a probe that was sent to the queue has come to nothing."""


def tend(due: DueItem) -> None:
    """A webhook has fallen due."""
    item = find(WebhookItem, due.key)
    if item is None:
        return
    if item.is_active and item.breaker_level:
        _move(item, due, _probe(item))
        return
    let_go = _release if item.is_active else _skip
    for _ in range(STEPS):
        waiting = waiting_deliveries(item.organization_id, item.id, AT_ONCE)
        let_go(item, waiting)
        if len(waiting) < AT_ONCE:
            break
    else:
        return
    settled = (clock.now() - clock.parse(due.at)).total_seconds() > INDEX_LAG_S
    if settled:
        update(item.key, [WebhookItem.duepk.remove(), WebhookItem.duesk.remove()], WebhookItem.duesk == due.due.sk)


def _move(item: WebhookItem, due: DueItem, at: str) -> None:
    update(item.key, webhook_due(at, item.id), WebhookItem.duesk == due.due.sk)


def _probe(item: WebhookItem) -> str:
    """Send the probe, if it is time and there is one; when to look again."""
    now = clock.timestamp()
    until = max(item.breaker_until or now, item.probing_until or now)
    if until > now:
        return until
    first = waiting_deliveries(item.organization_id, item.id, 1)
    if not first:
        return clock.in_seconds(breaker_seconds(item.breaker_level))
    if first[0].at > now:
        return min(first[0].at, clock.in_seconds(breaker_seconds(item.breaker_level)))
    delivery = find(DeliveryItem, first[0].key)
    if delivery is not None:
        send(settings().deliveries_queue_url, [later_message(delivery)])
    return clock.in_seconds(PROBE_AGAIN_S)


def _release(_: WebhookItem, waiting: list[Listed]) -> None:
    """Those whose turn it is go to the queue, the others back to their schedule."""
    now = clock.timestamp()
    turn = [Wanted(one.key, _still_waits(one)) for one in waiting if one.at <= now]
    queue(turn, [DeliveryItem.state.set(PENDING), *unlisted()])

    def schedule(one: Listed) -> None:
        actions = [DeliveryItem.state.set(PENDING), *unlisted(), *delivery_due(one.at, one.key.sk)]
        update(one.key, actions, _still_waits(one))

    map_concurrently(schedule, [one for one in waiting if one.at > now])


def _skip(item: WebhookItem, waiting: list[Listed]) -> None:
    now = clock.timestamp()

    def skip(one: Listed) -> None:
        place = keys.delivery_ledger(item.organization_id, item.id, now, one.key.sk)
        actions: list[Action] = [DeliveryItem.state.set(SKIPPED), *listed(place)]
        update(one.key, actions, _still_waits(one))

    map_concurrently(skip, waiting)


def _still_waits(one: Listed) -> Condition:
    condition: Condition = (DeliveryItem.state == WAITING) & (DeliveryItem.g1sk == one.place)
    return condition
