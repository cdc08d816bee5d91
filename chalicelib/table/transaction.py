"""Transactions: a change, its event and its counters are written together or not at all.

DynamoDB allows 100 items and 4 MB per transaction, and each item once. Conflicts with other transactions and throttling
are retried. A failed condition is not: each write can name the error that its condition stands for.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, NoReturn, TypeVar

from pynamodb.exceptions import CancellationReason, PynamoDBException, TransactWriteError
from pynamodb.expressions.condition import Condition
from pynamodb.expressions.operand import Path
from pynamodb.expressions.update import Action
from pynamodb.transactions import TransactWrite

from chalicelib.kit import ids
from chalicelib.kit.errors import Conflict, Unavailable
from chalicelib.table import keys
from chalicelib.table.connection import table
from chalicelib.table.failures import TRANSIENT, code_of
from chalicelib.table.items import Item, Row
from chalicelib.table.keys import Key
from chalicelib.table.reads import back_off

MAX_ATTEMPTS = 10
R = TypeVar("R")


class ConditionFailed(Exception):
    """A condition failed whose write names no error of its own. `keys` are those of the failed writes."""

    def __init__(self, keys: Sequence[Key]) -> None:
        super().__init__(f"condition failed on {len(keys)} item(s)")
        self.keys = list(keys)


def retry_on_conflict(change: Callable[[], R]) -> R:
    """The result of `change()`, repeated from its reads on whenever one of its conditions failed because another writer
    was faster. Raises Conflict after MAX_ATTEMPTS, which takes dozens of concurrent writers."""
    for attempt in range(MAX_ATTEMPTS):
        try:
            return change()
        except ConditionFailed:
            back_off(attempt)
    raise Conflict("This is being changed by other requests at the same time. Try again.")


def exists() -> Condition:
    return Path(["pk"]).exists()


def absent() -> Condition:
    return Path(["pk"]).does_not_exist()


Update = tuple[Key, Sequence[Action], Condition | None, Exception | None]
_included_update: ContextVar[Update | None] = ContextVar("included_update", default=None)


@contextmanager
def include_update(key: Key, actions: Sequence[Action], condition: Condition, error: Exception) -> Iterator[None]:
    """Add this update to every transaction that this thread commits inside the `with` block."""
    token = _included_update.set((key, actions, condition, error))
    try:
        yield
    finally:
        _included_update.reset(token)


_together: ContextVar["list[Transaction]"] = ContextVar("together", default=[])  # noqa: B039 - never changed


@contextmanager
def together_with(writes: "Transaction") -> Iterator[None]:
    """Add these writes to the first transaction that this thread commits inside the `with` block, so that both happen
    or neither. If there is none, they are committed at its end."""
    waiting = [writes]
    token = _together.set(waiting)
    try:
        yield
    finally:
        _together.reset(token)
    if waiting:
        writes.commit()


_before_writes: ContextVar[Callable[[], None]] = ContextVar("before_writes", default=lambda: None)


@contextmanager
def before_writes(check: Callable[[], None]) -> Iterator[None]:
    """Call `check` before every write that this thread makes inside the `with` block. It may raise to refuse it."""
    token = _before_writes.set(check)
    try:
        yield
    finally:
        _before_writes.reset(token)


class Transaction:
    """Collects writes until `commit` sends them as one transaction."""

    def __init__(self) -> None:
        self._checks: list[tuple[type[Item], Key, Condition, Exception | None]] = []
        self._deletes: list[tuple[Item, Condition | None, Exception | None]] = []
        self._puts: list[tuple[Item, Condition | None, Exception | None]] = []
        self._updates: list[tuple[Item, Sequence[Action], Condition | None, Exception | None]] = []

    def __len__(self) -> int:
        return len(self._checks) + len(self._deletes) + len(self._puts) + len(self._updates)

    def extend(self, other: "Transaction") -> None:
        """Add the writes of another transaction. The two must not write the same item."""
        self._checks += other._checks
        self._deletes += other._deletes
        self._puts += other._puts
        self._updates += other._updates

    def check(self, key: Key, condition: Condition, error: Exception | None = None) -> None:
        self._checks.append((Item, key, condition, error))

    def delete(self, key: Key, condition: Condition | None = None, error: Exception | None = None) -> None:
        self._deletes.append((Item.at(key), condition, error))

    def put(self, item: Item, condition: Condition | None = None, error: Exception | None = None) -> None:
        self._puts.append((item, condition, error))

    def rewrite(
        self,
        item: Item,
        condition: Condition | None = None,
        error: Exception | None = None,
        *,
        extra: Sequence[Action] = (),
    ) -> None:
        """Write all declared attributes of an item, like `put`, but keep what else is stored with it. `extra`: further
        changes of the same item."""
        declared = type(item).get_attributes()
        values = {name: getattr(item, name) for name in declared if name not in ("pk", "sk")}
        actions = [declared[n].remove() if v is None else declared[n].set(v) for n, v in values.items()]
        self.update(item.key, [*actions, *extra], condition, error)

    def update(
        self,
        key: Key,
        actions: Sequence[Action],
        condition: Condition | None = None,
        error: Exception | None = None,
    ) -> None:
        self._updates.append((Item.at(key), _with_listing(key, actions), condition, error))

    def commit(self) -> None:
        """Raises the error that a failed condition names, else ConditionFailed; Unavailable if DynamoDB stays busy or
        does not respond; TransactWriteError if a retry cannot help (missing permission, size limit, invalid item)."""
        _before_writes.get()()
        if (included := _included_update.get()) is not None:
            self.update(*included)
        waiting = _together.get()
        for writes in waiting:
            self.extend(writes)
        self._commit()
        waiting.clear()

    def commit_if_unchanged(self) -> bool:
        """Commit. False if something changed meanwhile, where whoever changed it, or the next run, does the rest."""
        try:
            self.commit()
        except ConditionFailed:
            return False
        return True

    def _commit(self) -> None:
        # One token for all attempts: if an attempt succeeded and only its response was lost, the next changes nothing.
        token = ids.new_id()
        for attempt in range(MAX_ATTEMPTS):
            try:
                self._write(token)
                return
            except TransactWriteError as error:
                failure = error
                if not code_of(error):
                    # No response after all retries, so the outcome is unknown.
                    break
                if not self._is_retryable(error):
                    raise
                back_off(attempt)
        raise Unavailable from failure

    def _write(self, token: str) -> None:
        with TransactWrite(connection=table().connection, client_request_token=token) as write:
            for model, key, condition, _ in self._checks:
                write.condition_check(model, key.pk, key.sk, condition=condition)
            for item, condition_or_none, _ in self._deletes:
                write.delete(item, condition=condition_or_none)
            for item, condition_or_none, _ in self._puts:
                write.save(item, condition=condition_or_none)
            for item, actions, condition_or_none, _ in self._updates:
                write.update(item, actions=list(actions), condition=condition_or_none)

    def _is_retryable(self, error: TransactWriteError) -> bool:
        """Whether a retry may succeed. Raises the error that a failed condition names."""
        reasons = list(error.cancellation_reasons) if code_of(error) == "TransactionCanceledException" else []
        failed = [n for n, reason in enumerate(reasons) if reason and reason.code == "ConditionalCheckFailed"]
        if failed:
            self._raise_failed(failed, error)
        if reasons:
            return all(reason is None or _is_transient(reason) for reason in reasons)
        return code_of(error) in TRANSIENT

    def _raise_failed(self, failed: list[int], cause: Exception) -> NoReturn:
        # pynamodb sends checks, deletes, puts, updates, in this order.
        writes: list[tuple[Key, Exception | None]] = [(key, error) for _, key, _, error in self._checks]
        writes += [(item.key, error) for item, _, error in [*self._deletes, *self._puts]]
        writes += [(item.key, error) for item, _, _, error in self._updates]
        for number in failed:
            if (error := writes[number][1]) is not None:
                raise error from cause
        raise ConditionFailed([writes[number][0] for number in failed]) from cause


def _is_transient(reason: CancellationReason) -> bool:
    return reason.code in TRANSIENT or reason.code == "None"


def _with_listing(key: Key, actions: Sequence[Action]) -> list[Action]:
    """The actions, for an update that may create an item which no list leads to (see `keys.listing_of`)."""
    listing = keys.listing_of(key)
    return [*actions] if listing is None else [*actions, Item.g1pk.set(listing.pk), Item.g1sk.set(listing.sk)]


def put(item: Item, condition: Condition | None = None) -> bool:
    """Whether the item was written; False if the condition failed."""
    return _single(lambda: item.save(condition=condition)) is not None


def update(key: Key, actions: Sequence[Action], condition: Condition | None = None) -> Row | None:
    """The updated item, or None if the condition failed."""
    response = _single(
        lambda: table().update_item(
            key.pk,
            range_key=key.sk,
            actions=_with_listing(key, actions),
            condition=condition,
            return_values="ALL_NEW",
        )
    )
    return None if response is None else response["Attributes"]


def delete(key: Key, condition: Condition | None = None) -> bool:
    """Whether the condition held. Deleting a missing item succeeds."""
    return _single(lambda: Item.at(key).delete(condition=condition)) is not None


def _single(write: Callable[[], dict[str, Any]]) -> dict[str, Any] | None:
    _before_writes.get()()
    for attempt in range(MAX_ATTEMPTS):
        try:
            return write()
        except PynamoDBException as error:
            failure, code = error, code_of(error)
            if code == "ConditionalCheckFailedException":
                return None
            if not code:
                # No response: the write may have succeeded and must not be repeated.
                break
            if code not in TRANSIENT:
                raise
            back_off(attempt)
    raise Unavailable from failure
