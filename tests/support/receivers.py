"""Webhook receivers for tests: real sockets in threads with one behaviour each, mostly bad ones.

    with Receiver(answer(200)) as receiver:
        sender.send(receiver.url, …)
    assert receiver.requests[0].body == …

Each connection gets the behaviour in a thread of its own. Bad ones continue until the sender closes the connection,
which `wait_for_hang_up` waits for: so a test sees that a limit worked without looking at a clock.
"""

import contextlib
import socket
import ssl
import struct
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from types import TracebackType

PATIENCE = 30.0
"""Seconds to wait for something that must happen before the test fails."""
_PACE = 0.01


@dataclass(frozen=True, slots=True)
class Received:
    method: str
    target: str
    headers: dict[str, str]
    """Headers by lower-case name."""
    body: bytes


class Line:
    """A connection as its receiver sees it."""

    def __init__(self, receiver: "Receiver", sock: socket.socket) -> None:
        self.receiver = receiver
        self.sock = sock
        self._reader = sock.makefile("rb")

    def close(self) -> None:
        self._reader.close()
        self.sock.close()

    def read_request(self) -> Received | None:
        """The next request, which is added to the receiver's list; None if the sender closed the connection."""
        first = self._reader.readline()
        if not first:
            return None
        method, target, _ = first.decode("latin-1").split(" ", 2)
        headers = {}
        while (line := self._reader.readline().strip()) != b"":
            name, _, value = line.decode("latin-1").partition(":")
            headers[name.lower()] = value.strip()
        request = Received(method, target, headers, self._reader.read(int(headers.get("content-length", 0))))
        with self.receiver.changed:
            self.receiver.requests.append(request)
            self.receiver.changed.notify_all()
        return request

    def write(self, data: bytes) -> None:
        self.sock.sendall(data)

    def drip(self, data: bytes) -> None:
        """Send the data byte by byte, repeatedly, until the sender closes the connection."""
        while not self.receiver.stopped.wait(_PACE):
            for position in range(len(data)):
                self.write(data[position : position + 1])
                if self.receiver.stopped.wait(_PACE):
                    return

    def pour(self, data: bytes) -> None:
        """Send the data repeatedly, as fast as possible, until the sender closes the connection."""
        while not self.receiver.stopped.is_set():
            self.write(data)

    def wait(self) -> None:
        """Send nothing until the sender closes the connection."""
        while self._reader.read(1024):
            pass

    def reset(self) -> None:
        self.sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


Behaviour = Callable[[Line], None]


class Receiver:
    def __init__(
        self, behaviour: Behaviour, *, tls: ssl.SSLContext | None = None, host: str = "127.0.0.1", port: int = 0
    ) -> None:
        self.requests: list[Received] = []
        self.connections = 0
        self.hang_ups = 0
        self.changed = threading.Condition()
        self.stopped = threading.Event()
        self._behaviour = behaviour
        self._tls = tls
        self._listener = socket.create_server((host, port), backlog=64)
        self._threads: list[threading.Thread] = []
        self._open: list[socket.socket] = []
        self.port: int = self._listener.getsockname()[1]

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/hook"

    def __enter__(self) -> "Receiver":
        self._start(self._accept)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stopped.set()
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        with self.changed:
            for sock in self._open:
                with contextlib.suppress(OSError):
                    sock.shutdown(socket.SHUT_RDWR)
        for thread in self._threads:
            thread.join(PATIENCE)

    def wait_for_hang_up(self, count: int = 1) -> bool:
        """Whether the sender closed that many connections."""
        with self.changed:
            return self.changed.wait_for(lambda: self.hang_ups >= count, PATIENCE)

    def wait_for_connections(self, count: int) -> bool:
        """Whether that many connections were made."""
        with self.changed:
            return self.changed.wait_for(lambda: self.connections >= count, PATIENCE)

    def _start(self, work: Callable[..., None], *arguments: object) -> None:
        thread = threading.Thread(target=work, args=arguments, daemon=True)
        self._threads.append(thread)
        thread.start()

    def _accept(self) -> None:
        while not self.stopped.is_set():
            try:
                sock, _ = self._listener.accept()
            except OSError:
                return
            with self.changed:
                self.connections += 1
                self._open.append(sock)
                self.changed.notify_all()
            self._start(self._serve, sock)

    def _serve(self, sock: socket.socket) -> None:
        raw = sock
        try:
            with contextlib.suppress(OSError):
                if self._tls is not None:
                    sock = self._tls.wrap_socket(sock, server_side=True)
                    with self.changed:
                        self._open[self._open.index(raw)] = sock
                line = Line(self, sock)
                try:
                    self._behaviour(line)
                finally:
                    line.close()
        finally:
            sock.close()
            with self.changed:
                self._open = [other for other in self._open if other is not sock]
                self.hang_ups += not self.stopped.is_set()
                self.changed.notify_all()


# --- Behaviours -------------------------------------------------------------------------------------------------------


