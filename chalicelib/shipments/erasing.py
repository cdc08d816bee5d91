"""Taking a customer out of a shipment: whom and where exactly it went to, and who took it in."""

from chalicelib.customers.redaction import Traces, of_place_only, without_signer
from chalicelib.shipments.shape import ERASED, Fields, detail_item, fields_of, summary_item
from chalicelib.shipments.store import ShipmentDetailItem, ShipmentItem, read_shipment
from chalicelib.table.transaction import Transaction, until_undisturbed


def erase(organization_id: str, end_user_id: str, shipment_id: str, traces: Traces) -> None:
    until_undisturbed(lambda: _erase(organization_id, end_user_id, shipment_id, traces))


def _erase(organization_id: str, end_user_id: str, shipment_id: str, traces: Traces) -> None:
    summary, stored = read_shipment(organization_id, end_user_id, shipment_id)
    if summary is None or stored is None:
        return
    item = ShipmentItem.of(summary)
    before = fields_of(item, ShipmentDetailItem.of(stored))
    after = _forgotten(before, traces)
    if after == before:
        return
    new = summary_item(organization_id, end_user_id, item.bridge_id, shipment_id, after)
    new.version = item.version + 1
    new.source_updated_at, new.record_digest = item.source_updated_at, item.record_digest
    new.waits_for, new.shipped = item.waits_for, item.shipped
    transaction = Transaction()
    transaction.put(new, ShipmentItem.version == item.version)
    transaction.put(detail_item(organization_id, end_user_id, shipment_id, after))
    transaction.commit()


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
