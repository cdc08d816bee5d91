"""`page`, `limit` and `cursor` in; `pagination` out."""

import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from typing import Annotated, Any, ClassVar

from pydantic import BaseModel, BeforeValidator, Field, model_validator

from chalicelib.http.bodies import FieldError
from chalicelib.table.pages import Window

MAX_SORT_KEY = 1024
MAX_DIGITS = 12


def _positive(value: Any) -> int:
    """Longer numbers than anybody means are cut short: no list reaches that far."""
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
    """A list's query. Subclasses set the default and maximum `limit` and add their filters."""

    default_limit: ClassVar[int] = 20
    max_limit: ClassVar[int] = 100

    page: PositiveText | None = Field(None, description="Page number (default: 1)", examples=[1])
    limit: PositiveText | None = Field(None, description="Items per page; more than the maximum gives the maximum")
    cursor: Annotated[str, BeforeValidator(_decode_cursor)] | None = Field(
        None, description="`nextCursor` of the page before, instead of `page`"
    )

    @model_validator(mode="after")
    def _one_way(self) -> "PageQuery":
        if self.page is not None and self.cursor is not None:
            raise FieldError("cursor", "cannot stand together with page")
        return self

    @property
    def window(self) -> Window:
        limit = min(self.limit or self.default_limit, self.max_limit)
        if self.cursor is not None:
            return Window(limit, below=self.cursor)
        return Window(limit, offset=((self.page or 1) - 1) * limit)


def pagination(window: Window, total: int, next_sort_key: str | None, *, capped: bool = False) -> dict[str, Any]:
    """`total` counts the whole list. By cursor there is no page number to speak of, so it is null."""
    by_cursor = window.below is not None
    answer: dict[str, Any] = {
        "page": None if by_cursor else window.page,
        "limit": window.limit,
        "total": total,
        "totalPages": -(-total // window.limit),
        "hasMore": next_sort_key is not None,
        "nextCursor": encode_cursor(next_sort_key),
    }
    if capped:
        answer["totalCapped"] = True
    return answer
