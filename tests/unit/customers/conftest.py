from collections.abc import Iterator
from unittest.mock import patch

import pytest

from tests.support.factories import Acme
from tests.support.storefront import Storefront, verify_sender


@pytest.fixture
def shop(acme: Acme) -> Storefront:
    verify_sender()
    return Storefront(acme)


@pytest.fixture(autouse=True)
def no_waiting() -> Iterator[None]:
    """Messages that are to wait come at once."""
    with patch("chalicelib.erasure.service.WAIT_S", 0):
        yield
