from decimal import Decimal
from typing import ClassVar

from pydantic import BaseModel, Field

from chalicelib.http.bodies import Body, BodyId
from chalicelib.http.pagination import PageQuery


class TrackingPageCreate(Body):
    shipment_id: BodyId = Field(description="The shipment to create a tracking page for")


class TrackingPageQuery(PageQuery):
    """Without parameters the list is not paged and holds at most 1,000 tracking pages."""

    default_limit: ClassVar[int] = 20

    @property
    def is_paged(self) -> bool:
        return (self.page, self.limit, self.cursor) != (None, None, None)


class LanguageQuery(BaseModel):
    lang: str | None = Field(None, description="en, de, es, fr or pt (default: the browser's language)")


class TrackingPageCreated(BaseModel):
    id: str
    token: str
    url: str = Field(description="The tracking page to send to the shopper")
    expires_at: str
    created_at: str


class TrackingPageRow(BaseModel):
    id: str
    token: str
    url: str
    shipment_id: str
    is_active: bool
    view_count: int
    last_viewed_at: str | None
    expires_at: str
    created_at: str


class PublicShipment(BaseModel):
    id: str
    tracking_number: str | None
    carrier: str | None
    carrier_name: str | None
    service: str | None
    status: str
    ship_date: str | None
    estimated_delivery: str | None
    actual_delivery: str | None


class PublicCheckpoint(BaseModel):
    id: str
    status: str
    status_detail: str | None
    location: str | None
    city: str | None
    state: str | None
    country: str | None
    latitude: Decimal | None
    longitude: Decimal | None
    checkpoint_time: str


class PublicBranding(BaseModel):
    primary_color: str | None
    logo_url: str | None
    company_name: str | None


class PublicView(BaseModel):
    """All that anyone with the link may see. Responses are built from stored data; this model documents them."""

    shipment: PublicShipment
    checkpoints: list[PublicCheckpoint]
    branding: PublicBranding
