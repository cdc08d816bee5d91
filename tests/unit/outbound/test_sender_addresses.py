import errno
import os
import socket
import threading
from collections.abc import Sequence

import pytest

from chalicelib.outbound import budget
from chalicelib.outbound.exchange import Limits
from tests.support import receivers
from tests.support.attempts import BODY, HEADERS, SHORT, MakeSender, outcome
from tests.support.receivers import PATIENCE, Receiver, answer


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

    def test_to_an_unreachable_network(self, make_sender: MakeSender, monkeypatch: pytest.MonkeyPatch) -> None:
        def unreachable(*_: object) -> None:
            raise OSError(errno.ENETUNREACH, os.strerror(errno.ENETUNREACH))

        monkeypatch.setattr(budget.BudgetedSocket, "connect", unreachable)
        attempt = make_sender(resolver=lambda *_: ["2606:4700::1"]).send("https://receiver.test/", BODY, HEADERS)
        assert outcome(attempt) == (None, False, "connection_failed")
        assert attempt.error == "Network is unreachable"

    def test_that_fails_for_another_reason(self, make_sender: MakeSender, monkeypatch: pytest.MonkeyPatch) -> None:
        def unreachable(*_: object) -> None:
            raise OSError(errno.EHOSTUNREACH, os.strerror(errno.EHOSTUNREACH))

        monkeypatch.setattr(budget.BudgetedSocket, "sendall", unreachable)
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
        monkeypatch.setattr(budget.BudgetedSocket, "connect", _no_connection)
        sender = make_sender(allow_loopback=False, resolver=lambda *_: [address])
        attempt = sender.send("https://receiver.test/", BODY, HEADERS)
        assert outcome(attempt) == (None, False, "address_not_allowed")
        assert attempt.error == "The host's address is not public."

    @pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]", "2130706433", "0x7f.1", "169.254.169.254"])
    def test_are_never_connected_to_by_url(
        self, make_sender: MakeSender, monkeypatch: pytest.MonkeyPatch, host: str
    ) -> None:
        monkeypatch.setattr(budget.BudgetedSocket, "connect", _no_connection)
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

        monkeypatch.setattr(budget.BudgetedSocket, "connect", connect)
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


def _no_connection(_: socket.socket, address: object) -> None:
    raise AssertionError(f"connected to {address}")
