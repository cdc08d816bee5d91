import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest

from chalicelib.kit import clock
from tests.support import receivers
from tests.support.attempts import BODY, HEADERS, LONG, MakeSender, outcome
from tests.support.receivers import PATIENCE, Receiver, answer


class TestAResponse:
    @pytest.mark.parametrize("status", [200, 201, 202, 204, 299])
    def test_of_2xx_is_success(self, make_sender: MakeSender, status: int) -> None:
        with Receiver(answer(status)) as receiver:
            attempt = make_sender().send(receiver.url, BODY, HEADERS)
        assert outcome(attempt) == (status, True, None)
        assert attempt.error is None

    @pytest.mark.parametrize(
        ("status", "error_class", "error"),
        [
            (301, "redirect", "The receiver responded with 301; redirects are not followed"),
            (302, "redirect", "The receiver responded with 302; redirects are not followed"),
            (307, "redirect", "The receiver responded with 307; redirects are not followed"),
            (304, "redirect", "The receiver responded with 304; redirects are not followed"),
            (400, "http_4xx", "The receiver responded with 400 Bad Request"),
            (410, "http_4xx", "The receiver responded with 410 Gone"),
            (429, "http_4xx", "The receiver responded with 429 Too Many Requests"),
            (500, "http_5xx", "The receiver responded with 500 Internal Server Error"),
            (599, "http_5xx", "The receiver responded with 599"),
            (101, "invalid_response", "The receiver responded with the unknown status 101"),
            (700, "invalid_response", "The receiver responded with the unknown status 700"),
        ],
    )
    def test_of_anything_else_is_failure(
        self, make_sender: MakeSender, status: int, error_class: str, error: str
    ) -> None:
        with Receiver(answer(status)) as receiver:
            attempt = make_sender().send(receiver.url, BODY, HEADERS)
        assert outcome(attempt) == (status, False, error_class)
        assert attempt.error == error

    def test_redirects_are_not_followed(self, make_sender: MakeSender) -> None:
        with Receiver(answer(200)) as target, Receiver(answer(302, Location=target.url)) as receiver:
            assert make_sender().send(receiver.url, BODY, HEADERS).error_class == "redirect"
        assert target.requests == []

    def test_the_request_is_exactly_what_was_given(self, make_sender: MakeSender) -> None:
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
    def test_may_have_a_retry_after(
        self, make_sender: MakeSender, monkeypatch: pytest.MonkeyPatch, value: str, seconds: int | None
    ) -> None:
        monkeypatch.setattr(clock, "now", lambda: datetime(2026, 1, 15, 10, 30, tzinfo=UTC))
        with Receiver(answer(503, Retry_After=value)) as receiver:
            assert make_sender().send(receiver.url, BODY, HEADERS).retry_after == seconds

    def test_that_is_slow_but_in_time_is_accepted(self, make_sender: MakeSender) -> None:
        release = threading.Event()
        with Receiver(receivers.hold(release, answer(200))) as receiver, ThreadPoolExecutor() as pool:
            sending = pool.submit(make_sender().send, receiver.url, BODY, HEADERS)
            release.set()
            assert sending.result(PATIENCE).success


class TestManyThreads:
    def test_share_one_sender(self, make_sender: MakeSender) -> None:
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
            # A request after the receiver has closed would fail differently.
            assert bad.wait_for_connections(len(hanging))
            bad.__exit__(None, None, None)
            assert {attempt.result(PATIENCE).error_class for attempt in hanging} == {"connection_reset"}
