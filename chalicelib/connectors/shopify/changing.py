"""Making an approved request true: cancel, hold, release, another address, a note. Each looks first, so that it may be
repeated after any interruption."""

import re
from collections.abc import Callable
from typing import Any

from chalicelib.connectors.faults import NotSeen, RateLimited, Refused
from chalicelib.connectors.platform import Applied
from chalicelib.connectors.shop import Change, ChangeKind, Record, Shop
from chalicelib.connectors.shopify.client import call, gid, mutate
from chalicelib.connectors.shopify.orders import read_order

JOB_WAIT_S = 3.0
LOOKS_AFTER_REFUSAL = 5
MAX_NOTE = 5000
MAX_STAFF_NOTE = 255
JOB = "cancel_job"
ADDRESS_FIELDS = ("name", "address1", "address2", "city", "state", "zip", "country", "phone")


def apply(shop: Shop, external_id: str, change: Change) -> Applied:
    return _BY_KIND[change.kind](shop, external_id, change)


def _read(shop: Shop, external_id: str) -> Record:
    page = read_order(shop, external_id)
    if page is None:
        raise Refused("The order does not exist at Shopify any more.")
    if not page.orders:
        raise NotSeen("Shopify's order could not be read.")
    return page.orders[0]


def _cancel(shop: Shop, external_id: str, change: Change) -> Applied:
    """Shopify cancels in a job of its own. It is not waited for: the change is tried again, and looks."""
    order = _read(shop, external_id)
    started = shop.memory.get(JOB) or {}
    if order["status"] == "cancelled":
        shop.memory.pop(JOB, None)
        return Applied(order)
    if started.get("request") != change.request_id:
        shop.memory[JOB] = _start_cancelling(shop, external_id, change, order)
        raise RateLimited(JOB_WAIT_S, "Shopify is cancelling the order.")
    if _is_running(shop, started):
        raise RateLimited(JOB_WAIT_S, "Shopify is cancelling the order.")
    # The job may have ended after the order was read.
    order = _read(shop, external_id)
    shop.memory.pop(JOB, None)
    if order["status"] == "cancelled":
        return Applied(order)
    if started.get("refusal"):
        raise Refused(started["refusal"])
    raise NotSeen("Shopify ended the cancellation without cancelling the order: a return or a payment may be open.")


def _start_cancelling(shop: Shop, external_id: str, change: Change, order: Record) -> dict[str, Any]:
    try:
        payload = mutate(
            shop,
            "cancel_order",
            id=gid("Order", external_id),
            refund={"originalPaymentMethodsRefund": change.refund},
            restock=change.restock,
            notify=change.notify_customer,
            note=_staff_note(change),
        )
    except Refused as refused:
        if order.get("fulfillment_status") != "unfulfilled":
            raise
        # Shopify also refuses while it is cancelling already: an earlier attempt may have died after it asked.
        return {"request": change.request_id, "refusal": refused.message, "looks": LOOKS_AFTER_REFUSAL}
    return {"request": change.request_id, "id": (payload.get("job") or {}).get("id")}


def _is_running(shop: Shop, started: dict[str, Any]) -> bool:
    if started.get("refusal"):
        started["looks"] -= 1
        return bool(started["looks"] > 0)
    job = call(shop, "job", id=started["id"]).data["job"] if started.get("id") else None
    return job is not None and not job["done"]


def _staff_note(change: Change) -> str:
    return f"{change.text or 'Cancelled on request'} [{change.request_id}]"[-MAX_STAFF_NOTE:]


def _holds(shop: Shop, external_id: str) -> list[dict[str, Any]]:
    order = call(shop, "holds", id=gid("Order", external_id)).data["order"]
    if order is None:
        raise Refused("The order does not exist at Shopify any more.")
    parts: list[dict[str, Any]] = order["fulfillmentOrders"]["nodes"]
    return parts


