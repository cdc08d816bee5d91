"""A shipment as the Sync API takes it."""

from typing import Annotated

from pydantic import Field

from chalicelib.orders.record import AddressRecord
from chalicelib.shipments.schemas import ShipmentStatus
from chalicelib.sync.records import Date, Id, Moment, Number, Record, Short, Text, Word, plain

MAX_CHECKPOINTS = 200


class WeightRecord(Record):
    value: Number | None = None
    unit: Short | None = None


class DimensionsRecord(Record):
    length: Number | None = None
    width: Number | None = None
    height: Number | None = None
    unit: Short | None = None


class CheckpointRecord(Record):
    status: Word
    checkpoint_time: Moment
    status_detail: Text | None = None
    location: Short | None = None
    city: Short | None = None
    state: Short | None = None
    country: Short | None = None
    postal_code: Short | None = None
    latitude: Number | None = None
    longitude: Number | None = None
    carrier_status_code: Short | None = None


class ShipmentRecord(Record):
    external_id: Id
    order_external_id: Id | None = None
    tracking_number: Short | None = None
    carrier: Short | None = None
    service: Short | None = None
    status: ShipmentStatus | None = None
    ship_date: Date | None = None
    estimated_delivery: Date | None = None
    actual_delivery: Date | None = None
    weight: WeightRecord | None = None
    dimensions: DimensionsRecord | None = None
    ship_from: AddressRecord | None = None
    ship_to: AddressRecord | None = None
    updated_at: Moment | None = None
    checkpoints: Annotated[list[CheckpointRecord], Field(max_length=MAX_CHECKPOINTS)] | None = None

    def given(self) -> dict[str, object]:
        """The fields that were sent, nested ones without nulls."""
        return {name: plain(getattr(self, name)) for name in sorted(self.model_fields_set)}
