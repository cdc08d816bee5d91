"""What deletions elsewhere do to pages."""

from contextlib import suppress
from typing import Any

import pytest
import time_machine

from chalicelib.tracking_pages import service
from tests.support.factories import EMBED, Acme
from tests.support.faults import Crash, crashing
from tests.support.gateway import Client
from tests.support.merchant import Merchant

PATH = f"{EMBED}/tracking-pages"


def status(page: dict[str, Any]) -> int:
    return Client().get(f"{PATH}/view/{page['token']}").status


def test_pages_go_with_their_bridge(acme: Acme, merchant: Merchant, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(service, "ENDED_AT_ONCE", 2)
    other = Merchant(acme, merchant.session, merchant.session.bridge(name="Second shop"))
    kept = other.page(other.shipment())
    pages = [merchant.page(merchant.shipment(f"shp-{number}")) for number in range(3)]
    merchant.client.delete(f"{PATH}/{pages[0]['id']}")
    steps = 1
    while service.remove_of_bridge(acme.organization_id, merchant.bridge["id"]):
        steps += 1
    assert steps == 3
    assert [status(page) for page in pages] == [404, 404, 404]
    assert status(kept) == 200
    listed = merchant.client.get(f"{PATH}?page=1").json
    assert [row["id"] for row in listed["data"]] == [kept["id"]]
    assert listed["pagination"]["total"] == 1


def test_pages_of_a_deleted_end_user_are_switched_off(
    acme: Acme, merchant: Merchant, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(service, "ENDED_AT_ONCE", 2)
    for number in range(3):
        merchant.page(merchant.shipment(f"shp-{number}"))
    assert service.deactivate_of_end_user(acme.organization_id, merchant.end_user_id)
    assert not service.deactivate_of_end_user(acme.organization_id, merchant.end_user_id)
    assert [row["is_active"] for row in merchant.client.get(PATH).data] == [False, False, False]


def test_pages_of_a_bridge_s_former_owner_go(acme: Acme, merchant: Merchant) -> None:
    page = merchant.page(merchant.shipment())
    gone = (acme.organization_id, merchant.bridge["id"])
    assert not service.remove_of_bridge(*gone, acme.session("merchant-2").end_user_id)
    assert status(page) == 200
    while service.remove_of_bridge(*gone, merchant.end_user_id):
        pass
    assert status(page) == 404


@pytest.mark.parametrize("at", range(4))
def test_a_crash_leaves_no_link_that_opens_nothing(acme: Acme, merchant: Merchant, at: int) -> None:
    shipment = merchant.shipment()
    gone = merchant.page(shipment)
    with crashing(at, done=True), suppress(Crash):
        service.remove_of_bridge(acme.organization_id, merchant.bridge["id"])
    while service.remove_of_bridge(acme.organization_id, merchant.bridge["id"]):
        pass
    page = merchant.page(shipment)
    assert page["id"] != gone["id"]
    assert status(page) == 200


def test_pages_of_one_shipment_go_whichever_is_active(
    acme: Acme, merchant: Merchant, time: time_machine.Traveller
) -> None:
    shipment = merchant.shipment()
    merchant.page(shipment)
    time.shift(91 * 86400)
    merchant.reopen()
    page = merchant.page(shipment)
    while service.remove_of_bridge(acme.organization_id, merchant.bridge["id"]):
        pass
    assert status(page) == 404
    assert merchant.page(shipment)["id"] != page["id"]
