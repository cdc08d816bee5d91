import errno
import json
import os
import socket
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chalicelib import clock
from chalicelib.webhooks import connections
from chalicelib.webhooks.connections import tls_context
from chalicelib.webhooks.sender import Attempt, Limits, Sender
from tests.support import receivers
from tests.support.receivers import PATIENCE, Authority, Behaviour, Receiver, answer, answers


@pytest.fixture(autouse=True)
def cloud() -> None:
    """Nothing here touches it."""


BODY = json.dumps({"id": "1", "event": "order.created"}).encode()
HEADERS = {"Content-Type": "application/json", "X-Orderly-Event": "order.created"}

SHORT = Limits(total=0.3, resolve=0.2, connect=0.2, body=0.1)
"""For receivers that use up whatever they are given."""
LONG = Limits(total=PATIENCE, resolve=PATIENCE, connect=PATIENCE, body=PATIENCE)
"""For outcomes that must not depend on how busy the machine is."""
SHORT_BODY = Limits(total=PATIENCE, resolve=PATIENCE, connect=PATIENCE, body=0.1)

MakeSender = Callable[..., Sender]


def loopback(host: str, port: int) -> list[str]:
    return ["127.0.0.1"]


@pytest.fixture
def make_sender() -> Iterator[MakeSender]:
    made: list[Sender] = []

    def make(limits: Limits = LONG, **options: object) -> Sender:
        arguments = {"allow_loopback": True, "limits": limits, **options}
        made.append(Sender(**arguments))  # type: ignore[arg-type]
        return made[-1]

    yield make
    for sender in made:
        sender.close()


def outcome(attempt: Attempt) -> tuple[int | None, bool, str | None]:
    return attempt.status_code, attempt.success, attempt.error_class


