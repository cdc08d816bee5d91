"""Records at their largest, judged by DynamoDB's own engine."""

import pytest

from tests.support.factories import Acme
from tests.support.full_texts import CHARACTERS, sync_full_texts
from tests.support.large_records import TEXTS, body, large_order, large_shipment
from tests.support.oracle import check
from tests.support.orders import Merchant, counted


@pytest.mark.parametrize("name", TEXTS)
def test_the_largest_records_fit(name: str) -> None:
    merchant = Merchant.of(Acme.create())
    path = f"/api/v1/bridges/{merchant.bridge_id}/sync"
    reply = merchant.acme.server.post(path, body(shipments=[large_shipment(n, TEXTS[name]) for n in range(5)]))
    assert (reply.status, reply.data["shipments"]) == (200, counted(created=5)), reply.text
    for _ in range(2):
        merchant.sync(*[{"external_id": f"ext-{n}"} for n in range(5)])
        reply = merchant.acme.server.post(path, body(orders=[large_order(n, TEXTS[name]) for n in range(5)]))
        assert (reply.status, reply.data["orders"]["failed"]) == (200, 0), reply.text
    check(merchant)


@pytest.mark.parametrize("name", CHARACTERS)
def test_texts_of_any_character_fit_into_keys(name: str) -> None:
    sync_full_texts(Acme.create(), CHARACTERS[name])
