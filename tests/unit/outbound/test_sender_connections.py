import pytest

from chalicelib.outbound import connections
from chalicelib.outbound.budget import tls_context
from chalicelib.outbound.exchange import Limits
from chalicelib.outbound.sender import Sender
from tests.support import receivers
from tests.support.attempts import BODY, HEADERS, LONG, SHORT, SHORT_BODY, MakeSender, Outcome, outcome
from tests.support.certificates import Authority
from tests.support.receivers import Behaviour, Receiver, answer, answers


def loopback(host: str, port: int) -> list[str]:
    return ["127.0.0.1"]


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
        expected: Outcome,
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
        ids=["asked to close", "body not read", "old protocol", "unsolicited data"],
    )
    def test_are_reused_only_in_a_known_state(self, make_sender: MakeSender, behaviour: Behaviour) -> None:
        with Receiver(behaviour) as receiver:
            sender = make_sender()
            assert sender.send(receiver.url, BODY, HEADERS).success
            assert sender.send(receiver.url, BODY, HEADERS).success
        assert receiver.connections == 2

    def test_that_break_on_reuse_are_replaced(self, make_sender: MakeSender) -> None:
        with Receiver(answers(receivers.answer_and_hang_up_at_the_second, answer(201))) as receiver:
            sender = make_sender()
            assert sender.send(receiver.url, BODY, HEADERS).status_code == 200
            assert sender.send(receiver.url, BODY, HEADERS).status_code == 201
        assert receiver.connections == 2

    def test_that_break_within_a_response_are_not_retried(self, make_sender: MakeSender) -> None:
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

    def test_that_hang_on_reuse_are_bounded_by_the_new_attempt(self, make_sender: MakeSender) -> None:
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
            monkeypatch.setattr(connections, "MAX_IDLE_SECONDS", -1.0)
            sender.send(receiver.url, BODY, HEADERS)
        assert receiver.connections == 2

    def test_are_closed_when_there_are_many(self, make_sender: MakeSender, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(connections, "MAX_IDLE_CONNECTIONS", 1)
        with Receiver(answer(200)) as first, Receiver(answer(200)) as second:
            sender = make_sender()
            sender.send(first.url, BODY, HEADERS)
            sender.send(second.url, BODY, HEADERS)
            assert first.wait_for_hang_up()
            sender.send(second.url, BODY, HEADERS)
        assert second.connections == 1
