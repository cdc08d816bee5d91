"""Fulfilments of an order as shipments: WooCommerce's own, or those of a shipment tracking plugin.

WooCommerce has fulfilments of its own where the shop has switched the feature on. The plugins Shipment Tracking and
Advanced Shipment Tracking share an endpoint, and the order's meta data in which they keep what it returns. Fulfilments
that came from us carry our mark and are no shipments of the shop's.
"""

from typing import Any

from chalicelib.connectors.shop import Record
from chalicelib.connectors.woocommerce import order_meta
from chalicelib.connectors.woocommerce.client import WC, Client, as_list, error_code
from chalicelib.connectors.woocommerce.mapping import FULFILMENT_STATUS, SHIPPED, Field, status_of
from chalicelib.connectors.woocommerce.providers import carrier_of
from chalicelib.connectors.woocommerce.values import (
    identifier,
    meta,
    moment,
    moment_of_epoch,
    plain,
    text,
)

PLUGIN = "wc-shipment-tracking/v3"
PLUGIN_META = "_wc_shipment_tracking_items"
PLUGIN_STATUSES = SHIPPED | {"partial-shipped", "partially-shipped"}
MARK = "_orderly_shipment"
"""Our shipment's id, in the meta data of a fulfilment that we made."""


def _carrier(fulfilment: dict[str, Any]) -> str | None:
    provider = text(meta(fulfilment, "_shipment_provider"))
    name = plain(meta(fulfilment, "_provider_name"))
    return carrier_of(name if provider in (None, "other") and name else provider)


def _in_transit(_: dict[str, Any]) -> str:
    return "in_transit"


def _date_shipped(entry: dict[str, Any]) -> str | None:
    shipped = entry.get("date_shipped")
    return moment(shipped) or moment_of_epoch(shipped)


FULFILMENT = {
    "external_id": Field("`id`", lambda f: identifier(f.get("id"))),
    "tracking_number": Field("`_tracking_number`", lambda f: text(meta(f, "_tracking_number"))),
    "carrier": Field("`_shipment_provider`, or `_provider_name`", _carrier),
    "status": Field("always `in_transit`: WooCommerce knows no more", _in_transit),
    "ship_date": Field("`_date_fulfilled`", lambda f: moment(meta(f, "_date_fulfilled"))),
}
"""Only fulfilments that are fulfilled. A draft is a plan of the shop's."""

PLUGIN_TRACKING = {
    "external_id": Field("`tracking_id`", lambda t: text(t.get("tracking_id"))),
    "tracking_number": Field("`tracking_number`", lambda t: text(t.get("tracking_number"))),
    "carrier": Field(
        "`tracking_provider`, or `custom_tracking_provider`",
        lambda t: carrier_of(plain(t.get("custom_tracking_provider")) or plain(t.get("tracking_provider"))),
    ),
    "status": Field("always `in_transit`", _in_transit),
    "ship_date": Field("`date_shipped`", _date_shipped),
}


def read_shipments(client: Client, order: dict[str, Any]) -> list[Record]:
    """A call if the order has fulfilments, none otherwise."""
    order_id = identifier(order.get("id")) or ""
    if meta(order, FULFILMENT_STATUS) is not None:
        found = [
            fulfilment
            for fulfilment in find_fulfilments(client, order_id) or []
            if is_fulfilled(fulfilment) and meta(fulfilment, MARK) is None
        ]
        return _records(order_id, found, FULFILMENT)
    has_plugin = client.shop.memory.get("tracking_plugin") and status_of(order) in PLUGIN_STATUSES
    if has_plugin or meta(order, PLUGIN_META):
        ours = order_meta.pushed_numbers(order)
        trackings = find_trackings(client, order_id) or []
        found = [entry for entry in trackings if text(entry.get("tracking_number")) not in ours]
        return _records(order_id, found, PLUGIN_TRACKING)
    return []


def find_fulfilments(client: Client, order_id: str) -> list[dict[str, Any]] | None:
    """None if the shop has no fulfilments of WooCommerce's own."""
    return _find_list(client, f"{WC}/orders/{order_id}/fulfillments")


def find_trackings(client: Client, order_id: str) -> list[dict[str, Any]] | None:
    """None if the shop has no plugin for tracking."""
    return _find_list(client, f"{PLUGIN}/orders/{order_id}/shipment-trackings")


def is_fulfilled(fulfilment: dict[str, Any]) -> bool:
    # `is_fulfilled` is a boolean or the text "0" or "1", depending on the call.
    return fulfilment.get("status") == "fulfilled" and not fulfilment.get("date_deleted")


def _find_list(client: Client, path: str) -> list[dict[str, Any]] | None:
    response = client.call("GET", path)
    if response.status == 404 and error_code(response) is not None:
        return None
    return as_list(response)


def _records(order_id: str, found: list[dict[str, Any]], fields: dict[str, Field]) -> list[Record]:
    records = [{name: field.read(entry) for name, field in fields.items()} for entry in found]
    return [{**record, "order_external_id": order_id} for record in records if record["external_id"]]
