"""The REST API of the demo shop: keys, routes and errors of WooCommerce's `wc/v3`, and of the tracking plugin's."""

import base64
import json
import re
import secrets
from collections.abc import Callable, Mapping
from typing import Any, Literal, NamedTuple

from local.demo.woocommerce import fulfilments, listing, orders
from local.demo.woocommerce.orders import Invalid
from local.demo.woocommerce.store import Json, Store
from local.demo.woocommerce.webhooks import Webhooks

TrackingBy = Literal["core", "plugin", "none"]
PLUGIN = "wc-shipment-tracking/v3"
GONE = ("woocommerce_rest_shop_order_invalid_id", "Invalid ID.")


class Answer(NamedTuple):
    status: int
    body: Any
    headers: Mapping[str, str] = {}


class Call(NamedTuple):
    method: str
    path: str
    """What follows `/wp-json/`."""
    query: Mapping[str, str]
    body: Json


class DemoShop:
    def __init__(
        self, store: Store, webhooks: Webhooks, *, name: str = "Ada's Mugs", tracking_by: TrackingBy = "core"
    ) -> None:
        self.store = store
        self.webhooks = webhooks
        self.name = name
        self.tracking_by = tracking_by

    def create_key(self, permissions: str = "read_write") -> tuple[str, str]:
        key, secret = f"ck_{secrets.token_hex(20)}", f"cs_{secrets.token_hex(20)}"
        self.store.add("key", {"consumer_key": key, "consumer_secret": secret, "permissions": permissions})
        return key, secret

    def first_key(self) -> dict[str, str]:
        """The key of the shop's owner, as a bridge's config has it."""
        key = next(self.store.all("key"))
        return {"consumerKey": key["consumer_key"], "consumerSecret": key["consumer_secret"]}

    def by_owner(self, call: Call) -> Answer:
        """The same without a key: what the shop's owner does on its pages."""
        try:
            return self._route(call)
        except Invalid as error:
            return _error(error)

    def ship(self, order_id: int, number: str) -> Answer:
        """All lines of the order in one fulfilment, or its number in the tracking plugin."""
        order = orders.find(self.store, order_id, *GONE)
        if self.tracking_by == "plugin":
            path = f"{PLUGIN}/orders/{order_id}/shipment-trackings"
            return self.by_owner(Call("POST", path, {}, {"tracking_number": number, "tracking_provider": "DHL"}))
        items = [{"item_id": line["id"], "qty": line["quantity"]} for line in order["line_items"]]
        meta = {"_tracking_number": number, "_shipment_provider": "dhl", "_items": items}
        body = {"status": "fulfilled", "meta_data": [{"key": key, "value": value} for key, value in meta.items()]}
        return self.by_owner(Call("POST", f"wc/v3/orders/{order_id}/fulfillments", {}, body))

    def answer(self, call: Call, authorization: str = "") -> Answer:
        try:
            if call.path.strip("/") == "":
                return Answer(200, _only(call.query, {"name": self.name, "namespaces": self.namespaces()}))
            self._authenticate(call.method, authorization)
            return self._route(call)
        except Invalid as error:
            return _error(error)

    def namespaces(self) -> list[str]:
        return ["wc/v1", "wc/v2", "wc/v3", *([PLUGIN] if self.tracking_by == "plugin" else []), "wp/v2"]

    def _authenticate(self, method: str, authorization: str) -> None:
        key, _, secret = _credentials(authorization).partition(":")
        known = next((each for each in self.store.all("key") if each["consumer_key"] == key), None)
        if known is None:
            raise Invalid("woocommerce_rest_cannot_view", "Sorry, you cannot list resources.", 401)
        refused = "woocommerce_rest_authentication_error"
        if known["consumer_secret"] != secret:
            raise Invalid(refused, "Consumer secret is invalid.", 401)
        if method != "GET" and known["permissions"] == "read":
            raise Invalid(refused, "The API key provided does not have write permissions.", 401)

    def _route(self, call: Call) -> Answer:
        for pattern, handler in self._routes().items():
            method, path = pattern.split(" ")
            found = re.fullmatch(path, call.path.strip("/"))
            if method == call.method and found:
                return handler(call, *found.groups())
        raise Invalid("rest_no_route", "No route was found matching the URL and request method.", 404)

    def _routes(self) -> Mapping[str, Callable[..., Answer]]:
        order = r"wc/v3/orders/(\d+)"
        routes: dict[str, Callable[..., Answer]] = {
            "GET wc/v3/orders": self._list,
            "POST wc/v3/orders": self._create,
            f"GET {order}": self._show,
            f"PUT {order}": self._change,
            f"DELETE {order}": self._delete,
            f"GET {order}/refunds": lambda _, i: Answer(200, list(self.store.all("refund", parent=int(i)))),
            f"POST {order}/refunds": self._refund,
            f"GET {order}/notes": self._notes,
            f"POST {order}/notes": self._note,
            "GET wc/v3/webhooks": self._list_webhooks,
            "POST wc/v3/webhooks": lambda call: Answer(201, self.webhooks.create(call.body)),
            r"PUT wc/v3/webhooks/(\d+)": lambda call, i: Answer(200, self.webhooks.change(int(i), call.body)),
            r"DELETE wc/v3/webhooks/(\d+)": lambda call, i: Answer(200, self.webhooks.delete(int(i), call.query)),
        }
        if self.tracking_by == "core":
            routes |= {
                f"GET {order}/fulfillments": lambda _, i: Answer(200, fulfilments.listed(self.store, int(i))),
                f"POST {order}/fulfillments": self._fulfil,
                rf"PUT {order}/fulfillments/(\d+)": self._change_fulfilment,
                rf"DELETE {order}/fulfillments/(\d+)": self._delete_fulfilment,
            }
        if self.tracking_by == "plugin":
            trackings = rf"{PLUGIN}/orders/(\d+)/shipment-trackings"
            routes |= {
                f"GET {trackings}": lambda _, i: Answer(200, fulfilments.trackings(self.store, int(i))),
                f"POST {trackings}": self._add_tracking,
                rf"DELETE {trackings}/(\w+)": self._delete_tracking,
            }
        return routes

    def _list(self, call: Call) -> Answer:
        listed, total = listing.orders(self.store, call.query)
        size = int(call.query.get("per_page", 10))
        headers = {"X-WP-Total": str(total), "X-WP-TotalPages": str(-(-total // size))}
        return Answer(200, [_only(call.query, order) for order in listed], headers)

    def _create(self, call: Call) -> Answer:
        created = orders.create(self.store, call.body)
        self.webhooks.tell("order.created", created)
        return Answer(201, created)

    def _show(self, call: Call, order_id: str) -> Answer:
        return Answer(200, _only(call.query, orders.find(self.store, int(order_id), *GONE)))

    def _change(self, call: Call, order_id: str) -> Answer:
        orders.change(self.store, int(order_id), call.body)
        return Answer(200, self._updated(order_id))

    def _delete(self, call: Call, order_id: str) -> Answer:
        order = orders.find(self.store, int(order_id), *GONE)
        if call.query.get("force") == "true":
            self.store.delete(order["id"])
        else:
            order["meta_data"].append({"key": "_wp_trash_meta_status", "value": f"wc-{order['status']}"})
            order["status"] = "trash"
            orders.touch(order)
            self.store.save(order)
        self.store.log("order.deleted", order["id"])
        self.webhooks.tell("order.deleted", {"id": order["id"]})
        return Answer(200, order)

    def _refund(self, call: Call, order_id: str) -> Answer:
        created = orders.refund(self.store, int(order_id), call.body)
        self._updated(order_id)
        return Answer(201, created)

    def _notes(self, call: Call, order_id: str) -> Answer:
        orders.find(self.store, int(order_id), "woocommerce_rest_order_invalid_id", "Invalid order ID.")
        found = reversed(list(self.store.all("note", parent=int(order_id))))
        return Answer(200, [_only(call.query, note) for note in found])

    def _note(self, call: Call, order_id: str) -> Answer:
        orders.find(self.store, int(order_id), "woocommerce_rest_order_invalid_id", "Invalid order ID.")
        text, for_customer = str(call.body.get("note", "")), bool(call.body.get("customer_note"))
        created = orders.note(self.store, int(order_id), text, for_customer=for_customer)
        self.store.log("note.created", int(order_id), note=text)
        return Answer(201, created)

    def _fulfil(self, call: Call, order_id: str) -> Answer:
        created = fulfilments.create(self.store, int(order_id), call.body)
        self._updated(order_id)
        return Answer(201, created)

    def _change_fulfilment(self, call: Call, order_id: str, fulfilment_id: str) -> Answer:
        changed = fulfilments.change(self.store, int(order_id), int(fulfilment_id), call.body)
        self._updated(order_id)
        return Answer(200, changed)

    def _delete_fulfilment(self, _: Call, order_id: str, fulfilment_id: str) -> Answer:
        deleted = fulfilments.delete(self.store, int(order_id), int(fulfilment_id))
        self._updated(order_id)
        return Answer(200, deleted)

    def _add_tracking(self, call: Call, order_id: str) -> Answer:
        created = fulfilments.add_tracking(self.store, int(order_id), call.body)
        self._updated(order_id)
        return Answer(201, created)

    def _delete_tracking(self, _: Call, order_id: str, tracking_id: str) -> Answer:
        return Answer(200, fulfilments.delete_tracking(self.store, int(order_id), tracking_id))

    def _list_webhooks(self, call: Call) -> Answer:
        size, page = int(call.query.get("per_page", 10)), int(call.query.get("page", 1))
        found = self.webhooks.all()
        return Answer(200, [_only(call.query, each) for each in found[(page - 1) * size : page * size]])

    def _updated(self, order_id: str) -> Json:
        order = orders.find(self.store, int(order_id), *GONE)
        self.webhooks.tell("order.updated", order)
        return order


def parse_body(content: bytes) -> Json:
    try:
        found = json.loads(content or b"{}")
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _credentials(authorization: str) -> str:
    try:
        return base64.b64decode(authorization.removeprefix("Basic ")).decode()
    except ValueError:
        return ""


def _only(query: Mapping[str, str], record: Json) -> Json:
    names = query.get("_fields", "").split(",")
    return record if names == [""] else {key: value for key, value in record.items() if key in names}


def _error(error: Invalid) -> Answer:
    return Answer(error.status, {"code": error.code, "message": error.message, "data": {"status": error.status}})
