"""Private notes on an order. WooCommerce sends no mail for them."""

from chalicelib.connectors.faults import NotSeen
from chalicelib.connectors.woocommerce.client import WC, Client, as_list
from chalicelib.connectors.woocommerce.values import identifier, plain


def leave(client: Client, order_id: str, sentence: str, reference: str) -> str:
    """Leave a note once: one with this reference is looked for first. Returns the note's id."""
    path = f"{WC}/orders/{order_id}/notes"
    if (found := _find(client, path, reference)) is None:
        client.write("POST", path, {"note": f"{sentence} [{reference}]", "customer_note": False})
        found = _find(client, path, reference)
    if found is None:
        raise NotSeen("The shop accepted the note, but does not show it.")
    return found


def _find(client: Client, path: str, reference: str) -> str | None:
    # WooCommerce gives all notes of an order at once.
    for note in as_list(client.call("GET", path, query={"_fields": "id,note"})):
        if f"[{reference}]" in (plain(note.get("note")) or ""):
            return identifier(note.get("id"))
    return None
