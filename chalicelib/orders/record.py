"""An order as the Sync API takes it."""

import re
from typing import Annotated

from pydantic import AfterValidator, Field

from chalicelib.orders.schemas import FulfillmentStatus, OrderStatus, PaymentStatus
from chalicelib.sync.records import Id, Moment, Number, Record, Short, Text, plain

MAX_LINE_ITEMS = 1000


def _currency(text: str) -> str:
    if not re.fullmatch(r"[A-Za-z]{3}", text):
        raise ValueError("must be a currency code of three letters (ISO 4217)")
    return text.upper()


class CustomerRecord(Record):
    name: Short | None = None
    email: Short | None = None
    phone: Short | None = None


class LineItemRecord(Record):
    title: Text | None = None
    sku: Short | None = None
    quantity: Number | None = None
    price: Number | None = None
    image_url: Annotated[str, Field(max_length=2000)] | None = None


class AddressRecord(Record):
    name: Short | None = None
    address1: Text | None = None
    address2: Text | None = None
    city: Short | None = None
    state: Short | None = None
    zip: Short | None = None
    country: Short | None = None
    phone: Short | None = None


class TotalsRecord(Record):
    subtotal: Number | None = None
    tax: Number | None = None
    shipping: Number | None = None
    discount: Number | None = None
    total: Number | None = None


class OrderRecord(Record):
    external_id: Id
    order_number: Short | None = None
    status: OrderStatus | None = None
    fulfillment_status: FulfillmentStatus | None = None
    payment_status: PaymentStatus | None = None
    customer: CustomerRecord | None = None
    line_items: Annotated[list[LineItemRecord], Field(max_length=MAX_LINE_ITEMS)] | None = None
    shipping_address: AddressRecord | None = None
    billing_address: AddressRecord | None = None
    totals: TotalsRecord | None = None
    currency: Annotated[str, AfterValidator(_currency)] | None = None
    tags: list[Short] | None = None
    notes: str | None = None
    ordered_at: Moment | None = None
    updated_at: Moment | None = None

    def given(self) -> dict[str, object]:
        """The fields that were sent, nested ones without nulls."""
        return {name: plain(getattr(self, name)) for name in sorted(self.model_fields_set)}
