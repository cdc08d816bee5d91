"""The two queues of deliveries, and what belongs in the slow one.

Whatever is taken from the fast queue takes a share of a batch read, of a batch write, and as long as a receiver that
responds. Everything else goes through the slow queue, so that no merchant waits for what another one's receiver costs:
attempts that may time out, deliveries that are written down instead of sent, and work on many deliveries at once.
"""

from collections.abc import Callable
from dataclasses import dataclass
from math import inf

from chalicelib.kit import clock
from chalicelib.kit.settings import Settings
from chalicelib.organizations.store import ConfigItem
from chalicelib.organizations.suspension import REASON as SUSPENDED
from chalicelib.organizations.suspension import is_suspended
from chalicelib.webhooks.store import WebhookItem

SLOW_MS = 2000
"""Shorter than the limits on resolving, connecting and responding, so that every time-out is longer."""
SLOW_FOR_S = 600
"""How long a webhook is delivered to from the slow queue after an attempt that took SLOW_MS, whatever came of it."""


@dataclass(frozen=True, slots=True)
class Lane:
    queue_url: Callable[[Settings], str]
    is_slow: bool
    takes_for_s: float
    """How long a process that is held up takes more messages. What it took last is done well within the function's
    60 s."""
    waits_for_s: float
    """How long a delivery may wait for others to the same receiver before it goes to the slow queue."""


FAST = Lane(lambda named: named.deliveries_queue_url, is_slow=False, takes_for_s=40.0, waits_for_s=0.25)
SLOW = Lane(lambda named: named.slow_deliveries_queue_url, is_slow=True, takes_for_s=25.0, waits_for_s=inf)


def lane_of(item: WebhookItem, config: ConfigItem | None) -> Lane:
    return FAST if reason_for_slow(item, config) is None else SLOW


def reason_for_slow(item: WebhookItem, config: ConfigItem | None) -> str | None:
    """Why deliveries to this webhook belong in the slow queue; None if they don't."""
    if not item.is_active:
        return "webhook_inactive"
    if item.breaker_level:
        return "breaker_open"
    if (item.slow_until or "") > clock.timestamp():
        return "slow_lately"
    return SUSPENDED if is_suspended(config) else None
