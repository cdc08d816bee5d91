"""A shipment in its shapes: the fields that are merged, the items that are stored, the JSON that is answered."""

import re
from typing import Any

from chalicelib.http.responses import JsonText
from chalicelib.kit import clock, codec, ids
from chalicelib.shipments.store import ShipmentDetailItem, ShipmentItem
from chalicelib.table import keys
from chalicelib.table.items import Row

Fields = dict[str, Any]
"""A shipment's content by field name, with every field present; `order_id` is the order it has been linked to."""

DEFAULTS: Fields = {
    "order_external_id": None,
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
    "erased": None,
}
ERASED = "erased"
"""Set once the customer was taken out; see `erasing`."""
PERSONAL = ("ship_from", "ship_to")
"""Fields that lead to the customer. Once they were taken out, no sync brings them back."""
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
IN_DETAIL = ("order_external_id", "ship_from", "ship_to", "checkpoints", ERASED)
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
    return _text(row["pk"]["S"], row["hint"]["S"], row["g2pk"]["S"], row["s"]["S"])


def list_text_of(item: ShipmentItem) -> JsonText:
    return _text(item.pk, item.bridge_id, item.g2pk, item.summary)


def _text(pk: str, bridge_id: str, status_key: str, rest: str) -> JsonText:
    shipment_id, status = keys.last_part(pk), keys.last_part(status_key)
    return JsonText(f'{{"id":"{shipment_id}","status":"{status}","bridge_id":"{bridge_id}",{rest}')


def summary_item(
    organization_id: str, end_user_id: str, bridge_id: str, shipment_id: str, fields: Fields
) -> ShipmentItem:
    rest = codec.dumps({name: fields[name] for name in IN_SUMMARY})[1:]
    item = ShipmentItem.at(keys.shipment(organization_id, end_user_id, shipment_id), summary=rest)
    item.hint = bridge_id
    sort = sort_text(fields)
    item.index_1(keys.shipment_list(organization_id, end_user_id, sort, shipment_id))
    item.index_2(keys.shipment_status_list(organization_id, end_user_id, fields["status"], sort, shipment_id))
    return item


def sort_text(fields: Fields) -> str:
    """Newest first is by ship date, then by creation. What has no ship date yet stands where it was made."""
    created_at: str = fields["created_at"]
    shipped = clock.normalise(fields["ship_date"]) if fields["ship_date"] else created_at
    return f"{shipped}#{created_at}"


def detail_item(organization_id: str, end_user_id: str, shipment_id: str, fields: Fields) -> ShipmentDetailItem:
    document = {name: fields[name] for name in IN_DETAIL if fields[name]}
    return ShipmentDetailItem.at(keys.shipment_detail(organization_id, end_user_id, shipment_id), document=document)


def fields_of(item: ShipmentItem, detail: ShipmentDetailItem) -> Fields:
    stored: Fields = codec.loads("{" + item.summary)
    return {
        **DEFAULTS,
        **stored,
        **{name: detail.document[name] for name in IN_DETAIL if name in detail.document},
        "status": item.status,
    }


def document_of(item: ShipmentItem, detail: ShipmentDetailItem) -> Fields:
    """The shipment as its detail shows it."""
    document: Fields = codec.loads(list_text_of(item))
    stored = detail.document
    document["ship_from"] = stored.get("ship_from")
    document["ship_to"] = stored.get("ship_to")
    document["checkpoints"] = [
        {**tracking_checkpoint(checkpoint), "created_at": checkpoint["created_at"]}
        for checkpoint in stored.get("checkpoints", [])
    ]
    return document


def tracking_of(item: ShipmentItem, detail: ShipmentDetailItem) -> Fields:
    """Header and checkpoints, oldest first, without addresses or anything that leads to a person."""
    document = codec.loads(list_text_of(item))
    header = {name: document[name] for name in IN_TRACKING}
    return {**header, "checkpoints": [tracking_checkpoint(c) for c in detail.document.get("checkpoints", [])]}


def tracking_checkpoint(checkpoint: dict[str, Any]) -> dict[str, Any]:
    return {name: checkpoint.get(name) for name in IN_CHECKPOINT}


def carrier_slug(name: str) -> str | None:
    """`Royal Mail` as `royal_mail`."""
    return re.sub(r"[\W_]+", "_", name.lower()).strip("_") or None


def merge_checkpoints(
    shipment_id: str, stored: list[dict[str, Any]], given: list[dict[str, Any]], now: str
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """All checkpoints, oldest first, and those that are new. One (time, status, location) is one checkpoint; what it
    says besides may be completed later."""
    merged = {_identity(checkpoint): checkpoint for checkpoint in stored}
    added = {}
    for checkpoint in given:
        identity = _identity(checkpoint)
        if identity in merged:
            merged[identity] = {**merged[identity], **checkpoint}
        else:
            own = {"id": ids.derived_id(shipment_id, "checkpoint", *identity), "created_at": now}
            merged[identity] = added[identity] = {**checkpoint, **own}
    in_order = sorted(merged.values(), key=lambda checkpoint: checkpoint["checkpoint_time"])
    return in_order, [merged[identity] for identity in added]


def _identity(checkpoint: dict[str, Any]) -> tuple[str, str, str]:
    return checkpoint["checkpoint_time"], checkpoint["status"], checkpoint.get("location") or ""
