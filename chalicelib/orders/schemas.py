from decimal import Decimal
from typing import Any, ClassVar, Literal, get_args

from pydantic import BaseModel, Field, model_validator

from chalicelib.http.bodies import BodyId, FieldError
from chalicelib.http.pagination import PeriodQuery
from chalicelib.organizations.action_policies import ActionType
from chalicelib.organizations.references import EndUserRef
from chalicelib.records.schemas import Address

OrderStatus = Literal[
    "pending",
    "confirmed",
    "processing",
    "partially_shipped",
    "shipped",
    "delivered",
    "cancelled",
    "returned",
    "refunded",
    "on_hold",
]
ORDER_STATUSES: tuple[OrderStatus, ...] = get_args(OrderStatus)
PaymentStatus = Literal["unpaid", "paid", "partially_refunded", "refunded"]
FulfillmentStatus = Literal["unfulfilled", "partially_fulfilled", "fulfilled"]
MAX_SEARCH = 255


class OrderQuery(PeriodQuery):
    """The period is that of `ordered_at`."""

    default_limit: ClassVar[int] = 20
    max_limit: ClassVar[int] = 50

    status: OrderStatus | None = Field(None, description="Filter by order status")
    bridge_id: BodyId | None = Field(None, description="Only orders that came through this bridge")
    source_deleted: Literal["true"] | None = Field(
        None, description="`true`: only orders that their source no longer has. Not with `status` or `search`"
    )
    search: str | None = Field(
        None,
        max_length=MAX_SEARCH,
        description="The beginning of any word of the order number, the external id, a line item's SKU or the "
        "customer's name; the beginning of a shipment's tracking number; or the customer's whole e-mail address. "
        "Ignores case",
    )

    @model_validator(mode="after")
    def _source_deleted_is_a_list_of_its_own(self) -> "OrderQuery":
        if self.source_deleted and (self.status is not None or self.is_search):
            raise FieldError("source_deleted", "cannot be combined with status or search")
        return self

    @property
    def is_search(self) -> bool:
        return bool(self.search and self.search.strip())


class Contact(BaseModel):
    name: str | None
    email: str | None


class ContactDetail(Contact):
    phone: str | None = None


class Totals(BaseModel):
    subtotal: Decimal | None = None
    tax: Decimal | None = None
    shipping: Decimal | None = None
    discount: Decimal | None = None
    total: Decimal | None = None


class LineItem(BaseModel):
    title: str | None = None
    sku: str | None = None
    quantity: Decimal | None = None
    price: Decimal | None = None
    image_url: str | None = None


class OrderSummary(BaseModel):
    """An order as lists show it. Only documents the shape: responses are written from the stored JSON."""

    id: str
    order_number: str | None
    external_id: str
    status: OrderStatus
    fulfillment_status: FulfillmentStatus
    payment_status: PaymentStatus
    customer: Contact
    totals: Totals
    currency: str | None
    ordered_at: str
    bridge_id: str
    created_at: str
    updated_at: str


class OrderShipment(BaseModel):
    id: str
    tracking_number: str | None
    carrier: str | None
    status: str


class Activity(BaseModel):
    id: str
    activity_type: Literal["status_change", "sync", "shipment_created", "note_added", "action_request"]
    title: str
    description: str | None
    actor_type: str
    metadata: dict[str, Any]
    created_at: str
    type: str = Field(description="The same as activity_type")
    from_: str | None = Field(alias="from", description="The status before; null where none changed")
    to: str | None
    timestamp: str = Field(description="The same as created_at")


class OrderRow(OrderSummary):
    """An order in a list."""

    source_deleted_at: str | None = Field(description="Since when its source no longer has the order")
    shipments: list[OrderShipment] = Field(description="Up to 20 of its shipments; its detail has all of them")


class WholeOrder(OrderSummary):
    source_deleted_at: str | None = Field(description="Since when its source no longer has the order")
    customer: ContactDetail
    line_items: list[LineItem]
    shipping_address: Address | None
    billing_address: Address | None
    tags: list[str]
    notes: str | None
    shipments: list[OrderShipment]
    activities: list[Activity]


class AllowedAction(BaseModel):
    """What the end user may request for an order."""

    action_type: ActionType
    until: str | None = Field(description="When that ends, if the organization set a time")


class OrderDetail(WholeOrder):
    allowed_actions: list[AllowedAction] = Field(
        description="What may be requested now (`POST /action-requests`). Empty without the feature `action_requests`"
    )


class SearchQuery(BaseModel):
    q: str = Field(
        min_length=1,
        max_length=MAX_SEARCH,
        description="A whole order number, tracking number or e-mail address, in upper or lower case",
    )


class Found(BaseModel):
    """An order or shipment of the organization."""

    type: Literal["order", "shipment"]
    id: str
    status: str
    order_number: str | None
    tracking_number: str | None
    order_id: str | None = Field(description="The order itself, or the shipment's")
    at: str = Field(description="When it was ordered or shipped")
    bridge_id: str
    end_user: EndUserRef | None = Field(description="Null once the end user has been deleted")
