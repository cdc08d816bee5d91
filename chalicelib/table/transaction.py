"""All-or-nothing writes: a change, its event and its counters together.

DynamoDB's limits hold: 100 items and 4 MB, the same item once. A conflict with another transaction, and throttling,
is waited out; a condition that fails is the caller's to understand, so each write may name the error it stands for.
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
from chalicelib.table.connection import table
from chalicelib.table.failures import TRANSIENT, code_of
from chalicelib.table.items import Item, Row
from chalicelib.table.keys import Key
from chalicelib.table.reads import back_off

ATTEMPTS = 10
R = TypeVar("R")


class ConditionFailed(Exception):
    """A condition did not hold, and the write that bore it named no error of its own. `keys`: the writes at fault."""

    def __init__(self, keys: Sequence[Key]) -> None:
        super().__init__(f"condition failed on {len(keys)} item(s)")
        self.keys = list(keys)


def retry_on_conflict(change: Callable[[], R]) -> R:
    """`change()`, from its reads on, again and again while what it read has changed before it wrote (ConditionFailed).

    Conflict where somebody else is always quicker; with the waiting in between that takes dozens of writers at once.
    """
    for attempt in range(ATTEMPTS):
        try:
            return change()
        except ConditionFailed:
            back_off(attempt)
    raise Conflict("This is being changed by others at the same time. Try again.")


def exists() -> Condition:
    return Path(["pk"]).exists()


def absent() -> Condition:
    return Path(["pk"]).does_not_exist()


Update = tuple[Key, Sequence[Action], Condition | None, Exception | None]
_alongside: ContextVar[Update | None] = ContextVar("alongside", default=None)


@contextmanager
def alongside(key: Key, actions: Sequence[Action], condition: Condition, error: Exception) -> Iterator[None]:
    """Every transaction that is committed inside, on this thread, makes this update too, or is not made."""
    token = _alongside.set((key, actions, condition, error))
    try:
        yield
    finally:
        _alongside.reset(token)


class Transaction:
    """Collects writes, then `commit`s them at once."""

    def __init__(self) -> None:
        self._checks: list[tuple[type[Item], Key, Condition, Exception | None]] = []
        self._deletes: list[tuple[Item, Condition | None, Exception | None]] = []
        self._puts: list[tuple[Item, Condition | None, Exception | None]] = []
        self._updates: list[tuple[Item, Sequence[Action], Condition | None, Exception | None]] = []

    def __len__(self) -> int:
        return len(self._checks) + len(self._deletes) + len(self._puts) + len(self._updates)

    def extend(self, other: "Transaction") -> None:
        """Take over the writes of another that has been prepared apart; the two must have no item in common."""
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

    def update(
        self,
        key: Key,
        actions: Sequence[Action],
        condition: Condition | None = None,
        error: Exception | None = None,
    ) -> None:
        self._updates.append((Item.at(key), actions, condition, error))

    def commit(self) -> None:
        """Raises what a failed condition stands for, or ConditionFailed; Unavailable where DynamoDB is too busy or does
        not answer; and what it answers itself where trying again cannot help: rights, a limit, an item it refuses."""
        if (beside := _alongside.get()) is not None:
            self.update(*beside)
        # One token for all attempts: where one was done and only its answer was lost, the next changes nothing.
        token = ids.new_id()
        for attempt in range(ATTEMPTS):
            try:
                self._write(token)
                return
            except TransactWriteError as error:
                failure = error
                if not code_of(error):
                    # No answer, after all the time there was: nobody knows whether it was done.
                    break
                if not self._judge(error):
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

    def _judge(self, error: TransactWriteError) -> bool:
        """Whether trying again may help; raises what a failed condition stands for."""
        reasons = list(error.cancellation_reasons) if code_of(error) == "TransactionCanceledException" else []
        failed = [n for n, reason in enumerate(reasons) if reason and reason.code == "ConditionalCheckFailed"]
        if failed:
            self._raise_failed(failed, error)
        if reasons:
            return all(reason is None or _passing(reason) for reason in reasons)
        return code_of(error) in TRANSIENT

    def _raise_failed(self, failed: list[int], cause: Exception) -> NoReturn:
        # The order in which pynamodb sends them: checks, deletes, puts, updates.
        writes: list[tuple[Key, Exception | None]] = [(key, error) for _, key, _, error in self._checks]
        writes += [(item.key, error) for item, _, error in [*self._deletes, *self._puts]]
        writes += [(item.key, error) for item, _, _, error in self._updates]
        for number in failed:
            if (error := writes[number][1]) is not None:
                raise error from cause
        raise ConditionFailed([writes[number][0] for number in failed]) from cause


def _passing(reason: CancellationReason) -> bool:
    return reason.code in TRANSIENT or reason.code == "None"


def put(item: Item, condition: Condition | None = None) -> bool:
    """Whether it was written: False where the condition did not hold."""
    return _single(lambda: item.save(condition=condition)) is not None


def update(key: Key, actions: Sequence[Action], condition: Condition | None = None) -> Row | None:
    """The item as it is now, or None where the condition did not hold."""
    answer = _single(
        lambda: table().update_item(
            key.pk, range_key=key.sk, actions=list(actions), condition=condition, return_values="ALL_NEW"
        )
    )
    return None if answer is None else answer["Attributes"]


def delete(key: Key, condition: Condition | None = None) -> bool:
    """Whether the condition held; deleting what is not there is no failure."""
    return _single(lambda: Item.at(key).delete(condition=condition)) is not None


def _single(write: Callable[[], dict[str, Any]]) -> dict[str, Any] | None:
    for attempt in range(ATTEMPTS):
        try:
            return write()
        except PynamoDBException as error:
            failure, code = error, code_of(error)
            if code == "ConditionalCheckFailedException":
                return None
            if not code:
                # No answer: it may have been done, and must not be done twice.
                break
            if code not in TRANSIENT:
                raise
            back_off(attempt)
    raise Unavailable from failure
