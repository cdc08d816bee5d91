"""Shipments, read. What brings them in is `chalicelib.sync`."""

from concurrent.futures import Future
from dataclasses import dataclass
from typing import Any

from chalicelib.http.pagination import pagination
from chalicelib.http.responses import JsonText
from chalicelib.kit.errors import NotFound
from chalicelib.organizations.principals import EmbedSession
from chalicelib.shipments import shape
from chalicelib.shipments.schemas import ShipmentQuery
from chalicelib.shipments.store import (
    ShipmentDetailItem,
    ShipmentItem,
    list_shipments,
    read_shipment,
    summaries_of,
)
from chalicelib.table.pages import Entries
from chalicelib.totals import service as totals


@dataclass(frozen=True, slots=True)
class ShipmentPage:
    shipments: list[JsonText]
    pagination: dict[str, object]


def look_ahead(organization_id: str, end_user_id: str, query: ShipmentQuery) -> Entries:
    """Runs beside authentication, and so without knowing which bridges are hidden."""
    return list_shipments(organization_id, end_user_id, query.status, query.window, frozenset())


def page(session: EmbedSession, query: ShipmentQuery, ahead: "Future[Entries] | None") -> ShipmentPage:
    hidden = session.hidden_bridges
    if ahead is None or hidden:
        found = list_shipments(session.organization_id, session.end_user_id, query.status, query.window, hidden)
    else:
        found = ahead.result()
    rows = summaries_of(found)
    total = totals.shipments_in(session.stats, query.status)
    return ShipmentPage([shape.list_text(row) for row in rows], pagination(query.window, total, found.next))


def get(
    organization_id: str, end_user_id: str, shipment_id: str, hidden: frozenset[str] = frozenset()
) -> dict[str, Any]:
    """The detail shape, addresses included."""
    return shape.document_of(*_read(organization_id, end_user_id, shipment_id, hidden))


def tracking_view(
    organization_id: str, end_user_id: str, shipment_id: str, hidden: frozenset[str] = frozenset()
) -> dict[str, Any]:
    """The header and the checkpoints, oldest first, as the tracking endpoint shows them: no addresses. NotFound."""
    return shape.tracking_of(*_read(organization_id, end_user_id, shipment_id, hidden))


def _read(
    organization_id: str, end_user_id: str, shipment_id: str, hidden: frozenset[str]
) -> tuple[ShipmentItem, ShipmentDetailItem]:
    summary, detail = read_shipment(organization_id, end_user_id, shipment_id)
    if summary is None or detail is None or summary["hint"]["S"] in hidden:
        raise NotFound
    return ShipmentItem.of(summary), ShipmentDetailItem.of(detail)
