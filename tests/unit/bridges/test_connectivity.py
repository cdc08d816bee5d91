"""Bridge tests: the request to the service, and the effect of its response."""

import gzip
import json
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from chalicelib.bridges import connectivity
from chalicelib.catalog import bridge_types as catalogs
from chalicelib.outbound.budget import tls_context
from chalicelib.outbound.signing import sign
from tests.support.certificates import Authority
from tests.support.factories import EMBED, SHIPSTATION, Acme, Service, Session
from tests.support.receivers import Receiver, answer

Handler = BaseHTTPRequestHandler


@dataclass
class FakeService:
    """A bridge service on a port of its own. `answer` handles its next request."""

    url: str = ""
    answer: Callable[[Handler], None] = lambda _: None
    seen: list[tuple[str, dict[str, str], bytes]] = field(default_factory=list)

    def answers(self, body: Any, status: int = 200, **headers: str) -> None:
        raw = body if isinstance(body, bytes) else json.dumps(body).encode()

        def write(handler: Handler) -> None:
            handler.send_response(status)
            for name, value in headers.items():
                handler.send_header(name.replace("_", "-"), value)
            handler.send_header("Content-Length", str(len(raw)))
            handler.end_headers()
            handler.wfile.write(raw)

        self.answer = write


@pytest.fixture
def service(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeService]:
    fake = FakeService()

    class Receive(Handler):
        def do_POST(self) -> None:  # noqa: N802
            body = self.rfile.read(int(self.headers["Content-Length"]))
            fake.seen.append((self.path, {name.lower(): value for name, value in self.headers.items()}, body))
            fake.answer(self)

        do_GET = do_POST  # noqa: N815

        def log_message(self, *_: Any) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Receive)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    fake.url = f"http://127.0.0.1:{server.server_address[1]}"
    monkeypatch.setenv("BRIDGE_SERVICE_URL", fake.url)
    catalogs.catalog.cache_clear()
    yield fake
    server.shutdown()
    server.server_close()
    catalogs.catalog.cache_clear()


def outcome(session: Session, bridge: dict[str, Any]) -> tuple[bool, str]:
    reply = session.client.post(f"{EMBED}/bridges/{bridge['id']}/test")
    assert reply.status == 200, reply.text
    assert set(reply.json) == {"success", "message", "code"}
    return reply.json["success"], reply.json["message"]


def state(session: Session) -> tuple[str, str | None]:
    listed = session.client.get(f"{EMBED}/bridges").data[0]
    return listed["status"], listed["error_message"]


class TestServiceRequest:
    def test_is_signed_and_carries_the_config(self, acme: Acme, service: FakeService) -> None:
        secret = Service("shipstation").signing_secret
        session = acme.session()
        bridge = session.bridge(config={"apiKey": "ключ", "apiSecret": "s"})
        service.answers({"success": True, "message": "Connection successful"})
        assert outcome(session, bridge) == (True, "Connection successful")
        [(path, headers, body)] = service.seen
        assert path == "/shipstation/test"
        assert json.loads(body) == {
            "bridgeId": bridge["id"],
            "organizationId": acme.organization_id,
            "config": {"apiKey": "ключ", "apiSecret": "s"},
        }
        assert abs(int(headers["x-orderly-timestamp"]) - time.time()) < 60
        signed = f"{headers['x-orderly-timestamp']}.".encode() + body
        assert headers["x-orderly-signature"] == sign(secret.encode(), signed)

    def test_requires_only_the_read_scope(self, acme: Acme, service: FakeService) -> None:
        Service("shipstation")
        bridge = acme.session().bridge()
        service.answers({"success": True})
        assert outcome(acme.session(scopes=["bridges:read"]), bridge) == (True, "Connection successful")

    def test_is_not_sent_without_a_service(self, acme: Acme) -> None:
        session = acme.session()
        success, message = outcome(session, session.bridge())
        assert not success
        assert "shipstation" in message


@pytest.fixture
def connected(acme: Acme, service: FakeService) -> tuple[Session, dict[str, Any]]:
    assert service.url
    Service("shipstation")
    session = acme.session()
    return session, session.bridge()


