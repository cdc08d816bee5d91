"""What a tracking provider has to give, and what it gets.

A provider's functions are pure: they describe a call and read what comes back. The `tracking_feeds` room calls, bounds,
stores and repeats.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any


class Forged(Exception):
    """A hook whose signature is not the provider's."""


class Refused(Exception):
    """The provider refuses our credentials. Only the organization can change that."""


class NotTracked(Exception):
    """The provider will never track this number. The text says why, in the provider's words."""


class Unavailable(Exception):
    """The provider cannot answer now; the same call may work later."""


@dataclass(frozen=True, slots=True)
class Call:
    method: str
    url: str
    headers: Mapping[str, str]
    json: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Report:
    """All that a provider knows of one parcel."""

    number: str
    carrier: str | None
    """In the provider's spelling."""
    status: str | None
    """In our words; None if the provider does not know."""
    at: str
    """When the provider last learned something: of two reports the newer one holds. ISO 8601."""
    checkpoints: list[dict[str, Any]] = field(default_factory=list)
    """As the Sync API takes them."""
    estimated_delivery: str | None = None
    actual_delivery: str | None = None


@dataclass(frozen=True, slots=True)
class Provider:
    register: Callable[[str, str, str | None], Call]
    """The call that asks for a number to be followed: API key, tracking number, carrier's slug."""
    read_answer: Callable[[int, bytes], Report | None]
    """What the provider answered, by status and body: its first report, if it has one. Raises Refused, NotTracked or
    Unavailable."""
    read_hook: Callable[[Mapping[str, str], bytes, str], Report | None]
    """The report in a hook, from its headers (names in lower case), raw body and the shared secret; None if it is about
    something else. Raises Forged unless the signature is good."""
