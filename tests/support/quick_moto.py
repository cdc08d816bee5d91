"""Faster replacements for slow parts of moto, which would take half of the tests' time.

- It copies the whole table, for every item of a transaction, so that it can go back.
- It makes a pair of RSA keys for every symmetric key of KMS, which uses none.
- It looks for each of the ten types that a DynamoDB value may have, under each name that the type might go by.
- It sorts the whole table for every query of an index, and asks for each comparison what types of values there are.
- It takes a request through three hundred patterns, a WSGI environment, two parsers of query strings and one of JSON by
  its model, and the answer back by its model, where JSON is all that DynamoDB speaks.
"""

import copy
import json
import re
from collections import defaultdict
from functools import cache
from types import SimpleNamespace
from typing import Any

from botocore.awsrequest import AWSPreparedRequest
from botocore.model import StructureShape
from moto.core.botocore_stubber import BotocoreStubber
from moto.core.exceptions import ServiceException
from moto.core.models import DEFAULT_ACCOUNT_ID
from moto.core.responses import ActionResult
from moto.core.serialize import ResponseSerializer
from moto.core.utils import get_service_model
from moto.dynamodb import models
from moto.dynamodb.models import DynamoDBBackend
from moto.dynamodb.models.dynamo_type import DynamoType, Item
from moto.dynamodb.models.table import Table
from moto.dynamodb.responses import DynamoHandler
from moto.kms import models as kms
from moto.kms.utils import generate_private_key
from werkzeug.exceptions import HTTPException

_whole = DynamoDBBackend.transact_write_items
_before: dict[int, Table] = {}
_written: list[dict[str, Any]] = []


def _deepcopy(value: Any, memo: Any = None) -> Any:
    if not isinstance(value, Table):
        return copy.deepcopy(value, memo)
    if id(value) not in _before:
        _before[id(value)] = _snapshot(value)
    return _before[id(value)]


def _snapshot(table: Table) -> Table:
    """The table as it is before the transaction, which changes some items and leaves the others alone."""
    snapshot = copy.copy(table)
    # Other threads write meanwhile: a list of a dict is made in one go, a loop over it is not.
    snapshot.items = defaultdict(dict, {hash_key: dict(part) for hash_key, part in list(table.items.items())})
    for keyed in _written:
        hash_key, range_key = DynamoType(keyed["pk"]), DynamoType(keyed["sk"])
        if (item := table.get_item(hash_key, range_key)) is not None:
            snapshot.items[hash_key][range_key] = copy.deepcopy(item)
    if table.stream_shard is not None:
        snapshot.stream_shard = copy.copy(table.stream_shard)
        snapshot.stream_shard.items = list(table.stream_shard.items)
        snapshot.stream_shard.table = snapshot
    return snapshot


def _transact_write_items(backend: DynamoDBBackend, transact_items: list[dict[str, Any]]) -> None:
    _before.clear()
    _written[:] = [write.get("Key") or write["Item"] for each in transact_items for write in each.values()]
    try:
        _whole(backend, transact_items)
    finally:
        _before.clear()


_any_structure = ResponseSerializer._serialize_type_structure
SCALARS = {"S", "N", "BOOL", "NULL"}


def _serialize_type_structure(
    serializer: ResponseSerializer, serialized: Any, value: Any, shape: StructureShape, key: str
) -> None:
    """A DynamoDB value that is a scalar stands in the answer as it is stored."""
    if key and type(value) is dict and shape.name == "AttributeValue" and SCALARS.issuperset(value):
        serializer._default_serialize(serialized, value, shape, key)
    else:
        _any_structure(serializer, serialized, value, shape, key)


_cast_value: property = vars(DynamoType)["cast_value"]


def _value(value: DynamoType) -> Any:
    return value.value if value.type == "S" else _cast_value.__get__(value)


def _all_items(table: Table) -> list[Item]:
    """Keys are texts here."""
    items = [item for part in list(table.items.values()) for item in list(part.values())]
    return sorted(items, key=lambda item: (item.hash_key.value, item.range_key.value))


any_request = BotocoreStubber.process_request
_TARGET = "DynamoDB_20120810."
_SHORT = {
    "BatchGetItem": "batch_get_item",
    "BatchWriteItem": "batch_write_item",
    "DeleteItem": "delete_item",
    "GetItem": "get_item",
    "PutItem": "put_item",
    "Query": "query",
    "Scan": "scan",
    "TransactGetItems": "transact_get_items",
    "TransactWriteItems": "transact_write_items",
    "UpdateItem": "update_item",
}
_REGION = re.compile(r"https://dynamodb\.([a-z0-9-]+)\.amazonaws\.com/")
Answer = tuple[int, dict[str, Any], str | bytes]


def process_request(stubber: BotocoreStubber, request: AWSPreparedRequest) -> Any:
    """The request as it would go out, answered by the same handler of moto's, with the bytes that moto would send."""
    target = request.headers.get("X-Amz-Target", "")
    operation = (target.decode() if isinstance(target, bytes) else target).removeprefix(_TARGET)
    found = _REGION.fullmatch(request.url) if operation in _SHORT else None
    return any_request(stubber, request) if found is None else _answer(operation, found[1], request)


def _answer(operation: str, region: str, request: AWSPreparedRequest) -> Answer:
    handler = DynamoHandler()
    handler.region, handler.current_account = region, DEFAULT_ACCOUNT_ID
    handler.headers = {"X-Amz-Target": _TARGET + operation, "Content-Type": "application/x-amz-json-1.0"}
    handler.querystring, handler.response_headers = {}, {}
    handler.params = handler.body = json.loads(request.body)
    try:
        result = getattr(handler, _SHORT[operation])().result
    except ServiceException as refused:
        status, headers, body = handler.serialized(ActionResult(refused))
        return status, headers, body
    except HTTPException as refused:
        return refused.code or 400, {}, refused.description or ""
    members = _members(operation)
    members_sent = {name: value for name, value in result.items() if value is not None and name in members}
    return 200, {"Content-Type": "application/x-amz-json-1.0"}, json.dumps(members_sent)


@cache
def _members(operation: str) -> frozenset[str]:
    return frozenset(get_service_model("dynamodb").operation_model(operation).output_shape.members)


def install() -> None:
    setattr(BotocoreStubber, "process_request", process_request)  # noqa: B010 - not for type checkers
    setattr(models, "copy", SimpleNamespace(deepcopy=_deepcopy, copy=copy.copy))  # noqa: B010
    setattr(DynamoDBBackend, "transact_write_items", _transact_write_items)  # noqa: B010
    setattr(kms, "generate_private_key", cache(generate_private_key))  # noqa: B010
    setattr(ResponseSerializer, "_serialize_type_structure", _serialize_type_structure)  # noqa: B010
    setattr(DynamoType, "cast_value", property(_value))  # noqa: B010
    setattr(Table, "all_items", _all_items)  # noqa: B010
