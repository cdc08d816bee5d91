"""The most that one run of a function makes the system spend. Every function in infra/system.py declares it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class RunSpending:
    """What each of up to `most` units of work costs in a run: DynamoDB's units (as in chalicelib/http/spending.py),
    messages to queues, and letters."""

    of: str
    """The unit of work."""
    most: int
    reads: int
    writes: int
    messages: int = 0
    letters: int = 0
    calls: str = ""
    """Calls to others for each unit, with what bounds them."""
    why: str = ""
    """What the numbers come from."""

    def for_units(self, name: str, units: int) -> int:
        """The most of `reads`, `writes`, `messages` or `letters` for this many units of work."""
        return int(getattr(self, name)) * units
