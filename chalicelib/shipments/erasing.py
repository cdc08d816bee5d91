"""Erases a customer from a shipment: to whom and where exactly it went, and who received it."""

from chalicelib.privacy import fields as privacy
from chalicelib.privacy.deliveries import without_signers
from chalicelib.privacy.redaction import Traces
from chalicelib.shipments import index
from chalicelib.shipments.shape import ERASED, Fields, detail_item, fields_of, new_summary
from chalicelib.shipments.store import ShipmentDetailItem, ShipmentItem, list_unlinked, read_by_owner
from chalicelib.table.transaction import Transaction, retry_on_conflict


def list_unlinked_ids(organization_id: str, end_user_id: str, order_external_id: str) -> list[str]:
    """Ids of shipments that name this order and are not linked to it: a sync that brought it may have died."""
    return list_unlinked(organization_id, end_user_id, [order_external_id]).get(order_external_id, [])


def erase(organization_id: str, shipment_id: str, traces: Traces) -> str | None:
    """Redact the shipment under every owner: while its bridge changes hands, it may arrive before its order does.

    Returns when the shipment was created; None if it no longer exists.
    """

    def attempt() -> list[str]:
        found = read_by_owner(organization_id, shipment_id)
        return [_erase(organization_id, ShipmentItem.of(s), ShipmentDetailItem.of(d), traces) for s, d in found]

    return min(retry_on_conflict(attempt), default=None)


def _erase(organization_id: str, item: ShipmentItem, detail: ShipmentDetailItem, traces: Traces) -> str:
    before = fields_of(item, detail)
    created_at: str = before["created_at"]
    after = _redacted(before, traces, organization_id)
    if after == before:
        return created_at
    new = new_summary(organization_id, item.end_user_id, item.bridge_id, item.id, after)
    new.version = item.version + 1
    new.source_updated_at, new.record_digest = item.source_updated_at, item.record_digest
    new.missing_order, new.shipped = item.missing_order, item.shipped
    new.missing_order_bridge = item.missing_order_bridge
    new.stalled_since, new.late, new.told = item.stalled_since, item.late, item.told
    new.duepk, new.duesk = item.duepk, item.duesk
    transaction = Transaction()
    if any(after[name] != before[name] for name in ("tracking_number", "carrier_name")):
        index.replace_names(transaction, organization_id, item, after)
    transaction.put(new, ShipmentItem.version == item.version)
    transaction.put(detail_item(organization_id, item.end_user_id, item.bridge_id, item.id, after))
    transaction.commit()
    return created_at


def _redacted(fields: Fields, traces: Traces, organization_id: str) -> Fields:
    redacted = privacy.redacted(privacy.SHIPMENT, fields, traces)
    checkpoints = without_signers(fields["status"], redacted["checkpoints"])
    digests = traces.digests(organization_id, fields[ERASED])
    return {**redacted, "checkpoints": checkpoints, ERASED: digests}
