"""Calls of platforms: whole bodies within a limit, redirects within one host, stand-ins on the developer's machine."""

import pytest

from chalicelib.outbound.caller import Caller
from chalicelib.outbound.failures import SendFailed
from tests.support.receivers import Receiver, answer

LIMIT = 20_000


def caller(**more: object) -> Caller:
    return Caller.new(seconds=20, max_bytes=LIMIT, allow_loopback=True, **more)  # type: ignore[arg-type]


def get(url: str, method: str = "GET", **more: object) -> tuple[int, bytes]:
    found = caller(**more).call(method, url, None, {"Accept": "application/json"}, seconds=20)
    return found.status, found.body


def test_any_status_and_a_whole_body_come_back() -> None:
    with Receiver(answer(404, body=b"x" * (LIMIT - 1))) as receiver:
        status, body = get(receiver.url)
    assert (status, len(body)) == (404, LIMIT - 1)


def test_a_body_over_the_limit_fails() -> None:
    with Receiver(answer(200, body=b"x" * (LIMIT + 70_000))) as receiver, pytest.raises(SendFailed) as failed:
        get(receiver.url)
    assert failed.value.error_class == "invalid_response"


def test_a_redirect_is_followed_to_the_same_host_only() -> None:
    with Receiver(answer(200, body=b"elsewhere")) as other:
        with Receiver(answer(302, Location=other.url)) as receiver:
            assert get(receiver.url)[0] == 302
        assert other.requests == []


def test_a_redirect_without_an_address_is_an_answer() -> None:
    with Receiver(answer(302)) as receiver:
        assert get(receiver.url)[0] == 302


def test_a_redirect_that_never_ends_fails() -> None:
    with Receiver(answer(301, Location="/again")) as receiver, pytest.raises(SendFailed):
        get(receiver.url)


def test_what_changes_something_is_never_redirected() -> None:
    with Receiver(answer(307, Location="/again")) as receiver:
        assert get(receiver.url, "POST")[0] == 307
        assert len(receiver.requests) == 1


def test_a_stand_in_gets_the_request_and_the_name() -> None:
    with Receiver(answer(200, body=b"local")) as receiver:
        address = receiver.url.rstrip("/")
        hosts = (("shop.example", address), ("*.myshop.example", address))
        for url in ("https://shop.example/a?b=1", "https://one.myshop.example/a?b=1"):
            found = Caller.new(seconds=20, max_bytes=LIMIT, allow_loopback=False, hosts=hosts).call(
                "GET", url, None, {}, seconds=20
            )
            assert found.body == b"local"
        assert [request.headers["host"] for request in receiver.requests] == ["shop.example", "one.myshop.example"]
        assert receiver.requests[0].target.endswith("/a?b=1")


def test_loopback_is_refused_without_a_stand_in() -> None:
    strict = Caller.new(seconds=20, max_bytes=LIMIT, allow_loopback=False)
    with pytest.raises(SendFailed) as failed:
        strict.call("GET", "http://127.0.0.1:1/", None, {}, seconds=20)
    assert failed.value.error_class == "address_not_allowed"
