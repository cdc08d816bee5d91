"""`page`, `limit` and `cursor` in; `pagination` out."""

import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from typing import Annotated, Any, ClassVar

from pydantic import AfterValidator, BaseModel, BeforeValidator, Field, model_validator

from chalicelib.http.bodies import FieldError, Moment, moment
from chalicelib.table.pages import Window
from chalicelib.table.reads import Between

MAX_SORT_KEY = 1024
MAX_DIGITS = 12


def _positive(value: Any) -> int:
    """Truncates absurdly long numbers: no list is that long, and parsing them costs time."""
    if not re.fullmatch(r"0*[1-9][0-9]*", str(value), re.ASCII):
        raise ValueError("must be a positive integer")
    return int(str(value).lstrip("0")[:MAX_DIGITS])


PositiveText = Annotated[int, BeforeValidator(_positive)]


def encode_cursor(sort_key: str | None) -> str | None:
    return None if sort_key is None else urlsafe_b64encode(sort_key.encode()).rstrip(b"=").decode()


def _decode_cursor(text: Any) -> str:
    try:
        raw = urlsafe_b64decode(text + "=" * (-len(text) % 4))
        sort_key = raw.decode()
    except ValueError:
        raise ValueError("is not a cursor of this list") from None
    if not sort_key or len(raw) > MAX_SORT_KEY:
        raise ValueError("is not a cursor of this list")
    return sort_key


class PageQuery(BaseModel):
    """The query of a paged list. Subclasses set the default and maximum `limit` and add filters."""

    default_limit: ClassVar[int] = 20
    max_limit: ClassVar[int] = 100

    page: PositiveText | None = Field(None, description="Page number (default: 1)", examples=[1])
    limit: PositiveText | None = Field(None, description="Items per page; larger values are reduced to the maximum")
    cursor: Annotated[str, BeforeValidator(_decode_cursor)] | None = Field(
        None, description="`nextCursor` of the previous page, instead of `page`"
    )

    @model_validator(mode="after")
    def _page_or_cursor(self) -> "PageQuery":
        if self.page is not None and self.cursor is not None:
            raise FieldError("cursor", "cannot be combined with page")
        return self

    @property
    def window(self) -> Window:
        limit = min(self.limit or self.default_limit, self.max_limit)
        if self.cursor is not None:
            return Window(limit, below=self.cursor)
        return Window(limit, offset=((self.page or 1) - 1) * limit)


def _last_moment(text: str) -> str:
    """The end of a period: a date means the end of that day, and a time means itself."""
    start = moment(text)
    return start.replace("T00:00:00.000Z", "T23:59:59.999Z") if re.fullmatch(r"\d{4}-?\d{2}-?\d{2}", text) else start


class PeriodQuery(PageQuery):
    """A paged list that can be limited to a period."""

    from_time: Moment | None = Field(
        None, alias="from", description="The beginning of the period, an ISO 8601 date or time"
    )
    to_time: Annotated[str, AfterValidator(_last_moment)] | None = Field(
        None, alias="to", description="The end of the period, included; a date includes the whole day (UTC)"
    )

    @property
    def period(self) -> Between:
        """The part of a list whose sort keys begin with a time."""
        return Between(low=self.from_time, high=f"{self.to_time}~" if self.to_time else None)

    @property
    def has_period(self) -> bool:
        return self.from_time is not None or self.to_time is not None

    def contains(self, time: str) -> bool:
        return (self.from_time or "") <= time and (self.to_time is None or time <= self.to_time)


def pagination(window: Window, total: int, next_sort_key: str | None, *, capped: bool = False) -> dict[str, Any]:
    """`total` counts the whole list. `page` is null after a cursor, which does not tell the page number."""
    by_cursor = window.below is not None
    members: dict[str, Any] = {
        "page": None if by_cursor else window.page,
        "limit": window.limit,
        "total": total,
        "totalPages": -(-total // window.limit),
        "hasMore": next_sort_key is not None,
        "nextCursor": encode_cursor(next_sort_key),
    }
    if capped:
        members["totalCapped"] = True
    return members
