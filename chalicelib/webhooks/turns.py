"""How many attempts this process may have under way: for each webhook, for each host, and in all.

A receiver that hangs holds its attempts for ten seconds. Bounded like this, it can hold a few of the process's threads
and no more, also before its breaker opens, and in a process that has never called it.
"""

import threading
import time
from collections.abc import Callable, Collection
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from chalicelib.webhooks.backoff import BREAKER_FAILURES

MAX_PER_WEBHOOK = BREAKER_FAILURES
"""If all of them fail, the breaker opens and none after them is attempted."""
MAX_PER_HOST = 10
MAX_UNDER_WAY = 40
STUCK_AFTER_S = 1.0
"""An attempt that takes longer than this makes those behind it leave."""


@dataclass(eq=False, slots=True)
class _Turn:
    webhook_id: str
    host: str
    call: Callable[[], Any]
    future: "Future[Any]" = field(default_factory=Future)
    began: float = 0.0


class Turns:
    """Thread-safe. Calls that must wait for others begin as soon as those end."""

    def __init__(self, threads: ThreadPoolExecutor) -> None:
        self._threads = threads
        self._lock = threading.Lock()
        self._under_way: list[_Turn] = []
        self._waiting: list[_Turn] = []

    def submit(self, webhook_id: str, url: str, call: Callable[[], Any]) -> "Future[Any]":
        turn = _Turn(webhook_id, urlsplit(url).netloc, call)
        with self._lock:
            self._waiting.append(turn)
            self._start()
        return turn.future

    def room(self) -> int:
        """How many more could begin now."""
        with self._lock:
            return MAX_UNDER_WAY - len(self._under_way) - len(self._waiting)

    def withdraw_stuck(self) -> "Collection[Future[Any]]":
        """Take back those that wait for a receiver that does not respond. They are returned, and never begin."""
        longest = time.monotonic() - STUCK_AFTER_S
        with self._lock:
            stuck = [
                turn for turn in self._waiting if any(self._are_stuck(each, longest) for each in self._ahead(turn))
            ]
            self._waiting = [turn for turn in self._waiting if turn not in stuck]
        return [turn.future for turn in stuck]

    def _are_stuck(self, ahead: list[_Turn], longest: float) -> bool:
        return bool(ahead) and max(turn.began for turn in ahead) < longest

    def _ahead(self, turn: _Turn) -> list[list[_Turn]]:
        """Those under way that use up a bound which `turn` must wait for."""
        of_webhook = [each for each in self._under_way if each.webhook_id == turn.webhook_id]
        of_host = [each for each in self._under_way if each.host == turn.host]
        return [
            of_webhook if len(of_webhook) >= MAX_PER_WEBHOOK else [],
            of_host if len(of_host) >= MAX_PER_HOST else [],
        ]

    def _start(self) -> None:
        waiting, self._waiting = self._waiting, []
        for turn in waiting:
            if len(self._under_way) >= MAX_UNDER_WAY or any(self._ahead(turn)):
                self._waiting.append(turn)
                continue
            turn.began = time.monotonic()
            self._under_way.append(turn)
            self._threads.submit(self._run, turn)

    def _run(self, turn: _Turn) -> None:
        try:
            result = turn.call()
        except BaseException as failure:
            self._end(turn)
            turn.future.set_exception(failure)
        else:
            self._end(turn)
            turn.future.set_result(result)

    def _end(self, turn: _Turn) -> None:
        with self._lock:
            self._under_way.remove(turn)
            self._start()
