"""Bridges on DynamoDB's own engine: the row of a shop, and filters on keys of an index."""

from tests.support.factories import EMBED, Acme, Service
from tests.support.races import at_once, statuses

WOO = {
    "type": "woocommerce",
    "name": "Woo",
    "config": {"storeUrl": "https://shop.example.com", "consumerKey": "ck_1", "consumerSecret": "cs_1"},
}


def test_a_shop_is_connected_once_under_concurrency() -> None:
    session = Acme.create().session()
    replies = at_once([lambda: session.client.post(f"{EMBED}/bridges", WOO) for _ in range(6)])
    assert statuses(replies) == {201: 1, 409: 5}
    assert {reply.code for reply in replies if reply.status == 409} == {"already_connected"}


def test_a_service_lists_the_bridges_of_one_end_user() -> None:
    acme = Acme.create()
    one, two = acme.session("one"), acme.session("two")
    ids = [one.bridge()["id"] for _ in range(2)]
    two.bridge()
    found = Service("shipstation").client.get(f"/api/v1/bridges?end_user_id={one.end_user_id}").json
    assert [bridge["id"] for bridge in found["data"]] == ids[::-1]
    assert found["pagination"]["total"] == 2
