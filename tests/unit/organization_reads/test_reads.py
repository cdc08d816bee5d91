"""An organization reads each end user's lists as the end user does, and whose they are."""

from typing import Any

import pytest

from chalicelib.kit import ids
from tests.support import world as make
from tests.support.factories import EMBED, Acme
from tests.support.world import World

# The organization's list, and the end user's own.
LISTS = {
    "orders": "orders",
    "shipments": "shipments",
    "tracking-pages": "tracking-pages",
    "notifications": "alerts/notifications",
    "alert-rules": "alerts/rules",
    "webhooks": "webhooks",
}


@pytest.fixture
def world(acme: Acme) -> World:
    world = World.of(acme)
    for create in (make.order, make.page, make.notification, make.rule_webhook, make.webhook):
        create(world)
    return world


def reference(world: World) -> dict[str, Any]:
    user = world.owner.created["endUser"]
    return {"id": user["id"], "external_id": user["externalId"], "name": user["name"], "email": user["email"]}


@pytest.mark.parametrize("path", LISTS)
def test_a_list_has_the_end_users_own_rows_and_whose_they_are(world: World, path: str) -> None:
    own = world.owner.client.get(f"{EMBED}/{LISTS[path]}").json
    read = world.acme.server.get(f"/api/v1/{path}?end_user_id={world.owner.end_user_id}").json
    assert own["data"]
    more = {"type": "webhook"} if path == "webhooks" else {}
    assert read == {**own, "data": [{**row, **more, "end_user": reference(world)} for row in own["data"]]}


@pytest.mark.parametrize("path", LISTS)
def test_a_list_of_somebody_else_is_empty_and_of_nobody_is_not_found(world: World, path: str) -> None:
    server = world.acme.server
    assert server.get(f"/api/v1/{path}?end_user_id={world.neighbour.end_user_id}").data == []
    assert server.get(f"/api/v1/{path}?end_user_id={make.order(world)['id']}").status == 404
    assert server.get(f"/api/v1/{path}").status == 422
    assert server.get(f"/api/v1/{path}?end_user_id=1").status == 422


def test_filters_and_pages_are_those_of_the_end_users_list(world: World) -> None:
    bridge = world.shop.bridge["id"]
    world.shop.sync([{"external_id": f"more-{n}", "status": "confirmed"} for n in range(3)])
    for query in ("status=confirmed", "limit=1", f"bridge_id={bridge}&limit=2", "search=ORD-2026", "from=2030-01-01"):
        own = world.owner.client.get(f"{EMBED}/orders?{query}").json
        read = world.acme.server.get(f"/api/v1/orders?end_user_id={world.owner.end_user_id}&{query}").json
        assert [row["id"] for row in read["data"]] == [row["id"] for row in own["data"]]
        assert read["pagination"] == own["pagination"]
    cursor = world.acme.server.get(f"/api/v1/orders?end_user_id={world.owner.end_user_id}&limit=1").json
    after = cursor["pagination"]["nextCursor"]
    rest = world.acme.server.get(f"/api/v1/orders?end_user_id={world.owner.end_user_id}&cursor={after}").data
    assert len(rest) == 3


def test_an_order_and_a_shipment_are_found_by_their_id_alone(world: World) -> None:
    for path in ("orders", "shipments"):
        found = world.listed(path)
        own = world.owner.client.get(f"{EMBED}/{path}/{found}").data
        assert world.acme.server.get(f"/api/v1/{path}/{found}").data == {**own, "end_user": reference(world)}


@pytest.mark.parametrize("path", ["tracking-pages", "notifications", "webhooks"])
def test_one_by_its_id_is_the_row_of_the_list(world: World, path: str) -> None:
    server, of = world.acme.server, f"?end_user_id={world.owner.end_user_id}"
    row = server.get(f"/api/v1/{path}{of}").data[0]
    assert server.get(f"/api/v1/{path}/{row['id']}{of}").data == row
    for other in (f"?end_user_id={world.neighbour.end_user_id}", f"?end_user_id={ids.new_id()}"):
        assert server.get(f"/api/v1/{path}/{row['id']}{other}").status == 404
    assert server.get(f"/api/v1/{path}/{row['id']}").status == 422


