from decimal import Decimal
from typing import Annotated, ClassVar, Literal, get_args

from pydantic import BaseModel, Field

from chalicelib.http.pagination import PeriodQuery
from chalicelib.records.schemas import Address

ShipmentStatus = Literal[
    "pending",
    "label_created",
    "picked_up",
    "in_transit",
    "out_for_delivery",
    "available_for_pickup",
    "delivered",
    "attempt_failed",
    "exception",
    "returned",
    "cancelled",
]
SHIPMENT_STATUSES: tuple[ShipmentStatus, ...] = get_args(ShipmentStatus)
MOVING = frozenset({"picked_up", "in_transit", "out_for_delivery", "available_for_pickup", "attempt_failed"})
"""The first of these statuses records `shipment.shipped`."""
ENDED = frozenset({"delivered", "returned", "cancelled"})


MAX_SEARCH = 255


class ShipmentQuery(PeriodQuery):
    """The period is that of `ship_date`, or of `created_at` for shipments without one."""

    default_limit: ClassVar[int] = 20
    max_limit: ClassVar[int] = 50

    status: ShipmentStatus | None = Field(None, description="Filter by shipment status")
    carrier: Annotated[str, Field(max_length=MAX_SEARCH)] | None = Field(
        None, description="Filter by carrier: its name or slug, `Royal Mail` or `royal_mail`"
    )
    search: str | None = Field(
        None,
        max_length=MAX_SEARCH,
        description="The beginning of the tracking number or of the order's number. Ignores case, and spaces in "
        "tracking numbers",
    )

    @property
    def is_search(self) -> bool:
        return bool(self.search and self.search.strip())


class Weight(BaseModel):
    value: Decimal | None = None
    unit: str | None = None


class Dimensions(BaseModel):
    length: Decimal | None = None
    width: Decimal | None = None
    height: Decimal | None = None
    unit: str | None = None


class TrackingHeader(BaseModel):
    id: str
    tracking_number: str | None
    carrier: str | None
    carrier_name: str | None
    service: str | None
    status: ShipmentStatus
    ship_date: str | None
    estimated_delivery: str | None
    actual_delivery: str | None


class ShipmentSummary(TrackingHeader):
    """The list shape. It documents responses, which are the stored text (see `shape.list_text`)."""

    external_id: str
    weight: Weight | None
    dimensions: Dimensions | None
    order_id: str | None
    bridge_id: str
    created_at: str
    updated_at: str


class TrackingCheckpoint(BaseModel):
    id: str
    status: str
    status_detail: str | None
    location: str | None
    city: str | None
    state: str | None
    country: str | None
    postal_code: str | None
    latitude: Decimal | None
    longitude: Decimal | None
    checkpoint_time: str
    carrier_status_code: str | None


class Checkpoint(TrackingCheckpoint):
    created_at: str


class ShippedLine(BaseModel):
    sku: str | None = None
    title: str | None = None
    quantity: Decimal | None = None


class Signal(BaseModel):
    type: Literal["shipment.stalled", "shipment.late", "shipment.eta_changed"]
    at: str = Field(description="When it was told")
    estimated_delivery: str | None = Field(description="What was expected then")
    previous_estimated_delivery: str | None = Field(description="Of `shipment.eta_changed`: what was expected before")
    last_checkpoint_at: str | None = Field(description="Of `shipment.stalled`: the last scan before the standstill")


class ShipmentDetail(ShipmentSummary):
    line_items: list[ShippedLine] = Field(description="Empty if the source does not say what is in it")
    ship_from: Address | None
    ship_to: Address | None
    checkpoints: list[Checkpoint]
    signals: list[Signal] = Field(
        description="That it stands still, is late or is expected on another day; newest first, 10 at most"
    )


class Tracking(TrackingHeader):
    checkpoints: list[TrackingCheckpoint]
