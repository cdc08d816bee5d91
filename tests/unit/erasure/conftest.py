from collections.abc import Iterator
from unittest.mock import patch

import pytest


@pytest.fixture(autouse=True)
def no_waiting() -> Iterator[None]:
    """Messages that are to wait come at once."""
    with patch("chalicelib.erasure.service.INDEX_DELAY_S", 0):
        yield