def test_a_rules_webhook_is_read_retried_and_replayed_by_the_rules_id(acme: Acme) -> None:
    world = World.of(acme)
    delivery = make.rule_delivery(world)
    base, of = f"/api/v1/webhooks/{delivery['id']}", f"?end_user_id={world.owner.end_user_id}"
    shown = acme.server.get(f"{base}{of}").data
    assert (shown["id"], shown["type"]) == (delivery["id"], "rule")
    assert [row["delivery_id"] for row in acme.server.get(f"{base}/deliveries{of}&status=skipped").data] == [
        delivery["deliveryId"]
    ]
    assert acme.server.post(f"{base}/deliveries/{delivery['deliveryId']}/retry{of}").data == {"queued": 1}
    assert acme.server.post(f"{base}/replay{of}", {"since": "2026-01-15"}).status == 202


def test_what_the_end_user_no_longer_sees_is_left_out(world: World) -> None:
    order, shipment = world.listed("orders"), world.listed("shipments")
    assert world.owner.client.delete(f"{EMBED}/bridges/{world.shop.bridge['id']}").status == 200
    server, of = world.acme.server, f"?end_user_id={world.owner.end_user_id}"
    for path, found in {"orders": order, "shipments": shipment}.items():
        assert server.get(f"/api/v1/{path}{of}").data == []
        assert server.get(f"/api/v1/{path}/{found}").status == 404
    assert server.get(f"/api/v1/tracking-pages{of}").data == []


def test_what_a_deleted_end_user_left_is_read_by_its_id(world: World) -> None:
    order, shipment = world.listed("orders"), world.listed("shipments")
    assert world.acme.server.delete(f"{EMBED}/users/{world.owner.end_user_id}").status == 200
    for path, found in {"orders": order, "shipments": shipment}.items():
        read = world.acme.server.get(f"/api/v1/{path}/{found}").data
        assert (read["id"], read["end_user"]) == (found, None)
    assert world.acme.server.get(f"/api/v1/orders/{order}").data["allowed_actions"] == []
    assert world.acme.server.get(f"/api/v1/orders?end_user_id={world.owner.end_user_id}").status == 404


def test_deliveries_are_listed_retried_and_replayed_for_an_end_user(acme: Acme) -> None:
    world = World.of(acme)
    delivery = make.owned_delivery(world)
    base, of = f"/api/v1/webhooks/{delivery['id']}", f"?end_user_id={world.owner.end_user_id}"
    (row,) = world.acme.server.get(f"{base}/deliveries{of}&status=skipped").data
    assert (row["delivery_id"], row["status"]) == (delivery["deliveryId"], "skipped")
    # Not paged without further parameters, as for the end user.
    assert "pagination" not in world.acme.server.get(f"{base}/deliveries{of}").json
    retried = world.acme.server.post(f"{base}/deliveries/{delivery['deliveryId']}/retry{of}")
    assert (retried.status, retried.data) == (202, {"queued": 1})
    assert world.acme.server.post(f"{base}/replay{of}", {"since": "2026-01-15T00:00:00.000Z"}).status == 202
    others = f"?end_user_id={world.neighbour.end_user_id}"
    assert world.acme.server.get(f"{base}/deliveries{others}").status == 404
    assert world.acme.server.post(f"{base}/deliveries/{delivery['deliveryId']}/retry{others}").status == 404
    assert world.acme.server.post(f"{base}/deliveries/{delivery['deliveryId']}/retry").status == 422


def test_an_order_says_what_may_be_requested_for_it_only_with_the_feature(world: World) -> None:
    order = world.listed("orders")
    assert world.acme.server.get(f"/api/v1/orders/{order}").data["allowed_actions"]
    world.acme.configure(enabled_features=["data_room"])
    assert world.acme.server.get(f"/api/v1/orders/{order}").data["allowed_actions"] == []
