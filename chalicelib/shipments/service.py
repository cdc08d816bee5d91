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

IN_ORDER = ("id", "tracking_number", "carrier", "status")


def get(
    organization_id: str, end_user_id: str, shipment_id: str, hidden: frozenset[str] = frozenset()
) -> dict[str, Any]:
    """The detail shape, with addresses and checkpoints. NotFound."""
    return shape.document_of(*_read(organization_id, end_user_id, shipment_id, hidden))


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
    organization_id: str, end_user_id: str, shipment_ids: list[str], hidden: frozenset[str]
) -> list[dict[str, Any]]:
    """These shipments as their order shows them. One round trip, or none where there are no ids."""
    rows = read_summaries(organization_id, end_user_id, shipment_ids) if shipment_ids else {}
    documents = [codec.loads(shape.list_text(row)) for row in rows.values() if row["hint"]["S"] not in hidden]
    return [{name: document[name] for name in IN_ORDER} for document in documents]


def list_documents(organization_id: str, end_user_id: str, shipment_ids: list[str]) -> list[dict[str, Any]]:
    """These shipments in the list shape, as far as they exist. One round trip, or none where there are no ids."""
    rows = read_summaries(organization_id, end_user_id, shipment_ids) if shipment_ids else {}
    return [codec.loads(shape.list_text(row)) for row in rows.values()]


def find_by_owner(organization_id: str, shipment_id: str) -> list[tuple[ShipmentItem, ShipmentDetailItem]]:
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
