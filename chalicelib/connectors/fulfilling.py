"""Shipments that came from elsewhere go back to the order's shop as fulfilments: once each, and again where their
number or carrier changed.

What the shop was told is written down after it was told. If the process dies in between, the package finds at the shop
what it made, by the shipment's id or its tracking number.
"""

from collections.abc import Mapping
from typing import Any

from chalicelib.bridges import service as bridges
from chalicelib.bridges.store import BridgeItem
from chalicelib.catalog.bridge_types import catalog
from chalicelib.catalog.carriers import tracking_link
from chalicelib.connectors.shop import Fulfilment, FulfilmentLine
from chalicelib.connectors.visit import Visit
from chalicelib.kit import log
from chalicelib.kit.errors import NotFound
from chalicelib.orders import service as orders
from chalicelib.organizations.principals import SYSTEM
from chalicelib.shipments import service as shipments
from chalicelib.table import keys
from chalicelib.table.transaction import Transaction, put, retry_on_conflict
from chalicelib.tasks import service as tasks
from chalicelib.tasks.execution import Execution
from chalicelib.tasks.service import BridgeRef
from chalicelib.tasks.store import FulfilmentItem

UNTOLD = ("pending", "cancelled", "returned")
"""Statuses of shipments that a shop is not told of."""


def consider(organization_id: str, end_user_id: str, shipment_id: str) -> str | None:
    """Ask for the fulfilment of a shipment if its order's shop wants it and does not have it. Returns the bridge that
    has work."""
    shipment = _shipment(organization_id, end_user_id, shipment_id)
    if shipment is None or not shipment["tracking_number"] or shipment["status"] in UNTOLD:
        return None
    order = orders.find(organization_id, end_user_id, shipment["order_id"]) if shipment["order_id"] else None
    if order is None or order.bridge_id == shipment["bridge_id"]:
        return None
    bridge = _pushing_bridge(organization_id, end_user_id, order.bridge_id)
    if bridge is None or _is_told(bridge, shipment):
        return None
    about = {"id": shipment_id, "tracking_number": shipment["tracking_number"], "carrier": shipment["carrier"]}

    def ask() -> None:
        transaction = Transaction()
        tasks.ask(
            transaction,
            bridges.ref_of(bridge),
            "push_fulfillment",
            "request",
            SYSTEM,
            subject=shipment_id,
            order_external_id=order.document["external_id"],
            shipment=about,
        )
        transaction.commit()

    retry_on_conflict(ask)
    return bridge.id


def push(visit: Visit, execution: Execution) -> None:
    bridge, fulfil = visit.connection.bridge, visit.platform.fulfil
    asked, order_external_id = execution.item.shipment or {}, execution.item.order_external_id
    assert bridge.end_user_id is not None
    # As it is now: it may have changed, or be gone, since it was asked for.
    shipment = _shipment(bridge.organization_id, bridge.end_user_id, str(asked.get("id")))
    wanted = shipment is not None and shipment["tracking_number"] and shipment["status"] not in UNTOLD
    if fulfil is None or order_external_id is None or shipment is None or not wanted or not bridge.push_fulfillments:
        log.info("fulfilment_not_pushed", shipment_id=asked.get("id"), reason="not wanted any more")
        execution.succeed()
        return
    if not _is_told(bridge, shipment):
        told = tasks.fulfilment_of(bridge.organization_id, bridge.id, shipment["id"])
        fulfilment = _fulfilment(shipment, told)
        fulfilment_id = visit.connection.call(lambda shop: fulfil(shop, order_external_id, fulfilment))
        put(_told(bridges.ref_of(bridge), shipment, fulfilment_id))
        execution.count(updated=1)
    execution.succeed()


def _shipment(organization_id: str, end_user_id: str, shipment_id: str) -> dict[str, Any] | None:
    try:
        return shipments.get(organization_id, end_user_id, shipment_id)
    except NotFound:
        return None


def _pushing_bridge(organization_id: str, end_user_id: str, bridge_id: str) -> BridgeItem | None:
    try:
        bridge = bridges.get(organization_id, end_user_id, bridge_id)
    except NotFound:
        return None
    found = catalog().get(bridge.type)
    return bridge if bridge.push_fulfillments and found is not None and found.takes_tasks else None


def _is_told(bridge: BridgeItem, shipment: Mapping[str, Any]) -> bool:
    told = tasks.fulfilment_of(bridge.organization_id, bridge.id, shipment["id"])
    now = (shipment["tracking_number"], shipment["carrier"])
    return told is not None and (told.tracking_number, told.carrier) == now


def _fulfilment(shipment: Mapping[str, Any], told: FulfilmentItem | None) -> Fulfilment:
    lines = tuple(
        FulfilmentLine(line.get("sku"), line.get("title"), int(line["quantity"]))
        for line in shipment["line_items"]
        if line.get("quantity")
    )
    return Fulfilment(
        shipment_id=shipment["id"],
        tracking_number=shipment["tracking_number"],
        carrier=shipment["carrier"],
        carrier_name=shipment["carrier_name"],
        tracking_url=tracking_link(shipment["carrier"], shipment["tracking_number"]),
        lines=lines or None,
        known_id=told.fulfilment_id if told is not None else None,
        known_number=told.tracking_number if told is not None else None,
    )


def _told(bridge: BridgeRef, shipment: Mapping[str, Any], fulfilment_id: str) -> FulfilmentItem:
    return FulfilmentItem.at(
        keys.bridge_fulfilment(bridge.organization_id, bridge.bridge_id, shipment["id"]),
        fulfilment_id=fulfilment_id,
        tracking_number=shipment["tracking_number"],
        carrier=shipment["carrier"],
    )
