"""Stores what a platform's package has read, as the Sync API does."""

from chalicelib.connectors.platform import Page
from chalicelib.connectors.visit import Visit
from chalicelib.kit import clock, log
from chalicelib.orders import source_deletion
from chalicelib.organizations.principals import SYSTEM
from chalicelib.records.source import Source
from chalicelib.sync.orders import id_of
from chalicelib.sync.parcels import prepare
from chalicelib.sync.schemas import MAX_RECORDS
from chalicelib.sync.service import sync_page
from chalicelib.tasks.execution import Execution


def store(visit: Visit, execution: Execution, page: Page) -> None:
    """Store the page's records and count what became of them. Nothing to store costs nothing."""
    for start in range(0, max(len(page.orders), len(page.shipments)), MAX_RECORDS):
        source = source_of(visit)
        span = slice(start, start + MAX_RECORDS)
        shipments = prepare(source, page.shipments[span])
        execution.count(unchanged=len(page.shipments[span]) - len(shipments))
        result = sync_page(source, page.orders[span], shipments)
        execution.count(**result.orders.model_dump())
        execution.count(**result.shipments.model_dump())
        for error in result.errors:
            log.warning("record_failed", kind=error.kind, external_id=error.external_id, message=error.message)
    for unreadable in page.unreadable:
        log.warning("record_unreadable", external_id=unreadable.external_id, message=unreadable.message)
    execution.count(failed=len(page.unreadable))
    for external_id in page.deleted:
        mark_deleted(visit, execution, external_id)


def source_of(visit: Visit) -> Source:
    """Where the visit's records come from, now."""
    bridge = visit.connection.bridge
    assert bridge.end_user_id is not None
    return Source(bridge.organization_id, bridge.end_user_id, bridge.id, bridge.type, SYSTEM, clock.timestamp())


def mark_deleted(visit: Visit, execution: Execution, external_id: str) -> None:
    """The source says that it no longer has the order."""
    bridge = visit.connection.bridge
    assert bridge.end_user_id is not None
    if source_deletion.mark(bridge.organization_id, bridge.end_user_id, id_of(bridge.id, external_id)):
        execution.count(updated=1)
