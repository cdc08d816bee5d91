import socket
import threading
from collections.abc import Sequence

import pytest

from chalicelib.outbound.addresses import AddressNotAllowed
from chalicelib.outbound.resolving import check_destination, system_resolver
from tests.support.receivers import PATIENCE


class TestSavingAUrl:
    def test_whose_host_is_public(self) -> None:
        endpoint = check_destination(" https://receiver.test/hook ", False, resolver=lambda *_: ["8.8.8.8"])
        assert endpoint.url == "https://receiver.test/hook"

    @pytest.mark.parametrize("address", ["127.0.0.1", "10.0.0.1", "169.254.169.254", "::1", "fd00:ec2::254"])
    def test_whose_host_is_not_public_is_refused(self, address: str) -> None:
        with pytest.raises(AddressNotAllowed):
            check_destination("https://receiver.test/", False, resolver=lambda *_: ["8.8.8.8", address])

    def test_that_is_an_address_needs_no_resolver(self) -> None:
        def unexpected(host: str, port: int) -> Sequence[str]:
            raise AssertionError(host)

        assert check_destination("https://8.8.8.8/", False, resolver=unexpected).host == "8.8.8.8"

    def test_whose_host_does_not_resolve(self) -> None:
        def unknown(host: str, port: int) -> Sequence[str]:
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

        assert check_destination("https://not-yet.test/", False, resolver=unknown).host == "not-yet.test"

    def test_whose_host_is_not_resolved_in_time(self) -> None:
        release = threading.Event()

        def hanging(host: str, port: int) -> Sequence[str]:
            release.wait(PATIENCE)
            return ["127.0.0.1"]

        assert check_destination("https://slow.test/", False, resolver=hanging, seconds=0.05).host == "slow.test"
        release.set()

    def test_at_loopback_where_that_is_allowed(self) -> None:
        assert check_destination("http://localhost:8000/", True).port == 8000
        assert check_destination("http://[::1]:8000/", True).host == "::1"

    def test_at_loopback_where_it_is_not(self) -> None:
        with pytest.raises(AddressNotAllowed):
            check_destination("https://localhost:8000/", False)


class TestTheSystemsResolver:
    def test_gives_addresses_as_text(self) -> None:
        assert "127.0.0.1" in system_resolver("localhost", 443)
