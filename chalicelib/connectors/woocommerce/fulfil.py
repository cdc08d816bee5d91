"""Telling a shop that an order has been shipped: once, whatever dies in between.

Where the shop has fulfilments of WooCommerce's own, one is made that carries our shipment's id. Otherwise the tracking
plugin is told, and where there is none either, a private note is left on the order. Both have no room for a mark, so
the order's meta data says beforehand what we are about to tell (`order_meta`). An order whose lines are all shipped is
then completed, which WooCommerce leaves to people.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from chalicelib.connectors.faults import NotSeen, Refused
from chalicelib.connectors.shop import Fulfilment, FulfilmentLine, Shop
from chalicelib.connectors.woocommerce import mapping, notes, order_meta, tracking
from chalicelib.connectors.woocommerce.client import WC, Client, as_list
from chalicelib.connectors.woocommerce.providers import OTHER, key_of
from chalicelib.connectors.woocommerce.values import amount, identifier, mappings, meta, plain, text
from chalicelib.kit import clock

Lines = dict[str, int]
"""Quantities by the id of the order's line."""
NEEDED = "id,status,line_items,refunds,meta_data"
COMPLETED = "completed"


def fulfil(shop: Shop, order_id: str, fulfilment: Fulfilment) -> str:
    client = Client(shop)
    order = client.find_order(order_id, NEEDED)
    if order is None or mapping.status_of(order) == mapping.TRASH:
        raise Refused("The shop does not have this order any more.")
    if mapping.status_of(order) in ("cancelled", "refunded"):
        raise Refused(f"The order is {mapping.status_of(order)} at the shop.")
    own = tracking.find_fulfilments(client, order_id)
    if own is not None:
        return _own_fulfilment(client, order, own, fulfilment)
    trackings = tracking.find_trackings(client, order_id)
    if trackings is not None:
        return _plugin_tracking(client, order, trackings, fulfilment)
    return _note(client, order, fulfilment)


def _own_fulfilment(client: Client, order: dict[str, Any], own: list[dict[str, Any]], fulfilment: Fulfilment) -> str:
    path = f"{WC}/orders/{order['id']}/fulfillments"
    found = _find_own(own, fulfilment)
    if found is None:
        shipped = _quantities(_items(own))
        lines = _lines_to_ship(client, order, fulfilment.lines, shipped)
        if not lines:
            # A second parcel of an order whose lines are all fulfilled: WooCommerce takes no fulfilment without lines.
            return _note(client, order, fulfilment)
        items = [{"item_id": int(line_id), "qty": quantity} for line_id, quantity in lines.items()]
        values = {**_described(fulfilment), "_items": items, tracking.MARK: fulfilment.shipment_id}
        body = {"status": "fulfilled", "is_fulfilled": True, "meta_data": _meta_data(values)}
        client.write("POST", path, body)
    elif not _is_described(found, fulfilment):
        kept = {entry["key"]: entry.get("value") for entry in mappings(found.get("meta_data")) if "key" in entry}
        values = {**kept, **_described(fulfilment)}
        # An update drops the meta data that it doesn't repeat.
        client.write("PUT", f"{path}/{found['id']}", {"status": "fulfilled", "meta_data": _meta_data(values)})
    own = tracking.find_fulfilments(client, str(order["id"])) or []
    found = _find_own(own, fulfilment)
    if found is None or not _is_described(found, fulfilment):
        raise NotSeen("The shop accepted the fulfilment, but does not show it.")
    shipped = _quantities(_items(each for each in own if tracking.is_fulfilled(each)))
    _complete(client, order, shipped)
    return str(found["id"])


def _find_own(own: list[dict[str, Any]], fulfilment: Fulfilment) -> dict[str, Any] | None:
    """By our mark, by the id we were given, or by the number, in this order."""
    for fits in (
        lambda each: meta(each, tracking.MARK) == fulfilment.shipment_id,
        lambda each: fulfilment.known_id is not None and identifier(each.get("id")) == fulfilment.known_id,
        lambda each: text(meta(each, "_tracking_number")) == fulfilment.tracking_number,
    ):
        if found := next((each for each in own if fits(each)), None):
            return found
    return None


def _described(fulfilment: Fulfilment) -> dict[str, Any]:
    key = key_of(fulfilment.carrier)
    return {
        "_tracking_number": fulfilment.tracking_number,
        "_shipment_provider": key or OTHER,
        "_provider_name": "" if key else fulfilment.carrier_name or fulfilment.carrier or "",
        "_tracking_url": fulfilment.tracking_url or "",
    }


def _is_described(found: dict[str, Any], fulfilment: Fulfilment) -> bool:
    shown = {key: text(meta(found, key)) or "" for key in _described(fulfilment)}
    return tracking.is_fulfilled(found) and shown == _described(fulfilment)


def _meta_data(values: dict[str, Any]) -> list[dict[str, Any]]:
    return [{"key": key, "value": value} for key, value in values.items()]


