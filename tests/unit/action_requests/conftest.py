from collections.abc import Iterator

import pytest
import time_machine

from chalicelib.kit import clock
from tests.support.factories import Acme
from tests.support.merchant import Merchant

NOW = "2026-01-15T10:30:00.000Z"


@pytest.fixture
def time() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(clock.parse(NOW), tick=False) as traveller:
        yield traveller


@pytest.fixture
def merchant(time: time_machine.Traveller, acme: Acme) -> Merchant:
    return Merchant.of(acme)


@pytest.fixture
def order(merchant: Merchant) -> str:
    return merchant.order()
