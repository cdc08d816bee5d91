"""One delivery attempt: a POST to a checked address, bounded in time and size whatever the receiver does.

`send` never raises for what a receiver, its network or its name server does; the Attempt describes the outcome.
docs/webhooks.md explains the error classes to receivers.
"""

import codecs
import http.client
import re
import ssl
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC
from email.utils import parsedate_to_datetime

from chalicelib.kit import clock
from chalicelib.outbound.addresses import Resolver
from chalicelib.outbound.budget import Budget
from chalicelib.outbound.exchange import Exchanges, Limits
from chalicelib.outbound.failures import ErrorClass, SendFailed
from chalicelib.outbound.resolving import system_resolver

MAX_BODY_BYTES = 8192
MAX_SNIPPET_BYTES = 2048
MAX_HEADER_BYTES = 65_536
_NOT_TEXT = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class Attempt:
    status_code: int | None
    """None if there was no response."""
    success: bool
    error_class: ErrorClass | None
    error: str | None
    """Shown to end users."""
    duration_ms: int
    response_snippet: str | None = None
    """The beginning of the body as text, at most 2 KB of UTF-8."""
    retry_after: int | None = None
    """Seconds, from the receiver's `Retry-After` header."""


@dataclass(frozen=True, slots=True)
class _Response:
    status: int
    body: bytes
    retry_after: str | None


class Sender:
    """Thread-safe. Use one per process: it keeps connections alive."""

    def __init__(
        self,
        *,
        allow_loopback: bool,
        limits: Limits | None = None,
        resolver: Resolver = system_resolver,
        context: ssl.SSLContext | None = None,
    ) -> None:
        self._limits = limits or Limits()
        self._exchanges = Exchanges(self._limits, resolver, context)
        self._allow_loopback = allow_loopback

    def send(self, url: str, body: bytes, headers: Mapping[str, str]) -> Attempt:
        started = time.monotonic()
        budget = Budget(started + self._limits.total, MAX_HEADER_BYTES + MAX_BODY_BYTES)
        try:
            response = self._post(url, body, headers, budget)
        except SendFailed as failed:
            return Attempt(None, False, failed.error_class, failed.error, _milliseconds_since(started))
        error_class, error = _classify(response.status)
        return Attempt(
            status_code=response.status,
            success=error_class is None,
            error_class=error_class,
            error=error,
            duration_ms=_milliseconds_since(started),
            response_snippet=_snippet(response.body),
            retry_after=_retry_after_seconds(response.retry_after),
        )

    def close(self) -> None:
        """Close the connections kept alive."""
        self._exchanges.close()

    def _post(self, url: str, body: bytes, headers: Mapping[str, str], budget: Budget) -> _Response:
        def read(response: http.client.HTTPResponse) -> tuple[_Response, bool]:
            budget.limit_seconds(self._limits.body)
            content, complete = _read(response)
            return _Response(response.status, content, response.headers.get("Retry-After")), complete

        return self._exchanges.make("POST", url, body, headers, budget, read, allow_loopback=self._allow_loopback)


def _read(response: http.client.HTTPResponse) -> tuple[bytes, bool]:
    """The body up to the limit, and whether it is complete. A body that breaks off does not fail the attempt."""
    content = b""
    try:
        while len(content) < MAX_BODY_BYTES and response.length != 0 and not response.isclosed():
            piece = response.read1(MAX_BODY_BYTES - len(content))
            if not piece:
                break
            content += piece
    except (OSError, http.client.HTTPException):
        return content, False
    return content, response.length == 0 or response.isclosed()


def _classify(status: int) -> tuple[ErrorClass | None, str | None]:
    if 200 <= status < 300:
        return None, None
    if 300 <= status < 400:
        return "redirect", f"The receiver responded with {status}; redirects are not followed"
    if 400 <= status < 600:
        phrase = http.client.responses.get(status, "")
        return "http_4xx" if status < 500 else "http_5xx", f"The receiver responded with {status} {phrase}".rstrip()
    return "invalid_response", f"The receiver responded with the unknown status {status}"


def _snippet(body: bytes) -> str | None:
    """The body as text without control characters or a truncated last character."""
    text = codecs.getincrementaldecoder("utf-8")("replace").decode(body[:MAX_SNIPPET_BYTES])
    return _NOT_TEXT.sub("", text).encode()[:MAX_SNIPPET_BYTES].decode("utf-8", "ignore") or None


def _retry_after_seconds(retry_after: str | None) -> int | None:
    """Parse a Retry-After header in seconds or as a date; None if it is neither."""
    text = (retry_after or "").strip()
    if re.fullmatch(r"[0-9]{1,9}", text):
        return int(text)
    try:
        moment = parsedate_to_datetime(text)
        moment = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment
        return max(0, round((moment - clock.now()).total_seconds()))
    except (ValueError, OverflowError):
        return None


def _milliseconds_since(started: float) -> int:
    return round((time.monotonic() - started) * 1000)
