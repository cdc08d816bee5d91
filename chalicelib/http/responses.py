"""Responses as JSON text. Uses the project's own encoder, because pydantic's writes a Decimal as a string. JSON that is
stored as text is passed through."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from pydantic import BaseModel

from chalicelib.kit import codec

SECURITY_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
    "Strict-Transport-Security": "max-age=31536000; includeSubDomains",
    "Referrer-Policy": "no-referrer",
    # A response opened in a browser must load nothing and must not be framed. Pages bring their own policy.
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
}
"""Sent with every response, including those that API Gateway makes itself."""


class JsonText(str):
    """A value that is already JSON, as orders and shipments are stored."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Response:
    text: str
    status: int | None = None
    """None means the status that the endpoint declares."""
    headers: Mapping[str, str] = field(default_factory=dict)
    content_type: str = "application/json"
    customer_id: str | None = None
    """The customer whom the response names. Once they are erased, it is not given again to a repeated request."""


def encode(value: Any) -> str:
    if isinstance(value, JsonText):
        return value
    if isinstance(value, BaseModel):
        return codec.dumps(value.model_dump(by_alias=True))
    if isinstance(value, list | tuple) and value and isinstance(value[0], BaseModel | JsonText):
        return f"[{','.join(map(encode, value))}]"
    return codec.dumps(value)


def bare(value: Any, status: int | None = None) -> Response:
    return Response(encode(value), status)


def data(value: Any, status: int | None = None, customer_id: str | None = None, **extra: Any) -> Response:
    """`extra` adds members next to `data`."""
    return Response(f'{{"data":{encode(value)}{_members(extra)}}}', status, customer_id=customer_id)


def success() -> Response:
    return Response('{"success":true}')


def page(values: Iterable[Any], pagination: Mapping[str, Any], **extra: Any) -> Response:
    """A paged list. `extra` adds members next to `data`."""
    rows = ",".join(map(encode, values))
    return Response(f'{{"data":[{rows}]{_members(extra)},"pagination":{codec.dumps(pagination)}}}')


def _members(extra: Mapping[str, Any]) -> str:
    return "".join(f',"{name}":{encode(value)}' for name, value in extra.items())
