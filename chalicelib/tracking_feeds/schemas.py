from pydantic import BaseModel, Field


class ProviderRefusal(BaseModel):
    """The data of `tracking_provider.refused`."""

    name: str = Field(description="The provider, as `settings.trackingProvider` names it")
    message: str = Field(description="What to do, in a sentence")