class TestServiceResponse:
    def test_sets_the_status_back_and_forth(
        self, acme: Acme, service: FakeService, connected: tuple[Session, dict[str, Any]]
    ) -> None:
        session, bridge = connected
        service.answers({"success": False, "message": "Wrong key"})
        assert outcome(session, bridge) == (False, "Wrong key")
        assert state(session) == ("error", "Wrong key")
        assert acme.server.get("/api/v1/bridges?status=error").json["pagination"]["total"] == 1
        service.answers({"success": True})
        assert outcome(session, bridge)[0]
        assert state(session) == ("active", None)
        told = [e["event_type"] for e in acme.server.get(f"{EMBED}/events").data if "connected" in e["event_type"]]
        assert told == ["bridge.connected", "bridge.disconnected", "bridge.connected"]

    @pytest.mark.parametrize("success", [True, False])
    def test_leaves_a_paused_bridge_alone(
        self, service: FakeService, connected: tuple[Session, dict[str, Any]], success: bool
    ) -> None:
        session, bridge = connected
        session.client.patch(f"{EMBED}/bridges/{bridge['id']}", {"status": "paused"})
        service.answers({"success": success})
        assert outcome(session, bridge)[0] == success
        assert state(session) == ("paused", None)

    def test_leaves_a_pending_bridge_alone(self, acme: Acme, service: FakeService) -> None:
        Service("shopify")
        session = acme.session()
        session.client.post(f"{EMBED}/bridges/shopify/oauth/start", {"shopDomain": "mystore"})
        service.answers({"success": True})
        assert outcome(session, session.client.get(f"{EMBED}/bridges").data[0])[0]
        assert state(session) == ("pending_oauth", None)

    @pytest.mark.parametrize(
        ("body", "status"),
        [
            (b"", 200),
            (b"<html>", 200),
            (b"\xff\xfe\x00", 200),
            (b"[" * 8000, 200),
            (b'{"success": "yes"}', 200),
            (b'{"success": 1}', 200),
            (b"null", 200),
            ({"success": True}, 500),
            ({"success": True}, 401),
            ({"success": False, "message": "Down for maintenance"}, 503),
            ({"success": False, "message": "Slow down"}, 429),
            ({"error": "not found"}, 404),
            (b'{"success": true' + b" " * 10000 + b"}", 200),
        ],
    )
    def test_that_judges_nothing_is_a_failure_but_keeps_the_status(
        self, service: FakeService, connected: tuple[Session, dict[str, Any]], body: Any, status: int
    ) -> None:
        session, bridge = connected
        service.answers(body, status)
        success, message = outcome(session, bridge)
        assert (success, message) == (False, f"The bridge service responded with status {status}.")
        assert state(session) == ("active", None)
        service.answers({"success": False, "message": "Wrong key"})
        assert outcome(session, bridge) == (False, "Wrong key")
        service.answers(body, status)
        assert outcome(session, bridge) == (False, message)
        assert state(session) == ("error", "Wrong key")

    def test_with_a_broken_encoding_is_a_failure(
        self, service: FakeService, connected: tuple[Session, dict[str, Any]]
    ) -> None:
        session, bridge = connected
        service.answers(b"not gzip", Content_Encoding="gzip")
        assert not outcome(session, bridge)[0]
        bomb = gzip.compress(b'{"success": true, "message": "' + b"x" * 5_000_000 + b'"}')
        service.answers(bomb, Content_Encoding="gzip")
        assert not outcome(session, bridge)[0]

    def test_is_not_followed_if_it_redirects(
        self, service: FakeService, connected: tuple[Session, dict[str, Any]]
    ) -> None:
        session, bridge = connected
        service.answers({"success": True}, 302, Location=f"{service.url}/elsewhere")
        assert not outcome(session, bridge)[0]
        assert len(service.seen) == 1

    def test_is_stored_without_the_secrets_it_quotes(
        self, acme: Acme, service: FakeService, connected: tuple[Session, dict[str, Any]]
    ) -> None:
        session, bridge = connected
        values = SHIPSTATION["config"]
        service.answers({"success": False, "message": f"401 for {values} " + "x" * 1000})
        _, message = outcome(session, bridge)
        assert message.startswith("401 for {'apiKey': '--------', 'apiSecret': '--------'}")
        assert len(message) == 500
        assert state(session) == ("error", message)

    def test_is_bounded_in_time(
        self, service: FakeService, connected: tuple[Session, dict[str, Any]], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        session, bridge = connected
        monkeypatch.setattr(connectivity, "TIMEOUT_S", 0.3)
        enough = threading.Event()

        def drip(handler: Handler) -> None:
            handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n")
            while not enough.wait(0.05):
                handler.wfile.write(b" ")

        def silence(_: Handler) -> None:
            enough.wait(5)

        for silent in (silence, drip):
            enough.clear()
            service.answer = silent
            assert outcome(session, bridge) == (False, "The bridge service did not respond in time.")
            enough.set()

    def test_a_closed_connection_is_a_failure(
        self, service: FakeService, connected: tuple[Session, dict[str, Any]]
    ) -> None:
        session, bridge = connected
        service.answer = lambda handler: handler.connection.close()
        assert outcome(session, bridge) == (False, "The bridge service could not be reached.")

    def test_is_ignored_if_the_bridge_changed_meanwhile(
        self, acme: Acme, service: FakeService, connected: tuple[Session, dict[str, Any]]
    ) -> None:
        session, bridge = connected
        path = f"/api/v1/bridges/{bridge['id']}"

        def while_asking(change: Callable[[], Any]) -> tuple[bool, str]:
            service.answers({"success": False, "message": "Wrong key"})
            reply = service.answer

            def change_then_answer(handler: Handler) -> None:
                change()
                reply(handler)

            service.answer = change_then_answer
            return outcome(session, bridge)

        assert while_asking(lambda: acme.server.patch(path, {"status": "paused"})) == (False, "Wrong key")
        assert state(session) == ("paused", None)
        assert while_asking(lambda: acme.server.delete(path)) == (False, "Wrong key")
        assert acme.server.get("/api/v1/bridges").data == []


class TestBudget:
    """One bound on the whole call, without a thread that outlives it."""

    @pytest.fixture
    def authority(self, tmp_path: Path) -> Authority:
        return Authority(tmp_path)

    @pytest.fixture(autouse=True)
    def trust(self, monkeypatch: pytest.MonkeyPatch, authority: Authority) -> None:
        monkeypatch.setattr(connectivity, "tls_context", lambda: tls_context(authority.ca_file))

    def test_applies_to_https(self, authority: Authority) -> None:
        with Receiver(answer(200, b'{"success": true}'), tls=authority.server_context("localhost")) as receiver:
            outcome = connectivity._post(f"https://localhost:{receiver.port}/test", b"{}", {})
        assert (outcome.success, outcome.is_conclusive) == (True, True)

    @pytest.mark.parametrize("is_tls", [False, True])
    @pytest.mark.parametrize(
        "head", [b"HTTP/1.1 200 OK\r\nX-Slow: ", b"HTTP/1.1 200 OK\r\nContent-Length: 999\r\n\r\n"]
    )
    def test_ends_a_response_that_drips(
        self, authority: Authority, monkeypatch: pytest.MonkeyPatch, is_tls: bool, head: bytes
    ) -> None:
        monkeypatch.setattr(connectivity, "TIMEOUT_S", 0.5)
        enough = threading.Event()

        def drip(connection: Any) -> None:
            connection.recv(65536)
            connection.sendall(head)
            with suppress(OSError):
                while not enough.wait(0.05):
                    connection.sendall(b"x")

        server = socket.create_server(("127.0.0.1", 0))
        context = authority.server_context("localhost") if is_tls else None

        def serve() -> None:
            connection, _ = server.accept()
            with context.wrap_socket(connection, server_side=True) if context else connection as accepted:
                drip(accepted)

        thread = threading.Thread(target=serve)
        thread.start()
        others = set(threading.enumerate())
        started = time.monotonic()
        scheme = "https" if is_tls else "http"
        outcome = connectivity._post(f"{scheme}://localhost:{server.getsockname()[1]}/test", b"{}", {})
        assert outcome == connectivity.Outcome(
            False, "The bridge service did not respond in time.", False, "service_slow"
        )
        assert time.monotonic() - started < 5
        assert set(threading.enumerate()) <= others
        enough.set()
        thread.join()
        server.close()

    def test_refuses_a_certificate_of_another_host(self, authority: Authority) -> None:
        with Receiver(answer(200, b'{"success": true}'), tls=authority.server_context("other.test")) as receiver:
            outcome = connectivity._post(f"https://localhost:{receiver.port}/test", b"{}", {})
        assert outcome == connectivity.Outcome(
            False, "The bridge service could not be reached.", False, "service_failed"
        )
        assert receiver.requests == []
