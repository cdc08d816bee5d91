"""Request bodies and responses of the storefront, named as its documentation names them.

`projection` builds the responses; these models describe them in the OpenAPI document, and a test compares the two.
"""

from decimal import Decimal
from typing import Annotated, Any, ClassVar, Literal

from pydantic import BaseModel, Field, StringConstraints
from pydantic.alias_generators import to_camel

from chalicelib.http.bodies import Body
from chalicelib.http.pagination import PositiveText

OrderNumber = Annotated[str, Field(min_length=1, max_length=255, description="The order number, as shown by the shop")]
OrderStatus = Literal["PENDING", "CONFIRMED", "PROCESSING", "SHIPPED", "DELIVERED", "CANCELLED", "REFUNDED"]
PaymentStatus = Literal["UNPAID", "PAID", "PARTIALLY_REFUNDED", "REFUNDED"]
FulfillmentStatus = Literal["UNFULFILLED", "PARTIALLY_FULFILLED", "FULFILLED"]
Milliseconds = Annotated[int, Field(description="Milliseconds since 1970, UTC")]


class OrderListQuery(BaseModel):
    default_limit: ClassVar[int] = 10
    max_limit: ClassVar[int] = 100

    page: PositiveText = Field(1, description="Page number (default: 1)", examples=[1])
    limit: PositiveText = Field(10, description="Orders per page (default: 10, max: 100)")

    @property
    def size(self) -> int:
        return min(self.limit, self.max_limit)


class AccessCodeRequest(Body):
    order_number: OrderNumber
    email: str = Field(max_length=320, pattern=r"^\s*[^@\s]+@[^@\s]+\s*$", description="E-mail address on the order")


class AccessCodeVerify(Body):
    """Looser than the request on purpose: what cannot be right fails like any wrong code."""

    order_number: str = Field(max_length=1000)
    email: str = Field(max_length=1000)
    code: Any = Field(description="The six digits from the e-mail")


class AddressChange(Body):
    """The whole new address."""

    first_name: str | None = Field(None, max_length=120)
    last_name: str | None = Field(None, max_length=120)
    street: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=500)]
    city: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=255)]
    zip: str | None = Field(None, max_length=255)
    state: str | None = Field(None, max_length=255)
    country: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=255)]
    phone: str | None = Field(None, max_length=255)

    def to_requested(self) -> dict[str, str]:
        """As orders and action requests have addresses."""
        name = " ".join(part.strip() for part in (self.first_name, self.last_name) if part and part.strip())
        given = {"name": name, "address1": self.street, **self.model_dump(include={"city", "zip", "state", "country"})}
        return {field: value for field, value in {**given, "phone": self.phone}.items() if value}


class Camel(BaseModel):
    model_config = {"alias_generator": to_camel, "populate_by_name": True}


class StorefrontOrderListItem(Camel):
    id: str
    order_number: str
    status: OrderStatus
    payment_status: PaymentStatus
    grand_total: Decimal
    currency: str | None
    item_count: Decimal = Field(description="Sum of the quantities of all lines")
    created_at: Milliseconds


class StorefrontOrderList(Camel):
    items: list[StorefrontOrderListItem]
    total: int
    page: int
    limit: int
    total_pages: int


class StorefrontOrderItem(Camel):
    product_name: str | None
    sku: str | None
    image_url: str | None = Field(None, description="Omitted if there is none")
    quantity: Decimal
    unit_price: Decimal
    total_price: Decimal
    total_price_with_tax: Decimal = Field(description="Includes the line's share of the order's tax, by value")


class StorefrontAddress(Camel):
    first_name: str | None
    last_name: str | None
    street: str | None
    city: str | None
    zip: str | None
    state: str | None
    country: str | None
    phone: str | None


class StorefrontTax(Camel):
    name: str
    rate: Decimal | None
    amount: Decimal


class StorefrontStatusChange(Camel):
    from_status: OrderStatus | None
    to_status: OrderStatus
    note: str | None
    changed_by: Literal["customer", "store", "system"]
    created_at: Milliseconds


class StorefrontOrderDetail(StorefrontOrderListItem):
    items: list[StorefrontOrderItem]
    shipping_address: StorefrontAddress | None
    billing_address: StorefrontAddress | None
    email: str | None
    phone: str | None
    customer_note: str | None
    subtotal: Decimal
    tax_total: Decimal
    tax_breakdown: list[StorefrontTax]
    shipping_total: Decimal
    discount_total: Decimal
    fulfillment_status: FulfillmentStatus
    status_history: list[StorefrontStatusChange] = Field(description="Oldest first")
    tracking_token: str | None
    downloads: list[Any] = Field(description="Always empty")


class StorefrontTracking(Camel):
    order_number: str
    status: OrderStatus
    payment_status: PaymentStatus
    fulfillment_status: FulfillmentStatus
    currency: str | None
    grand_total: Decimal
    email_masked: str | None
    shipping_city: str | None
    shipping_country: str | None
    items: list[StorefrontOrderItem]
    created_at: Milliseconds


class AccessCodeRequested(BaseModel):
    success: Literal[True]
    message: str


class AccessCodeVerified(Camel):
    access_token: str
    expires_in: int = Field(description="Seconds")
    order: StorefrontOrderDetail
