"""An order's timeline. The entries for its creation and its shipments are not stored but derived from the order."""

from typing import Any

from chalicelib.catalog.bridge_types import catalog
from chalicelib.kit import ids
from chalicelib.orders.store import ActivityItem, OrderDetailItem
from chalicelib.shipments.store import OrderShipmentItem
from chalicelib.table import keys

MAX_DESCRIPTION = 500


def new_activity(
    organization_id: str,
    end_user_id: str,
    order_id: str,
    *,
    activity_type: str,
    title: str,
    description: str | None,
    actor_type: str,
    at: str,
    metadata: dict[str, Any] | None = None,
    before: str | None = None,
    after: str | None = None,
) -> ActivityItem:
    """`before` and `after` are the statuses of a `status_change`."""
    document: dict[str, Any] = {"t": activity_type, "title": title, "by": actor_type}
    if description:
        document["text"] = description[:MAX_DESCRIPTION]
    if metadata:
        document["more"] = metadata
    if before or after:
        document["from"], document["to"] = before, after
    activity_id = ids.new_id()
    return ActivityItem.at(
        keys.order_activity(organization_id, end_user_id, order_id, at, activity_id), document=document
    )


def to_response(item: ActivityItem) -> dict[str, Any]:
    created_at, activity_id = keys.activity_time_and_id(item.sk)
    document = item.document
    return _response(
        activity_id,
        document["t"],
        document["title"],
        document.get("text"),
        document["by"],
        document.get("more") or {},
        created_at,
        document.get("from"),
        document.get("to"),
    )


def order_created(order_id: str, created_at: str, detail: OrderDetailItem) -> dict[str, Any]:
    bridge_type = catalog().get(detail.document.get("source", ""))
    return _response(
        ids.derived_id(order_id, "created"),
        "status_change",
        "Order created",
        f"Synced from {bridge_type.name}" if bridge_type else None,
        "system",
        {"source": bridge_type.name} if bridge_type else {},
        created_at,
        None,
        detail.document.get("first_status"),
    )


def shipment_created(order_id: str, item: OrderShipmentItem) -> dict[str, Any]:
    shipment_id = keys.part_after_separator(item.sk)
    document = item.document
    carrier, number = document.get("carrier_name"), document.get("tracking_number")
    return _response(
        ids.derived_id(order_id, "shipment", shipment_id),
        "shipment_created",
        "Shipment created",
        " ".join(part for part in (carrier, number) if part) or None,
        "system",
        {"shipment_id": shipment_id},
        document["at"],
        None,
        None,
    )


def _response(
    activity_id: str,
    activity_type: str,
    title: str,
    description: str | None,
    actor_type: str,
    metadata: dict[str, Any],
    created_at: str,
    before: str | None,
    after: str | None,
) -> dict[str, Any]:
    # The Embed API calls them `activity_type` and `created_at`, the data room guide `type` and `timestamp`.
    return {
        "id": activity_id,
        "activity_type": activity_type,
        "title": title,
        "description": description,
        "actor_type": actor_type,
        "metadata": metadata,
        "created_at": created_at,
        "type": activity_type,
        "from": before,
        "to": after,
        "timestamp": created_at,
    }
