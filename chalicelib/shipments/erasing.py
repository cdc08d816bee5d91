"""Taking a customer out of a shipment: whom and where exactly it went to, and who took it in."""

from chalicelib.customers.redaction import Traces, of_place_only, without_signer
from chalicelib.shipments.shape import ERASED, Fields, detail_item, fields_of, summary_item
from chalicelib.shipments.store import ShipmentDetailItem, ShipmentItem, read_everywhere
from chalicelib.table.transaction import Transaction, until_undisturbed


def erase(organization_id: str, shipment_id: str, traces: Traces) -> None:
    """Whoever's it is: while its bridge changes hands, it may be where its order is not yet."""

    def attempt() -> None:
        for summary, detail in read_everywhere(organization_id, shipment_id):
            _erase(organization_id, ShipmentItem.of(summary), ShipmentDetailItem.of(detail), traces)

    until_undisturbed(attempt)


def _erase(organization_id: str, item: ShipmentItem, detail: ShipmentDetailItem, traces: Traces) -> None:
    before = fields_of(item, detail)
    after = _forgotten(before, traces)
    if after == before:
        return
    new = summary_item(organization_id, item.end_user_id, item.bridge_id, item.id, after)
    new.version = item.version + 1
    new.source_updated_at, new.record_digest = item.source_updated_at, item.record_digest
    new.waits_for, new.shipped = item.waits_for, item.shipped
    transaction = Transaction()
    transaction.put(new, ShipmentItem.version == item.version)
    transaction.put(detail_item(organization_id, item.end_user_id, item.id, after))
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
