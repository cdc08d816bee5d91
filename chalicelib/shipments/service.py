"""Reads shipments. `chalicelib.sync` writes them."""

from typing import Any

from chalicelib.kit import codec
from chalicelib.kit.errors import NotFound
from chalicelib.shipments import shape
from chalicelib.shipments.store import (
    ShipmentDetailItem,
    ShipmentItem,
    read_by_owner,
    read_shipment,
    read_summaries,
)
from chalicelib.table import keys

IN_ORDER = ("id", "tracking_number", "carrier", "status")


def get(
    organization_id: str, end_user_id: str, shipment_id: str, hidden: frozenset[str] = frozenset()
) -> dict[str, Any]:
    """The detail shape, with addresses and checkpoints. NotFound."""
    return shape.document_of(*_read(organization_id, end_user_id, shipment_id, hidden))


def find_by_owner(organization_id: str, shipment_id: str) -> list[tuple[str, dict[str, Any]]]:
    """The detail shape under each end user who has the shipment: one, or two while its bridge changes hands. One round
    trip."""
    pairs = read_by_owner(organization_id, shipment_id)
    found = [(ShipmentItem.of(summary), ShipmentDetailItem.of(detail)) for summary, detail in pairs]
    return [(keys.owner_and_part(item.sk)[0], shape.document_of(item, detail)) for item, detail in found]


def tracking_view(
    organization_id: str, end_user_id: str, shipment_id: str, hidden: frozenset[str] = frozenset()
) -> dict[str, Any]:
    """The header and the checkpoints, oldest first, without addresses: the tracking endpoint's shape. NotFound."""
    return shape.tracking_of(*_read(organization_id, end_user_id, shipment_id, hidden))


def tracking_page_view(organization_id: str, end_user_id: str, shipment_id: str) -> tuple[dict[str, Any], str | None]:
    """What a tracking page shows, and the order the shipment is linked to. NotFound."""
    item, detail = _read(organization_id, end_user_id, shipment_id, frozenset())
    return shape.tracking_page_of(item, detail), item.summary.members()["order_id"]


def list_for_order(
    organization_id: str, end_user_id: str, order_id: str, shipment_ids: list[str], hidden: frozenset[str]
) -> list[dict[str, Any]]:
    """The order's shipments among these as it shows them. One round trip, or none where there are no ids."""
    documents = list_documents(organization_id, end_user_id, order_id, shipment_ids)
    return [
        {name: document[name] for name in IN_ORDER} for document in documents if document["bridge_id"] not in hidden
    ]


def list_documents(
    organization_id: str, end_user_id: str, order_id: str, shipment_ids: list[str]
) -> list[dict[str, Any]]:
    """The order's shipments among these in the list shape. A link may be older than its shipment, which then may not
    exist, or belong to another order. One round trip, or none where there are no ids."""
    rows = read_summaries(organization_id, end_user_id, shipment_ids) if shipment_ids else {}
    documents = [codec.loads(shape.list_text(row)) for row in rows.values()]
    return [document for document in documents if document["order_id"] == order_id]


def find_items_by_owner(organization_id: str, shipment_id: str) -> list[tuple[ShipmentItem, ShipmentDetailItem]]:
    """The shipment under each end user who has it: two while its bridge is being moved."""
    rows = read_by_owner(organization_id, shipment_id)
    return [(ShipmentItem.of(summary), ShipmentDetailItem.of(detail)) for summary, detail in rows]


def _read(
    organization_id: str, end_user_id: str, shipment_id: str, hidden: frozenset[str]
) -> tuple[ShipmentItem, ShipmentDetailItem]:
    summary, detail = read_shipment(organization_id, end_user_id, shipment_id)
    if summary is None or detail is None or summary["hint"]["S"] in hidden:
        raise NotFound
    return ShipmentItem.of(summary), ShipmentDetailItem.of(detail)
