"""Making approved requests true at the shop. Every change looks first, then acts, then reads the order back."""

from typing import Any

from chalicelib.connectors.faults import NotSeen, Refused
from chalicelib.connectors.platform import Applied
from chalicelib.connectors.shop import Change, Record, Shop
from chalicelib.connectors.woocommerce import mapping, notes, order_meta, values
from chalicelib.connectors.woocommerce.client import WC, Client, error_message, raise_fault
from chalicelib.connectors.woocommerce.values import amount, meta, text

ON_HOLD, CANCELLED = "on-hold", "cancelled"
OPEN = frozenset({"pending", "failed", "processing", ON_HOLD})
"""The statuses in which an order has not been shipped, cancelled or refunded."""


def apply(shop: Shop, order_id: str, change: Change) -> Applied:
    client = Client(shop)
    order = client.find_order(order_id, mapping.NEEDED)
    if order is None or mapping.status_of(order) == mapping.TRASH:
        # Any status that is written to an order in the trash takes it out again.
        raise Refused("The shop does not have this order any more.")
    message = _CHANGES[change.kind](client, order, change)
    shown = client.find_order(order_id, mapping.NEEDED)
    if shown is None:
        raise NotSeen("The order has disappeared from the shop.")
    return Applied(mapping.read_order(shown), message)


def _cancel(client: Client, order: dict[str, Any], change: Change) -> str | None:
    status = mapping.status_of(order)
    if status not in OPEN | {CANCELLED} and not (status == "refunded" and change.refund):
        raise Refused(f"The order is {status} at the shop, so it can no longer be cancelled.")
    if change.refund:
        _refund(client, order, change)
    if status != CANCELLED:
        _set_status(client, order, CANCELLED)
    _explain(client, order, change, "Cancelled")
    return None if change.restock else "WooCommerce returned the items to stock, as it does for cancelled orders."


def _refund(client: Client, order: dict[str, Any], change: Change) -> None:
    """Through the payment gateway, what has not been refunded yet."""
    left = (amount(order.get("total")) or 0) - mapping.refunded_amount(order)
    if left <= 0 or not (order.get("date_paid_gmt") or order.get("date_paid")):
        return
    body = {"amount": f"{left:f}", "reason": f"[{change.request_id}]", "api_refund": True}
    response = client.call("POST", f"{WC}/orders/{order['id']}/refunds", json=body)
    if response.status == 500 and (message := error_message(response)):
        # WooCommerce's status for whatever a payment gateway refuses.
        raise Refused(f"The shop could not refund the payment: {message}")
    raise_fault(response)


def _hold(client: Client, order: dict[str, Any], change: Change) -> str | None:
    status = mapping.status_of(order)
    if status not in OPEN:
        raise Refused(f"The order is {status} at the shop, so it can't be put on hold.")
    if status != ON_HOLD:
        _set_status(client, order, ON_HOLD, {order_meta.HELD_FROM: status})
    _explain(client, order, change, f"On hold until {change.until}" if change.until else "On hold")
    return None


def _release(client: Client, order: dict[str, Any], change: Change) -> str | None:
    status = mapping.status_of(order)
    if status == ON_HOLD:
        before = text(meta(order, order_meta.HELD_FROM))
        is_paid = order.get("date_paid_gmt") or order.get("date_paid")
        _set_status(client, order, before if before in OPEN - {ON_HOLD} else "processing" if is_paid else "pending")
    elif status not in OPEN:
        raise Refused(f"The order is {status} at the shop, so there is no hold to release.")
    _explain(client, order, change, "Released")
    return None


def _address_change(client: Client, order: dict[str, Any], change: Change) -> str | None:
    wanted = change.address or {}
    if mapping.status_of(order) not in OPEN:
        raise Refused(f"The order is {order.get('status')} at the shop, so its address can't be changed.")
    shipping = _shipping(wanted, values.mapping(order.get("shipping")))
    if not _is_same(mapping.read_address(order.get("shipping")), wanted):
        shown = order_meta.save(client, order, {}, shipping=shipping)
        if not _is_same(mapping.read_address(shown.get("shipping")), wanted):
            raise NotSeen("The shop accepted the address, but shows another.")
        before, after = amount(order.get("total")), amount(shown.get("total"))
        if before != after:
            return f"The shop calculated the order anew for this address: {before} became {after}."
    return None


def _note(client: Client, order: dict[str, Any], change: Change) -> str | None:
    notes.leave(client, str(order["id"]), change.text or "", change.request_id)
    return None


_CHANGES = {
    "cancel": _cancel,
    "hold": _hold,
    "release": _release,
    "address_change": _address_change,
    "note": _note,
}


def _set_status(client: Client, order: dict[str, Any], status: str, kept: dict[str, Any] | None = None) -> None:
    shown = order_meta.save(client, order, kept or {}, status=status)
    if shown.get("status") != status:
        raise NotSeen(f"The shop accepted the change, but the order is {shown.get('status')}.")


def _explain(client: Client, order: dict[str, Any], change: Change, what: str) -> None:
    if change.text:
        notes.leave(client, str(order["id"]), f"{what}: {change.text}", change.request_id)


def _shipping(wanted: Record, before: dict[str, Any]) -> dict[str, str]:
    """WooCommerce's form of an address. Its two names and its company are one name with us."""
    company, name = text(before.get("company")), text(wanted.get("name")) or ""
    if company and (name == company or name.endswith(f", {company}")):
        name = name.removesuffix(company).removesuffix(", ")
    else:
        company = None
    first, _, last = name.rpartition(" ")
    country = text(wanted.get("country")) or ""
    return {
        "first_name": first,
        "last_name": last,
        "company": company or "",
        "address_1": text(wanted.get("address1")) or "",
        "address_2": text(wanted.get("address2")) or "",
        "city": text(wanted.get("city")) or "",
        "state": text(wanted.get("state")) or "",
        "postcode": text(wanted.get("zip")) or "",
        "country": country.upper() if len(country) == 2 else country,
        "phone": text(wanted.get("phone")) or "",
    }


def _is_same(shown: Record | None, wanted: Record) -> bool:
    """Letter case and space are the shop's to choose."""
    return _comparable(shown or {}) == _comparable(wanted)


def _comparable(address: Record) -> list[str]:
    return [" ".join(str(address.get(name) or "").split()).casefold() for name in mapping.ADDRESS]
