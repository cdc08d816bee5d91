"""One HTTP exchange with an address that somebody entered: checked on every attempt, pinned, and within a budget."""

import http.client
import ssl
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from typing import TypeVar

from chalicelib.outbound.addresses import AddressNotAllowed, Endpoint, Resolver, check_addresses, parse_url
from chalicelib.outbound.budget import Budget, tls_context
from chalicelib.outbound.connections import IdleConnections, NotConnected, PinnedConnection, TlsFailed
from chalicelib.outbound.failures import SendFailed, no_response, not_connected, tls_failed
from chalicelib.outbound.resolving import NotResolved, resolve, system_resolver

T = TypeVar("T")
Read = Callable[[http.client.HTTPResponse], tuple[T, bool]]
"""What is wanted of a response, and whether it was read to its end."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds. `total` bounds the whole attempt; the others bound its steps."""

    total: float = 10.0
    resolve: float = 3.0
    connect: float = 3.0
    """Applies to the TCP connection and, separately, to the TLS handshake."""
    body: float = 2.0
    """Short, because the status line has already decided the outcome."""


@cache
def _shared_context() -> ssl.SSLContext:
    return tls_context()


class Exchanges:
    """Thread-safe. Keeps connections alive."""

    def __init__(
        self, limits: Limits, resolver: Resolver = system_resolver, context: ssl.SSLContext | None = None
    ) -> None:
        self._limits = limits
        self._resolver = resolver
        self._context = context or _shared_context()
        self._idle = IdleConnections()

    def close(self) -> None:
        self._idle.close()

    def make(
        self,
        method: str,
        url: str,
        body: bytes | None,
        headers: Mapping[str, str],
        budget: Budget,
        read: Read[T],
        *,
        allow_loopback: bool,
        may_repeat: bool = True,
    ) -> T:
        """Raises SendFailed for whatever receiver, network or name server do. `may_repeat`: use a connection that was
        kept alive, and a fresh one if the receiver turns out to have closed it, perhaps after it read the request."""
        with self._failures():
            endpoint = parse_url(url, allow_loopback=allow_loopback)
            resolved = resolve(endpoint, self._resolver, min(self._limits.resolve, budget.seconds_left()))
            addresses = check_addresses(endpoint, resolved, allow_loopback=allow_loopback)
            kept = self._idle.take(endpoint, addresses) if may_repeat else None
            if kept is not None:
                kept.bind(budget)
                try:
                    return self._exchange(kept, endpoint, method, body, headers, read)
                except (ConnectionError, ssl.SSLEOFError):
                    # The receiver closed the idle connection while we were sending. It sent nothing: try a fresh one.
                    if budget.bytes_received:
                        raise
            fresh = PinnedConnection(endpoint, addresses, self._context, budget, self._limits.connect)
            return self._exchange(fresh, endpoint, method, body, headers, read)

    @contextmanager
    def _failures(self) -> Iterator[None]:
        """Raises SendFailed in place of what goes wrong."""
        try:
            yield
        except AddressNotAllowed as error:
            raise SendFailed("address_not_allowed", str(error)) from error
        except NotResolved as error:
            raise SendFailed("dns", str(error)) from error
        except NotConnected as error:
            raise not_connected(error.__cause__) from error
        except TlsFailed as error:
            raise tls_failed(error.__cause__) from error
        except (OSError, http.client.HTTPException) as error:
            raise no_response(error, self._limits.total) from error

    def _exchange(
        self,
        connection: PinnedConnection,
        endpoint: Endpoint,
        method: str,
        body: bytes | None,
        headers: Mapping[str, str],
        read: Read[T],
    ) -> T:
        reusable = False
        try:
            connection.request(method, endpoint.target, body, dict(headers))
            with connection.getresponse() as response:
                result, complete = read(response)
                reusable = complete and not response.will_close
            return result
        finally:
            if reusable:
                self._idle.keep(connection)
            else:
                connection.close()
