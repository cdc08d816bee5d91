"""Former owners of a bridge reach nothing through it, before and after the background jobs have run."""

from typing import Any

import pytest

from tests.support.background import clean_up, left_of
from tests.support.factories import EMBED, Acme
from tests.support.gateway import Client
from tests.support.orders import Merchant, order, shipment

ADMIN = "/api/v1/bridges"


class Former:
    """A merchant who had an order, a shipment and a tracking page through a bridge."""

    def __init__(self, acme: Acme) -> None:
        self.merchant = Merchant.of(acme, "former")
        self.merchant.sync(order(), shipments=[shipment()])
        self.order, self.shipment = self.merchant.order(), self.merchant.shipment()
        page = self.client.post(f"{EMBED}/tracking-pages", {"shipmentId": self.shipment["id"]})
        self.token = page.data["token"]

    @property
    def client(self) -> Client:
        return self.merchant.client

    @property
    def path(self) -> str:
        return f"{ADMIN}/{self.merchant.bridge_id}"

    def statuses(self) -> dict[str, int]:
        order_id, shipment_id = self.order["id"], self.shipment["id"]
        bridge, request = f"{EMBED}/bridges/{self.merchant.bridge_id}", {"orderId": order_id, "title": "x"}
        return {
            "order": self.client.get(f"{EMBED}/orders/{order_id}").status,
            "shipment": self.client.get(f"{EMBED}/shipments/{shipment_id}").status,
            "tracking": self.client.get(f"{EMBED}/tracking/{shipment_id}").status,
            "public view": Client().get(f"{EMBED}/tracking-pages/view/{self.token}").status,
            "page": Client().get(f"/t/{self.token}").status,
            "new page": self.client.post(f"{EMBED}/tracking-pages", {"shipmentId": shipment_id}).status,
            "request": self.client.post(f"{EMBED}/action-requests", {**request, "actionType": "cancel"}).status,
            "bridge": self.client.patch(bridge, {"name": "Mine"}).status,
            "test": self.client.post(f"{bridge}/test").status,
        }

    def listed(self) -> list[Any]:
        paths = ("orders", "orders?search=ORD-1001", "orders?status=pending", "shipments", "tracking-pages", "bridges")
        return [row for path in paths for row in self.client.get(f"{EMBED}/{path}").data]


@pytest.fixture
def former(acme: Acme) -> Former:
    return Former(acme)


@pytest.mark.parametrize("how", ["reassigned", "orphaned", "deleted by the organization", "deleted"])
def test_access_ends_at_once(acme: Acme, former: Former, how: str) -> None:
    other = acme.session("other")
    match how:
        case "reassigned":
            done = acme.server.patch(former.path, {"endUserId": other.end_user_id})
        case "orphaned":
            done = acme.server.patch(former.path, {"endUserId": None})
        case "deleted by the organization":
            done = acme.server.delete(former.path)
        case _:
            done = former.client.delete(f"{EMBED}/bridges/{former.merchant.bridge_id}")
    assert done.status == 200
    found = former.statuses()
    assert [found.pop(page) for page in ("public view", "page")] == [410, 410]
    assert set(found.values()) == {404}
    assert former.listed() == []


def test_a_new_end_user_with_the_same_external_id_sees_nothing(acme: Acme, former: Former) -> None:
    assert acme.server.delete(f"{EMBED}/users/{former.merchant.session.end_user_id}").status == 200
    assert set(former.statuses().values()) <= {401, 404, 410}
    former.merchant.session = acme.session("former")
    assert {name: status for name, status in former.statuses().items() if status not in (404, 410)} == {}
    assert former.listed() == []


def test_a_bridge_of_another_organization_cannot_be_taken_over(acme: Acme, former: Former) -> None:
    stranger = Acme.create()
    their_session = stranger.session("former")
    assert stranger.server.patch(former.path, {"endUserId": their_session.end_user_id}).status == 404
    assert stranger.server.post(f"{former.path}/sync", {"orders": [order()]}).status == 404
    own = Merchant(stranger, their_session, their_session.bridge()["id"])
    # The response does not reveal whether an end user exists in another organization.
    gift = {"endUserId": former.merchant.session.end_user_id}
    assert stranger.server.patch(f"{ADMIN}/{own.bridge_id}", gift).status == 404
    # The same external ids are separate records, which link only to their owner's.
    own.sync(shipments=[shipment()])
    assert own.shipment()["order_id"] is None
    assert own.orders()["data"] == []


def test_webhooks_and_rules_of_a_deleted_end_user_get_nothing_more(acme: Acme) -> None:
    session = acme.session("leaving")
    url = "https://93.184.216.34/hook"
    session.client.post(f"{EMBED}/webhooks", {"url": url, "events": ["order.created"]})
    rule = {"name": "Any", "eventType": "order.created", "condition": {}, "deliveryMethod": "both", "webhookUrl": url}
    assert session.client.post(f"{EMBED}/alerts/rules", rule).status == 201
    assert len(left_of("SUBS#")) == 3
    acme.server.delete(f"{EMBED}/users/{session.end_user_id}")
    clean_up()
    assert left_of("SUBS#") == []
