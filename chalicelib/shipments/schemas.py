from decimal import Decimal
from typing import ClassVar, Literal, get_args

from pydantic import BaseModel, Field

from chalicelib.http.pagination import PageQuery

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
"""On its way: the first of these is what `shipment.shipped` tells of."""


class ShipmentQuery(PageQuery):
    default_limit: ClassVar[int] = 20
    max_limit: ClassVar[int] = 50

    status: ShipmentStatus | None = Field(None, description="Filter by shipment status")


class Weight(BaseModel):
    value: Decimal | None = None
    unit: str | None = None


class Dimensions(BaseModel):
    length: Decimal | None = None
    width: Decimal | None = None
    height: Decimal | None = None
    unit: str | None = None


class Place(BaseModel):
    name: str | None = None
    address1: str | None = None
    address2: str | None = None
    city: str | None = None
    state: str | None = None
    zip: str | None = None
    country: str | None = None
    phone: str | None = None


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
    """A shipment as the list shows it. Documents the shape; answers are written from what is stored."""

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


class ShipmentDetail(ShipmentSummary):
    ship_from: Place | None
    ship_to: Place | None
    checkpoints: list[Checkpoint]


class Tracking(TrackingHeader):
    checkpoints: list[TrackingCheckpoint]