class TestAnAnswer:
    @pytest.mark.parametrize("status", [200, 201, 202, 204, 299])
    def test_of_2xx_is_success(self, make_sender: MakeSender, status: int) -> None:
        with Receiver(answer(status)) as receiver:
            attempt = make_sender().send(receiver.url, BODY, HEADERS)
        assert outcome(attempt) == (status, True, None)
        assert attempt.error is None

    @pytest.mark.parametrize(
        ("status", "error_class", "error"),
        [
            (301, "redirect", "The receiver answered 301; redirects are not followed"),
            (302, "redirect", "The receiver answered 302; redirects are not followed"),
            (307, "redirect", "The receiver answered 307; redirects are not followed"),
            (304, "redirect", "The receiver answered 304; redirects are not followed"),
            (400, "http_4xx", "The receiver answered 400 Bad Request"),
            (410, "http_4xx", "The receiver answered 410 Gone"),
            (429, "http_4xx", "The receiver answered 429 Too Many Requests"),
            (500, "http_5xx", "The receiver answered 500 Internal Server Error"),
            (599, "http_5xx", "The receiver answered 599"),
            (101, "invalid_response", "The receiver answered with the unknown status 101"),
            (700, "invalid_response", "The receiver answered with the unknown status 700"),
        ],
    )
    def test_of_anything_else_is_failure(
        self, make_sender: MakeSender, status: int, error_class: str, error: str
    ) -> None:
        with Receiver(answer(status)) as receiver:
            attempt = make_sender().send(receiver.url, BODY, HEADERS)
        assert outcome(attempt) == (status, False, error_class)
        assert attempt.error == error

    def test_that_redirects_leads_nowhere(self, make_sender: MakeSender) -> None:
        with Receiver(answer(200)) as target, Receiver(answer(302, Location=target.url)) as receiver:
            assert make_sender().send(receiver.url, BODY, HEADERS).error_class == "redirect"
        assert target.requests == []

    def test_comes_to_exactly_what_was_given(self, make_sender: MakeSender) -> None:
        with Receiver(answer(200)) as receiver:
            make_sender().send(receiver.url + "?a=b#c", BODY, HEADERS)
        (request,) = receiver.requests
        assert (request.method, request.target, request.body) == ("POST", "/hook?a=b", BODY)
        assert request.headers == {
            "host": f"127.0.0.1:{receiver.port}",
            "accept-encoding": "identity",
            "content-length": str(len(BODY)),
            "content-type": "application/json",
            "x-orderly-event": "order.created",
        }

    def test_keeps_the_beginning_of_its_body(self, make_sender: MakeSender) -> None:
        with Receiver(answer(500, b"<h1>Oops</h1>\r\n\x00")) as receiver:
            assert make_sender().send(receiver.url, BODY, HEADERS).response_snippet == "<h1>Oops</h1>\n"

    def test_in_chunks_is_read_as_one(self, make_sender: MakeSender) -> None:
        data = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n"
        with Receiver(receivers.say(data)) as receiver:
            assert make_sender().send(receiver.url, BODY, HEADERS).response_snippet == "abcde"

    @pytest.mark.parametrize(
        "body",
        [b"x" * 100_000, "ä".encode() * 50_000, b"\xff" * 100_000, b"\x00" * 100_000, b"a" + "€".encode() * 3000],
        ids=["ascii", "two bytes", "not text", "nulls", "cut within a character"],
    )
    def test_with_a_long_body_is_kept_to_2_kb(self, make_sender: MakeSender, body: bytes) -> None:
        with Receiver(answer(200, body)) as receiver:
            attempt = make_sender().send(receiver.url, BODY, HEADERS)
        assert attempt.success
        assert len((attempt.response_snippet or "").encode()) <= 2048

    def test_without_a_body_has_no_snippet(self, make_sender: MakeSender) -> None:
        with Receiver(answer(204)) as receiver:
            assert make_sender().send(receiver.url, BODY, HEADERS).response_snippet is None

    @pytest.mark.parametrize(
        ("value", "seconds"),
        [
            ("120", 120),
            ("0", 0),
            ("Thu, 15 Jan 2026 10:31:30 GMT", 90),
            ("Thu, 15 Jan 2026 10:31:30 -0000", 90),
            ("Thu, 15 Jan 2026 09:00:00 GMT", 0),
            ("-5", None),
            ("1.5", None),
            ("soon", None),
            ("", None),
            ("9" * 30, None),
        ],
    )
    def test_may_ask_to_be_left_alone(
        self, make_sender: MakeSender, monkeypatch: pytest.MonkeyPatch, value: str, seconds: int | None
    ) -> None:
        monkeypatch.setattr(clock, "now", lambda: datetime(2026, 1, 15, 10, 30, tzinfo=UTC))
        with Receiver(answer(503, Retry_After=value)) as receiver:
            assert make_sender().send(receiver.url, BODY, HEADERS).retry_after == seconds

    def test_that_is_slow_but_comes_is_waited_for(self, make_sender: MakeSender) -> None:
        release = threading.Event()
        with Receiver(receivers.hold(release, answer(200))) as receiver, ThreadPoolExecutor() as pool:
            sending = pool.submit(make_sender().send, receiver.url, BODY, HEADERS)
            release.set()
            assert sending.result(PATIENCE).success


