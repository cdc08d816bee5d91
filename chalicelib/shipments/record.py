"""A shipment as the Sync API takes it."""

from typing import Annotated

from pydantic import Field

from chalicelib.records.parsing import AddressRecord, Date, Id, Moment, Number, Record, Short, Text, Word, plain
from chalicelib.shipments.schemas import ShipmentStatus

MAX_CHECKPOINTS = 200


class WeightRecord(Record):
    """What a parcel weighs, in the source's unit."""

    value: Number | None = None
    unit: Short | None = None


class DimensionsRecord(Record):
    """How large a parcel is, in the source's unit."""

    length: Number | None = None
    width: Number | None = None
    height: Number | None = None
    unit: Short | None = None


class CheckpointRecord(Record):
    """One step of a parcel's way. The same time, status and location are the same checkpoint."""

    status: Word = Field(description="The carrier's word, stored in lower case")
    checkpoint_time: Moment
    status_detail: Text | None = Field(None, description="For people; of a delivery the public never sees it")
    location: Short | None = Field(None, description="As the carrier words it")
    city: Short | None = None
    state: Short | None = None
    country: Short | None = None
    postal_code: Short | None = None
    latitude: Number | None = None
    longitude: Number | None = None
    carrier_status_code: Short | None = None


class ShipmentRecord(Record):
    """A shipment of the bridge's source, of 200 KB at most. Absent fields keep their value, null clears one; unknown
    fields are ignored, unknown statuses are this record's error."""

    external_id: Id = Field(description="What the source calls it; one shipment for each in a bridge")
    order_external_id: Id | None = Field(
        None, description="The order's `external_id`, of this bridge or another of the same end user; it may come later"
    )
    tracking_number: Short | None = None
    carrier: Short | None = Field(
        None, description="Its name, which is kept; `UPS` becomes `ups`, `Royal Mail` `royal_mail`"
    )
    service: Short | None = Field(None, description="The carrier's product")
    status: ShipmentStatus | None = None
    ship_date: Date | None = None
    estimated_delivery: Date | None = None
    actual_delivery: Date | None = None
    weight: WeightRecord | None = None
    dimensions: DimensionsRecord | None = None
    ship_from: AddressRecord | None = None
    ship_to: AddressRecord | None = None
    updated_at: Moment | None = Field(
        None, description="ISO 8601, the source's clock: a record older than the stored one changes nothing"
    )
    checkpoints: Annotated[list[CheckpointRecord], Field(max_length=MAX_CHECKPOINTS)] | None = Field(
        None, description="Added to those that are there, oldest first"
    )

    def given(self) -> dict[str, object]:
        """The fields that were sent, nested ones without nulls."""
        return {name: plain(getattr(self, name)) for name in sorted(self.model_fields_set)}
