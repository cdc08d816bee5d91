"""An AWS account in process with our table, queues and key, empty for each test.

ministack has the table, the queues and the key (`tests/support/in_process.py`), moto the mail.
"""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from threading import current_thread
from typing import Any

import boto3
from botocore.awsrequest import AWSPreparedRequest
from ministack.services import dynamodb, kms, sqs
from moto.core.base_backend import BackendDict
from moto.core.botocore_stubber import BotocoreStubber
from moto.core.models import botocore_stubber

from chalicelib.table.connection import INDEXES
from tests.support.in_process import region

QUEUES = ("events", "deliveries", "slow_deliveries", "alerts", "mail", "cleanup", "bridges", "tracking", "figures")


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
        unasked.append(f"{request.url} by {current_thread().name}")
    return _whole(stubber, event_name, request, **more)


setattr(BotocoreStubber, "__call__", _note)  # noqa: B010 - not for type checkers


@contextmanager
def new() -> Iterator[None]:
    """An empty account with our table, queues and key, named in the environment. It is removed afterwards."""
    BackendDict.reset()
    for service in (dynamodb, kms, sqs):
        service.reset()
    botocore_stubber.enabled = True
    try:
        create_table()
        for name in QUEUES:
            os.environ[f"{name.upper()}_QUEUE_URL"] = client("sqs").create_queue(QueueName=name)["QueueUrl"]
        os.environ["KMS_KEY_ID"] = client("kms").create_key()["KeyMetadata"]["KeyId"]
        yield
    finally:
        botocore_stubber.enabled = False


def everything() -> list[dict[str, Any]]:
    """All items of the table."""
    pages = client("dynamodb").get_paginator("scan").paginate(TableName=os.environ["TABLE_NAME"])
    return [row for page in pages for row in page["Items"]]


def stream() -> list[Any]:
    """All records of the table's stream, oldest first."""
    with region():
        records: list[Any] = dynamodb.stream_records_since(os.environ["TABLE_NAME"], 0, sys.maxsize)
    return records


def empty() -> None:
    """Delete all items of the table."""
    dynamodb.reset()
    create_table()


def create_table() -> None:
    def key(hash_key: str, range_key: str) -> list[dict[str, str]]:
        return [{"AttributeName": hash_key, "KeyType": "HASH"}, {"AttributeName": range_key, "KeyType": "RANGE"}]

    attributes = ["pk", "sk", *(attribute for pair in INDEXES.values() for attribute in pair)]
    client("dynamodb").create_table(
        TableName=os.environ["TABLE_NAME"],
        KeySchema=key("pk", "sk"),
        AttributeDefinitions=[{"AttributeName": attribute, "AttributeType": "S"} for attribute in attributes],
        GlobalSecondaryIndexes=[
            {
                "IndexName": index,
                "KeySchema": key(*pair),
                "Projection": {"ProjectionType": "KEYS_ONLY"}
                if index == "due"
                else {"ProjectionType": "INCLUDE", "NonKeyAttributes": ["hint"]},
            }
            for index, pair in INDEXES.items()
        ],
        StreamSpecification={"StreamEnabled": True, "StreamViewType": "NEW_IMAGE"},
        BillingMode="PAY_PER_REQUEST",
    )
