from pydantic import BaseModel, Field

from chalicelib.tracking_pages.schemas import LanguageQuery


class PortalQuery(BaseModel):
    org: str = Field("", max_length=64, description="The organization's slug")


class PreviewQuery(LanguageQuery):
    slug: str = Field("", max_length=64, description="The organization's slug")
    primary_color: str = Field("", max_length=9, description="A CSS hex colour, shown in place of the saved one")