class TestAHostileReceiver:
    """Each would hold a sender for ever. That the sender hangs up, and says what happened, is the whole test."""

    @pytest.mark.parametrize(
        "behaviour",
        [
            receivers.hang,
            receivers.DRIPPED_STATUS,
            receivers.DRIPPED_HEADERS,
            receivers.say_and_wait(b"HTTP/1.1 100 Continue\r\n\r\n"),
        ],
        ids=["silence", "status", "headers", "after 100"],
    )
    def test_that_never_comes_to_its_answer_is_cut_off(self, make_sender: MakeSender, behaviour: Behaviour) -> None:
        with Receiver(behaviour) as receiver:
            attempt = make_sender(SHORT).send(receiver.url, BODY, HEADERS)
            assert outcome(attempt) == (None, False, "timeout")
            assert attempt.error == "No answer within 0.3 seconds"
            assert receiver.wait_for_hang_up()

    @pytest.mark.parametrize(
        ("behaviour", "expected"),
        [
            (receivers.DRIPPED_BODY, (200, True, None)),
            (receivers.DRIPPED_CHUNKS, (200, True, None)),
            (receivers.DRIPPED_CHUNK_SIZE, (200, True, None)),
            (receivers.say_and_wait(b"HTTP/1.1 500 Oops\r\nContent-Length: 5\r\n\r\nabc"), (500, False, "http_5xx")),
        ],
        ids=["body", "chunks", "chunk size", "half a body"],
    )
    def test_that_never_comes_to_an_end_is_cut_off(
        self, make_sender: MakeSender, behaviour: Behaviour, expected: tuple[int | None, bool, str | None]
    ) -> None:
        with Receiver(behaviour) as receiver:
            assert outcome(make_sender(SHORT_BODY).send(receiver.url, BODY, HEADERS)) == expected
            assert receiver.wait_for_hang_up()

    @pytest.mark.parametrize(
        ("behaviour", "expected"),
        [
            (receivers.ENDLESS_BODY, (200, True, None)),
            (receivers.ENDLESS_CHUNKS, (200, True, None)),
            (receivers.ENDLESS_HEADERS, (None, False, "invalid_response")),
            (receivers.ENDLESS_HEADER, (None, False, "invalid_response")),
            (receivers.ENDLESS_CONTINUE, (None, False, "invalid_response")),
        ],
        ids=["body", "chunks", "headers", "one header", "continue"],
    )
    def test_that_never_ends_is_cut_off_without_waiting_for_the_deadline(
        self, make_sender: MakeSender, behaviour: Behaviour, expected: tuple[int | None, bool, str | None]
    ) -> None:
        with Receiver(behaviour) as receiver:
            assert outcome(make_sender(LONG).send(receiver.url, BODY, HEADERS)) == expected
            assert receiver.wait_for_hang_up()

    def test_is_not_even_asked_when_no_time_is_left(self, make_sender: MakeSender) -> None:
        with Receiver(answer(200)) as receiver:
            attempt = make_sender(Limits(total=0.0)).send(receiver.url, BODY, HEADERS)
        assert outcome(attempt) == (None, False, "timeout")
        assert receiver.connections == 0

    def test_that_does_not_take_a_large_body_is_cut_off(self, make_sender: MakeSender) -> None:
        release = threading.Event()
        with Receiver(receivers.hold(release, receivers.hang)) as receiver:
            attempt = make_sender(SHORT).send(receiver.url, b"x" * 50_000_000, HEADERS)
            assert outcome(attempt) == (None, False, "timeout")
            release.set()
            assert receiver.wait_for_hang_up()

    @pytest.mark.parametrize(
        ("behaviour", "error_class", "error"),
        [
            (receivers.hang_up, "connection_reset", "Connection closed without an answer"),
            (receivers.reset, "connection_reset", "Connection reset"),
            (receivers.say(b"220 mail.example ESMTP\r\n"), "invalid_response", "The answer is not valid HTTP"),
            (receivers.say(b"HTTP/2 200\r\n\r\n"), "invalid_response", "The answer is not valid HTTP"),
            (receivers.say(b"HTTP/1.1 20\r\n\r\n"), "invalid_response", "The answer is not valid HTTP"),
            (receivers.say(b"\x15\x03\x01\x00\x02\x02\x46"), "invalid_response", "The answer is not valid HTTP"),
        ],
        ids=["hangs up", "resets", "mail", "HTTP/2", "status", "TLS"],
    )
    def test_that_does_not_speak_http_is_told_apart(
        self, make_sender: MakeSender, behaviour: Behaviour, error_class: str, error: str
    ) -> None:
        with Receiver(behaviour) as receiver:
            attempt = make_sender().send(receiver.url, BODY, HEADERS)
        assert outcome(attempt) == (None, False, error_class)
        assert attempt.error == error

    @pytest.mark.parametrize(
        "data",
        [
            b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nabc",
            b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nabc",
            b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\nno number\r\n",
        ],
        ids=["length", "chunk", "chunk size"],
    )
    def test_that_breaks_off_after_a_2xx_has_said_enough(self, make_sender: MakeSender, data: bytes) -> None:
        with Receiver(receivers.say(data)) as receiver:
            attempt = make_sender().send(receiver.url, BODY, HEADERS)
        assert outcome(attempt) == (200, True, None)
        assert attempt.response_snippet == "abc"

    @settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)
    @given(
        st.binary(max_size=200)
        | st.lists(
            st.sampled_from(
                [
                    *(b"HTTP/1.1 200 OK\r\n", b"HTTP/1.0 500\r\n", b"HTTP/1.1 ", b"\r\n", b"\n", b":", b" ", b"\xff"),
                    *(b"Content-Length: 3\r\n", b"Content-Length: -1\r\n", b"Transfer-Encoding: chunked\r\n"),
                    *(b"Content-Type: multipart/mixed; boundary=x\r\n", b"Retry-After: Mon, 99 9\r\n", b"--x\r\n"),
                    *(b"3\r\nabc\r\n", b"ffffffffffffffff\r\n", b"-1\r\n", b"0\r\n\r\n", b"Retry-After: \xff\r\n"),
                ]
            )
        ).map(b"".join)
    )
    def test_that_says_anything_at_all_makes_an_attempt_and_no_exception(
        self, make_sender: MakeSender, data: bytes
    ) -> None:
        with Receiver(receivers.say(data)) as receiver:
            attempt = make_sender().send(receiver.url, BODY, HEADERS)
        assert attempt.success is (attempt.error_class is None)


