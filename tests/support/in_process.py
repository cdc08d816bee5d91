"""DynamoDB, SQS and KMS in process: a call goes from boto3's client straight to ministack's function that answers it.

ministack is the local cloud of `make run`, so tests and stack share one engine. moto, which has the other services,
takes ten times longer for the same call: most of it to build, sign, route and parse requests that never leave the
process. boto3 still builds and checks the parameters, and still makes the errors.
"""

import json
import os
import threading
from collections.abc import Callable
from contextlib import AbstractContextManager
from functools import cache
from typing import Any

from botocore.client import BaseClient
from ministack.core.responses import request_scope
from ministack.services import dynamodb, kms, sqs
from moto.core.models import DEFAULT_ACCOUNT_ID, botocore_stubber

Answer = tuple[int, dict[str, str], bytes]
Handler = Callable[[dict[str, Any]], Answer]
DYNAMODB: dict[str, Handler] = {
    "BatchGetItem": dynamodb._batch_get_item,
    "BatchWriteItem": dynamodb._batch_write_item,
    "CreateTable": dynamodb._create_table,
    "DeleteItem": dynamodb._delete_item,
    "DescribeTable": dynamodb._describe_table,
    "GetItem": dynamodb._get_item,
    "PutItem": dynamodb._put_item,
    "DescribeTimeToLive": dynamodb._describe_ttl,
    "Query": dynamodb._query,
    "RestoreTableToPointInTime": dynamodb._restore_table_to_point_in_time,
    "Scan": dynamodb._scan,
    "TransactGetItems": dynamodb._transact_get_items,
    "TransactWriteItems": dynamodb._transact_write_items,
    "UpdateContinuousBackups": dynamodb._update_continuous_backups,
    "UpdateItem": dynamodb._update_item,
    "UpdateTable": dynamodb._update_table,
    "UpdateTimeToLive": dynamodb._update_ttl,
}
KMS: dict[str, Handler] = {"CreateKey": kms._create_key, "Decrypt": kms._decrypt, "Encrypt": kms._encrypt}
SQS = {
    "CreateQueue",
    "DeleteMessage",
    "DeleteMessageBatch",
    "GetQueueAttributes",
    "ReceiveMessage",
    "SendMessage",
    "SendMessageBatch",
}
_one_at_a_time = threading.RLock()
by_request = BaseClient._make_api_call


def make_api_call(client: BaseClient, operation: str, parameters: dict[str, Any]) -> Any:
    """Replaces the client's method. Calls to other services or endpoints go the whole way."""
    handler = _handler(client.meta.service_model.service_name, operation)
    if handler is None or not botocore_stubber.enabled or ".amazonaws.com" not in client.meta.endpoint_url:
        return by_request(client, operation, parameters)
    model = client.meta.service_model.operation_model(operation)
    # Checks the parameters unless the client was told not to, and keeps the table from sharing objects with the caller.
    body = client._serializer.serialize_to_request(parameters, model)["body"]
    status, headers, answer = answer_of(handler, json.loads(body))
    response = {"status_code": status, "headers": headers, "body": answer, "context": {}}
    if status != 200:
        _raise(client, model, response)
    if handler in KMS.values():
        # Its answers have bytes.
        return client._response_parser.parse(response, model.output_shape)
    metadata = {"HTTPStatusCode": status, "HTTPHeaders": headers, "RetryAttempts": 0}
    return {**json.loads(answer), "ResponseMetadata": metadata}


def answer_of(handler: Handler, parameters: dict[str, Any]) -> Answer:
    """One call at a time, each atomic, as in AWS."""
    with _one_at_a_time, region():
        return handler(parameters)


def region() -> AbstractContextManager[None]:
    """Where ministack keeps what belongs to the tests' account."""
    scope: AbstractContextManager[None] = request_scope(DEFAULT_ACCOUNT_ID, os.environ["AWS_REGION"])
    return scope


@cache
def _handler(service: str, operation: str) -> Handler | None:
    if service == "sqs" and operation in SQS:
        # Nothing comes while a call waits, since calls run one at a time.
        return lambda parameters: _finish(sqs._handle_json(operation, {**parameters, "WaitTimeSeconds": 0}, "/"))
    return {"dynamodb": DYNAMODB, "kms": KMS}.get(service, {}).get(operation)


def _finish(coroutine: Any) -> Answer:
    """The result of a coroutine that never waits."""
    try:
        coroutine.send(None)
    except StopIteration as finished:
        answer: Answer = finished.value
        return answer
    raise AssertionError("the coroutine waits")


def _raise(client: BaseClient, model: Any, response: dict[str, Any]) -> None:
    """Raise the error that boto3 makes of the response."""
    parser = client._response_parser
    parsed = parser.parse(response, model.output_shape)
    client._endpoint._add_modeled_error_fields(response, parsed, model, parser)
    raise client.exceptions.from_code(parsed["Error"]["Code"])(parsed, model.name)


def install() -> None:
    setattr(BaseClient, "_make_api_call", make_api_call)  # noqa: B010 - not for type checkers
    # It would import the whole of ministack, to find that nobody is authorized there.
    setattr(sqs, "_enforce_queue_policy", lambda *_: None)  # noqa: B010
    # Tests travel for weeks before they relay what they wrote.
    setattr(dynamodb, "_STREAM_RETENTION_SECONDS", float("inf"))  # noqa: B010
