"""The table, queues and key in process, empty for every test; and the objects that most tests begin with."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import moto
import pytest

os.environ.update(
    AWS_ACCESS_KEY_ID="testing",
    AWS_SECRET_ACCESS_KEY="testing",
    AWS_DEFAULT_REGION="eu-central-1",
    AWS_REGION="eu-central-1",
    STAGE="test",
    TABLE_NAME="orderly-embed",
    MAIL_FROM="mail@example.com",
    MAIL_CONFIGURATION_SET="mail",
    PUBLIC_BASE_URL="https://api.example.com",
)
for name in ("AWS_PROFILE", "AWS_ENDPOINT_URL", "FUNCTION", "ALLOW_LOOPBACK"):
    os.environ.pop(name, None)

from chalicelib.api.admission import refusals
from chalicelib.kit import aws
from chalicelib.kit.settings import settings
from chalicelib.security import crypto
from chalicelib.table.connection import INDEXES, table
from tests.support import functions, quick_moto
from tests.support.factories import Acme

quick_moto.install()

HERE = Path(__file__).parent
MANY_TIMES = {
    "test_faults.py",
    "test_killed.py",
    "test_merging.py",
    "test_guest_uniformity.py",
    "test_erasure_interleaved.py",
}
"""Files whose tests do hundreds of times what others do once. Measuring coverage would double what they take, and find
nothing new."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.is_relative_to(HERE) and item.path.name in MANY_TIMES:
            item.add_marker(pytest.mark.no_cover)


QUEUES = ("events", "deliveries", "alerts", "mail", "cleanup")


def create_table(client: Any, name: str) -> None:
    def key(hash_key: str, range_key: str) -> list[dict[str, str]]:
        return [{"AttributeName": hash_key, "KeyType": "HASH"}, {"AttributeName": range_key, "KeyType": "RANGE"}]

    attributes = ["pk", "sk", *(attribute for pair in INDEXES.values() for attribute in pair)]
    client.create_table(
        TableName=name,
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
        BillingMode="PAY_PER_REQUEST",
        StreamSpecification={"StreamEnabled": True, "StreamViewType": "NEW_IMAGE"},
    )


@pytest.fixture(autouse=True)
def cloud() -> Iterator[None]:
    """An empty account with our table, queues and key in it."""
    with moto.mock_aws():
        for queue in QUEUES:
            url = aws.client("sqs").create_queue(QueueName=queue)["QueueUrl"]
            os.environ[f"{queue.upper()}_QUEUE_URL"] = url
        os.environ["KMS_KEY_ID"] = aws.client("kms").create_key()["KeyMetadata"]["KeyId"]
        os.environ.update(functions.ADDRESSES)
        functions.install()
        create_table(table().connection.client, os.environ["TABLE_NAME"])
        # What remembers the account of the test before. The clients stay: making them costs more than most tests.
        for cached in (settings, crypto._server_key, crypto.decrypt, refusals):
            cached.cache_clear()
        yield


@pytest.fixture
def acme() -> Acme:
    """An organization with every feature on, an API key with every scope, and clients for all who call."""
    return Acme.create()
