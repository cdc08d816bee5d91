"""One attempt to deliver: a POST to a checked address, bounded in time and size whatever the receiver does.

`send` does not raise for anything a receiver, its network or its name server can do; what happened is in the Attempt.
docs/webhooks.md tells receivers what the error classes mean.
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
from chalicelib.outbound.connections import (
    Bound,
    IdleConnections,
    NotConnected,
    PinnedConnection,
    TlsNotAgreed,
    TooMuch,
    tls_context,
)
from chalicelib.outbound.resolving import NotResolved, resolve, system_resolver

BODY_READ = 8192
BODY_KEPT = 2048
HEADERS_READ = 65_536
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
"""Stable words, for people to filter by and for programs to decide by."""

_NOT_TEXT = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds. `total` is for everything together, the others only narrow it."""

    total: float = 10.0
    resolve: float = 3.0
    connect: float = 3.0
    """For connecting, and again for the TLS handshake."""
    body: float = 2.0
    """For the body, once the status is there: it decides nothing any more."""


@dataclass(frozen=True, slots=True)
class Attempt:
    status_code: int | None
    """None where there was no answer."""
    success: bool
    error_class: ErrorClass | None
    error: str | None
    """For people to read."""
    duration_ms: int
    response_snippet: str | None = None
    """The beginning of the body as text, at most 2 KB of UTF-8."""
    retry_after: int | None = None
    """Seconds the receiver asks to be left alone for."""


@dataclass(frozen=True, slots=True)
class _Answer:
    status: int
    body: bytes
    retry_after: str | None


class _Failed(Exception):
    def __init__(self, error_class: ErrorClass, error: str) -> None:
        self.error_class = error_class
        self.error = error


@cache
def _shared_context() -> ssl.SSLContext:
    return tls_context()


class Sender:
    """Safe to share between threads, and meant to be: it keeps connections alive. One for a process will do."""

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
        bound = Bound(started + self._limits.total, HEADERS_READ + BODY_READ)
        try:
            answer = self._deliver(url, body, headers, bound)
        except _Failed as failed:
            return Attempt(None, False, failed.error_class, failed.error, _milliseconds_since(started))
        error_class, error = _judge(answer.status)
        return Attempt(
            status_code=answer.status,
            success=error_class is None,
            error_class=error_class,
            error=error,
            duration_ms=_milliseconds_since(started),
            response_snippet=_snippet(answer.body),
            retry_after=_seconds(answer.retry_after),
        )

    def close(self) -> None:
        """Close the connections kept alive."""
        self._idle.close()

    def _deliver(self, url: str, body: bytes, headers: Mapping[str, str], bound: Bound) -> _Answer:
        try:
            return self._post(url, body, headers, bound)
        except AddressNotAllowed as failure:
            raise _Failed("address_not_allowed", str(failure)) from failure
        except NotResolved as failure:
            raise _Failed("dns", str(failure)) from failure
        except NotConnected as failure:
            raise _not_connected(failure.__cause__) from failure
        except TlsNotAgreed as failure:
            raise _tls_not_agreed(failure.__cause__) from failure
        except (OSError, http.client.HTTPException) as failure:
            raise _no_answer(failure, self._limits.total) from failure

    def _post(self, url: str, body: bytes, headers: Mapping[str, str], bound: Bound) -> _Answer:
        endpoint = parse_url(url, allow_loopback=self._allow_loopback)
        resolved = resolve(endpoint, self._resolver, min(self._limits.resolve, bound.seconds_left()))
        addresses = check_addresses(endpoint, resolved, allow_loopback=self._allow_loopback)
        kept = self._idle.take(endpoint, addresses)
        if kept is not None:
            kept.bind(bound)
            try:
                return self._exchange(kept, endpoint, body, headers, bound)
            except (ConnectionError, ssl.SSLEOFError):
                # The usual race of kept connections: it was closed as we sent. Nothing came, so it goes out once more.
                if bound.bytes_received:
                    raise
        fresh = PinnedConnection(endpoint, addresses, self._context, bound, self._limits.connect)
        return self._exchange(fresh, endpoint, body, headers, bound)

    def _exchange(
        self, connection: PinnedConnection, endpoint: Endpoint, body: bytes, headers: Mapping[str, str], bound: Bound
    ) -> _Answer:
        reusable = False
        try:
            connection.request("POST", endpoint.target, body, dict(headers))
            with connection.getresponse() as response:
                bound.at_most(self._limits.body)
                content, complete = _read(response)
                reusable = complete and not response.will_close
            return _Answer(response.status, content, response.headers.get("Retry-After"))
        finally:
            if reusable:
                self._idle.keep(connection)
            else:
                connection.close()


