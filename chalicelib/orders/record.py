"""An order as the Sync API takes it."""

import re
from typing import Annotated

from pydantic import AfterValidator, Field, WithJsonSchema

from chalicelib.orders.schemas import FulfillmentStatus, OrderStatus, PaymentStatus
from chalicelib.records.parsing import AddressRecord, Id, Moment, Number, Record, Short, Text, plain

MAX_LINE_ITEMS = 1000


def _currency(text: str) -> str:
    if not re.fullmatch(r"[A-Za-z]{3}", text):
        raise ValueError("must be a currency code of three letters (ISO 4217)")
    return text.upper()


Currency = Annotated[
    str,
    AfterValidator(_currency),
    WithJsonSchema({"type": "string", "pattern": "^[A-Za-z]{3}$", "description": "ISO 4217, in either case"}),
]


class CustomerRecord(Record):
    """The shopper. By the e-mail, whatever its case, the storefront knows whose order it is."""

    name: Short | None = None
    email: Short | None = None
    phone: Short | None = None


class LineItemRecord(Record):
    """One line of an order. Prices are of one piece."""

    title: Text | None = None
    sku: Short | None = None
    quantity: Number | None = None
    price: Number | None = None
    image_url: Annotated[str, Field(max_length=2000)] | None = None


class TotalsRecord(Record):
    """Sums in the order's currency; a discount is positive."""

    subtotal: Number | None = None
    tax: Number | None = None
    shipping: Number | None = None
    discount: Number | None = None
    total: Number | None = None


class OrderRecord(Record):
    """An order of the bridge's source, of 200 KB at most. Absent fields keep their value, null clears one; unknown
    fields are ignored, unknown statuses are this record's error."""

    external_id: Id = Field(description="What the source calls it; one order for each in a bridge")
    order_number: Short | None = Field(None, description="What people call it")
    status: OrderStatus | None = None
    fulfillment_status: FulfillmentStatus | None = None
    payment_status: PaymentStatus | None = None
    customer: CustomerRecord | None = None
    line_items: Annotated[list[LineItemRecord], Field(max_length=MAX_LINE_ITEMS)] | None = None
    shipping_address: AddressRecord | None = None
    billing_address: AddressRecord | None = None
    totals: TotalsRecord | None = None
    currency: Currency | None = None
    tags: list[Short] | None = None
    notes: str | None = Field(None, description="Of the shopper or the shop")
    ordered_at: Moment | None = Field(None, description="ISO 8601; lists are sorted by it")
    updated_at: Moment | None = Field(
        None, description="ISO 8601, the source's clock: a record older than the stored one changes nothing"
    )

    def given(self) -> dict[str, object]:
        """The fields that were sent, nested ones without nulls."""
        return {name: plain(getattr(self, name)) for name in sorted(self.model_fields_set)}
