"""What happens to tracking pages when their bridge or end user is deleted."""

from contextlib import suppress
from typing import Any

import pytest
import time_machine

from chalicelib.kit import clock
from chalicelib.tracking_pages import service
from tests.support.account import everything
from tests.support.factories import EMBED, Acme
from tests.support.faults import Crash, crashing
from tests.support.gateway import Client
from tests.support.merchant import Merchant

PATH = f"{EMBED}/tracking-pages"


def status(page: dict[str, Any]) -> int:
    return Client().get(f"{PATH}/view/{page['token']}").status


def test_pages_are_removed_with_their_bridge(acme: Acme, merchant: Merchant, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(service, "BATCH_SIZE", 2)
    other = Merchant(acme, merchant.session, merchant.session.bridge(name="Second shop"))
    kept = other.page(other.shipment())
    pages = [merchant.page(merchant.shipment(f"shp-{number}")) for number in range(3)]
    merchant.client.delete(f"{PATH}/{pages[0]['id']}")
    steps = 1
    while service.remove_of_bridge(acme.organization_id, merchant.bridge["id"]):
        steps += 1
    assert steps == 3
    assert [status(page) for page in pages] == [410, 410, 410]
    assert status(kept) == 200
    listed = merchant.client.get(f"{PATH}?page=1").json
    assert [row["id"] for row in listed["data"]] == [kept["id"]]
    assert listed["pagination"]["total"] == 1


def test_pages_of_a_deleted_end_user_are_deactivated(
    acme: Acme, merchant: Merchant, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(service, "BATCH_SIZE", 2)
    for number in range(3):
        merchant.page(merchant.shipment(f"shp-{number}"))
    assert service.deactivate_of_end_user(acme.organization_id, merchant.end_user_id)
    assert not service.deactivate_of_end_user(acme.organization_id, merchant.end_user_id)
    assert [row["is_active"] for row in merchant.client.get(PATH).data] == [False, False, False]


def test_pages_of_a_bridge_s_former_owner_are_removed(acme: Acme, merchant: Merchant) -> None:
    page = merchant.page(merchant.shipment())
    gone = (acme.organization_id, merchant.bridge["id"])
    assert not service.remove_of_bridge(*gone, acme.session("merchant-2").end_user_id)
    assert status(page) == 200
    while service.remove_of_bridge(*gone, merchant.end_user_id):
        pass
    assert status(page) == 410


@pytest.mark.parametrize("at", range(4))
def test_after_a_crash_the_removal_can_be_repeated(acme: Acme, merchant: Merchant, at: int) -> None:
    shipment = merchant.shipment()
    gone = merchant.page(shipment)
    with crashing(at, done=True), suppress(Crash):
        service.remove_of_bridge(acme.organization_id, merchant.bridge["id"])
    while service.remove_of_bridge(acme.organization_id, merchant.bridge["id"]):
        pass
    page = merchant.page(shipment)
    assert page["id"] != gone["id"]
    assert status(page) == 200


def test_all_pages_of_a_shipment_are_removed(acme: Acme, merchant: Merchant, time: time_machine.Traveller) -> None:
    shipment = merchant.shipment()
    merchant.page(shipment)
    time.shift(91 * 86400)
    merchant.reopen()
    page = merchant.page(shipment)
    while service.remove_of_bridge(acme.organization_id, merchant.bridge["id"]):
        pass
    assert status(page) == 410
    assert merchant.page(shipment)["id"] != page["id"]


def test_links_of_a_deleted_bridge_are_410_until_they_would_have_expired(
    acme: Acme, merchant: Merchant, time: time_machine.Traveller
) -> None:
    page = merchant.page(merchant.shipment())
    merchant.client.delete(f"{EMBED}/bridges/{merchant.bridge['id']}")
    statuses = [status(page)]
    while service.remove_of_bridge(acme.organization_id, merchant.bridge["id"]):
        pass
    statuses.append(status(page))
    page_for_people = Client().get(f"/t/{page['token']}")
    assert statuses == [410, 410]
    assert (page_for_people.status, "This page is no longer available" in page_for_people.text) == (410, True)
    time.move_to(clock.parse(page["expires_at"]))
    assert status(page) == 404


def test_the_token_of_a_removed_page_goes_when_it_would_have_expired(acme: Acme, merchant: Merchant) -> None:
    page = merchant.page(merchant.shipment())
    while service.remove_of_bridge(acme.organization_id, merchant.bridge["id"]):
        pass
    [token] = [row for row in everything() if page["token"] in row["pk"]["S"]]
    assert int(token["expires"]["N"]) == clock.epoch(page["expires_at"])


def test_an_expired_page_leaves_no_token(acme: Acme, merchant: Merchant, time: time_machine.Traveller) -> None:
    page = merchant.page(merchant.shipment())
    time.shift(91 * 86400)
    while service.remove_of_bridge(acme.organization_id, merchant.bridge["id"]):
        pass
    assert [row for row in everything() if page["token"] in row["pk"]["S"]] == []
    assert status(page) == 404