def _plugin_tracking(
    client: Client, order: dict[str, Any], trackings: list[dict[str, Any]], fulfilment: Fulfilment
) -> str:
    path = f"{tracking.PLUGIN}/orders/{order['id']}/shipment-trackings"
    shipped = _mark(client, order, fulfilment)
    if _find_tracking(trackings, fulfilment.tracking_number) is None:
        client.write("POST", path, _plugin_body(fulfilment))
        trackings = as_list(client.call("GET", path))
    found = _find_tracking(trackings, fulfilment.tracking_number)
    if found is None:
        raise NotSeen("The shop's tracking plugin accepted the number, but does not show it.")
    if fulfilment.known_number not in (None, fulfilment.tracking_number):
        # The plugin can't change a number.
        for old in trackings:
            if text(old.get("tracking_number")) == fulfilment.known_number:
                client.write("DELETE", f"{path}/{old.get('tracking_id')}")
    _complete(client, order, shipped)
    return str(found.get("tracking_id"))


def _plugin_body(fulfilment: Fulfilment) -> dict[str, str]:
    body = {"tracking_number": fulfilment.tracking_number, "date_shipped": clock.timestamp()[:10]}
    name = fulfilment.carrier_name or fulfilment.carrier or ""
    if key_of(fulfilment.carrier):
        return {**body, "tracking_provider": name}
    return {**body, "custom_tracking_provider": name, "custom_tracking_link": fulfilment.tracking_url or ""}


def _find_tracking(trackings: list[dict[str, Any]], number: str) -> dict[str, Any] | None:
    return next((entry for entry in trackings if text(entry.get("tracking_number")) == number), None)


def _note(client: Client, order: dict[str, Any], fulfilment: Fulfilment) -> str:
    shipped = _mark(client, order, fulfilment)
    carrier = fulfilment.carrier_name or fulfilment.carrier or "carrier unknown"
    sentence = f"Shipped: {carrier}, {fulfilment.tracking_number}"
    note_id = notes.leave(client, str(order["id"]), sentence, f"{fulfilment.shipment_id} {fulfilment.tracking_number}")
    _complete(client, order, shipped)
    return f"note-{note_id}"


def _mark(client: Client, order: dict[str, Any], fulfilment: Fulfilment) -> Lines:
    """Save in the order what we are about to tell. Returns what is shipped of it then, as far as we know."""
    others = order_meta.pushed_quantities(order, but=fulfilment.shipment_id)
    lines = _lines_to_ship(client, order, fulfilment.lines, others)
    order_meta.save_pushed(client, order, fulfilment.shipment_id, fulfilment.tracking_number, lines)
    return {line_id: others.get(line_id, 0) + lines.get(line_id, 0) for line_id in {*others, *lines}}


def _complete(client: Client, order: dict[str, Any], shipped: Lines) -> None:
    ordered = _ordered(client, order)
    is_shipped = all(shipped.get(line_id, 0) >= quantity for line_id, quantity in ordered.items())
    if mapping.status_of(order) != "processing" or not is_shipped:
        return
    shown = order_meta.save(client, order, {}, status=COMPLETED)
    if shown.get("status") != COMPLETED:
        raise NotSeen("The shop did not complete the order.")


def _lines_to_ship(
    client: Client, order: dict[str, Any], wanted: tuple[FulfilmentLine, ...] | None, shipped: Lines
) -> Lines:
    """What of the order goes into the fulfilment, at most what is not yet in another. Raises Refused if the shipment
    has lines and none is the order's."""
    ordered = _ordered(client, order)
    left = {line_id: count - shipped.get(line_id, 0) for line_id, count in ordered.items()}
    left = {line_id: count for line_id, count in left.items() if count > 0}
    if wanted is None:
        return left
    taken: Lines = {}
    known = False
    for line in wanted:
        quantity = line.quantity
        for line_id in _matching(order, line):
            known = True
            count = min(quantity, left.get(line_id, 0) - taken.get(line_id, 0))
            if count > 0:
                taken[line_id] = taken.get(line_id, 0) + count
                quantity -= count
    if not known:
        raise Refused("None of the shipment's lines is in the shop's order.")
    return taken


def _matching(order: dict[str, Any], wanted: FulfilmentLine) -> list[str]:
    """The order's lines with this SKU, or with this title if it has none."""
    lines = [(identifier(line.get("id")), line) for line in mappings(order.get("line_items"))]
    if wanted.sku:
        return [line_id for line_id, line in lines if line_id and text(line.get("sku")) == wanted.sku]
    read_title = mapping.LINE["title"].read
    return [
        line_id
        for line_id, line in lines
        if line_id and wanted.title and wanted.title in (plain(line.get("name")), read_title(line))
    ]


def _ordered(client: Client, order: dict[str, Any]) -> Lines:
    """What of each line is to be shipped: ordered and not refunded."""
    lines = {
        line_id: int(amount(line.get("quantity")) or 0)
        for line in mappings(order.get("line_items"))
        if (line_id := identifier(line.get("id")))
    }
    if not any(mappings(order.get("refunds"))):
        return lines
    refunds = as_list(client.call("GET", f"{WC}/orders/{order['id']}/refunds", query={"per_page": 100}))
    for refund in refunds:
        for line in mappings(refund.get("line_items")):
            line_id = identifier(meta(line, "_refunded_item_id"))
            if line_id in lines:
                # Quantities of refunds are negative.
                lines[line_id] -= abs(int(amount(line.get("quantity")) or 0))
    return {line_id: count for line_id, count in lines.items() if count > 0}


def _items(own: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    return (item for each in own for item in mappings(meta(each, "_items")))


def _quantities(items: Iterable[dict[str, Any]]) -> Lines:
    found: Lines = {}
    for item in items:
        if line_id := identifier(item.get("item_id")):
            found[line_id] = found.get(line_id, 0) + int(amount(item.get("qty")) or 0)
    return found
