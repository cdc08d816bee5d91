"""Rate limits that hold across all processes: fixed-window counters, checked and increased in one conditional write.

Endpoints declare limits by address or by credential (`limits=`); `chalicelib.api.admission` counts those while the
first read runs. A service that limits by something else, such as an end user, calls `consume`.
"""

import hashlib
import ipaddress
from dataclasses import dataclass
from enum import Enum

from chalicelib.kit import clock
from chalicelib.kit.errors import TooManyRequests
from chalicelib.table import keys
from chalicelib.table.items import IntegerAttribute, Item
from chalicelib.table.keys import Key
from chalicelib.table.transaction import update


class By(Enum):
    """What a limit counts requests by."""

    ADDRESS = "address"
    """The source address that API Gateway reports. Forwarding headers are ignored, because anyone can write them."""
    CREDENTIAL = "key"
    """The credential as sent, so that requests with an invented one do not use up a real one's limit."""


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


def count_request(limit: Limit, subject: str) -> LimitStatus:
    """Count one request unless the limit is already reached. `subject` is hashed: keys hold no address or e-mail."""
    key, window = _counter(limit, subject)
    actions = [CounterItem.spent.add(1), CounterItem.expires.set(window + 2 * limit.seconds)]
    row = update(key, actions, CounterItem.spent.does_not_exist() | (CounterItem.spent < limit.max_requests))
    remaining = limit.max_requests - CounterItem.of(row).spent if row else 0
    return LimitStatus(limit, row is None, remaining, seconds_left(limit))


def is_exceeded(limit: Limit, subject: str) -> bool:
    """Count one request; True if the limit was already reached."""
    return count_request(limit, subject).refused


def consume(limit: Limit, subject: str) -> None:
    """Count one request. Raises TooManyRequests if the limit was already reached."""
    status = count_request(limit, subject)
    if status.refused:
        raise TooManyRequests(retry_after=status.reset)


@dataclass(frozen=True, slots=True)
class TenantLimits:
    """Limits for tests, which occupy a function while another server responds: a few per end user, and a total per
    organization, because one person can become many end users."""

    per_end_user: Limit
    per_organization: Limit

    @classmethod
    def of(cls, subject: str) -> "TenantLimits":
        return cls(Limit(f"{subject}-test-user", 30, 60), Limit(f"{subject}-test-organization", 300, 60))

    def consume(self, organization_id: str, end_user_id: str) -> None:
        # In this order, so that an end user over the limit does not use up the organization's.
        consume(self.per_end_user, f"{organization_id}#{end_user_id}")
        consume(self.per_organization, organization_id)


def refund(limit: Limit, subject: str) -> None:
    """Undo one counted request."""
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
