from typing import Any

import pytest

from chalicelib.connectors.shop import Shop
from tests.support.shopify.double import DOMAIN, Double


@pytest.fixture
def double() -> Double:
    return Double()


@pytest.fixture
def shop(double: Double) -> Shop:
    return connected(double)


def connected(double: Double, app: dict[str, str] | None = None, **config: Any) -> Shop:
    return Shop(
        "bridge-1", {"shopDomain": DOMAIN, "accessToken": "shpat_permanent", **config}, double.http, {}, app or {}
    )
