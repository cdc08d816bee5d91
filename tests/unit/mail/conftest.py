import pytest

from tests.support.factories import Acme
from tests.support.storefront import Storefront, verify_sender


@pytest.fixture
def shop(acme: Acme) -> Storefront:
    verify_sender()
    return Storefront(acme)
