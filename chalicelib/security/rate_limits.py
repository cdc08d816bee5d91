"""Rate limits that hold over all machines: counters of fixed windows, counted and judged in one conditional write.

Endpoints declare theirs (`limits=`), by address or by credential; `chalicelib.api.admission` counts those beside the
first read. A service that limits by something only it knows, such as an end user, calls `spend`.
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
    """Whose requests an endpoint's limit counts together."""

    ADDRESS = "address"
    """The gateway's source address; headers that name another are anybody's to write."""
    CREDENTIAL = "key"
    """The credential as it was sent: one that is made up uses up nobody else's."""


@dataclass(frozen=True, slots=True)
class Limit:
    name: str
    most: int
    seconds: int
    by: By = By.ADDRESS


@dataclass(frozen=True, slots=True)
class Standing:
    """How a limit stands after a request."""

    limit: Limit
    refused: bool
    remaining: int
    reset: int
    """Seconds until the window ends."""


class CounterItem(Item):
    spent = IntegerAttribute(default=0)


def count(limit: Limit, subject: str) -> Standing:
    """Count one, unless the limit was reached before. `subject` is hashed: no address or e-mail is in a key."""
    key, window = _counter(limit, subject)
    actions = [CounterItem.spent.add(1), CounterItem.expires.set(window + 2 * limit.seconds)]
    row = update(key, actions, CounterItem.spent.does_not_exist() | (CounterItem.spent < limit.most))
    remaining = limit.most - CounterItem.of(row).spent if row else 0
    return Standing(limit, row is None, remaining, seconds_left(limit))


def is_spent(limit: Limit, subject: str) -> bool:
    """Count one; True where the limit was reached before."""
    return count(limit, subject).refused


def spend(limit: Limit, subject: str) -> None:
    standing = count(limit, subject)
    if standing.refused:
        raise TooManyRequests(retry_after=standing.reset)


@dataclass(frozen=True, slots=True)
class Trials:
    """Of what holds a function while somebody else's server takes its time: a few for each end user, and, since anybody
    may become many end users, not many more for all of an organization's together."""

    per_end_user: Limit
    per_organization: Limit

    @classmethod
    def of(cls, what: str) -> "Trials":
        return cls(Limit(f"{what}-test-user", 30, 60), Limit(f"{what}-test-organization", 300, 60))

    def spend(self, organization_id: str, end_user_id: str) -> None:
        # One after the other: an end user who is over the limit uses up nothing of the others'.
        spend(self.per_end_user, f"{organization_id}#{end_user_id}")
        spend(self.per_organization, organization_id)


def give_back(limit: Limit, subject: str) -> None:
    """Uncount one that turned out not to count."""
    update(_counter(limit, subject)[0], [CounterItem.spent.add(-1)], CounterItem.spent > 0)


def seconds_left(limit: Limit) -> int:
    return limit.seconds - int(clock.now().timestamp()) % limit.seconds


def address(source_ip: str) -> str:
    """Who an address stands for: of IPv6 the first half, since the other half is its owner's to choose."""
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
