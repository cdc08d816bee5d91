"""Telling the store that a parcel is on its way: a fulfilment, made once.

Shopify's fulfilments have no room for a reference of ours, so that one we made is known by its id, or, if the process
died before that was stored, by its tracking number.
"""

from collections import defaultdict
from typing import Any

from chalicelib.catalog.carriers import display_name
from chalicelib.connectors.faults import NotSeen, Refused
from chalicelib.connectors.shop import Fulfilment, FulfilmentLine, Shop
from chalicelib.connectors.shopify.client import call, gid, mutate

OPEN = ("OPEN", "IN_PROGRESS")
Lines = dict[str, list[dict[str, Any]]]
"""By fulfilment order: its lines to fulfil, none for all that is left of it."""


def fulfil(shop: Shop, external_id: str, fulfilment: Fulfilment) -> str:
    order = call(shop, "fulfilment", id=gid("Order", external_id)).data["order"]
    if order is None:
        raise Refused("The order does not exist at Shopify any more.")
    made = {str(each["legacyResourceId"]): each for each in order["fulfillments"] if each["status"] != "CANCELLED"}
    known = made.get(fulfilment.known_id or "")
    if known is not None:
        if not _has_number(known, fulfilment.tracking_number):
            _update(shop, str(known["legacyResourceId"]), fulfilment)
        return str(known["legacyResourceId"])
    for number, each in made.items():
        if _has_number(each, fulfilment.tracking_number):
            return number
    return _create(shop, order, fulfilment)


def _has_number(fulfilment: dict[str, Any], number: str) -> bool:
    return _compact(number) in {_compact(info.get("number") or "") for info in fulfilment["trackingInfo"]}


def _compact(number: str) -> str:
    return "".join(number.split()).upper()


def _tracking(fulfilment: Fulfilment) -> dict[str, str]:
    tracking = {"number": fulfilment.tracking_number}
    if company := display_name(fulfilment.carrier, fulfilment.carrier_name):
        tracking["company"] = company
    if fulfilment.tracking_url:
        tracking["url"] = fulfilment.tracking_url
    return tracking


def _update(shop: Shop, number: str, fulfilment: Fulfilment) -> None:
    payload = mutate(shop, "update_tracking", id=gid("Fulfillment", number), tracking=_tracking(fulfilment))
    if not _has_number(payload.get("fulfillment") or {"trackingInfo": []}, fulfilment.tracking_number):
        raise NotSeen("Shopify accepted the new tracking number, but shows the fulfilment without it.")


def _create(shop: Shop, order: dict[str, Any], fulfilment: Fulfilment) -> str:
    if order["cancelledAt"]:
        raise Refused("The order is cancelled at Shopify, so nothing of it can be fulfilled.")
    parts = order["fulfillmentOrders"]["nodes"]
    open_parts = {part["id"]: part for part in parts if part["status"] in OPEN}
    if not open_parts:
        is_held = any(part["status"] == "ON_HOLD" for part in parts)
        raise Refused("The order is on hold at Shopify." if is_held else "Shopify has nothing left to fulfil.")
    lines: Lines = {part_id: [] for part_id in open_parts}
    if fulfilment.lines is not None:
        lines = _lines(shop, [*open_parts], fulfilment)
    # One fulfilment can't take from two locations. Their ids would need one more right.
    by_location: dict[tuple[str | None, ...], list[str]] = defaultdict(list)
    for part_id in lines:
        by_location[tuple(open_parts[part_id]["assignedLocation"].values())].append(part_id)
    made = [_create_one(shop, part_ids, lines, fulfilment) for part_ids in by_location.values()]
    return made[0]


def _create_one(shop: Shop, part_ids: list[str], lines: Lines, fulfilment: Fulfilment) -> str:
    wanted = []
    for part_id in part_ids:
        entry: dict[str, Any] = {"fulfillmentOrderId": part_id}
        if chosen := lines[part_id]:
            entry["fulfillmentOrderLineItems"] = chosen
        wanted.append(entry)
    created = mutate(
        shop,
        "create_fulfilment",
        fulfillment={"lineItemsByFulfillmentOrder": wanted, "trackingInfo": _tracking(fulfilment)},
    ).get("fulfillment")
    if not created or not _has_number(created, fulfilment.tracking_number):
        raise NotSeen("Shopify accepted the fulfilment, but does not show it with its tracking number.")
    return str(created["legacyResourceId"])


def _lines(shop: Shop, part_ids: list[str], fulfilment: Fulfilment) -> Lines:
    """The parcel's lines among those that are open, by SKU, or by title where there is none."""
    chosen: Lines = {}
    missing = [line.quantity for line in fulfilment.lines or ()]
    for part_id in part_ids:
        for node in _open_lines(shop, part_id):
            left: int = node["remainingQuantity"]
            for position, line in enumerate(fulfilment.lines or ()):
                taken = min(left, missing[position]) if _is_same(line, node["lineItem"]) else 0
                if taken > 0:
                    chosen.setdefault(part_id, []).append({"id": node["id"], "quantity": taken})
                    missing[position] -= taken
                    left -= taken
    if not chosen:
        raise Refused("None of the parcel's lines is open in the order at Shopify.")
    return chosen


def _is_same(line: FulfilmentLine, item: dict[str, Any]) -> bool:
    if line.sku and item.get("sku"):
        return line.sku.strip().casefold() == str(item["sku"]).strip().casefold()
    return bool(line.title) and (line.title or "").strip().casefold() == str(item.get("name") or "").strip().casefold()


def _open_lines(shop: Shop, part_id: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    after = None
    while True:
        part = call(shop, "open_lines", id=part_id, after=after).data["fulfillmentOrder"]
        if part is None:
            return found
        found += part["lineItems"]["nodes"]
        if not part["lineItems"]["pageInfo"]["hasNextPage"]:
            return found
        after = part["lineItems"]["pageInfo"]["endCursor"]
