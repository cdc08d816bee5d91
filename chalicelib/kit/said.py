"""Sentences of the API that screens say in other languages."""

from collections.abc import Mapping
from typing import Any, Self


class Said(str):
    """An English sentence with the stable code of what it says, and the values in it. Otherwise text like any other;
    a part of it, or it with something added, has no code."""

    __slots__ = ("code", "values")

    code: str
    values: Mapping[str, Any]

    @classmethod
    def of(cls, code: str, text: str, **values: Any) -> Self:
        sentence = cls(text)
        sentence.code, sentence.values = code, values
        return sentence


def code_of(text: str | None) -> str | None:
    return text.code if isinstance(text, Said) else None


def coded(text: str) -> dict[str, Any]:
    """`code` and `values` for those who say it themselves; nothing if it has none."""
    return {"code": text.code, "values": dict(text.values)} if isinstance(text, Said) else {}
