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
from functools import cache
from typing import Literal

from chalicelib.kit import clock
from chalicelib.outbound.addresses import AddressNotAllowed, Endpoint, Resolver, check_addresses, parse_url
from chalicelib.outbound.budget import Budget, ResponseTooLarge, tls_context
from chalicelib.outbound.connections import IdleConnections, NotConnected, PinnedConnection, TlsFailed
from chalicelib.outbound.resolving import NotResolved, resolve, system_resolver

MAX_BODY_BYTES = 8192
MAX_SNIPPET_BYTES = 2048
MAX_HEADER_BYTES = 65_536
ErrorClass = Literal[
    "address_not_allowed",
    "dns",
    "connect_timeout",
    "connection_refused",
    "connection_failed",
    "connection_reset",
    "tls",
    "timeout",
    "invalid_response",
    "redirect",
    "http_4xx",
    "http_5xx",
]
"""Part of the API: people filter by these words, and programs branch on them."""

_NOT_TEXT = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds. `total` bounds the whole attempt; the others bound its steps."""

    total: float = 10.0
    resolve: float = 3.0
    connect: float = 3.0
    """Applies to the TCP connection and, separately, to the TLS handshake."""
    body: float = 2.0
    """Short, because the status line has already decided the outcome."""


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


class _SendFailed(Exception):
    def __init__(self, error_class: ErrorClass, error: str) -> None:
        self.error_class = error_class
        self.error = error


@cache
def _shared_context() -> ssl.SSLContext:
    return tls_context()


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
        self._allow_loopback = allow_loopback
        self._limits = limits or Limits()
        self._resolver = resolver
        self._context = context or _shared_context()
        self._idle = IdleConnections()

    def send(self, url: str, body: bytes, headers: Mapping[str, str]) -> Attempt:
        started = time.monotonic()
        budget = Budget(started + self._limits.total, MAX_HEADER_BYTES + MAX_BODY_BYTES)
        try:
            response = self._deliver(url, body, headers, budget)
        except _SendFailed as failed:
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
        self._idle.close()

    def _deliver(self, url: str, body: bytes, headers: Mapping[str, str], budget: Budget) -> _Response:
        try:
            return self._post(url, body, headers, budget)
        except AddressNotAllowed as error:
            raise _SendFailed("address_not_allowed", str(error)) from error
        except NotResolved as error:
            raise _SendFailed("dns", str(error)) from error
        except NotConnected as error:
            raise _not_connected(error.__cause__) from error
        except TlsFailed as error:
            raise _tls_failed(error.__cause__) from error
        except (OSError, http.client.HTTPException) as error:
            raise _no_response(error, self._limits.total) from error

    def _post(self, url: str, body: bytes, headers: Mapping[str, str], budget: Budget) -> _Response:
        endpoint = parse_url(url, allow_loopback=self._allow_loopback)
        resolved = resolve(endpoint, self._resolver, min(self._limits.resolve, budget.seconds_left()))
        addresses = check_addresses(endpoint, resolved, allow_loopback=self._allow_loopback)
        kept = self._idle.take(endpoint, addresses)
        if kept is not None:
            kept.bind(budget)
            try:
                return self._exchange(kept, endpoint, body, headers, budget)
            except (ConnectionError, ssl.SSLEOFError):
                # The receiver closed the idle connection while we were sending. It sent nothing, so try a fresh one.
                if budget.bytes_received:
                    raise
        fresh = PinnedConnection(endpoint, addresses, self._context, budget, self._limits.connect)
        return self._exchange(fresh, endpoint, body, headers, budget)

    def _exchange(
        self, connection: PinnedConnection, endpoint: Endpoint, body: bytes, headers: Mapping[str, str], budget: Budget
    ) -> _Response:
        reusable = False
        try:
            connection.request("POST", endpoint.target, body, dict(headers))
            with connection.getresponse() as response:
                budget.limit_seconds(self._limits.body)
                content, complete = _read(response)
                reusable = complete and not response.will_close
            return _Response(response.status, content, response.headers.get("Retry-After"))
        finally:
            if reusable:
                self._idle.keep(connection)
            else:
                connection.close()


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


def _not_connected(error: BaseException | None) -> _SendFailed:
    match error:
        case TimeoutError():
            return _SendFailed("connect_timeout", "Connection timed out")
        case ConnectionRefusedError():
            return _SendFailed("connection_refused", "Connection refused")
    return _SendFailed("connection_failed", _reason(error) or "The host could not be reached")


def _tls_failed(error: BaseException | None) -> _SendFailed:
    match error:
        case TimeoutError():
            return _SendFailed("timeout", "The TLS handshake timed out")
        case ssl.SSLCertVerificationError():
            return _SendFailed("tls", f"The certificate was not accepted: {error.verify_message}")
        case ConnectionError():
            return _SendFailed("connection_reset", "Connection closed during the TLS handshake")
    return _SendFailed("tls", "The TLS handshake failed")


def _no_response(error: OSError | http.client.HTTPException, seconds: float) -> _SendFailed:
    match error:
        case TimeoutError():
            return _SendFailed("timeout", f"No response within {seconds:g} seconds")
        case http.client.RemoteDisconnected():
            return _SendFailed("connection_reset", "Connection closed without a response")
        case ConnectionError():
            return _SendFailed("connection_reset", "Connection reset")
        case ssl.SSLError():
            return _SendFailed("tls", "The secure connection broke")
        case ResponseTooLarge() | http.client.LineTooLong():
            return _SendFailed("invalid_response", "The response headers are too long")
        case http.client.HTTPException():
            return _SendFailed("invalid_response", "The response is not valid HTTP")
    return _SendFailed("connection_failed", _reason(error) or "The connection broke")


def _reason(error: BaseException | None) -> str | None:
    """The operating system's message, such as `Network is unreachable`."""
    return error.strerror if isinstance(error, OSError) else None


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
