"""Tests on DynamoDB Local, AWS's own engine, whose behaviour unit tests only imitate. Skipped if it is unavailable."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks import dynamodb_local, seed
from chalicelib.kit import aws
from chalicelib.kit.settings import settings
from chalicelib.security import crypto
from chalicelib.security.rate_limits import refused_until
from chalicelib.table.connection import table

HERE = Path(__file__).parent
KEPT = (settings, table, aws.client, crypto._server_key, crypto.decrypt, refused_until)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker(pytest.mark.e2e)
            item.add_marker(pytest.mark.xdist_group("dynamodb"))


@pytest.fixture(scope="session")
def endpoint() -> Iterator[str]:
    running = dynamodb_local.running()
    try:
        started = running.__enter__()
    except dynamodb_local.NotHere as missing:
        pytest.skip(str(missing))
    try:
        yield started
    finally:
        running.__exit__(None, None, None)


@pytest.fixture(autouse=True)
def engine(endpoint: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """An empty table in the engine, which all clients use."""
    for name, value in seed.environment(endpoint).items():
        monkeypatch.setenv(name, value)
    monkeypatch.delenv("AWS_LAMBDA_FUNCTION_NAME")
    monkeypatch.setenv("FUNCTION", "")
    for cached in KEPT:
        cached.cache_clear()
    monkeypatch.setattr(aws, "client", lambda _: seed.Key())
    client = dynamodb_local.client(endpoint)
    if seed.TABLE in client.list_tables()["TableNames"]:
        client.delete_table(TableName=seed.TABLE)
    dynamodb_local.create_table(endpoint, seed.TABLE)
    yield
    monkeypatch.undo()
    os.environ.pop("AWS_ENDPOINT_URL_DYNAMODB", None)
    for cached in KEPT:
        cached.cache_clear()
