"""A connector's process that dies at one of its calls: before the store sees it, or before the answer arrives."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Protocol

from tests.support.faults import Crash


class Double(Protocol):
    """A platform's double: its calls so far, and what may answer before or after each."""

    instead: Callable[[str], Any]
    after: Callable[[str], Any]

    @property
    def calls(self) -> list[str]: ...


@contextmanager
def dying(double: Double, at: int, *, done: bool) -> Iterator[None]:
    """Dies at the `at`-th call (from 0), after it took effect if `done`."""
    first = len(double.calls)

    def at_its_call(name: str) -> None:
        if len(double.calls) - first > at:
            raise Crash

    kept = double.instead, double.after
    if done:
        double.after = at_its_call
    else:
        double.instead = at_its_call
    try:
        yield
    finally:
        double.instead, double.after = kept


def killed_everywhere(double: Double, act: Callable[[], object]) -> int:
    """`act` dies at its first call, then at its second, …, each before and after it took effect, until it gets through.
    Returns how often it died."""
    for number in range(50):
        survived = True
        for done in (False, True):
            with dying(double, number, done=done):
                try:
                    act()
                except Crash:
                    survived = False
        if survived:
            return 2 * number
    raise AssertionError("it never ends")
