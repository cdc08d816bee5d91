from collections.abc import Callable, Iterator
from typing import Any
from unittest.mock import patch

import pytest
from botocore.client import BaseClient

WRITES = {"PutItem", "UpdateItem", "DeleteItem", "BatchWriteItem", "TransactWriteItems"}


@pytest.fixture
def calls() -> Iterator[list[str]]:
    """The names of all DynamoDB calls, as they are made."""
    made: list[str] = []
    whole = BaseClient._make_api_call

    def make_api_call(client: BaseClient, name: str, parameters: dict[str, Any]) -> Any:
        if client.meta.service_model.service_name == "dynamodb":
            made.append(name)
        return whole(client, name, parameters)

    with patch.object(BaseClient, "_make_api_call", make_api_call):
        yield made


@pytest.fixture
def writes(calls: list[str]) -> Callable[[], int]:
    """How many calls so far were writes."""
    return lambda: sum(name in WRITES for name in calls)
