"""Taking a customer out of a shipment: whom and where exactly it went to, and who took it in."""

from chalicelib.privacy.redaction import Traces, of_place_only, without_signer
from chalicelib.shipments.shape import ERASED, Fields, detail_item, fields_of, summary_item
from chalicelib.shipments.store import ShipmentDetailItem, ShipmentItem, read_everywhere, waiting_for
from chalicelib.table.transaction import Transaction, retry_on_conflict


def waiting(organization_id: str, end_user_id: str, order_external_id: str) -> list[str]:
    """Shipments that name the order and are not linked to it yet: a sync that brought it may have died before."""
    return waiting_for(organization_id, end_user_id, [order_external_id]).get(order_external_id, [])


def erase(organization_id: str, shipment_id: str, traces: Traces) -> str | None:
    """Whoever's it is: while its bridge changes hands, it may be where its order is not yet. When it was created; None
    where it is gone."""

    def attempt() -> list[str]:
        found = read_everywhere(organization_id, shipment_id)
        return [_erase(organization_id, ShipmentItem.of(s), ShipmentDetailItem.of(d), traces) for s, d in found]

    return min(retry_on_conflict(attempt), default=None)


def _erase(organization_id: str, item: ShipmentItem, detail: ShipmentDetailItem, traces: Traces) -> str:
    before = fields_of(item, detail)
    created_at: str = before["created_at"]
    after = _forgotten(before, traces)
    if after == before:
        return created_at
    new = summary_item(organization_id, item.end_user_id, item.bridge_id, item.id, after)
    new.version = item.version + 1
    new.source_updated_at, new.record_digest = item.source_updated_at, item.record_digest
    new.waits_for, new.shipped = item.waits_for, item.shipped
    transaction = Transaction()
    transaction.put(new, ShipmentItem.version == item.version)
    transaction.put(detail_item(organization_id, item.end_user_id, item.id, after))
    transaction.commit()
    return created_at


def _forgotten(fields: Fields, traces: Traces) -> Fields:
    # Returns come from the customer.
    sender = fields["ship_from"]
    return {
        **traces.without_email(fields),
        "ship_to": of_place_only(fields["ship_to"]),
        "ship_from": of_place_only(sender) if traces.names(sender) else traces.without_email(sender),
        "checkpoints": [without_signer(traces.without_any(checkpoint)) for checkpoint in fields["checkpoints"]],
        ERASED: True,
    }
