"""Thousands of real orders: nothing of them is left out, and they are stored as they always were."""

import pytest

from chalicelib.kit import codec
from chalicelib.orders.record import OrderRecord
from chalicelib.records.parsing import parse_record
from chalicelib.shipments.record import ShipmentRecord
from tests.support import real_orders
from tests.support.factories import Acme
from tests.support.orders import Merchant

SAMPLE = 300
DIGEST = "5e9a5dc538424abcbe1c40641113c78befb32e6fc5445bd6ae8d38fd276f67cf"
"""Of the sample as it was stored before records were read leniently."""


def test_all_of_them_are_read_without_a_warning() -> None:
    for line in real_orders.read():
        assert parse_record(OrderRecord, line["order"])[1] == []
        if line["shipment"]:
            assert parse_record(ShipmentRecord, line["shipment"])[1] == []


@pytest.mark.usefixtures("cloud")
def test_a_sample_is_stored_as_ever(acme: Acme) -> None:
    merchant = Merchant.of(acme)
    lines = real_orders.read(SAMPLE)
    for start in range(0, SAMPLE, 50):
        part = lines[start : start + 50]
        shipments = [line["shipment"] for line in part if line["shipment"]]
        body = codec.dumps({"orders": [line["order"] for line in part], "shipments": shipments})
        reply = acme.server.post(f"/api/v1/bridges/{merchant.bridge_id}/sync", body)
        assert (reply.status, reply.data["errors"], reply.data["warnings"]) == (200, [], [])
    assert real_orders.digest_of_stored() == DIGEST
