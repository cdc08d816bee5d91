"""moto copies the whole table once for every item of a transaction, so that it can go back. Once is enough."""

import copy
from types import SimpleNamespace
from typing import Any

from moto.dynamodb import models
from moto.dynamodb.models import DynamoDBBackend
from moto.dynamodb.models.table import Table

_whole = DynamoDBBackend.transact_write_items
_copies: dict[int, Any] = {}


def _deepcopy(value: Any, memo: Any = None) -> Any:
    if not isinstance(value, Table):
        return copy.deepcopy(value, memo)
    if id(value) not in _copies:
        _copies[id(value)] = copy.deepcopy(value)
    return _copies[id(value)]


def _transact_write_items(backend: DynamoDBBackend, transact_items: list[dict[str, Any]]) -> None:
    _copies.clear()
    try:
        _whole(backend, transact_items)
    finally:
        _copies.clear()


def install() -> None:
    setattr(models, "copy", SimpleNamespace(deepcopy=_deepcopy, copy=copy.copy))  # noqa: B010 - not for type checkers
    setattr(DynamoDBBackend, "transact_write_items", _transact_write_items)  # noqa: B010
