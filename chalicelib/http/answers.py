"""Answers as text, all through our own encoder: pydantic's writes a Decimal as a string. Stored JSON is passed on."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from pydantic import BaseModel

from chalicelib import codec


class JsonText(str):
    """JSON already written, as orders and shipments are stored."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Answer:
    text: str
    status: int | None = None
    """None: the status the endpoint declares."""
    headers: Mapping[str, str] = field(default_factory=dict)
    content_type: str = "application/json"


def encode(value: Any) -> str:
    if isinstance(value, JsonText):
        return value
    if isinstance(value, BaseModel):
        return codec.dumps(value.model_dump(by_alias=True))
    if isinstance(value, list | tuple) and value and isinstance(value[0], BaseModel | JsonText):
        return f"[{','.join(map(encode, value))}]"
    return codec.dumps(value)


def bare(value: Any, status: int | None = None) -> Answer:
    return Answer(encode(value), status)


def data(value: Any, status: int | None = None) -> Answer:
    return Answer(f'{{"data":{encode(value)}}}', status)


def success() -> Answer:
    return Answer('{"success":true}')


def page(values: Iterable[Any], pagination: Mapping[str, Any], **beside: Any) -> Answer:
    """A paged list; `beside` stands next to `data`."""
    rows = ",".join(map(encode, values))
    extra = "".join(f',"{name}":{encode(value)}' for name, value in beside.items())
    return Answer(f'{{"data":[{rows}]{extra},"pagination":{codec.dumps(pagination)}}}')
