"""The double's store: its orders, and the fields of Shopify's query and mutation types over them.

`log` says what was done to the store, in order, such as `fulfilled 5000000001 1Z999`.
"""

import re
from collections.abc import Callable, Iterable
from typing import Any

from tests.support.shopify.execution import connection
from tests.support.shopify.objects import Node, fulfillment, next_number, now

Arguments = Any
HOLDABLE = ("OPEN", "ON_HOLD", "SCHEDULED")


def refused(message: str, **payload: Any) -> Node:
    return {"userErrors": [{"field": None, "message": message}], **payload}


class Store:
    def __init__(self, domain: str, scopes: Iterable[str]) -> None:
        self.domain = domain
        self.scopes = list(scopes)
        self.orders_by_id: dict[str, Node] = {}
        self.hooks: list[Node] = []
        self.jobs: dict[str, int] = {}
        """How often a job has still to be looked at until it is done."""
        self.polls_of_a_job = 1
        self.log: list[str] = []
        self.on_change: Callable[[str, Node], None] = lambda topic, body: None

    def add(self, order: Node, topic: str = "orders/create") -> str:
        self.orders_by_id[order["id"]] = order
        self._tell(topic, {"id": int(order["legacyResourceId"])})
        return str(order["legacyResourceId"])

    def order_of(self, number: str) -> Node:
        return self.orders_by_id[f"gid://shopify/Order/{number}"]

    def delete(self, number: str) -> None:
        del self.orders_by_id[f"gid://shopify/Order/{number}"]
        self._tell("orders/delete", {"id": int(number)})

    def touch(self, order: Node, topic: str = "orders/updated") -> None:
        order["updatedAt"] = now()
        self._tell(topic, {"id": int(order["legacyResourceId"])})

    def _tell(self, topic: str, body: Node) -> None:
        self.on_change(topic, body)

    # Fields of the query type.

    def shop(self) -> Node:
        return {"name": "Example Store", "myshopifyDomain": self.domain}

    def currentAppInstallation(self) -> Node:
        return {"accessScopes": [{"handle": scope} for scope in self.scopes]}

    def orders(self, query: str = "", sortKey: str = "PROCESSED_AT", **page: Arguments) -> Node:
        field = {"UPDATED_AT": "updatedAt", "CREATED_AT": "createdAt"}[sortKey]
        found = sorted(self._search(query), key=lambda each: (each[field], each["id"]))
        return connection(found, page, lambda each: (each[field], each["id"]))

    def ordersCount(self, query: str = "", **_: Arguments) -> Node:
        return {"count": min(len(self._search(query)), 10_000), "precision": "EXACT"}

    def _search(self, query: str) -> list[Node]:
        found = re.fullmatch(r"(updated_at|created_at):>='([^']+)'", query)
        assert found, f"the double does not know the search {query!r}"
        field = {"updated_at": "updatedAt", "created_at": "createdAt"}[found[1]]
        return [order for order in self.orders_by_id.values() if order[field] >= found[2][:19] + "Z"]

    def order(self, id: str) -> Node | None:
        return self.orders_by_id.get(id)

    def fulfillmentOrder(self, id: str) -> Node | None:
        return next(
            (part for order in self.orders_by_id.values() for part in order["fulfillmentOrders"] if part["id"] == id),
            None,
        )

    def job(self, id: str) -> Node | None:
        if id not in self.jobs:
            return None
        self.jobs[id] -= 1
        if self.jobs[id] == 0:
            self._cancel(id)
        return {"id": id, "done": self.jobs[id] <= 0}

    def webhookSubscriptions(self, **page: Arguments) -> Node:
        return connection(self.hooks, page)

    # Fields of the mutation type.

    def webhookSubscriptionCreate(self, topic: str, webhookSubscription: Node) -> Node:
        if any(hook["topic"] == topic and hook["uri"] == webhookSubscription["uri"] for hook in self.hooks):
            return refused("Address for this topic has already been taken", webhookSubscription=None)
        hook = {"id": f"gid://shopify/WebhookSubscription/{next_number()}", "topic": topic, "includeFields": []}
        self.hooks.append({**hook, **webhookSubscription})
        return {"webhookSubscription": hook, "userErrors": []}

    def webhookSubscriptionDelete(self, id: str) -> Node:
        self.hooks = [hook for hook in self.hooks if hook["id"] != id]
        return {"deletedWebhookSubscriptionId": id, "userErrors": []}

    def fulfillmentCreate(self, fulfillment: Node) -> Node:
        wanted = {each["fulfillmentOrderId"]: each for each in fulfillment["lineItemsByFulfillmentOrder"]}
        parts = [part for each in wanted if (part := self.fulfillmentOrder(each)) is not None]
        if len({part["assignedLocation"]["name"] for part in parts}) != 1:
            return refused("All fulfillment orders must be assigned to the same location", fulfillment=None)
        if any(part["status"] not in ("OPEN", "IN_PROGRESS") for part in parts):
            return refused("Fulfillment order has an unfulfillable status", fulfillment=None)
        for part in parts:
            chosen = {
                each["id"]: each["quantity"] for each in wanted[part["id"]].get("fulfillmentOrderLineItems") or []
            }
            for entry in part["lineItems"]:
                quantity = chosen.get(entry["id"], 0) if chosen else entry["remainingQuantity"]
                if quantity > entry["remainingQuantity"]:
                    return refused("Invalid fulfillment order line item quantity requested", fulfillment=None)
                entry["remainingQuantity"] -= quantity
            if not any(entry["remainingQuantity"] for entry in part["lineItems"]):
                part["status"] = "CLOSED"
        order = self._order_with(parts[0])
        made = self._fulfilled(order, fulfillment.get("trackingInfo") or {})
        return {"fulfillment": made, "userErrors": []}

    def _fulfilled(self, order: Node, tracking: Node) -> Node:
        made = fulfillment(tracking.get("number"), tracking.get("company"))
        for info in made["trackingInfo"]:
            info["url"] = tracking.get("url")
        order["fulfillments"].append(made)
        is_done = all(part["status"] == "CLOSED" for part in order["fulfillmentOrders"])
        order["displayFulfillmentStatus"] = "FULFILLED" if is_done else "PARTIALLY_FULFILLED"
        self.log.append(f"fulfilled {order['legacyResourceId']} {tracking.get('number')}")
        self.touch(order)
        return made

    def fulfillmentTrackingInfoUpdate(self, fulfillmentId: str, trackingInfoInput: Node) -> Node:
        for order in self.orders_by_id.values():
            for made in order["fulfillments"]:
                if made["id"] == fulfillmentId:
                    made["trackingInfo"] = [{"url": None, "company": None, **trackingInfoInput}]
                    made["updatedAt"] = now()
                    self.log.append(f"tracking {order['legacyResourceId']} {trackingInfoInput['number']}")
                    self.touch(order)
                    return {"fulfillment": made, "userErrors": []}
        return refused("Fulfillment does not exist", fulfillment=None)

    def orderCancel(self, orderId: str, restock: bool, **given: Arguments) -> Node:
        order = self.orders_by_id[orderId]
        job = f"gid://shopify/Job/{orderId.rpartition('/')[2]}"
        if order["cancelledAt"]:
            return self._not_cancelled("Order has already been cancelled")
        if job in self.jobs:
            return self._not_cancelled("Order is already being cancelled")
        if any(each["status"] == "SUCCESS" for each in order["fulfillments"]):
            return self._not_cancelled("Cannot cancel an order with fulfillments that cannot be cancelled")
        self.jobs[job] = self.polls_of_a_job
        self.log.append(f"cancelling {order['legacyResourceId']} {given['refundMethod']} restock={restock}")
        return {"job": {"id": job, "done": False}, "orderCancelUserErrors": [], "userErrors": []}

    def _not_cancelled(self, message: str) -> Node:
        return {"job": None, "orderCancelUserErrors": [{"message": message}], "userErrors": []}

    def _cancel(self, job: str) -> None:
        order = self.order_of(job.rpartition("/")[2])
        order["cancelledAt"] = now()
        for each in order["lineItems"]:
            each["currentQuantity"] = 0
        for part in order["fulfillmentOrders"]:
            part["status"] = "CLOSED"
        self.log.append(f"cancelled {order['legacyResourceId']}")
        self.touch(order, "orders/cancelled")

    def fulfillmentOrderHold(self, id: str, fulfillmentHold: Node) -> Node:
        part = self.fulfillmentOrder(id)
        if part is None or part["status"] not in HOLDABLE:
            return refused("The fulfillment order is not in a state that can be held")
        if any(hold["handle"] == fulfillmentHold.get("handle") for hold in part["fulfillmentHolds"]):
            return refused("The handle is already in use")
        hold = {
            "id": f"gid://shopify/FulfillmentHold/{next_number()}",
            "displayReason": fulfillmentHold.get("reasonNotes") or "Other",
            "heldByRequestingApp": True,
            **fulfillmentHold,
        }
        part["fulfillmentHolds"].append(hold)
        self._after_holding(part, f"held {hold['handle']}")
        return {"fulfillmentHold": hold, "userErrors": []}

    def fulfillmentOrderReleaseHold(self, id: str, holdIds: list[str] | None = None) -> Node:
        part = self.fulfillmentOrder(id)
        assert part is not None
        part["fulfillmentHolds"] = [hold for hold in part["fulfillmentHolds"] if holdIds and hold["id"] not in holdIds]
        self._after_holding(part, "released")
        return {"fulfillmentOrder": part, "userErrors": []}

    def _after_holding(self, part: Node, done: str) -> None:
        part["status"] = "ON_HOLD" if part["fulfillmentHolds"] else "OPEN"
        order = self._order_with(part)
        is_held = all(each["status"] in ("ON_HOLD", "CLOSED") for each in order["fulfillmentOrders"])
        order["displayFulfillmentStatus"] = "ON_HOLD" if is_held else "UNFULFILLED"
        self.log.append(f"{done} {order['legacyResourceId']}")
        self.touch(order)

    def _order_with(self, part: Node) -> Node:
        return next(order for order in self.orders_by_id.values() if part in order["fulfillmentOrders"])

    def orderUpdate(self, input: Node) -> Node:
        order = self.orders_by_id[input["id"]]
        if "note" in input:
            order["note"] = input["note"]
        if address := input.get("shippingAddress"):
            if not address.get("city"):
                return refused("Shipping address city can't be blank", order=None)
            order["shippingAddress"] = self._normalised(address)
        self.log.append(f"updated {order['legacyResourceId']} {' '.join(sorted(set(input) - {'id'}))}")
        self.touch(order)
        return {"order": order, "userErrors": []}

    @staticmethod
    def _normalised(given: Node) -> Node:
        """Shopify joins the name, and writes postal codes in upper case."""
        name = " ".join(part for part in (given.get("firstName"), given.get("lastName")) if part)
        zip_code = given.get("zip")
        return {
            **given,
            "name": name,
            "zip": zip_code.upper() if zip_code else zip_code,
            "countryCodeV2": given.get("countryCode"),
        }
