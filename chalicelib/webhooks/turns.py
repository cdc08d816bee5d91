"""How many attempts this process may have under way: for each webhook, for each host, and in all.

A receiver that hangs holds its attempts for ten seconds. Bounded like this, it can hold a few of the process's threads
and no more, also before its breaker opens, and in a process that has never called it.
"""

import threading
import time
from collections import defaultdict
from collections.abc import Callable, Collection
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from chalicelib.webhooks.backoff import BREAKER_FAILURES

MAX_PER_WEBHOOK = BREAKER_FAILURES
"""If all of them fail, the breaker opens and none after them is attempted."""
MAX_PER_HOST = 10
MAX_UNDER_WAY = 128
"""Threads that wait cost little. With fewer, a merchant whose dozen webhooks hang would leave none to the others."""
STUCK_AFTER_S = 1.0
"""Those behind attempts that all take longer than this leave at once."""

Bound = tuple[str, int]
"""Whose attempts are counted, and how many may be under way."""


@dataclass(eq=False, slots=True)
class _Turn:
    bounds: tuple[Bound, Bound]
    call: Callable[[], Any]
    future: "Future[Any]" = field(default_factory=Future)
    asked: float = field(default_factory=time.monotonic)
    began: float = 0.0


class Turns:
    """Thread-safe. Calls that must wait for others begin as soon as those end."""

    def __init__(self, threads: ThreadPoolExecutor) -> None:
        self._threads = threads
        self._lock = threading.Lock()
        self._number = 0
        self._under_way: defaultdict[Bound, list[_Turn]] = defaultdict(list)
        self._waiting: list[_Turn] = []

    def submit(self, webhook_id: str, url: str, call: Callable[[], Any]) -> "Future[Any]":
        bounds = (f"webhook {webhook_id}", MAX_PER_WEBHOOK), (f"host {urlsplit(url).netloc}", MAX_PER_HOST)
        turn = _Turn(bounds, call)
        with self._lock:
            self._waiting.append(turn)
            self._start()
        return turn.future

    def room(self) -> int:
        """How many more could be submitted."""
        with self._lock:
            return MAX_UNDER_WAY - self._number - len(self._waiting)

    def withdraw(self, waits_for_s: float) -> "Collection[Future[Any]]":
        """Take back those that wait for a receiver that does not respond, and those that have waited `waits_for_s` for
        one. They are returned, and never begin."""
        now = time.monotonic()
        with self._lock:
            leaving = {turn for turn in self._waiting if self._is_to_leave(turn, now, waits_for_s)}
            self._waiting = [turn for turn in self._waiting if turn not in leaving]
        return [turn.future for turn in leaving]

    def _is_to_leave(self, turn: _Turn, now: float, waits_for_s: float) -> bool:
        used_up = self._used_up(turn)
        are_stuck = any(max(ahead.began for ahead in self._under_way[bound]) < now - STUCK_AFTER_S for bound in used_up)
        return are_stuck or (bool(used_up) and now - turn.asked >= waits_for_s)

    def _used_up(self, turn: _Turn) -> list[Bound]:
        return [bound for bound in turn.bounds if len(self._under_way.get(bound, ())) >= bound[1]]

    def _start(self) -> None:
        waiting, self._waiting = self._waiting, []
        for turn in waiting:
            if self._number >= MAX_UNDER_WAY or self._used_up(turn):
                self._waiting.append(turn)
                continue
            turn.began = time.monotonic()
            self._number += 1
            for bound in turn.bounds:
                self._under_way[bound].append(turn)
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
            self._number -= 1
            for bound in turn.bounds:
                self._under_way[bound].remove(turn)
                if not self._under_way[bound]:
                    del self._under_way[bound]
            self._start()
