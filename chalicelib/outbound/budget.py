"""One deadline and one byte limit for a whole HTTP exchange.

A socket timeout bounds a single operation, so a server that sends one byte a second never hits it. Here every operation
gets only the time that the exchange has left, which bounds their sum without a watchdog thread. The same holds for TLS:
OpenSSL applies the timeout to a whole handshake, read or write, not to each packet.
"""

import http.client
import socket
import ssl
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

import certifi

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer, WriteableBuffer


class ResponseTooLarge(http.client.HTTPException):
    """The response is larger than the attempt's byte limit."""


@dataclass(slots=True)
class Budget:
    """The time and bytes that one attempt has left. Used by a single thread."""

    deadline: float
    """Seconds on the monotonic clock."""
    bytes_allowed: int
    bytes_received: int = 0

    @property
    def is_over(self) -> bool:
        return time.monotonic() >= self.deadline

    def seconds_left(self) -> float:
        """Raises TimeoutError once the deadline has passed."""
        left = self.deadline - time.monotonic()
        if left <= 0:
            raise TimeoutError("the deadline has passed")
        return left

    def limit_seconds(self, seconds: float) -> None:
        self.deadline = min(self.deadline, time.monotonic() + seconds)

    def count(self, size: int) -> int:
        self.bytes_received += size
        if self.bytes_received > self.bytes_allowed:
            raise ResponseTooLarge("the response is too large")
        return size


class BudgetedSocket(socket.socket):
    budget: Budget

    @classmethod
    def adopt(cls, sock: socket.socket, budget: Budget) -> Self:
        """The same connection under a budget; `sock` itself cannot be used any more."""
        adopted = cls(sock.family, sock.type, sock.proto, fileno=sock.detach())
        adopted.budget = budget
        return adopted

    def recv_into(self, buffer: "WriteableBuffer", nbytes: int = 0, flags: int = 0) -> int:
        self.settimeout(self.budget.seconds_left())
        return self.budget.count(super().recv_into(buffer, nbytes, flags))

    def sendall(self, data: "ReadableBuffer", flags: int = 0) -> None:
        self.settimeout(self.budget.seconds_left())
        super().sendall(data, flags)


class BudgetedTlsSocket(ssl.SSLSocket):
    budget: Budget

    def recv_into(self, buffer: "WriteableBuffer", nbytes: int | None = None, flags: int = 0) -> int:
        self.settimeout(self.budget.seconds_left())
        return self.budget.count(super().recv_into(buffer, nbytes, flags))

    def send(self, data: "ReadableBuffer", flags: int = 0) -> int:
        # sendall is a loop over this method.
        self.settimeout(self.budget.seconds_left())
        return super().send(data, flags)


def tls_context(ca_file: str | None = None) -> ssl.SSLContext:
    """Create once and share: loading the certificate authorities takes 25 ms of CPU."""
    context = ssl.create_default_context(cafile=ca_file or certifi.where())
    context.set_alpn_protocols(["http/1.1"])
    context.sslsocket_class = BudgetedTlsSocket
    return context