def _hold(shop: Shop, external_id: str, change: Change) -> Applied:
    handle = change.request_id[:64]
    parts = [part for part in _holds(shop, external_id) if part["status"] in ("OPEN", "ON_HOLD", "SCHEDULED")]
    if not parts:
        raise Refused("Shopify has nothing left to hold: the order is being fulfilled, is fulfilled or cancelled.")
    reason = " ".join(part for part in (change.text, f"Until {change.until}." if change.until else None) if part)
    for part in parts:
        if not any(hold["handle"] == handle for hold in part["fulfillmentHolds"]):
            wanted = {"reason": "OTHER", "handle": handle, "externalId": change.request_id}
            mutate(shop, "hold", id=part["id"], hold={**wanted, **({"reasonNotes": reason} if reason else {})})
    held = [hold["handle"] for part in _holds(shop, external_id) for hold in part["fulfillmentHolds"]]
    if handle not in held:
        raise NotSeen("Shopify accepted the hold, but does not show it.")
    return Applied(_read(shop, external_id))


def _release(shop: Shop, external_id: str, _change: Change) -> Applied:
    """Only holds of this app: others were made for reasons that we don't know."""
    for part in _holds(shop, external_id):
        own = [hold["id"] for hold in part["fulfillmentHolds"] if hold["heldByRequestingApp"]]
        if own:
            mutate(shop, "release_hold", id=part["id"], holds=own)
    others = [hold["displayReason"] for part in _holds(shop, external_id) for hold in part["fulfillmentHolds"]]
    if others:
        raise Refused(f"The order is still on hold at Shopify, and has to be released there: {others[0]}")
    return Applied(_read(shop, external_id))


def _change_address(shop: Shop, external_id: str, change: Change) -> Applied:
    wanted = change.address or {}
    before = _read(shop, external_id)
    if _is_same_address(before.get("shipping_address"), wanted):
        return Applied(before)
    if before["status"] in ("cancelled", "shipped", "delivered"):
        raise Refused(f"The order is {before['status']} at Shopify, so its address cannot change.")
    mutate(shop, "update_order", order={"id": gid("Order", external_id), "shippingAddress": _to_shopify(wanted)})
    after = _read(shop, external_id)
    if _is_same_address(after.get("shipping_address"), wanted):
        return Applied(after)
    if after.get("shipping_address") == before.get("shipping_address"):
        raise NotSeen("Shopify accepted the address, but shows the order with the old one.")
    return Applied(after, "Shopify wrote the address in its own way.")


def _to_shopify(address: Record) -> dict[str, Any]:
    first, _, last = (address.get("name") or "").strip().rpartition(" ")
    state, country = (address.get("state") or "").strip(), (address.get("country") or "").strip()
    wanted = {
        "firstName": first,
        "lastName": last,
        "address1": address.get("address1"),
        "address2": address.get("address2"),
        "city": address.get("city"),
        "zip": address.get("zip"),
        "phone": address.get("phone"),
        "provinceCode" if re.fullmatch(r"[A-Z0-9-]{1,6}", state) else "province": state,
        "countryCode" if re.fullmatch(r"[A-Z]{2}", country) else "country": country,
    }
    return {name: value or "" for name, value in wanted.items() if value or name in ("address2", "firstName")}


def _is_same_address(current: Record | None, wanted: Record) -> bool:
    return current is not None and all(
        _plain(current.get(name)) == _plain(wanted[name]) for name in ADDRESS_FIELDS if wanted.get(name)
    )


def _plain(value: Any) -> str:
    return re.sub(r"[\s.,-]+", "", str(value or "")).casefold()


def _add_note(shop: Shop, external_id: str, change: Change) -> Applied:
    before = _read(shop, external_id)
    mark = f"[{change.request_id}]"
    if mark in (before.get("notes") or ""):
        return Applied(before)
    note = "\n".join(part for part in (_own_note(shop, external_id), f"{change.text or ''} {mark}".strip()) if part)
    if len(note) > MAX_NOTE:
        raise Refused(f"The order's note at Shopify would be longer than {MAX_NOTE} characters.")
    mutate(shop, "update_order", order={"id": gid("Order", external_id), "note": note})
    after = _read(shop, external_id)
    if mark not in (after.get("notes") or ""):
        raise NotSeen("Shopify accepted the note, but does not show it.")
    return Applied(after)


def _own_note(shop: Shop, external_id: str) -> str:
    """Without what the mapping adds to it."""
    order = call(shop, "order", id=gid("Order", external_id)).data["order"] or {}
    return str(order.get("note") or "")


_BY_KIND: dict[ChangeKind, Callable[[Shop, str, Change], Applied]] = {
    "cancel": _cancel,
    "hold": _hold,
    "release": _release,
    "address_change": _change_address,
    "note": _add_note,
}
KINDS = frozenset(_BY_KIND)
