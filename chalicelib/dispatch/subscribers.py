"""Who receives an end user's events, read once and remembered for as long as it stays true.

Every change of an end user's webhooks and rules raises `subscriptions_version` on the end user's item, in its own
transaction. Dispatching reads that number with each batch, and the subscriptions only if it is another one than last
time. A number that is read while a transaction is being committed may be newer than the subscriptions read after it, so
they are not remembered for longer than MAX_AGE_S.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from chalicelib.alerts.store import RuleItem
from chalicelib.kit import clock
from chalicelib.organizations.store import EndUserItem
from chalicelib.table import keys
from chalicelib.table.reads import Between, map_concurrently, query_all
from chalicelib.webhooks.store import WebhookItem

MAX_SUBSCRIPTIONS = 100
"""More than the limits on webhooks and rules allow in total."""
MAX_AGE_S: Final = 5
MAX_REMEMBERED = 1000
"""End users, of a hundred kilobytes at the very most."""

User = tuple[str, str]
"""Organization and end user."""


@dataclass(frozen=True, slots=True)
class Subscribers:
    webhooks: Sequence[WebhookItem] = ()
    rules: Sequence[RuleItem] = ()


@dataclass(frozen=True, slots=True)
class _Remembered:
    version: int
    since: str
    until: str
    subscribers: Subscribers


@cache
def _remembered() -> dict[User, _Remembered]:
    return {}


def find_subscribers(users: Sequence[User], end_users: Mapping[User, EndUserItem]) -> dict[User, Subscribers]:
    """The subscribers of each user. `end_users`: their items, as far as they exist."""
    versions = {user: end_users[user].subscriptions_version if user in end_users else None for user in users}
    now, known = clock.timestamp(), _remembered()
    found = {
        user: entry.subscribers
        for user in users
        if (entry := known.get(user)) and entry.version == versions[user] and entry.since <= now < entry.until
    }
    unknown = [user for user in users if user not in found]
    until = clock.in_seconds(MAX_AGE_S)
    if len(known) + len(unknown) > MAX_REMEMBERED:
        known.clear()
    for user, subscribers in zip(unknown, map_concurrently(_read, unknown), strict=True):
        found[user] = subscribers
        if (version := versions[user]) is not None:
            known[user] = _Remembered(version, now, until, subscribers)
    return found


def _read(user: User) -> Subscribers:
    rows = query_all(keys.subscriptions(*user), Between(high=keys.WEBHOOKS_END), limit=MAX_SUBSCRIPTIONS)
    return Subscribers(
        webhooks=[WebhookItem.of(row) for row in rows if row["sk"]["S"].startswith(keys.WEBHOOKS)],
        rules=[RuleItem.of(row) for row in rows if row["sk"]["S"].startswith(keys.RULES)],
    )
