from datetime import date, timedelta
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from chalicelib.insights.store import MAX_DAYS
from chalicelib.kit import clock

DEFAULT_DAYS = 30
Day = Annotated[date, Field(strict=False)]


class InsightsQuery(BaseModel):
    """Both days are included. By default the last 30."""

    model_config = ConfigDict(populate_by_name=True)

    first: Day | None = Field(None, alias="from", description="The first UTC day, `2026-01-31`")
    last: Day | None = Field(None, alias="to", description="The last UTC day; today by default")

    @model_validator(mode="after")
    def _check(self) -> Self:
        first, last = self.period
        if first > last:
            raise ValueError("`from` must not be after `to`")
        if (last - first).days >= MAX_DAYS:
            raise ValueError(f"must not span more than {MAX_DAYS} days")
        return self

    @property
    def period(self) -> tuple[date, date]:
        last = self.last or clock.now().date()
        return self.first or last - timedelta(days=DEFAULT_DAYS - 1), last


class OrganizationInsightsQuery(InsightsQuery):
    end_user_id: str | None = Field(None, description="One end user's figures; by default the whole organization's")


class DayRead(BaseModel):
    date: str
    orders: int
    shipped: int
    delivered: int
    on_time: int = Field(description="Delivered on or before the expected day, where one was known")
    late: int
    exceptions: int
