"""Reassigning a bridge removes what its former owner created for its data."""

from tests.support.background import clean_up
from tests.support.factories import EMBED, Acme
from tests.support.gateway import Client
from tests.support.merchant import Merchant


def test_requests_and_pages_of_the_former_owner_are_removed(acme: Acme) -> None:
    merchant = Merchant.of(acme)
    merchant.ask(merchant.order())
    page = merchant.page(merchant.shipment())
    heir = acme.session("merchant-2")
    given = acme.server.patch(f"/api/v1/bridges/{merchant.bridge['id']}", {"end_user_id": heir.end_user_id})
    assert given.status == 200, given.text
    clean_up()
    assert merchant.client.get(f"{EMBED}/action-requests").json["pagination"]["total"] == 0
    assert merchant.client.get(f"{EMBED}/tracking-pages").data == []
    assert acme.server.get(f"{EMBED}/action-requests/queue?status=all").json["pagination"]["total"] == 0
    assert Client().get(f"{EMBED}/tracking-pages/view/{page['token']}").status == 410
    assert len(heir.client.get(f"{EMBED}/shipments").data) == 1
