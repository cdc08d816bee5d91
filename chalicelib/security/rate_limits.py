"""Rate limits that hold across all processes: fixed-window counters, checked and increased in one conditional write.

Endpoints declare limits by address or by session (`limits=`); `chalicelib.api.admission` counts those while the
first reads run. A service that limits by something else, such as a recipient, calls `consume` or `is_exceeded`.

No counter is shared with strangers: whoever is limited was counted under what is theirs alone, such as their address.
Otherwise a stranger could use up somebody else's limit.
"""

import hashlib
import ipaddress
from dataclasses import dataclass
from enum import Enum
from functools import cache
from urllib.parse import urlsplit

from chalicelib.kit import clock
from chalicelib.kit.errors import TooManyRequests
from chalicelib.table import keys
from chalicelib.table.items import IntegerAttribute, Item
from chalicelib.table.keys import Key
from chalicelib.table.transaction import update

MAX_REFUSALS = 10_000


class By(Enum):
    """What a limit counts requests by."""

    ADDRESS = "address"
    """The source address that API Gateway reports. Forwarding headers are ignored, because anyone can write them."""
    SESSION = "session"
    """The end user or customer of a verified session. An unverified session counts by its address: anyone can open one
    for somebody else's `externalId`."""


@dataclass(frozen=True, slots=True)
class Limit:
    name: str
    max_requests: int
    seconds: int
    by: By = By.ADDRESS


@dataclass(frozen=True, slots=True)
class LimitStatus:
    """A limit as it stands after a request."""

    limit: Limit
    refused: bool
    remaining: int
    reset: int
    """Seconds until the window ends."""


class CounterItem(Item):
    spent = IntegerAttribute(default=0)


@cache
def refused_until() -> dict[tuple[str, str], float]:
    """(limit, subject) -> end of window. Repeat offenders are refused from memory, without a DynamoDB call."""
    return {}


def find_refusal(limit: Limit, subject: str) -> LimitStatus | None:
    """The status of a subject that this process has already refused in the current window."""
    if refused_until().get((limit.name, subject), 0) <= clock.now().timestamp():
        return None
    return LimitStatus(limit, True, 0, seconds_left(limit))


def count_request(limit: Limit, subject: str, *, from_memory: bool = True) -> LimitStatus:
    """Count one request unless the limit is already reached. `subject` is hashed: keys hold no address or e-mail.
    Without `from_memory`, a refused request takes the same work as any other."""
    refusal = find_refusal(limit, subject)
    if refusal is not None and from_memory:
        return refusal
    key, window = _counter(limit, subject)
    actions = [CounterItem.spent.add(1), CounterItem.expires.set(window + 2 * limit.seconds)]
    row = update(key, actions, CounterItem.spent.does_not_exist() | (CounterItem.spent < limit.max_requests))
    if row is None:
        _remember_refusal(limit, subject)
    remaining = limit.max_requests - CounterItem.of(row).spent if row else 0
    return LimitStatus(limit, row is None, remaining, seconds_left(limit))


def _remember_refusal(limit: Limit, subject: str) -> None:
    if len(refused_until()) >= MAX_REFUSALS:
        refused_until().clear()
    refused_until()[(limit.name, subject)] = clock.now().timestamp() + seconds_left(limit)


def is_exceeded(limit: Limit, subject: str, *, from_memory: bool = True) -> bool:
    """Count one request; True if the limit was already reached."""
    return count_request(limit, subject, from_memory=from_memory).refused


def consume(limit: Limit, subject: str) -> None:
    """Count one request. Raises TooManyRequests if the limit was already reached."""
    status = count_request(limit, subject)
    if status.refused:
        raise TooManyRequests(retry_after=status.reset)


@dataclass(frozen=True, slots=True)
class TenantLimits:
    """Limits for what occupies a function or calls another server: a few per end user, and totals per organization and
    per host that is called, because one person can become many end users."""

    per_end_user: Limit
    per_organization: Limit
    per_host: Limit

    @classmethod
    def of(cls, subject: str) -> "TenantLimits":
        return cls(
            Limit(f"{subject}-user", 30, 60),
            Limit(f"{subject}-organization", 300, 60),
            Limit(f"{subject}-host", 300, 60),
        )

    def consume(self, organization_id: str, end_user_id: str, url: str | None = None) -> None:
        """Count one call, to the host of `url` if it is of a user's choice. Raises TooManyRequests."""
        # In this order, so that an end user over the limit does not use up the others'.
        consume(self.per_end_user, f"{organization_id}#{end_user_id}")
        consume(self.per_organization, organization_id)
        if url is not None:
            consume(self.per_host, (urlsplit(url).hostname or "").lower())


def refund(limit: Limit, subject: str) -> None:
    """Undo one counted request."""
    refused_until().pop((limit.name, subject), None)
    update(_counter(limit, subject)[0], [CounterItem.spent.add(-1)], CounterItem.spent > 0)


def seconds_left(limit: Limit) -> int:
    return limit.seconds - int(clock.now().timestamp()) % limit.seconds


def address_subject(source_ip: str) -> str:
    """The subject that an address counts as: an IPv6 address counts as its /64, which belongs to one subscriber."""
    if ":" not in source_ip:
        return source_ip or "-"
    try:
        return str(ipaddress.ip_network((source_ip, 64), strict=False))
    except ValueError:
        return source_ip


def _counter(limit: Limit, subject: str) -> tuple[Key, int]:
    now = int(clock.now().timestamp())
    window = now - now % limit.seconds
    digest = hashlib.sha256(subject.encode()).hexdigest()[:32]
    return keys.rate_counter(limit.name, digest, window), window
