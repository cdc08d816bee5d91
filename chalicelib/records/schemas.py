"""Parts that the responses of orders and shipments have in common."""

from pydantic import BaseModel


class Address(BaseModel):
    name: str | None = None
    address1: str | None = None
    address2: str | None = None
    city: str | None = None
    state: str | None = None
    zip: str | None = None
    country: str | None = None
    phone: str | None = None
