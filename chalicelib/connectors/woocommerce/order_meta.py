"""What we keep with an order at the shop, in its meta data, where the shop has no better place for it."""

from typing import Any

from chalicelib.connectors.woocommerce import values
from chalicelib.connectors.woocommerce.client import WC, Client, as_object
from chalicelib.connectors.woocommerce.values import amount, mappings, meta, text

PUSHED = "_orderly_shipments"
"""A list of `{shipment, numbers, lines: [{id, quantity}]}`: the shipments that the shop was told, or is being told."""
HELD_FROM = "_orderly_held_from"
"""The status that an order had before we put it on hold."""


def pushed(order: dict[str, Any]) -> list[dict[str, Any]]:
    return list(mappings(meta(order, PUSHED)))


def pushed_numbers(order: dict[str, Any]) -> set[str | None]:
    return {text(number) for entry in pushed(order) for number in values.listed(entry.get("numbers"))}


def pushed_quantities(order: dict[str, Any], *, but: str) -> dict[str, int]:
    """How many of each line, by the line's id, are in shipments other than the one with the id `but`."""
    quantities: dict[str, int] = {}
    for entry in pushed(order):
        for line in mappings(entry.get("lines")) if entry.get("shipment") != but else ():
            line_id = str(line.get("id"))
            quantities[line_id] = quantities.get(line_id, 0) + int(amount(line.get("quantity")) or 0)
    return quantities


def save_pushed(client: Client, order: dict[str, Any], shipment_id: str, number: str, lines: dict[str, int]) -> None:
    """Before the shop is told: whatever happens then, the shipment is known to be ours."""
    before = next((entry for entry in pushed(order) if entry.get("shipment") == shipment_id), {})
    entry = {
        "shipment": shipment_id,
        "numbers": list(dict.fromkeys([*values.listed(before.get("numbers")), number])),
        "lines": [{"id": int(line_id), "quantity": quantity} for line_id, quantity in lines.items()],
    }
    if entry != before:
        others = [other for other in pushed(order) if other.get("shipment") != shipment_id]
        save(client, order, {PUSHED: [*others, entry]})


def save(client: Client, order: dict[str, Any], kept: dict[str, Any], **fields: Any) -> dict[str, Any]:
    """Change the order's meta data, and fields of its own with the same call. Returns the order as the shop then shows
    it."""
    meta_data = [{"key": key, "value": value} for key, value in kept.items()]
    body = {**fields, **({"meta_data": meta_data} if meta_data else {})}
    return as_object(client.write("PUT", f"{WC}/orders/{order['id']}", body))
