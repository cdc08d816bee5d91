"""Connections to checked addresses, whose every socket operation is held to one deadline and one byte count.

A timeout on a socket bounds one operation: a receiver that sends a byte a second never meets it. Here each operation
is given what is left of the attempt, so that the sum of them cannot exceed it, and no watchdog is needed. This holds
through TLS as well: one handshake, read or write of OpenSSL counts its timeout in all, not per packet.
"""

import http.client
import math
import select
import socket
import ssl
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import certifi

from chalicelib.kit import clock
from chalicelib.outbound.addresses import DEFAULT_PORTS, Address, Endpoint

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer, WriteableBuffer

ADDRESSES_TRIED = 3
IDLE_SECONDS = 15.0
IDLE_CONNECTIONS = 50


class TooMuch(http.client.HTTPException):
    """The receiver sent more than an answer can need."""


class NotConnected(Exception):
    """No address could be reached; `__cause__` is the OSError of the first one."""


class TlsNotAgreed(Exception):
    """The handshake failed; `__cause__` is the OSError (all of ssl's are)."""


@dataclass(slots=True)
class Bound:
    """What one attempt may still take. Changed as it goes, by the one thread that makes the attempt."""

    deadline: float
    """On the monotonic clock."""
    bytes_allowed: int
    bytes_received: int = 0

    def seconds_left(self) -> float:
        """TimeoutError when nothing is."""
        left = self.deadline - time.monotonic()
        if left <= 0:
            raise TimeoutError("the deadline has passed")
        return left

    def at_most(self, seconds: float) -> None:
        self.deadline = min(self.deadline, time.monotonic() + seconds)

    def count(self, size: int) -> int:
        self.bytes_received += size
        if self.bytes_received > self.bytes_allowed:
            raise TooMuch("the answer is too long")
        return size


class BoundedSocket(socket.socket):
    bound: Bound

    def recv_into(self, buffer: "WriteableBuffer", nbytes: int = 0, flags: int = 0) -> int:
        self.settimeout(self.bound.seconds_left())
        return self.bound.count(super().recv_into(buffer, nbytes, flags))

    def sendall(self, data: "ReadableBuffer", flags: int = 0) -> None:
        self.settimeout(self.bound.seconds_left())
        super().sendall(data, flags)


class BoundedTlsSocket(ssl.SSLSocket):
    bound: Bound

    def recv_into(self, buffer: "WriteableBuffer", nbytes: int | None = None, flags: int = 0) -> int:
        self.settimeout(self.bound.seconds_left())
        return self.bound.count(super().recv_into(buffer, nbytes, flags))

    def send(self, data: "ReadableBuffer", flags: int = 0) -> int:
        # What sendall does is a series of these.
        self.settimeout(self.bound.seconds_left())
        return super().send(data, flags)


def tls_context(ca_file: str | None = None) -> ssl.SSLContext:
    """To be made once and shared: reading the certificate authorities takes 25 ms of CPU."""
    context = ssl.create_default_context(cafile=ca_file or certifi.where())
    context.set_alpn_protocols(["http/1.1"])
    context.sslsocket_class = BoundedTlsSocket
    return context


class PinnedConnection(http.client.HTTPConnection):
    """To one of the addresses given, whatever the host's name resolves to by now; the name is for TLS and `Host`."""

    sock: BoundedSocket | BoundedTlsSocket

    def __init__(
        self,
        endpoint: Endpoint,
        addresses: Sequence[Address],
        context: ssl.SSLContext,
        bound: Bound,
        connect_seconds: float,
    ) -> None:
        super().__init__(endpoint.host, endpoint.port)
        self.default_port = DEFAULT_PORTS[endpoint.scheme]
        self.endpoint = endpoint
        self.address = addresses[0]
        self._addresses = addresses[:ADDRESSES_TRIED]
        self._context = context
        self._bound = bound
        self._connect_seconds = connect_seconds

    def connect(self) -> None:
        """NotConnected, TlsNotAgreed; each step has `connect_seconds`, and no more than the attempt has left."""
        sock: BoundedSocket | BoundedTlsSocket = self._dial()
        if self.endpoint.scheme == "https":
            sock = self._wrap(sock)
        self.sock = sock
        self.bind(self._bound)

    def bind(self, bound: Bound) -> None:
        """Hold everything from here on to `bound`."""
        self._bound = bound
        self.sock.bound = bound

    def is_quiet(self) -> bool:
        """Whether the receiver has neither closed an idle connection nor sent something nobody asked for."""
        poll = select.poll()
        poll.register(self.sock, select.POLLIN)
        return not poll.poll(0)

    def _dial(self) -> BoundedSocket:
        end = time.monotonic() + min(self._connect_seconds, self._bound.seconds_left())
        failures: list[OSError] = []
        for tried, address in enumerate(self._addresses):
            # An equal share of what is left: a silent first address must not cost the others their chance.
            share = (end - time.monotonic()) / (len(self._addresses) - tried)
            try:
                sock = _connected(address, self.endpoint.port, max(share, 0.001))
            except OSError as failure:
                failures.append(failure)
            else:
                self.address = address
                return sock
        raise NotConnected from failures[0]

    def _wrap(self, sock: socket.socket) -> BoundedTlsSocket:
        try:
            sock.settimeout(min(self._connect_seconds, self._bound.seconds_left()))
            wrapped = self._context.wrap_socket(sock, server_hostname=self.endpoint.host)
        except OSError as failure:
            sock.close()
            raise TlsNotAgreed from failure
        assert isinstance(wrapped, BoundedTlsSocket)
        return wrapped


def _connected(address: Address, port: int, seconds: float) -> BoundedSocket:
    sock = BoundedSocket(socket.AF_INET if address.version == 4 else socket.AF_INET6)
    try:
        sock.settimeout(seconds)
        sock.connect((str(address), port))
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    except OSError:
        sock.close()
        raise
    return sock


class IdleConnections:
    """Connections kept alive between attempts, for any thread to take. Closed after a while, the oldest first.

    Their age is told by the wall clock: while a function is frozen the monotonic one may stand still, but the world
    does not, and a connection nobody remembers would cost an attempt its whole time.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._idle: list[tuple[float, PinnedConnection]] = []

    def take(self, endpoint: Endpoint, addresses: Sequence[Address]) -> PinnedConnection | None:
        """One to the same host and port over an address that is among those just checked."""
        wanted = (endpoint.scheme, endpoint.host, endpoint.port)
        with self._lock:
            self._close_all(until=clock.now().timestamp() - IDLE_SECONDS)
            for position in reversed(range(len(self._idle))):
                connection = self._idle[position][1]
                there = connection.endpoint
                if (there.scheme, there.host, there.port) == wanted and connection.address in addresses:
                    del self._idle[position]
                    if connection.is_quiet():
                        return connection
                    connection.close()
        return None

    def keep(self, connection: PinnedConnection) -> None:
        with self._lock:
            self._idle.append((clock.now().timestamp(), connection))
            while len(self._idle) > IDLE_CONNECTIONS:
                self._idle.pop(0)[1].close()

    def close(self) -> None:
        with self._lock:
            self._close_all(until=math.inf)

    def _close_all(self, until: float) -> None:
        while self._idle and self._idle[0][0] <= until:
            self._idle.pop(0)[1].close()
