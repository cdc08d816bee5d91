"""Receivers that hang until a test releases them, in place of the network."""

import threading
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest

from chalicelib.outbound.sender import Attempt
from chalicelib.webhooks import delivery, posting
from tests.support.receivers import PATIENCE

OK = Attempt(200, True, None, None, 5)
LATE = Attempt(200, True, None, None, 5_000)
TIMED_OUT = Attempt(None, False, "timeout", "No response within 10 seconds", 10_000)


class Held:
    """Calls that last until they are released."""

    def __init__(self) -> None:
        self.release, self.begun = threading.Event(), threading.Semaphore(0)

    def __call__(self) -> None:
        self.begun.release()
        assert self.release.wait(PATIENCE)

    def wait_for(self, number: int) -> None:
        for _ in range(number):
            assert self.begun.acquire(timeout=PATIENCE)


class Network:
    """Replaces the sender. A URL with /bad holds its attempts until they are released, then they time out."""

    def __init__(self, held: Held) -> None:
        self.held, self.sent, self.answer = held, list[str](), OK

    def send(self, url: str, *_: Any) -> Attempt:
        self.sent.append(url)
        if "/bad" in url:
            self.held()
            return TIMED_OUT
        return self.answer

    def close(self) -> None:
        """Nothing is open."""


@pytest.fixture
def held() -> Iterator[Held]:
    held = Held()
    yield held
    held.release.set()


@pytest.fixture
def network(held: Held, monkeypatch: pytest.MonkeyPatch) -> Network:
    network = Network(held)
    monkeypatch.setattr(posting, "sender", cache(lambda: network))
    monkeypatch.setattr(delivery, "sender", lambda: network)
    monkeypatch.setattr(delivery, "POLL_S", 0)
    return network
