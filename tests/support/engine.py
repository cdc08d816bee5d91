"""Fixtures for tests of webhooks and alerts; import them into a conftest."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
import time_machine

from chalicelib.kit.settings import settings
from chalicelib.webhooks import delivery, posting
from tests.support.aws_calls import around
from tests.support.factories import Acme
from tests.support.hooks import Merchant
from tests.support.pipeline import Pipeline
from tests.support.receivers import PATIENCE

START = datetime(2026, 1, 15, 10, 0, tzinfo=UTC)


@pytest.fixture
def loopback(monkeypatch: pytest.MonkeyPatch, cloud: None) -> Iterator[None]:
    """The local stage, which allows receivers on this machine."""
    monkeypatch.setenv("STAGE", "local")
    monkeypatch.setenv("ALLOW_LOOPBACK", "1")
    settings.cache_clear()
    posting.sender.cache_clear()
    # No receiver seems stuck because the machine is slow. Tests that are about taking more set it themselves.
    monkeypatch.setattr(delivery, "HELD_UP_AFTER_S", PATIENCE)
    with around(lambda _, call: call()):
        yield
    posting.sender().close()
    posting.sender.cache_clear()
    settings.cache_clear()


@pytest.fixture
def time() -> Iterator[time_machine.Traveller]:
    """A frozen clock; `time.shift(seconds)` moves it."""
    with time_machine.travel(START, tick=False) as coordinates:
        yield coordinates


@pytest.fixture
def pipeline(loopback: None) -> Pipeline:
    return Pipeline()


@pytest.fixture
def merchant(acme: Acme, loopback: None) -> Merchant:
    return Merchant(acme)
