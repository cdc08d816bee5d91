"""Fulfilments of the demo shop: WooCommerce's own, and the list of numbers that tracking plugins keep."""

import secrets
from typing import Any

from local.demo.woocommerce.orders import Invalid, find, note, touch
from local.demo.woocommerce.store import Json, Store, now

STATUS = "_fulfillment_status"
PLUGIN_META = "_wc_shipment_tracking_items"
INVALID_ORDER = ("woocommerce_rest_order_invalid_id", "Invalid order ID.")


def listed(store: Store, order_id: int) -> list[Json]:
    find(store, order_id, *INVALID_ORDER)
    # A list has "1" where a single fulfilment has true.
    return [{**each, "is_fulfilled": str(int(each["is_fulfilled"]))} for each in _of(store, order_id)]


def create(store: Store, order_id: int, sent: Json) -> Json:
    with store.lock:
        find(store, order_id, *INVALID_ORDER)
        fulfilment = {"entity_type": "WC_Order", "entity_id": str(order_id), "date_deleted": None}
        _take(fulfilment, sent)
        store.add("fulfilment", fulfilment, parent=order_id)
        _tell_order(store, order_id)
    store.log("fulfillment.created", order_id, number=_meta(fulfilment, "_tracking_number"))
    return fulfilment


def change(store: Store, order_id: int, fulfilment_id: int, sent: Json) -> Json:
    with store.lock:
        fulfilment = _find(store, order_id, fulfilment_id)
        _take(fulfilment, sent)
        store.save(fulfilment)
        _tell_order(store, order_id)
    store.log("fulfillment.updated", order_id, number=_meta(fulfilment, "_tracking_number"))
    return fulfilment


def delete(store: Store, order_id: int, fulfilment_id: int) -> Json:
    with store.lock:
        store.delete(_find(store, order_id, fulfilment_id)["id"])
        _tell_order(store, order_id)
    store.log("fulfillment.deleted", order_id)
    return {"message": "Fulfillment deleted successfully."}


def trackings(store: Store, order_id: int) -> list[Json]:
    find(store, order_id, *INVALID_ORDER)
    return list(store.all("tracking", parent=order_id))


def add_tracking(store: Store, order_id: int, sent: Json) -> Json:
    if not sent.get("tracking_number"):
        raise Invalid("rest_missing_callback_param", "Missing parameter(s): tracking_number")
    with store.lock:
        tracking = {
            "tracking_id": secrets.token_hex(16),
            "tracking_provider": sent.get("tracking_provider") or sent.get("custom_tracking_provider", ""),
            "tracking_link": sent.get("custom_tracking_link", ""),
            "tracking_number": sent["tracking_number"],
            "date_shipped": sent.get("date_shipped") or now()[:10],
        }
        store.add("tracking", tracking, parent=order_id)
        _keep_meta(store, order_id, PLUGIN_META, trackings(store, order_id))
    store.log("tracking.created", order_id, number=sent["tracking_number"])
    return tracking


def delete_tracking(store: Store, order_id: int, tracking_id: str) -> Json:
    with store.lock:
        found = [each for each in trackings(store, order_id) if each["tracking_id"] == tracking_id]
        if not found:
            raise Invalid("woocommerce_rest_order_shipment_tracking_invalid_id", "Invalid shipment tracking ID.", 404)
        store.delete(found[0]["id"])
        _keep_meta(store, order_id, PLUGIN_META, trackings(store, order_id))
    store.log("tracking.deleted", order_id, number=found[0]["tracking_number"])
    return found[0]


def _of(store: Store, order_id: int) -> list[Json]:
    return list(store.all("fulfilment", parent=order_id))


def _find(store: Store, order_id: int, fulfilment_id: int) -> Json:
    found = [each for each in _of(store, order_id) if each["id"] == fulfilment_id]
    if not found:
        # So it is at the shop: a 400 with the number 404 as its code.
        raise Invalid(404, "Fulfillment not found.")  # type: ignore[arg-type]
    return found[0]


def _take(fulfilment: Json, sent: Json) -> None:
    if "status" in sent or "status" not in fulfilment:
        status = sent.get("status")
        fulfilment["status"] = status if status in ("fulfilled", "unfulfilled") else "unfulfilled"
    fulfilment["is_fulfilled"] = fulfilment["status"] == "fulfilled"
    fulfilment["date_updated"] = f"{now()}Z"
    if "meta_data" in sent:
        # What a change doesn't repeat is dropped.
        fulfilment["meta_data"] = [{"key": each["key"], "value": each.get("value")} for each in sent["meta_data"]]
    if not _meta(fulfilment, "_items"):
        raise Invalid(0, "The fulfillment should contain at least one item.")  # type: ignore[arg-type]
    if fulfilment["is_fulfilled"] and _meta(fulfilment, "_date_fulfilled") is None:
        fulfilment["meta_data"].append({"key": "_date_fulfilled", "value": f"{now()}Z"})


def _meta(fulfilment: Json, key: str) -> Any:
    return next((each["value"] for each in fulfilment.get("meta_data", []) if each["key"] == key), None)


def _tell_order(store: Store, order_id: int) -> None:
    fulfilments = _of(store, order_id)
    order = find(store, order_id, *INVALID_ORDER)
    quantities: dict[int, int] = {}
    for item in (item for each in fulfilments for item in _meta(each, "_items")):
        quantities[item["item_id"]] = quantities.get(item["item_id"], 0) + item["qty"]
    is_complete = all(quantities.get(line["id"], 0) >= line["quantity"] for line in order["line_items"])
    fulfilled = [each["is_fulfilled"] for each in fulfilments]
    if all(fulfilled) and is_complete:
        status = "fulfilled"
    else:
        status = "partially_fulfilled" if any(fulfilled) else "unfulfilled"
    _keep_meta(store, order_id, STATUS, status if fulfilments else None)
    note(store, order_id, f"Fulfillment status: {status}.")


def _keep_meta(store: Store, order_id: int, key: str, value: Any) -> None:
    order = find(store, order_id, *INVALID_ORDER)
    order["meta_data"] = [each for each in order["meta_data"] if each["key"] != key]
    if value is not None:
        order["meta_data"].append({"key": key, "value": value})
    touch(order)
    store.save(order)
