"""Connections to checked addresses, with one budget of time and bytes for the whole attempt, and their pool."""

import http.client
import math
import select
import socket
import ssl
import threading
import time
from collections.abc import Sequence

from chalicelib.kit import clock
from chalicelib.outbound.addresses import DEFAULT_PORTS, Address, Endpoint
from chalicelib.outbound.budget import Budget, BudgetedSocket, BudgetedTlsSocket

MAX_ADDRESSES = 3
MAX_IDLE_SECONDS = 15.0
MAX_IDLE_CONNECTIONS = 50


class NotConnected(Exception):
    """None of the addresses could be reached; `__cause__` is the OSError of the first."""


class TlsFailed(Exception):
    """The TLS handshake failed; `__cause__` is the OSError (every ssl error is one)."""


class PinnedConnection(http.client.HTTPConnection):
    """Connects to one of the given addresses without resolving the host, which is used for TLS and `Host` only."""

    sock: BudgetedSocket | BudgetedTlsSocket

    def __init__(
        self,
        endpoint: Endpoint,
        addresses: Sequence[Address],
        context: ssl.SSLContext,
        budget: Budget,
        connect_seconds: float,
    ) -> None:
        super().__init__(endpoint.host, endpoint.port)
        self.default_port = DEFAULT_PORTS[endpoint.scheme]
        self.endpoint = endpoint
        self.address = addresses[0]
        self._addresses = addresses[:MAX_ADDRESSES]
        self._context = context
        self._budget = budget
        self._connect_seconds = connect_seconds

    def connect(self) -> None:
        """Raises NotConnected or TlsFailed. Each of the two steps may take `connect_seconds`, within the budget."""
        sock: BudgetedSocket | BudgetedTlsSocket = self._dial()
        if self.endpoint.scheme == "https":
            sock = self._wrap(sock)
        self.sock = sock
        self.bind(self._budget)

    def bind(self, budget: Budget) -> None:
        """Charge everything from here on to `budget`."""
        self._budget = budget
        self.sock.budget = budget

    def is_reusable(self) -> bool:
        """Whether the receiver has left the idle connection open and sent nothing unsolicited on it."""
        poll = select.poll()
        poll.register(self.sock, select.POLLIN)
        return not poll.poll(0)

    def _dial(self) -> BudgetedSocket:
        end = time.monotonic() + min(self._connect_seconds, self._budget.seconds_left())
        errors: list[OSError] = []
        for tried, address in enumerate(self._addresses):
            # Each address gets an equal share of the remaining time, so that a silent one leaves some for the others.
            share = (end - time.monotonic()) / (len(self._addresses) - tried)
            try:
                sock = _connect(address, self.endpoint.port, max(share, 0.001))
            except OSError as error:
                errors.append(error)
            else:
                self.address = address
                return sock
        raise NotConnected from errors[0]

    def _wrap(self, sock: socket.socket) -> BudgetedTlsSocket:
        try:
            sock.settimeout(min(self._connect_seconds, self._budget.seconds_left()))
            wrapped = self._context.wrap_socket(sock, server_hostname=self.endpoint.host)
        except OSError as error:
            sock.close()
            raise TlsFailed from error
        assert isinstance(wrapped, BudgetedTlsSocket)
        return wrapped


def _connect(address: Address, port: int, seconds: float) -> BudgetedSocket:
    sock = BudgetedSocket(socket.AF_INET if address.version == 4 else socket.AF_INET6)
    try:
        sock.settimeout(seconds)
        sock.connect((str(address), port))
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    except OSError:
        sock.close()
        raise
    return sock


class IdleConnections:
    """Thread-safe pool of connections kept alive between attempts; the oldest are closed first.

    Age is measured on the wall clock because the monotonic clock may stop while a Lambda function is frozen, and a
    connection that the receiver dropped meanwhile could use up an attempt's whole time.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._idle: list[tuple[float, PinnedConnection]] = []

    def take(self, endpoint: Endpoint, addresses: Sequence[Address]) -> PinnedConnection | None:
        """A connection to the same host and port whose address is among those just checked."""
        wanted = (endpoint.scheme, endpoint.host, endpoint.port)
        with self._lock:
            self._close_all(until=clock.now().timestamp() - MAX_IDLE_SECONDS)
            for position in reversed(range(len(self._idle))):
                connection = self._idle[position][1]
                there = connection.endpoint
                if (there.scheme, there.host, there.port) == wanted and connection.address in addresses:
                    del self._idle[position]
                    if connection.is_reusable():
                        return connection
                    connection.close()
        return None

    def keep(self, connection: PinnedConnection) -> None:
        with self._lock:
            self._idle.append((clock.now().timestamp(), connection))
            while len(self._idle) > MAX_IDLE_CONNECTIONS:
                self._idle.pop(0)[1].close()

    def close(self) -> None:
        with self._lock:
            self._close_all(until=math.inf)

    def _close_all(self, until: float) -> None:
        while self._idle and self._idle[0][0] <= until:
            self._idle.pop(0)[1].close()
