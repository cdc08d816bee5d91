"""Shipments as their order shows them."""

from typing import Any

from chalicelib.kit import codec
from chalicelib.shipments.shape import list_text
from chalicelib.shipments.store import read_summaries

SHOWN = ("id", "tracking_number", "carrier", "status")


def of_order(
    organization_id: str, end_user_id: str, shipment_ids: list[str], hidden: frozenset[str]
) -> list[dict[str, Any]]:
    """One round trip, or none where there are no shipments."""
    rows = read_summaries(organization_id, end_user_id, shipment_ids) if shipment_ids else {}
    documents = [codec.loads(list_text(row)) for row in rows.values() if row["hint"]["S"] not in hidden]
    return [{name: document[name] for name in SHOWN} for document in documents]