class TestConnecting:
    def test_refused(self, make_sender: MakeSender) -> None:
        with receivers.closed_port() as port:
            attempt = make_sender().send(f"http://127.0.0.1:{port}/", BODY, HEADERS)
        assert outcome(attempt) == (None, False, "connection_refused")
        assert attempt.error == "Connection refused"

    def test_unanswered(self, make_sender: MakeSender) -> None:
        with receivers.unanswered_port() as port:
            attempt = make_sender(Limits(total=PATIENCE, connect=0.2)).send(f"http://127.0.0.1:{port}/", BODY, HEADERS)
        assert outcome(attempt) == (None, False, "connect_timeout")
        assert attempt.error == "Connection timed out"

    def test_without_a_way_there(self, make_sender: MakeSender, monkeypatch: pytest.MonkeyPatch) -> None:
        def unreachable(*_: object) -> None:
            raise OSError(errno.ENETUNREACH, os.strerror(errno.ENETUNREACH))

        monkeypatch.setattr(connections.BoundedSocket, "connect", unreachable)
        attempt = make_sender(resolver=lambda *_: ["2606:4700::1"]).send("https://receiver.test/", BODY, HEADERS)
        assert outcome(attempt) == (None, False, "connection_failed")
        assert attempt.error == "Network is unreachable"

    def test_that_breaks_for_another_reason(self, make_sender: MakeSender, monkeypatch: pytest.MonkeyPatch) -> None:
        def unreachable(*_: object) -> None:
            raise OSError(errno.EHOSTUNREACH, os.strerror(errno.EHOSTUNREACH))

        monkeypatch.setattr(connections.BoundedSocket, "sendall", unreachable)
        with Receiver(answer(200)) as receiver:
            attempt = make_sender().send(receiver.url, BODY, HEADERS)
        assert outcome(attempt) == (None, False, "connection_failed")
        assert attempt.error == "No route to host"

    def test_goes_on_to_the_next_address(self, make_sender: MakeSender) -> None:
        with Receiver(answer(200)) as receiver:
            sender = make_sender(resolver=lambda *_: ["127.0.0.2", "127.0.0.1"])
            assert sender.send(f"http://localhost:{receiver.port}/", BODY, HEADERS).success

    def test_leaves_time_for_the_next_address(self, make_sender: MakeSender) -> None:
        with receivers.unanswered_port() as port, Receiver(answer(200), host="127.0.0.3", port=port):
            sender = make_sender(Limits(total=PATIENCE, connect=1.0), resolver=lambda *_: ["127.0.0.1", "127.0.0.3"])
            assert sender.send(f"http://localhost:{port}/", BODY, HEADERS).success

    def test_takes_no_proxy_from_the_environment(
        self, make_sender: MakeSender, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        with Receiver(answer(200)) as proxy, Receiver(answer(200)) as receiver:
            for name in ("http_proxy", "HTTP_PROXY", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"):
                monkeypatch.setenv(name, proxy.url)
            monkeypatch.delenv("no_proxy", raising=False)
            assert make_sender().send(receiver.url, BODY, HEADERS).success
        assert proxy.connections == 0


class TestNames:
    def test_that_do_not_resolve(self, make_sender: MakeSender) -> None:
        def unknown(host: str, port: int) -> Sequence[str]:
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

        attempt = make_sender(resolver=unknown).send("https://receiver.test/", BODY, HEADERS)
        assert outcome(attempt) == (None, False, "dns")
        assert attempt.error == "The host name does not resolve"

    def test_that_resolve_to_nothing(self, make_sender: MakeSender) -> None:
        attempt = make_sender(resolver=lambda *_: []).send("https://receiver.test/", BODY, HEADERS)
        assert attempt.error_class == "dns"

    def test_whose_resolver_hangs(self, make_sender: MakeSender) -> None:
        release = threading.Event()

        def hanging(host: str, port: int) -> Sequence[str]:
            release.wait(PATIENCE)
            return ["127.0.0.1"]

        attempt = make_sender(SHORT, resolver=hanging).send("https://receiver.test/", BODY, HEADERS)
        release.set()
        assert outcome(attempt) == (None, False, "dns")
        assert attempt.error == "The host name was not resolved in time"

    def test_resolve_by_the_system(self, make_sender: MakeSender) -> None:
        with Receiver(answer(200)) as receiver:
            assert make_sender().send(f"http://localhost:{receiver.port}/", BODY, HEADERS).success


class TestAddressesThatAreNotPublic:
    @pytest.mark.parametrize(
        "address", ["127.0.0.1", "10.0.0.1", "169.254.169.254", "::1", "::ffff:127.0.0.1", "::127.0.0.1", "fec0::1"]
    )
    def test_are_never_connected_to_by_name(
        self, make_sender: MakeSender, monkeypatch: pytest.MonkeyPatch, address: str
    ) -> None:
        monkeypatch.setattr(connections.BoundedSocket, "connect", _no_connection)
        sender = make_sender(allow_loopback=False, resolver=lambda *_: [address])
        attempt = sender.send("https://receiver.test/", BODY, HEADERS)
        assert outcome(attempt) == (None, False, "address_not_allowed")
        assert attempt.error == "The host's address is not public."

    @pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]", "2130706433", "0x7f.1", "169.254.169.254"])
    def test_are_never_connected_to_by_url(
        self, make_sender: MakeSender, monkeypatch: pytest.MonkeyPatch, host: str
    ) -> None:
        monkeypatch.setattr(connections.BoundedSocket, "connect", _no_connection)
        attempt = make_sender(allow_loopback=False).send(f"https://{host}/", BODY, HEADERS)
        assert outcome(attempt) == (None, False, "address_not_allowed")

    def test_are_not_reached_by_a_name_that_answers_differently_the_second_time(
        self, make_sender: MakeSender, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        replies = [["8.8.8.8"], ["127.0.0.1"]]
        connected_to: list[str] = []

        def connect(_: socket.socket, address: tuple[str, int]) -> None:
            connected_to.append(address[0])
            raise ConnectionRefusedError(errno.ECONNREFUSED, "Connection refused")

        monkeypatch.setattr(connections.BoundedSocket, "connect", connect)
        sender = make_sender(allow_loopback=False, resolver=lambda *_: replies.pop(0))
        assert sender.send("https://receiver.test/", BODY, HEADERS).error_class == "connection_refused"
        assert connected_to == ["8.8.8.8"]
        assert replies == [["127.0.0.1"]], "the name is asked for once, and the answer that was checked is used"
        assert sender.send("https://receiver.test/", BODY, HEADERS).error_class == "address_not_allowed"
        assert connected_to == ["8.8.8.8"]

    def test_do_not_profit_from_a_connection_kept_alive(self, make_sender: MakeSender) -> None:
        replies = [["127.0.0.1"], ["10.0.0.1"]]
        with Receiver(answer(200)) as receiver:
            sender = make_sender(resolver=lambda *_: replies.pop(0))
            url = f"http://localhost:{receiver.port}/"
            assert sender.send(url, BODY, HEADERS).success
            assert sender.send(url, BODY, HEADERS).error_class == "address_not_allowed"
        assert len(receiver.requests) == 1


class TestTls:
    def url(self, receiver: Receiver, host: str = "receiver.test") -> str:
        return f"https://{host}:{receiver.port}/hook"

    def sender(self, make_sender: MakeSender, authority: Authority, limits: Limits = LONG) -> Sender:
        return make_sender(limits, resolver=loopback, context=tls_context(authority.ca_file))

    def test_verifies_the_certificate_for_the_name_and_sends_both(
        self, make_sender: MakeSender, authority: Authority
    ) -> None:
        context = authority.server_context("receiver.test")
        names: list[str | None] = []
        context.sni_callback = lambda _, name, __: names.append(name)
        with Receiver(answer(200), tls=context) as receiver:
            assert self.sender(make_sender, authority).send(self.url(receiver), BODY, HEADERS).success
        assert names == ["receiver.test"]
        assert receiver.requests[0].headers["host"] == f"receiver.test:{receiver.port}"

    @pytest.mark.parametrize(
        ("name", "days", "reason"), [("other.test", 30, "match"), ("receiver.test", -1, "expired")]
    )
    def test_does_not_accept_a_certificate(
        self, make_sender: MakeSender, authority: Authority, name: str, days: int, reason: str
    ) -> None:
        with Receiver(answer(200), tls=authority.server_context(name, days=days)) as receiver:
            attempt = self.sender(make_sender, authority).send(self.url(receiver), BODY, HEADERS)
        assert outcome(attempt) == (None, False, "tls")
        assert reason in (attempt.error or "")
        assert receiver.requests == []

    def test_does_not_accept_an_unknown_authority(self, make_sender: MakeSender, authority: Authority) -> None:
        with Receiver(answer(200), tls=authority.server_context("receiver.test")) as receiver:
            attempt = make_sender(resolver=loopback).send(self.url(receiver), BODY, HEADERS)
        assert outcome(attempt) == (None, False, "tls")
        assert receiver.requests == []

    def test_is_not_spoken_by_the_receiver(self, make_sender: MakeSender, authority: Authority) -> None:
        with Receiver(receivers.blurt_out(b"HTTP/1.1 400 Bad Request\r\n\r\n")) as receiver:
            attempt = self.sender(make_sender, authority).send(self.url(receiver), BODY, HEADERS)
        assert outcome(attempt) == (None, False, "tls")

    def test_handshake_may_be_broken_off(self, make_sender: MakeSender, authority: Authority) -> None:
        with Receiver(receivers.reset_at_once) as receiver:
            attempt = self.sender(make_sender, authority).send(self.url(receiver), BODY, HEADERS)
        assert outcome(attempt) == (None, False, "connection_reset")

    @pytest.mark.parametrize("behaviour", [receivers.hang, receivers.drip_garbage], ids=["silence", "drip"])
    def test_whose_handshake_never_ends_is_cut_off(
        self, make_sender: MakeSender, authority: Authority, behaviour: Behaviour
    ) -> None:
        with Receiver(behaviour) as receiver:
            attempt = self.sender(make_sender, authority, SHORT).send(self.url(receiver), BODY, HEADERS)
            assert outcome(attempt) == (None, False, "timeout")
            assert attempt.error == "The TLS handshake timed out"
            assert receiver.wait_for_hang_up()

    @pytest.mark.parametrize(
        ("behaviour", "limits", "expected"),
        [
            (receivers.DRIPPED_HEADERS, SHORT, (None, False, "timeout")),
            (receivers.DRIPPED_BODY, SHORT_BODY, (200, True, None)),
            (receivers.ENDLESS_BODY, LONG, (200, True, None)),
            (receivers.ENDLESS_HEADERS, LONG, (None, False, "invalid_response")),
            (receivers.hang_up, LONG, (None, False, "connection_reset")),
            (receivers.break_tls, LONG, (None, False, "tls")),
        ],
        ids=["headers drip", "body drips", "endless body", "endless headers", "hangs up", "breaks TLS"],
    )
    def test_bounds_hold_inside(
        self,
        make_sender: MakeSender,
        authority: Authority,
        behaviour: Behaviour,
        limits: Limits,
        expected: tuple[int | None, bool, str | None],
    ) -> None:
        with Receiver(behaviour, tls=authority.server_context("receiver.test")) as receiver:
            attempt = self.sender(make_sender, authority, limits).send(self.url(receiver), BODY, HEADERS)
            assert outcome(attempt) == expected
            assert receiver.wait_for_hang_up()

    def test_connections_are_kept_too(self, make_sender: MakeSender, authority: Authority) -> None:
        with Receiver(answer(200, b"thanks"), tls=authority.server_context("receiver.test")) as receiver:
            sender = self.sender(make_sender, authority)
            for _ in range(3):
                assert sender.send(self.url(receiver), BODY, HEADERS).success
        assert (len(receiver.requests), receiver.connections) == (3, 1)


class TestKeptConnections:
    @pytest.mark.parametrize("body", [b"", b"thanks", b"x" * 8191], ids=["no body", "short", "long"])
    def test_carry_the_next_delivery(self, make_sender: MakeSender, body: bytes) -> None:
        with Receiver(answer(200, body)) as receiver:
            sender = make_sender()
            for _ in range(3):
                assert sender.send(receiver.url, BODY, HEADERS).success
        assert (len(receiver.requests), receiver.connections) == (3, 1)

    @pytest.mark.parametrize(
        "behaviour",
        [
            answer(200, close=True),
            answer(200, b"x" * 20_000),
            receivers.say(b"HTTP/1.0 200 OK\r\n\r\n"),
            receivers.say_and_wait(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\nHTTP/1.1 200 OK\r\n\r\n" * 5000),
        ],
        ids=["told to close", "body not read", "old protocol", "says more than asked"],
    )
    def test_are_only_those_in_a_known_state(self, make_sender: MakeSender, behaviour: Behaviour) -> None:
        with Receiver(behaviour) as receiver:
            sender = make_sender()
            assert sender.send(receiver.url, BODY, HEADERS).success
            assert sender.send(receiver.url, BODY, HEADERS).success
        assert receiver.connections == 2

    def test_that_break_when_used_again_are_replaced(self, make_sender: MakeSender) -> None:
        with Receiver(answers(receivers.answer_and_hang_up_at_the_second, answer(201))) as receiver:
            sender = make_sender()
            assert sender.send(receiver.url, BODY, HEADERS).status_code == 200
            assert sender.send(receiver.url, BODY, HEADERS).status_code == 201
        assert receiver.connections == 2

    def test_that_break_within_an_answer_are_not_asked_again(self, make_sender: MakeSender) -> None:
        def answer_once_and_reset(line: receivers.Line) -> None:
            line.read_request()
            line.write(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
            line.read_request()
            line.write(b"HTTP/1.1 2")
            line.reset()

        with Receiver(answer_once_and_reset) as receiver:
            sender = make_sender()
            assert sender.send(receiver.url, BODY, HEADERS).success
            assert sender.send(receiver.url, BODY, HEADERS).error_class == "connection_reset"
        assert receiver.connections == 1

    def test_that_hang_when_used_again_are_held_to_their_own_attempt(self, make_sender: MakeSender) -> None:
        def answer_once_and_hang(line: receivers.Line) -> None:
            line.read_request()
            line.write(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
            line.wait()

        with Receiver(answer_once_and_hang) as receiver:
            sender = make_sender()
            assert sender.send(receiver.url, BODY, HEADERS).success
            sender._limits = SHORT
            assert sender.send(receiver.url, BODY, HEADERS).error_class == "timeout"
            assert receiver.wait_for_hang_up()
        assert receiver.connections == 1

    def test_are_closed_after_a_while(self, make_sender: MakeSender, monkeypatch: pytest.MonkeyPatch) -> None:
        with Receiver(answer(200)) as receiver:
            sender = make_sender()
            sender.send(receiver.url, BODY, HEADERS)
            monkeypatch.setattr(connections, "IDLE_SECONDS", -1.0)
            sender.send(receiver.url, BODY, HEADERS)
        assert receiver.connections == 2

    def test_are_closed_when_there_are_many(self, make_sender: MakeSender, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(connections, "IDLE_CONNECTIONS", 1)
        with Receiver(answer(200)) as first, Receiver(answer(200)) as second:
            sender = make_sender()
            sender.send(first.url, BODY, HEADERS)
            sender.send(second.url, BODY, HEADERS)
            assert first.wait_for_hang_up()
            sender.send(second.url, BODY, HEADERS)
        assert second.connections == 1


class TestManyThreads:
    def test_send_at_once_over_one_sender(self, make_sender: MakeSender) -> None:
        bodies = [f"body {number}".encode() for number in range(100)]
        with Receiver(answer(200, b"ok")) as receiver, ThreadPoolExecutor(10) as pool:
            sender = make_sender()
            attempts = list(pool.map(lambda body: sender.send(receiver.url, body, HEADERS), bodies))
        assert all(attempt.success and attempt.response_snippet == "ok" for attempt in attempts)
        assert sorted(request.body for request in receiver.requests) == sorted(bodies)
        assert receiver.connections <= 10

    def test_hanging_receivers_do_not_hold_up_the_others(self, make_sender: MakeSender) -> None:
        with Receiver(answer(200)) as good, Receiver(receivers.hang) as bad, ThreadPoolExecutor(10) as pool:
            sender = make_sender(LONG)
            hanging = [pool.submit(sender.send, bad.url, BODY, HEADERS) for _ in range(9)]
            assert sender.send(good.url, BODY, HEADERS).success
            assert not any(attempt.done() for attempt in hanging)
            bad.__exit__(None, None, None)
            assert {attempt.result(PATIENCE).error_class for attempt in hanging} == {"connection_reset"}


def _no_connection(_: socket.socket, address: object) -> None:
    raise AssertionError(f"connected to {address}")
