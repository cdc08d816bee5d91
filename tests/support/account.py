"""moto's account with our table, queues and key, empty for each test.

Creating them through moto's API takes longer than most tests. So its objects are created here directly, as its API
would do, and everything that is the same each time is cached: clients, and where a request goes.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

import boto3
from botocore.awsrequest import AWSPreparedRequest
from moto.core.base_backend import BackendDict
from moto.core.botocore_stubber import BotocoreStubber
from moto.core.models import DEFAULT_ACCOUNT_ID, botocore_stubber
from moto.dynamodb.models import DynamoDBBackend, dynamodb_backends
from moto.kms.models import kms_backends
from moto.sqs.models import sqs_backends

from chalicelib.table.connection import INDEXES

QUEUES = ("events", "deliveries", "alerts", "mail", "cleanup", "bridges")


def client(service: str) -> Any:
    """A client for the environment's endpoint, cached because creating one reads megabytes of JSON."""
    return _client(service, os.environ.get(f"AWS_ENDPOINT_URL_{service.upper()}"), os.environ["AWS_DEFAULT_REGION"])


@cache
def _client(service: str, endpoint: str | None, region: str) -> Any:
    return boto3.client(service, endpoint_url=endpoint, region_name=region)


unasked: list[str] = []
"""Requests of tests that did not request the account."""
_whole = BotocoreStubber.__call__


def _note(stubber: BotocoreStubber, event_name: str, request: AWSPreparedRequest, **more: Any) -> Any:
    if not stubber.enabled and ".amazonaws.com" in request.url:
        unasked.append(request.url)
    return _whole(stubber, event_name, request, **more)


setattr(BotocoreStubber, "__call__", _note)  # noqa: B010 - not for type checkers


@contextmanager
def new() -> Iterator[None]:
    """An empty account with our table, queues and key, named in the environment. It is removed afterwards."""
    BackendDict.reset()
    botocore_stubber.enabled = True
    try:
        create_table()
        queues = sqs_backends[DEFAULT_ACCOUNT_ID][_region()]
        for name in QUEUES:
            queues.create_queue(name)
            os.environ[f"{name.upper()}_QUEUE_URL"] = (
                f"https://sqs.{_region()}.amazonaws.com/{DEFAULT_ACCOUNT_ID}/{name}"
            )
        key = kms_backends[DEFAULT_ACCOUNT_ID][_region()].create_key(
            None, "ENCRYPT_DECRYPT", "SYMMETRIC_DEFAULT", "", None
        )
        os.environ["KMS_KEY_ID"] = key.id
        yield
    finally:
        botocore_stubber.enabled = False


def everything() -> list[dict[str, Any]]:
    """All items of the table."""
    pages = client("dynamodb").get_paginator("scan").paginate(TableName=os.environ["TABLE_NAME"])
    return [row for page in pages for row in page["Items"]]


def empty() -> None:
    """Delete all items of the table."""
    _tables().delete_table(os.environ["TABLE_NAME"])
    create_table()


def create_table() -> None:
    def key(hash_key: str, range_key: str) -> list[dict[str, str]]:
        return [{"AttributeName": hash_key, "KeyType": "HASH"}, {"AttributeName": range_key, "KeyType": "RANGE"}]

    attributes = ["pk", "sk", *(attribute for pair in INDEXES.values() for attribute in pair)]
    _tables().create_table(
        os.environ["TABLE_NAME"],
        schema=key("pk", "sk"),
        throughput=None,
        attr=[{"AttributeName": attribute, "AttributeType": "S"} for attribute in attributes],
        global_indexes=[
            {
                "IndexName": index,
                "KeySchema": key(*pair),
                "Projection": {"ProjectionType": "KEYS_ONLY"}
                if index == "due"
                else {"ProjectionType": "INCLUDE", "NonKeyAttributes": ["hint"]},
            }
            for index, pair in INDEXES.items()
        ],
        indexes=None,
        streams={"StreamEnabled": True, "StreamViewType": "NEW_IMAGE"},
        billing_mode="PAY_PER_REQUEST",
        sse_specification=None,
        tags=[],
        deletion_protection_enabled=False,
        warm_throughput=None,
    )


def _tables() -> DynamoDBBackend:
    return dynamodb_backends[DEFAULT_ACCOUNT_ID][_region()]


def _region() -> str:
    return os.environ["AWS_REGION"]
