import threading

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chalicelib.outbound.exchange import Limits
from tests.support import receivers
from tests.support.attempts import BODY, HEADERS, LONG, SHORT, SHORT_BODY, MakeSender, Outcome, outcome
from tests.support.receivers import Behaviour, Receiver, answer


class TestAHostileReceiver:
    """Each would hold a sender forever. The sender must hang up and report what happened."""

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
    def test_that_never_sends_a_status_is_cut_off(self, make_sender: MakeSender, behaviour: Behaviour) -> None:
        with Receiver(behaviour) as receiver:
            attempt = make_sender(SHORT).send(receiver.url, BODY, HEADERS)
            assert outcome(attempt) == (None, False, "timeout")
            assert attempt.error == "No response within 0.3 seconds"
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
    def test_that_never_finishes_is_cut_off(
        self, make_sender: MakeSender, behaviour: Behaviour, expected: Outcome
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
        self, make_sender: MakeSender, behaviour: Behaviour, expected: Outcome
    ) -> None:
        with Receiver(behaviour) as receiver:
            assert outcome(make_sender(LONG).send(receiver.url, BODY, HEADERS)) == expected
            assert receiver.wait_for_hang_up()

    def test_is_not_called_if_no_time_is_left(self, make_sender: MakeSender) -> None:
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
            (receivers.hang_up, "connection_reset", "Connection closed without a response"),
            (receivers.reset, "connection_reset", "Connection reset"),
            (receivers.say(b"220 mail.example ESMTP\r\n"), "invalid_response", "The response is not valid HTTP"),
            (receivers.say(b"HTTP/2 200\r\n\r\n"), "invalid_response", "The response is not valid HTTP"),
            (receivers.say(b"HTTP/1.1 20\r\n\r\n"), "invalid_response", "The response is not valid HTTP"),
            (receivers.say(b"\x15\x03\x01\x00\x02\x02\x46"), "invalid_response", "The response is not valid HTTP"),
        ],
        ids=["hangs up", "resets", "mail", "HTTP/2", "status", "TLS"],
    )
    def test_that_does_not_speak_http_has_its_own_error(
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
    def test_that_breaks_off_after_a_2xx_has_succeeded(self, make_sender: MakeSender, data: bytes) -> None:
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
    def test_never_raises_whatever_it_sends(self, make_sender: MakeSender, data: bytes) -> None:
        with Receiver(receivers.say(data)) as receiver:
            attempt = make_sender().send(receiver.url, BODY, HEADERS)
        assert attempt.success is (attempt.error_class is None)
