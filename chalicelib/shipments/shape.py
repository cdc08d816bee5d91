"""The shapes of a shipment: the fields that are merged, the items that are stored, the JSON of responses."""

from collections.abc import Sequence
from typing import Any

from chalicelib.http.responses import JsonText
from chalicelib.kit import clock, codec
from chalicelib.privacy.deliveries import FIXED_WORDS, without_signers
from chalicelib.search.terms import tracking_term
from chalicelib.shipments.store import ShipmentDetailItem, ShipmentItem
from chalicelib.table import keys
from chalicelib.table.items import JsonTail, Row

Fields = dict[str, Any]
"""A shipment's content by field name, with every field present. `order_id` is the order it is linked to."""

DEFAULTS: Fields = {
    "order_external_id": None,
    "order_bridge_id": None,
    "order_id": None,
    "tracking_number": None,
    "carrier": None,
    "carrier_name": None,
    "service": None,
    "status": "pending",
    "ship_date": None,
    "estimated_delivery": None,
    "actual_delivery": None,
    "weight": None,
    "dimensions": None,
    "ship_from": None,
    "ship_to": None,
    "checkpoints": [],
    "line_items": [],
    "erased": None,
    "source_says": None,
    "carrier_says": None,
}
ERASED = "erased"
"""Set once the customer was erased: keyed hashes of what named them, or True. See `erasing`."""
CARRIER_SAYS, SOURCE_SAYS = "carrier_says", "source_says"
"""Once a tracking provider follows the shipment: what the carrier and the source last said. See `following`."""
IN_SUMMARY = (
    "external_id",
    "tracking_number",
    "carrier",
    "carrier_name",
    "service",
    "ship_date",
    "estimated_delivery",
    "actual_delivery",
    "weight",
    "dimensions",
    "order_id",
    "created_at",
    "updated_at",
)
IN_DETAIL = (
    "order_external_id",
    "order_bridge_id",
    "line_items",
    "ship_from",
    "ship_to",
    "checkpoints",
    ERASED,
    SOURCE_SAYS,
    CARRIER_SAYS,
)
IN_TRACKING = (
    "id",
    "tracking_number",
    "carrier",
    "carrier_name",
    "service",
    "status",
    "ship_date",
    "estimated_delivery",
    "actual_delivery",
)
NO_SIGNAL = dict.fromkeys(("estimated_delivery", "previous_estimated_delivery", "last_checkpoint_at"))
IN_CHECKPOINT = (
    "id",
    "status",
    "status_detail",
    "location",
    "city",
    "state",
    "country",
    "postal_code",
    "latitude",
    "longitude",
    "checkpoint_time",
    "carrier_status_code",
)


def list_text(row: Row) -> JsonText:
    """The list shape of a summary row."""
    return _complete(row["pk"]["S"], row["hint"]["S"], row["g2pk"]["S"], row["s"]["S"])


def status_of(row: Row) -> str:
    """The status of a raw summary item."""
    return keys.part_after_separator(row["g2pk"]["S"])


def carrier_of(row: Row) -> str | None:
    """The carrier's slug in a raw summary item."""
    carrier: str | None = JsonTail(row["s"]["S"]).members()["carrier"]
    return carrier


def list_text_of(item: ShipmentItem) -> JsonText:
    return _complete(item.pk, item.bridge_id, item.g2pk, item.summary)


def _complete(pk: str, bridge_id: str, status_key: str, tail: str) -> JsonText:
    return JsonText(
        JsonTail(tail).complete(
            id=keys.part_after_separator(pk), status=keys.part_after_separator(status_key), bridge_id=bridge_id
        )
    )


def new_summary(
    organization_id: str, end_user_id: str, bridge_id: str, shipment_id: str, fields: Fields
) -> ShipmentItem:
    tail = JsonTail.of({name: fields[name] for name in IN_SUMMARY})
    item = ShipmentItem.at(keys.shipment(organization_id, end_user_id, shipment_id), summary=tail)
    item.hint = bridge_id
    sort = sort_text(fields)
    item.index_1(keys.shipment_list(organization_id, end_user_id, sort, shipment_id))
    item.index_2(keys.shipment_status_list(organization_id, end_user_id, fields["status"], sort, shipment_id))
    return item


def sort_text(fields: Fields) -> str:
    """Lists are sorted by ship date, then by creation. Without a ship date the time of creation stands in for it."""
    created_at: str = fields["created_at"]
    shipped = clock.normalise(fields["ship_date"]) if fields["ship_date"] else created_at
    return f"{shipped}#{created_at}"


def detail_item(
    organization_id: str, end_user_id: str, bridge_id: str, shipment_id: str, fields: Fields
) -> ShipmentDetailItem:
    document = {name: fields[name] for name in IN_DETAIL if fields[name]}
    item = ShipmentDetailItem.at(keys.shipment_detail(organization_id, end_user_id, shipment_id), document=document)
    index_number(item, organization_id, bridge_id, shipment_id, fields["tracking_number"])
    return item


def index_number(
    item: ShipmentDetailItem, organization_id: str, bridge_id: str, shipment_id: str, number: str | None
) -> None:
    """Make the organization find the shipment by its tracking number."""
    if term := tracking_term(number or ""):
        item.hint = bridge_id
        item.index_1(keys.tracking_number(organization_id, term, shipment_id))


def fields_of(item: ShipmentItem, detail: ShipmentDetailItem) -> Fields:
    stored: Fields = item.summary.members()
    return {
        **DEFAULTS,
        **stored,
        **{name: detail.document[name] for name in IN_DETAIL if name in detail.document},
        "status": item.status,
    }


def document_of(item: ShipmentItem, detail: ShipmentDetailItem) -> Fields:
    """The detail shape."""
    document: Fields = codec.loads(list_text_of(item))
    stored = detail.document
    document["line_items"] = stored.get("line_items", [])
    document["ship_from"] = stored.get("ship_from")
    document["ship_to"] = stored.get("ship_to")
    document["checkpoints"] = [
        {**tracking_checkpoint(checkpoint), "created_at": checkpoint["created_at"]}
        for checkpoint in stored.get("checkpoints", [])
    ]
    document["signals"] = [{**NO_SIGNAL, **told} for told in reversed(item.told or ())]
    return document


def tracking_of(item: ShipmentItem, detail: ShipmentDetailItem) -> Fields:
    """Header and checkpoints, oldest first, without addresses and without who signed."""
    return _tracking_of(item, detail, IN_CHECKPOINT)


def tracking_page_of(item: ShipmentItem, detail: ShipmentDetailItem) -> Fields:
    """The same, with the `utc_offset` of checkpoints, which pages need but no response has."""
    return _tracking_of(item, detail, (*IN_CHECKPOINT, "utc_offset"))


def _tracking_of(item: ShipmentItem, detail: ShipmentDetailItem, names: Sequence[str]) -> Fields:
    document = codec.loads(list_text_of(item))
    header = {name: document[name] for name in IN_TRACKING}
    checkpoints = without_signers(item.status, detail.document.get("checkpoints", []), words=FIXED_WORDS)
    return {**header, "checkpoints": [{name: each.get(name) for name in names} for each in checkpoints]}


def tracking_checkpoint(checkpoint: dict[str, Any]) -> dict[str, Any]:
    return {name: checkpoint.get(name) for name in IN_CHECKPOINT}
