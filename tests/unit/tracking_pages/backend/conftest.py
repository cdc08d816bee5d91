from collections.abc import Iterator

import pytest
import time_machine

from chalicelib.kit import clock
from tests.support.factories import Acme
from tests.support.merchant import Merchant

NOW = "2026-01-15T10:30:00.000Z"
CHECKPOINTS = [
    {
        "status": "picked_up",
        "status_detail": "Picked up by carrier",
        "location": "Los Angeles, CA",
        "city": "Los Angeles",
        "state": "CA",
        "country": "US",
        "postal_code": "90001",
        "latitude": 34.0522,
        "longitude": -118.2437,
        "checkpoint_time": "2026-01-15T14:00:00.000Z",
        "carrier_status_code": "PU",
    },
    {
        "status": "in_transit",
        "status_detail": "Departed facility",
        "location": "Chicago, IL",
        "city": "Chicago",
        "state": "IL",
        "country": "US",
        "postal_code": "60601",
        "latitude": 41.8781,
        "longitude": -87.6298,
        "checkpoint_time": "2026-01-16T08:00:00.000Z",
        "carrier_status_code": "DP",
    },
]


@pytest.fixture
def time() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(clock.parse(NOW), tick=False) as traveller:
        yield traveller


@pytest.fixture
def merchant(time: time_machine.Traveller, acme: Acme) -> Merchant:
    acme.configure(
        branding={
            "primary_color": "#4F46E5",
            "logo_url": "https://cdn.acme.example/logo.svg",
            "company_name": "Acme Fulfillment",
            "support_email": "help@acme.example",
        }
    )
    return Merchant.of(acme)


@pytest.fixture
def shipment(merchant: Merchant) -> str:
    return merchant.shipment(
        checkpoints=CHECKPOINTS,
        ship_from={"name": "Warehouse", "city": "Los Angeles"},
        ship_to={"name": "Jane Doe", "address1": "Main St 1", "city": "New York"},
    )
