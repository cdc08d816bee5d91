"""Rate limits that hold over all machines: counters of fixed windows, counted and judged in one conditional write."""

import hashlib
from dataclasses import dataclass

from chalicelib import clock
from chalicelib.errors import TooManyRequests
from chalicelib.table import keys
from chalicelib.table.items import IntegerAttribute, Item
from chalicelib.table.keys import Key
from chalicelib.table.transaction import update


@dataclass(frozen=True, slots=True)
class Limit:
    name: str
    most: int
    seconds: int


class CounterItem(Item):
    spent = IntegerAttribute(default=0)


def is_spent(limit: Limit, subject: str) -> bool:
    """Count one; True where the limit was reached before. `subject` is hashed, so no address or e-mail is in a key."""
    key, window = _counter(limit, subject)
    actions = [CounterItem.spent.add(1), CounterItem.expires.set(window + 2 * limit.seconds)]
    return update(key, actions, CounterItem.spent.does_not_exist() | (CounterItem.spent < limit.most)) is None


def give_back(limit: Limit, subject: str) -> None:
    """Uncount one that turned out not to count."""
    update(_counter(limit, subject)[0], [CounterItem.spent.add(-1)], CounterItem.spent > 0)


def _counter(limit: Limit, subject: str) -> tuple[Key, int]:
    now = int(clock.now().timestamp())
    window = now - now % limit.seconds
    digest = hashlib.sha256(subject.encode()).hexdigest()[:32]
    return keys.rate_counter(limit.name, digest, window), window


def spend(limit: Limit, subject: str) -> None:
    if is_spent(limit, subject):
        now = int(clock.now().timestamp())
        raise TooManyRequests(retry_after=limit.seconds - now % limit.seconds)
