"""A shipment as the Sync API takes it."""

from decimal import Decimal
from typing import Annotated, Any, ClassVar, Self

from pydantic import Field, PlainValidator, WithJsonSchema, model_validator

from chalicelib.http.bodies import BodyId, FieldError
from chalicelib.records import times
from chalicelib.records.fields import (
    BLANK_IS_NULL,
    EMPTY_IS_NULL,
    Count,
    Date,
    Id,
    Number,
    RequiredMoment,
    Short,
    Text,
    Word,
    blank_to_null,
    number_between,
    whole_number_between,
)
from chalicelib.records.record import Address, Record, SourceRecord
from chalicelib.shipments.schemas import ShipmentStatus

MAX_CHECKPOINTS = 200
MAX_LINE_ITEMS = 1000
MAX_UTC_OFFSET = 14 * 60


_LATITUDE = {"type": ["number", "string"], "minimum": -90, "maximum": 90}
_LONGITUDE = {"type": ["number", "string"], "minimum": -180, "maximum": 180}
Latitude = Annotated[int | Decimal, PlainValidator(number_between(-90, 90)), WithJsonSchema(_LATITUDE)]
Longitude = Annotated[int | Decimal, PlainValidator(number_between(-180, 180)), WithJsonSchema(_LONGITUDE)]
_UTC_OFFSET = {"type": ["integer", "string"], "minimum": -MAX_UTC_OFFSET, "maximum": MAX_UTC_OFFSET}
UtcOffset = Annotated[
    int, PlainValidator(whole_number_between(-MAX_UTC_OFFSET, MAX_UTC_OFFSET)), WithJsonSchema(_UTC_OFFSET)
]


class WeightRecord(Record):
    """The weight, in the source's unit."""

    merged_by_field: ClassVar[bool] = True

    value: Number | None = None
    unit: Short | None = None


class DimensionsRecord(Record):
    """The size, in the source's unit."""

    merged_by_field: ClassVar[bool] = True

    length: Number | None = None
    width: Number | None = None
    height: Number | None = None
    unit: Short | None = None


class CheckpointRecord(Record):
    """One step of a shipment's way. Two are the same if time and status are equal and neither place nor words
    contradict; the fuller one stays."""

    status: Word = Field(description="The carrier's word, stored in lower case")
    checkpoint_time: RequiredMoment
    status_detail: Text | None = Field(None, description="In words for people. Public pages never show a delivery's")
    location: Short | None = Field(None, description="As the carrier words it")
    city: Short | None = None
    state: Short | None = None
    country: Short | None = None
    postal_code: Short | None = None
    latitude: Latitude | None = Field(None, description="Only together with `longitude`")
    longitude: Longitude | None = Field(None, description="Only together with `latitude`")
    carrier_status_code: Short | None = None
    utc_offset: UtcOffset | None = Field(
        None,
        description="Minutes east of UTC at the place; by default those of `checkpoint_time`. Pages show local times",
    )

    @model_validator(mode="before")
    @classmethod
    def _keep_offset_of_time(cls, values: Any) -> Any:
        if not isinstance(values, dict) or blank_to_null(values.get("utc_offset")) is not None:
            return values
        offset = times.utc_offset(values.get("checkpoint_time"))
        return values if offset is None or abs(offset) > MAX_UTC_OFFSET else {**values, "utc_offset": offset}

    @model_validator(mode="after")
    def _coordinates_are_a_pair(self) -> Self:
        if (self.latitude is None) != (self.longitude is None):
            alone = "latitude" if self.longitude is None else "longitude"
            raise FieldError(alone, "is of no use without the other coordinate")
        return self


class ShippedLineRecord(Record):
    """One line of what is in the shipment."""

    sku: Short | None = None
    title: Text | None = None
    quantity: Count | None = None


class ShipmentRecord(SourceRecord):
    """A shipment as its source describes it, up to 200 KB. Absent fields keep their stored value and null clears it.
    Fields that are unknown or cannot be read are left out with a warning; an unknown status rejects the record."""

    decisive: ClassVar[frozenset[str]] = frozenset({"external_id", "status"})

    order_external_id: Annotated[Id | None, BLANK_IS_NULL] = Field(
        None, description="The order's `external_id`, of this bridge or another of the same end user; it may come later"
    )
    order_bridge_id: Annotated[BodyId | None, BLANK_IS_NULL] = Field(
        None, description="The bridge of that order, where several of the end user's bridges have one with this id"
    )
    tracking_number: Short | None = None
    carrier: Short | None = Field(
        None, description="Its name, which is kept; `UPS` becomes `ups`, `Royal Mail` `royal_mail`"
    )
    service: Short | None = Field(None, description="The carrier's product")
    status: Annotated[ShipmentStatus | None, BLANK_IS_NULL] = None
    ship_date: Date | None = None
    estimated_delivery: Date | None = None
    actual_delivery: Date | None = None
    weight: Annotated[WeightRecord | None, EMPTY_IS_NULL] = None
    dimensions: Annotated[DimensionsRecord | None, EMPTY_IS_NULL] = None
    line_items: Annotated[
        Annotated[list[ShippedLineRecord], Field(max_length=MAX_LINE_ITEMS)] | None, BLANK_IS_NULL
    ] = Field(None, description="What is in it, if it is not all that was left of the order")
    ship_from: Address = None
    ship_to: Address = None
    checkpoints: Annotated[
        Annotated[list[CheckpointRecord], Field(max_length=MAX_CHECKPOINTS)] | None, BLANK_IS_NULL
    ] = Field(None, description="Added to those that are stored, oldest first")

    @classmethod
    def shorten(cls, entries: list[Any], limit: int) -> list[Any]:
        """Of checkpoints the newest: carriers list them in either order."""
        return sorted(entries, key=_time_of)[-limit:]


def _time_of(checkpoint: Any) -> str:
    try:
        return times.to_timestamp(str(checkpoint["checkpoint_time"]).strip())
    except (ValueError, TypeError, KeyError):
        return ""
