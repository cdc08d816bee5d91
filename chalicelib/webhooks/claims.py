"""Who sends a delivery: leases, and the fates that need no attempt.

Every write here bears the same condition: the delivery has had as many attempts as the message says, nobody holds it,
and it still is to be sent. A message that comes a second time fails it.
"""

from pynamodb.expressions.condition import Condition
from pynamodb.expressions.update import Action

from chalicelib.kit import clock, ids
from chalicelib.table import keys
from chalicelib.table.keys import Key
from chalicelib.table.reads import find
from chalicelib.table.transaction import Transaction, absent, update
from chalicelib.webhooks.queueing import Work
from chalicelib.webhooks.store import (
    DELIVERIES_KEPT_S,
    DROPPED,
    PENDING,
    SKIPPED,
    WAITING,
    DeliveryItem,
    WebhookItem,
    delivery_not_due,
    listed,
    unlisted,
)

LEASE_S = 60
"""The delivering function's timeout: who held a lease longer than that is gone."""


class Held(Exception):
    """Somebody else is sending this delivery now; whether it succeeds shows when the message comes again."""


class ProbeTaken(Exception):
    """Another delivery probes, or the breaker has changed."""


def claim(work: Work, probe: WebhookItem | None = None) -> DeliveryItem | None:
    """The delivery, leased to the caller; None where there is nothing left to do. Raises Held.

    `probe` is the webhook whose breaker this delivery is to try: only one may, or ProbeTaken.
    """
    actions = [
        *_facts(work),
        DeliveryItem.state.set(PENDING),
        DeliveryItem.lease.set(ids.new_id()),
        DeliveryItem.lease_until.set(clock.in_seconds(LEASE_S)),
        *unlisted(),
    ]
    if probe is None:
        row = update(_key(work), actions, _ours(work))
        if row is None:
            _raise_if_held(work)
            return None
        return DeliveryItem.of(row)
    transaction = Transaction()
    transaction.update(_key(work), actions, _ours(work), error=Held())
    now, until = clock.timestamp(), clock.in_seconds(LEASE_S)
    transaction.update(
        probe.key,
        [WebhookItem.probing_until.set(until)],
        (WebhookItem.generation == probe.generation)
        & (WebhookItem.breaker_level == probe.breaker_level)
        & (WebhookItem.probing_until.does_not_exist() | (WebhookItem.probing_until < now)),
        error=ProbeTaken(),
    )
    try:
        transaction.commit()
    except Held:
        _raise_if_held(work)
        return None
    probe.probing_until = until
    return find(DeliveryItem, _key(work))


def park(work: Work) -> None:
    """Let it wait until the breaker closes. Raises Held."""
    place = keys.deliveries_waiting(
        work.target.organization_id, work.target.webhook_id, clock.timestamp(), work.delivery_id
    )
    _settle(work, WAITING, listed(place))


def skip(work: Work) -> None:
    """Keep it for replay. Raises Held."""
    place = keys.delivery_ledger(
        work.target.organization_id, work.target.webhook_id, clock.timestamp(), work.delivery_id
    )
    _settle(work, SKIPPED, listed(place))


def drop(work: Work) -> None:
    """Nobody wants it any more. Raises Held."""
    if work.event is None:
        _settle(work, DROPPED, unlisted())


def _settle(work: Work, state: str, place: list[Action]) -> None:
    actions = [*_facts(work), DeliveryItem.state.set(state), *place, *delivery_not_due()]
    if update(_key(work), actions, _ours(work)) is None:
        _raise_if_held(work)


def _key(work: Work) -> Key:
    return keys.delivery(work.target.organization_id, work.target.webhook_id, work.delivery_id)


def _facts(work: Work) -> list[Action]:
    """What a delivery is, written by whatever touches it first."""
    return [
        DeliveryItem.webhook.set(work.target.packed),
        DeliveryItem.event_type.set(work.event_type),
        DeliveryItem.event_id.set(work.event_id),
        *([DeliveryItem.event_user.set(work.event_user)] if work.event_user else []),
        DeliveryItem.attempts.set(work.attempts),
        DeliveryItem.step.set(DeliveryItem.step | 0),
        DeliveryItem.expires.set(clock.epoch(clock.in_seconds(DELIVERIES_KEPT_S))),
    ]


def _ours(work: Work) -> Condition:
    now = clock.timestamp()
    stored: Condition = (
        DeliveryItem.state.is_in(PENDING, WAITING)
        & (DeliveryItem.attempts == work.attempts)
        & (DeliveryItem.lease_until.does_not_exist() | (DeliveryItem.lease_until < now))
    )
    return absent() | stored if work.event is not None else stored


def _raise_if_held(work: Work) -> None:
    """Held where the delivery is being sent just now; otherwise the message has nothing more to say."""
    item = find(DeliveryItem, _key(work))
    if item is not None and item.attempts == work.attempts and (item.lease_until or "") >= clock.timestamp():
        raise Held
