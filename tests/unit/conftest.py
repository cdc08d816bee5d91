"""The table, queues and key in process, empty for every test that requests them, and objects that most tests need."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from botocore.client import BaseClient

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
    BRIDGE_SERVICE_URL="https://services.example.com",
)
for name in ("AWS_PROFILE", "AWS_ENDPOINT_URL", "FUNCTION", "ALLOW_LOOPBACK", "BRIDGE_SERVICES", "BRIDGE_TYPES"):
    os.environ.pop(name, None)

from tests.support import iam, in_process

in_process.install()
iam.install()

from chalicelib.kit.settings import settings
from chalicelib.security import crypto
from chalicelib.security.rate_limits import refused_until
from chalicelib.table import reads
from tests.support import account, functions, run_costs
from tests.support.factories import Acme
from tests.support.storefront import Storefront, verify_sender

HERE = Path(__file__).parent
POOLS = (reads._threads, reads._prefetch_threads)
WRITES = {"PutItem", "UpdateItem", "DeleteItem", "BatchWriteItem", "TransactWriteItems"}
MANY_TIMES = {
    "test_faults.py",
    "test_killed.py",
    "test_merging.py",
    "test_mutations.py",
    "test_guest_uniformity.py",
    "test_interleaved.py",
}
"""Files whose tests repeat hundreds of times what others do once. Measuring their coverage would double their duration
and add nothing."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.is_relative_to(HERE) and item.path.name in MANY_TIMES:
            item.add_marker(pytest.mark.no_cover)


@pytest.fixture
def cloud() -> Iterator[None]:
    """An empty account with our table, queues and key. The fixture `acme` includes it."""
    with account.new():
        os.environ.update(functions.ADDRESSES)
        functions.install()
        # Caches that hold the previous test's account. Clients stay: creating them takes longer than most tests.
        for cached in (settings, crypto._server_key, crypto.decrypt, refused_until):
            cached.cache_clear()
        yield
        for pool in POOLS:
            # A request that failed may have left calls behind, which must not reach the next test's account.
            if pool.cache_info().currsize:
                pool().shutdown()
                pool.cache_clear()


@pytest.fixture(autouse=True)
def asked_for() -> Iterator[None]:
    """Fails tests that use the account without requesting it, even if the code under test ignores the error."""
    account.unasked.clear()
    yield
    assert account.unasked == [], "request the fixture `cloud`"


@pytest.fixture(autouse=True)
def permitted() -> Iterator[None]:
    """Fails tests in which a function makes a call that its policy does not allow."""
    iam.denied.clear()
    yield
    assert iam.denied == [], "infra/system.py: the function needs this permission, or should not make the call"


@pytest.fixture(autouse=True)
def affordable() -> Iterator[None]:
    """Fails tests in which a run of a function spends more than it declares."""
    run_costs.exceeded.clear()
    yield
    assert run_costs.exceeded == [], "infra/system.py: the function spends more than its `spends`"


@pytest.fixture
def acme(cloud: None) -> Acme:
    """An organization with every feature on, an API key with every scope, and clients for all who call."""
    return Acme.create()


@pytest.fixture
def shop(acme: Acme) -> Storefront:
    verify_sender()
    return Storefront(acme)


@pytest.fixture
def calls() -> Iterator[list[str]]:
    """The names of all DynamoDB calls so far."""
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
    """The number of writes so far."""
    return lambda: sum(name in WRITES for name in calls)