def answer(status: int, body: bytes = b"", *, close: bool = False, **headers: str) -> Behaviour:
    """Responds to every request in the same way. Header names have `_` for `-`."""

    def behave(line: Line) -> None:
        while line.read_request() is not None:
            extra = {"Content-Length": str(len(body)), **headers, **({"Connection": "close"} if close else {})}
            head = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in extra.items())
            line.write(f"HTTP/1.1 {status} Whatever\r\n{head}\r\n".encode() + body)
            if close:
                return

    return behave


def answers(*behaviours: Behaviour) -> Behaviour:
    """One behaviour per connection, in turn; the last one is repeated."""
    left = list(behaviours)
    lock = threading.Lock()

    def behave(line: Line) -> None:
        with lock:
            behaviour = left.pop(0) if len(left) > 1 else left[0]
        behaviour(line)

    return behave


def say(data: bytes) -> Behaviour:
    """Responds with exactly these bytes and closes the connection."""

    def behave(line: Line) -> None:
        line.read_request()
        line.write(data)

    return behave


def say_and_wait(data: bytes) -> Behaviour:
    def behave(line: Line) -> None:
        line.read_request()
        line.write(data)
        line.wait()

    return behave


def blurt_out(data: bytes) -> Behaviour:
    """Responds without reading a request."""

    def behave(line: Line) -> None:
        line.write(data)
        line.wait()

    return behave


def pour(start: bytes, then: bytes) -> Behaviour:
    """Sends `start`, then `then` endlessly."""

    def behave(line: Line) -> None:
        line.read_request()
        line.write(start)
        line.pour(then)

    return behave


def drip(start: bytes, then: bytes) -> Behaviour:
    """Sends `start`, then `then` byte by byte, endlessly."""

    def behave(line: Line) -> None:
        line.read_request()
        line.write(start)
        line.drip(then)

    return behave


def hang(line: Line) -> None:
    """Accepts and never responds; with https, the TLS handshake hangs."""
    line.wait()


def drip_garbage(line: Line) -> None:
    """Sends an endless handshake message byte by byte; with https, the TLS handshake drips."""
    line.write(b"\x16\x03\x03\x40\x00\x02\x00\x3f\xfc")
    line.drip(b"\x00")


def hang_up(line: Line) -> None:
    line.read_request()


def reset(line: Line) -> None:
    line.read_request()
    line.reset()


def reset_at_once(line: Line) -> None:
    """With https, the connection is reset after the first handshake message."""
    line.sock.recv(1)
    line.reset()


def break_tls(line: Line) -> None:
    """Continues in plain text within a TLS connection."""
    line.read_request()
    socket.socket.send(line.sock, b"HTTP/1.1 200 OK\r\n\r\n")
    line.wait()


def hold(release: threading.Event, then: Behaviour) -> Behaviour:
    """Reads a request and responds once `release` is set."""

    def behave(line: Line) -> None:
        release.wait(PATIENCE)
        then(line)

    return behave


def answer_and_hang_up_at_the_second(line: Line) -> None:
    """Keeps the connection alive and closes it at the next request, a race that every reused connection can lose."""
    if line.read_request() is not None:
        line.write(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
        line.read_request()


ENDLESS_HEADERS = pour(b"HTTP/1.1 200 OK\r\n", b"X-More: " + b"y" * 1000 + b"\r\n")
ENDLESS_HEADER = pour(b"HTTP/1.1 200 OK\r\nX-More: ", b"y" * 1000)
ENDLESS_CONTINUE = pour(b"", b"HTTP/1.1 100 Continue\r\n\r\n" * 20)
DRIPPED_HEADERS = drip(b"HTTP/1.1 200 OK\r\n", b"X: y\r\n")
DRIPPED_STATUS = drip(b"", b"HTTP/1.1 200 ")
ENDLESS_BODY = pour(b"HTTP/1.1 200 OK\r\n\r\n", b"z" * 4096)
ENDLESS_CHUNKS = pour(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", b"400\r\n" + b"z" * 1024 + b"\r\n")
DRIPPED_BODY = drip(b"HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n", b"z")
DRIPPED_CHUNKS = drip(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", b"1\r\nz\r\n")
DRIPPED_CHUNK_SIZE = drip(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", b"0")


@contextmanager
def unanswered_port() -> Iterator[int]:
    """A port where connecting neither succeeds nor fails, because its backlog is full."""
    with contextlib.ExitStack() as stack:
        listener = stack.enter_context(socket.socket())
        listener.bind(("127.0.0.1", 0))
        listener.listen(0)
        for _ in range(4):
            filler = stack.enter_context(socket.socket())
            filler.setblocking(False)
            filler.connect_ex(listener.getsockname())
        yield listener.getsockname()[1]


@contextmanager
def closed_port() -> Iterator[int]:
    """A port that nothing listens on, and that stays reserved."""
    with socket.socket() as placeholder:
        placeholder.bind(("127.0.0.1", 0))
        yield placeholder.getsockname()[1]
