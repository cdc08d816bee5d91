"""An order as the Sync API takes it."""

import re
from typing import Annotated, Any, ClassVar

from pydantic import AfterValidator, BeforeValidator, Field, PlainValidator, WithJsonSchema

from chalicelib.orders.schemas import FulfillmentStatus, OrderStatus, PaymentStatus
from chalicelib.privacy.identity import address_in
from chalicelib.records.fields import (
    BLANK_IS_NULL,
    EMPTY_IS_NULL,
    Count,
    LongText,
    Moment,
    Number,
    Short,
    Text,
    to_text,
)
from chalicelib.records.record import Address, Record, SourceRecord

MAX_LINE_ITEMS = 1000


def _currency(value: Any) -> str | None:
    text = value.strip() if isinstance(value, str) else value
    if text == "":
        return None
    if not isinstance(text, str) or not re.fullmatch(r"[A-Za-z]{3}", text):
        raise ValueError("must be a currency code of three letters (ISO 4217)")
    return text.upper()


Currency = Annotated[
    str,
    PlainValidator(_currency),
    WithJsonSchema({"type": "string", "pattern": "^[A-Za-z]{3}$", "description": "ISO 4217, in either case"}),
]


def _address(text: str | None) -> str | None:
    return address_in(text) or None if text else text


Email = Annotated[
    Short, AfterValidator(_address), Field(description="The address; `Name <a@b>` and `mailto:a@b` give theirs")
]


def _web_address(text: str) -> str:
    # Shop front ends put it into `src`, where a `javascript:` address could become a script.
    if text.startswith("//"):
        return f"https:{text}"
    if text and not re.match(r"(?i)https?://[^\s/]", text):
        raise ValueError("must be an http or https address")
    return text


Url = Annotated[str, Field(max_length=2000), BeforeValidator(to_text), AfterValidator(_web_address)]


class CustomerRecord(Record):
    """The shopper. The storefront matches orders to shoppers by this e-mail address, in whatever spelling."""

    merged_by_field: ClassVar[bool] = True

    name: Short | None = None
    email: Email | None = None
    phone: Short | None = None


class LineItemRecord(Record):
    """One line of an order. `price` is the price of one unit."""

    title: Text | None = None
    sku: Short | None = None
    quantity: Count | None = None
    price: Number | None = None
    image_url: Url | None = None


class TotalsRecord(Record):
    """Amounts in the order's currency; a discount is positive."""

    merged_by_field: ClassVar[bool] = True

    subtotal: Number | None = None
    tax: Number | None = None
    shipping: Number | None = None
    discount: Number | None = None
    total: Number | None = None


class OrderRecord(SourceRecord):
    """An order as its source describes it, up to 200 KB. Absent fields keep their stored value and null clears it.
    Fields that are unknown or cannot be read are left out with a warning; an unknown status rejects the record."""

    decisive: ClassVar[frozenset[str]] = frozenset(
        {"external_id", "status", "fulfillment_status", "payment_status", "currency", "totals.total"}
    )

    order_number: Short | None = Field(None, description="The number people know the order by")
    status: Annotated[OrderStatus | None, BLANK_IS_NULL] = None
    fulfillment_status: Annotated[FulfillmentStatus | None, BLANK_IS_NULL] = None
    payment_status: Annotated[PaymentStatus | None, BLANK_IS_NULL] = None
    customer: Annotated[CustomerRecord | None, EMPTY_IS_NULL] = None
    line_items: Annotated[Annotated[list[LineItemRecord], Field(max_length=MAX_LINE_ITEMS)] | None, BLANK_IS_NULL] = (
        None
    )
    shipping_address: Address = None
    billing_address: Address = None
    totals: Annotated[TotalsRecord | None, EMPTY_IS_NULL] = Field(
        None, description="Merged by field: `total` alone keeps the stored subtotal"
    )
    currency: Currency | None = None
    tags: Annotated[list[Short] | None, BLANK_IS_NULL] = None
    notes: LongText | None = Field(None, description="Notes by the shopper or the shop")
    ordered_at: Moment | None = Field(None, description="ISO 8601; lists are sorted by it")
