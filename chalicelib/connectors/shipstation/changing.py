"""Stopping what has no label yet: hold, release, cancel. ShipStation knows an order by its key and its number."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any, Protocol

from chalicelib.connectors.faults import NotSeen, Refused
from chalicelib.connectors.platform import Applied
from chalicelib.connectors.shipstation.client import call_v1, call_v2, is_v1, objects
from chalicelib.connectors.shop import Change, ChangeKind, Shop
from chalicelib.kit import clock

HOLD_DAYS = 365
"""How long an order is held if nobody says until when: ShipStation knows no hold without an end."""
WAITING = frozenset({"awaiting_payment", "awaiting_shipment", "pending_fulfillment", "pending"})
HELD, CANCELLED = "on_hold", "cancelled"
Parcel = dict[str, Any]


class Api(Protocol):
    """One of the two APIs, by its own words for the same thing."""

    def find(self, shop: Shop, order_id: str, number: str | None) -> list[Parcel]: ...
    def status(self, parcel: Parcel) -> str: ...
    def hold(self, shop: Shop, parcel: Parcel, until: str) -> None: ...
    def release(self, shop: Shop, parcel: Parcel) -> None: ...
    def cancel(self, shop: Shop, parcel: Parcel) -> None: ...


class _V1:
    def find(self, shop: Shop, order_id: str, number: str | None) -> list[Parcel]:
        """V1 has no filter by key."""
        for spelling in _spellings(number or order_id):
            query: dict[str, str | int] = {"orderNumber": spelling, "pageSize": 100}
            found = objects(call_v1(shop, "GET", "/orders", query=query), "orders")
            # The filter also finds numbers that begin alike.
            same = [order for order in found if order.get("orderNumber") == spelling]
            if same:
                return [order for order in same if order.get("orderKey") == order_id] or same
        return []

    def status(self, parcel: Parcel) -> str:
        return str(parcel.get("orderStatus"))

    def hold(self, shop: Shop, parcel: Parcel, until: str) -> None:
        call_v1(shop, "POST", "/orders/holduntil", json={"orderId": parcel["orderId"], "holdUntilDate": until})

    def release(self, shop: Shop, parcel: Parcel) -> None:
        call_v1(shop, "POST", "/orders/restorefromhold", json={"orderId": parcel["orderId"]})

    def cancel(self, shop: Shop, parcel: Parcel) -> None:
        """An order with the key of one that exists replaces it, so that it is sent whole."""
        call_v1(shop, "POST", "/orders/createorder", json={**parcel, "orderStatus": CANCELLED})


class _V2:
    def find(self, shop: Shop, order_id: str, number: str | None) -> list[Parcel]:
        numbers = _spellings(number) if number else []
        queries = [{"external_shipment_id": order_id}, *({"shipment_number": spelling} for spelling in numbers)]
        for query in queries:
            found = [
                shipment
                for shipment in objects(call_v2(shop, "GET", "/shipments", query=query), "shipments")
                if order_id in (shipment.get("external_shipment_id"), shipment.get("external_order_id"))
                or shipment.get("shipment_number") in numbers
            ]
            if found:
                return found
        return []

    def status(self, parcel: Parcel) -> str:
        return str(parcel.get("shipment_status"))

    def hold(self, shop: Shop, parcel: Parcel, until: str) -> None:
        call_v2(shop, "PUT", f"/shipments/{parcel['shipment_id']}/hold", json={"hold_until_date": until})

    def release(self, shop: Shop, parcel: Parcel) -> None:
        call_v2(shop, "PUT", f"/shipments/{parcel['shipment_id']}/restore")

    def cancel(self, shop: Shop, parcel: Parcel) -> None:
        call_v2(shop, "PUT", f"/shipments/{parcel['shipment_id']}/cancel")


def _spellings(number: str) -> list[str]:
    """Stores write `#1001` where ShipStation may have `1001`, or the other way round."""
    plain = number.removeprefix("#")
    return [number, f"#{plain}" if number == plain else plain]


def apply(shop: Shop, order_id: str, change: Change) -> Applied:
    """Every part of the order that is still waiting. There is no order to return: its source has it."""
    api: Api = _V1() if is_v1(shop) else _V2()
    wanted, act = _ACTS[change.kind]
    parts = api.find(shop, order_id, change.order_number)
    if not parts:
        raise Refused("ShipStation has no order of this number.")
    for part in parts:
        status = api.status(part)
        if status in wanted:
            continue
        if status not in WAITING and status != HELD:
            raise Refused(f"The order is {status.replace('_', ' ')} at ShipStation, so this comes too late.")
        act(api, shop, part, change)
    after = {api.status(part) for part in api.find(shop, order_id, change.order_number)}
    if not after <= wanted:
        shown = ", ".join(sorted(after)).replace("_", " ")
        raise NotSeen(f"ShipStation accepted the change, but still shows the order as {shown}.")
    return Applied(None)


def _hold_until(change: Change) -> str:
    """A day after today, which is all that ShipStation takes."""
    tomorrow = (clock.now() + timedelta(days=1)).date()
    if change.until is None:
        return (clock.now() + timedelta(days=HOLD_DAYS)).date().isoformat()
    return max(clock.parse(change.until).date(), tomorrow).isoformat()


_ACTS: dict[ChangeKind, tuple[frozenset[str], Callable[[Api, Shop, Parcel, Change], None]]] = {
    "hold": (frozenset({HELD}), lambda api, shop, part, change: api.hold(shop, part, _hold_until(change))),
    "release": (WAITING, lambda api, shop, part, _: api.release(shop, part)),
    "cancel": (frozenset({CANCELLED}), lambda api, shop, part, _: api.cancel(shop, part)),
}
KINDS = frozenset(_ACTS)
