"""Which order a connector's shipments mean, and which parcels another bridge has brought already."""

from typing import Any

import pytest

from chalicelib.kit import clock
from chalicelib.organizations.principals import SYSTEM
from chalicelib.records.source import Source
from chalicelib.sync.parcels import prepare
from chalicelib.sync.service import sync_page
from tests.support.aws_calls import counted
from tests.support.factories import Acme
from tests.support.merchant import Merchant


@pytest.fixture
def merchant(acme: Acme) -> Merchant:
    return Merchant.of(acme)


def source(merchant: Merchant, bridge: dict[str, Any]) -> Source:
    org, user = merchant.acme.organization_id, merchant.end_user_id
    return Source(org, user, bridge["id"], bridge["type"], SYSTEM, clock.timestamp())


def read(merchant: Merchant, bridge: dict[str, Any], **shipment: Any) -> dict[str, Any] | None:
    """What is to be written of a shipment that a bridge has read."""
    prepared = prepare(source(merchant, bridge), [{"external_id": "label-1", "tracking_number": "1Z999", **shipment}])
    return prepared[0] if prepared else None


class TestWhichOrder:
    def test_its_id_at_the_shop_is_enough(self, merchant: Merchant) -> None:
        merchant.order("450789469", order_number="#1001")
        shipper = merchant.session.bridge()
        found = read(merchant, shipper, order_external_id="450789469", order_number="something else")
        assert found == {"external_id": "label-1", "tracking_number": "1Z999", "order_external_id": "450789469"}

    @pytest.mark.parametrize("number", ["#1001", "1001", " # 1001 "])
    def test_its_number_is_the_second_best(self, merchant: Merchant, number: str) -> None:
        merchant.order("450789469", order_number="#1001")
        merchant.order("450789470", order_number="#10011")
        shipper = merchant.session.bridge()
        found = read(merchant, shipper, order_external_id="manual-7", order_number=number)
        assert found is not None
        assert (found["order_external_id"], found["order_bridge_id"]) == ("450789469", merchant.bridge["id"])
        result = sync_page(source(merchant, shipper), [], [found])
        assert (result.shipments.created, result.warnings) == (1, [])

    def test_a_number_that_two_shops_have_names_none(self, merchant: Merchant) -> None:
        merchant.order("1", order_number="1001")
        merchant.acme.server.post(
            f"/api/v1/bridges/{merchant.session.bridge()['id']}/sync",
            {"orders": [{"external_id": "2", "order_number": "#1001"}]},
        )
        found = read(merchant, merchant.session.bridge(), order_external_id="key", order_number="1001")
        assert found is not None
        assert found["order_external_id"] == "key"
        assert "order_bridge_id" not in found

    def test_an_unknown_number_and_none_at_all(self, merchant: Merchant) -> None:
        merchant.order("1", order_number="1001")
        shipper = merchant.session.bridge()
        for number in ("2002", "", None):
            found = read(merchant, shipper, order_external_id=None, order_number=number)
            assert found is not None
            assert found["order_external_id"] is None
            assert "order_number" not in found

    def test_other_end_users_orders_are_not_found(self, merchant: Merchant, acme: Acme) -> None:
        merchant.order("1", order_number="1001")
        other = Merchant.of(acme, "merchant-2")
        found = read(other, other.bridge, order_external_id=None, order_number="1001")
        assert found is not None
        assert found["order_external_id"] is None


class TestKnownParcels:
    def test_what_the_shipper_brought_is_not_the_shops_too(self, merchant: Merchant) -> None:
        merchant.order("1", order_number="1001")
        shipper = merchant.session.bridge()
        label = read(merchant, shipper, order_external_id="1")
        sync_page(source(merchant, shipper), [], [label])
        assert (
            read(merchant, merchant.bridge, external_id="f-1", order_external_id="1", tracking_number="1z 999") is None
        )
        other = read(merchant, merchant.bridge, external_id="f-2", order_external_id="1", tracking_number="1Z998")
        assert other is not None

    def test_what_a_bridge_has_it_goes_on_to_update(self, merchant: Merchant) -> None:
        merchant.order("1", order_number="1001")
        shipper = merchant.session.bridge()
        for _ in range(2):
            label = read(merchant, shipper, order_external_id="1")
            assert label is not None
            sync_page(source(merchant, shipper), [], [label])
        assert label is not None
        # Both had it before either looked.
        sync_page(source(merchant, merchant.bridge), [], [{**label, "external_id": "f-1"}])
        for bridge, external_id in ((shipper, "label-1"), (merchant.bridge, "f-1")):
            assert read(merchant, bridge, external_id=external_id, order_external_id="1") is not None

    def test_parcels_without_a_number_are_not_compared(self, merchant: Merchant) -> None:
        merchant.order("1")
        shipper = merchant.session.bridge()
        for number in (None, "", 5):
            sync_page(source(merchant, shipper), [], [{"external_id": "s", "order_external_id": "1"}])
            assert read(merchant, merchant.bridge, order_external_id="1", tracking_number=number) is not None


def test_cost(merchant: Merchant) -> None:
    merchant.order("1", order_number="1001")
    shipper = source(merchant, merchant.session.bridge())
    with counted() as calls:
        assert prepare(shipper, []) == []
        assert calls == []
        prepare(shipper, [{"external_id": str(n), "order_external_id": "1"} for n in range(100)])
        assert len(calls) == 2
        prepare(shipper, [{"external_id": "x", "order_external_id": "key", "order_number": "1001"}])
        assert len(calls) == 6