def _read(response: http.client.HTTPResponse) -> tuple[bytes, bool]:
    """What of the body came, up to the limit, and whether that was all. Breaking off is no failure: see Limits.body."""
    content = b""
    try:
        while len(content) < BODY_READ and response.length != 0 and not response.isclosed():
            piece = response.read1(BODY_READ - len(content))
            if not piece:
                break
            content += piece
    except (OSError, http.client.HTTPException):
        return content, False
    return content, response.length == 0 or response.isclosed()


def _judge(status: int) -> tuple[ErrorClass | None, str | None]:
    if 200 <= status < 300:
        return None, None
    if 300 <= status < 400:
        return "redirect", f"The receiver answered {status}; redirects are not followed"
    if 400 <= status < 600:
        phrase = http.client.responses.get(status, "")
        return "http_4xx" if status < 500 else "http_5xx", f"The receiver answered {status} {phrase}".rstrip()
    return "invalid_response", f"The receiver answered with the unknown status {status}"


def _not_connected(failure: BaseException | None) -> _Failed:
    match failure:
        case TimeoutError():
            return _Failed("connect_timeout", "Connection timed out")
        case ConnectionRefusedError():
            return _Failed("connection_refused", "Connection refused")
    return _Failed("connection_failed", _reason(failure) or "The host could not be reached")


def _tls_not_agreed(failure: BaseException | None) -> _Failed:
    match failure:
        case TimeoutError():
            return _Failed("timeout", "The TLS handshake timed out")
        case ssl.SSLCertVerificationError():
            return _Failed("tls", f"The certificate was not accepted: {failure.verify_message}")
        case ConnectionError():
            return _Failed("connection_reset", "Connection closed during the TLS handshake")
    return _Failed("tls", "The TLS handshake failed")


def _no_answer(failure: OSError | http.client.HTTPException, seconds: float) -> _Failed:
    match failure:
        case TimeoutError():
            return _Failed("timeout", f"No answer within {seconds:g} seconds")
        case http.client.RemoteDisconnected():
            return _Failed("connection_reset", "Connection closed without an answer")
        case ConnectionError():
            return _Failed("connection_reset", "Connection reset")
        case ssl.SSLError():
            return _Failed("tls", "The secure connection broke")
        case TooMuch() | http.client.LineTooLong():
            return _Failed("invalid_response", "The answer's headers are too long")
        case http.client.HTTPException():
            return _Failed("invalid_response", "The answer is not valid HTTP")
    return _Failed("connection_failed", _reason(failure) or "The connection broke")


def _reason(failure: BaseException | None) -> str | None:
    """The operating system's words: `Network is unreachable`."""
    return failure.strerror if isinstance(failure, OSError) else None


def _snippet(body: bytes) -> str | None:
    """As UTF-8, without control characters; a character cut in half at the end is left out."""
    text = codecs.getincrementaldecoder("utf-8")("replace").decode(body[:BODY_KEPT])
    return _NOT_TEXT.sub("", text).encode()[:BODY_KEPT].decode("utf-8", "ignore") or None


def _seconds(retry_after: str | None) -> int | None:
    """A Retry-After header, in seconds or as a date; None where it is neither."""
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
