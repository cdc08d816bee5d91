"""Transactions are all-or-nothing, and report whose condition failed."""

import pytest
from botocore.exceptions import ReadTimeoutError
from pynamodb.exceptions import TransactWriteError

from chalicelib.kit.errors import Conflict, Unavailable
from chalicelib.table import transaction as transactions
from chalicelib.table.items import Item
from chalicelib.table.keys import Key
from chalicelib.table.reads import find, find_row
from chalicelib.table.transaction import (
    ConditionFailed,
    Transaction,
    absent,
    delete,
    exists,
    put,
    retry_on_conflict,
    update,
)
from tests.support.account import stream
from tests.support.races import at_once

THERE, GONE, NEW = Key("A", "there"), Key("A", "gone"), Key("A", "new")


class NamedError(Exception):
    pass


@pytest.fixture(autouse=True)
def there(cloud: None) -> None:
    put(Item.at(THERE, hint="0"))


@pytest.fixture
def no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(transactions, "back_off", lambda _: None)


class TestCommit:
    def test_writes_everything(self) -> None:
        transaction = Transaction()
        transaction.check(Key("A", "nothing"), absent())
        transaction.put(Item.at(NEW))
        transaction.update(Key("A", "counted"), [Item.due_failures.add(2)])
        transaction.delete(THERE, exists())
        transaction.commit()
        assert find_row(THERE) is None
        assert find_row(NEW) is not None
        counted = find(Item, Key("A", "counted"))
        assert counted is not None
        assert counted.due_failures == 2

    @pytest.mark.parametrize("fault", ["check", "put", "update", "delete"])
    @pytest.mark.parametrize("named", [True, False])
    def test_writes_nothing_if_a_condition_fails_and_names_it(self, fault: str, named: bool) -> None:
        transaction = Transaction()
        # Writes of every kind around the failing one, so that a wrong order would name a wrong write.
        for kind in ("update", "put", "delete", "check"):
            at_fault = kind == fault
            key = Key("A", f"absent-{kind}") if at_fault else Key("A", f"other-{kind}")
            condition = exists() if at_fault else absent()
            error = NamedError(kind) if at_fault and named else None if at_fault else RuntimeError("the wrong one")
            match kind:
                case "check":
                    transaction.check(key, condition, error)
                case "put":
                    transaction.put(Item.at(key), condition, error)
                case "update":
                    transaction.update(key, [Item.hint.set("x")], condition, error)
                case "delete":
                    transaction.delete(key, condition, error)
        if named:
            with pytest.raises(NamedError, match=fault):
                transaction.commit()
        else:
            with pytest.raises(ConditionFailed) as failed:
                transaction.commit()
            assert failed.value.keys == [Key("A", f"absent-{fault}")]
        assert find_row(Key("A", "other-put")) is None

    def test_changes_nothing_if_a_condition_fails(self) -> None:
        """Includes the stream."""
        changed, gone = Key("A", "changed"), Key("A", "gone")
        put(Item.at(changed, hint="before"))
        put(Item.at(gone))
        streamed = len(stream())
        transaction = Transaction()
        transaction.check(NEW, exists())
        transaction.update(changed, [Item.hint.set("after")])
        transaction.delete(gone)
        transaction.put(Item.at(Key("B", "new")))
        with pytest.raises(ConditionFailed):
            transaction.commit()
        assert [(find_row(key) or {}).get("hint") for key in (changed, gone)] == [{"S": "before"}, None]
        assert [find_row(key) is None for key in (changed, gone, Key("B", "new"))] == [False, False, True]
        assert len(stream()) == streamed

    @pytest.mark.usefixtures("no_waiting")
    def test_gives_up_after_max_attempts(self, monkeypatch: pytest.MonkeyPatch) -> None:
        tries = []

        def conflicting(*_: object) -> None:
            tries.append(1)
            raise TransactWriteError("busy", _cause("TransactionInProgressException"))

        monkeypatch.setattr(Transaction, "_write", conflicting)
        with pytest.raises(Unavailable):
            Transaction().commit()
        assert len(tries) == transactions.MAX_ATTEMPTS

    @pytest.mark.parametrize("code", ["AccessDeniedException", "ValidationException", "ResourceNotFoundException"])
    def test_permanent_errors_are_not_retried(self, monkeypatch: pytest.MonkeyPatch, code: str) -> None:
        def refused(*_: object) -> None:
            raise TransactWriteError("refused", _cause(code))

        monkeypatch.setattr(Transaction, "_write", refused)
        with pytest.raises(TransactWriteError) as raised:
            Transaction().commit()
        assert raised.value.cause_response_code == code

    def test_an_invalid_item_is_not_retried(self) -> None:
        """DynamoDB and ministack refuse a sort key of 2 KB, and name the reason for each item."""
        transaction = Transaction()
        transaction.put(Item.at(Key("A", "good")))
        transaction.put(Item.at(Key("A", "x" * 2000)))
        with pytest.raises(TransactWriteError):
            transaction.commit()
        assert find_row(Key("A", "good")) is None

    def test_without_a_response_the_outcome_is_unknown(self, monkeypatch: pytest.MonkeyPatch) -> None:
        tries = []

        def unanswered(*_: object) -> None:
            tries.append(1)
            raise TransactWriteError("no answer", ReadTimeoutError(endpoint_url="https://dynamodb.invalid"))

        monkeypatch.setattr(Transaction, "_write", unanswered)
        with pytest.raises(Unavailable):
            Transaction().commit()
        assert len(tries) == 1

    def test_retries_use_the_same_token(self, monkeypatch: pytest.MonkeyPatch) -> None:
        tokens = []

        def conflicting(_: Transaction, token: str) -> None:
            tokens.append(token)
            if len(tokens) < 3:
                raise TransactWriteError("busy", _cause("InternalServerError"))

        monkeypatch.setattr(Transaction, "_write", conflicting)
        Transaction().commit()
        Transaction().commit()
        assert tokens[0] == tokens[1] == tokens[2] != tokens[3]


def _cause(code: str) -> Exception:
    from botocore.exceptions import ClientError

    cause: Exception = ClientError({"Error": {"Code": code, "Message": ""}}, "TransactWriteItems")
    return cause


class TestSingleWrites:
    def test_report_whether_their_condition_held(self) -> None:
        assert put(Item.at(GONE), absent())
        assert not put(Item.at(GONE), absent())
        assert delete(GONE, exists())
        assert not delete(GONE, exists())
        assert delete(GONE)
        assert update(GONE, [Item.hint.set("x")], exists()) is None
        changed = update(THERE, [Item.hint.set("1")], Item.hint == "0")
        assert changed is not None
        assert changed["hint"] == {"S": "1"}


class TestRetryOnConflict:
    def test_loses_no_concurrent_change(self) -> None:
        def count_up() -> None:
            item = find(Item, THERE)
            assert item is not None
            seen = item.hint
            transaction = Transaction()
            transaction.update(THERE, [Item.hint.set(str(int(seen) + 1))], Item.hint == seen)
            transaction.commit()

        at_once([lambda: retry_on_conflict(count_up)] * 8)
        item = find(Item, THERE)
        assert item is not None
        assert item.hint == "8"

    @pytest.mark.usefixtures("no_waiting")
    def test_gives_up(self) -> None:
        def disturbed() -> None:
            raise ConditionFailed([THERE])

        with pytest.raises(Conflict):
            retry_on_conflict(disturbed)
