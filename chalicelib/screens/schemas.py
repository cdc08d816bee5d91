from pydantic import BaseModel, Field


class PortalQuery(BaseModel):
    org: str = Field("", max_length=64, description="The organization's slug")
