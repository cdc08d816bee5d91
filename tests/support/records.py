"""Records of the Sync API with every field of their model, so that a new field is tested without being named here."""

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from typing import Annotated, Any, Literal, get_args, get_origin

from pydantic import PlainValidator

from chalicelib.orders.record import Currency
from chalicelib.privacy.fields import Privacy, Table
from chalicelib.records.record import Record

TIME = "2026-01-15T10:00:00.000Z"
IDS = {"external_id", "order_external_id", "order_bridge_id"}
"""Ids of records and bridges: they must fit each other, so whoever calls `filled` sets them."""


def free_texts(record: type[Record]) -> Iterator[str]:
    """Dotted paths of the fields that take any text, unlike status words, times, currencies and ids."""
    for name, leaf in _leaves(record):
        if isinstance(leaf, type) and issubclass(leaf, Record):
            yield from (f"{name}.{path}" for path in free_texts(leaf))
        elif leaf is str and name not in IDS:
            yield name


def filled(record: type[Record], text: Callable[[str], str], path: str = "") -> dict[str, Any]:
    """A record with all its fields but ids; `text` gets the dotted path of each free text."""
    fields: dict[str, Any] = {}
    for name, leaf in _leaves(record):
        if name not in IDS:
            value = _value(leaf, text, f"{path}{name}")
            fields[name] = [value] if _is_list(record.model_fields[name].annotation) else value
    return fields


def handling_of(table: Table, path: str) -> Privacy:
    """What the privacy table says of the field at a dotted path."""
    first, _, rest = path.partition(".")
    handling = table[first]
    return handling_of(handling, rest) if isinstance(handling, Mapping) else handling


def _value(leaf: Any, text: Callable[[str], str], path: str) -> Any:
    if isinstance(leaf, type) and issubclass(leaf, Record):
        return filled(leaf, text, f"{path}.")
    if get_origin(leaf) is Literal:
        return get_args(leaf)[0]
    if leaf is str:
        return f"https://example.com/?for={text(path)}" if path.endswith("_url") else text(path)
    if leaf == Currency:
        return "USD"
    # What is left is read by validators of its own: times, and numbers that may be coordinates or minutes.
    assert get_origin(leaf) is Annotated, f"{path}: say here what a {leaf} looks like"
    return TIME if get_args(leaf)[0] is str else Decimal(1)


def _leaves(record: type[Record]) -> Iterator[tuple[str, Any]]:
    for name, field in record.model_fields.items():
        annotation = field.annotation
        # Pydantic keeps the metadata of required fields apart.
        plain = [each for each in field.metadata if isinstance(each, PlainValidator)]
        yield name, Annotated[annotation, plain[0]] if plain else _leaf(annotation)


def _leaf(annotation: Any) -> Any:
    """The type without Optional, list, limits and other metadata. A type that a validator of its own reads stays."""
    if get_origin(annotation) is Annotated:
        base, *metadata = get_args(annotation)
        return annotation if any(isinstance(each, PlainValidator) for each in metadata) else _leaf(base)
    if get_origin(annotation) is Literal or (isinstance(annotation, type) and not get_args(annotation)):
        return annotation
    parts = [each for each in get_args(annotation) if each is not type(None)]
    assert parts, annotation
    return _leaf(parts[0])


def _is_list(annotation: Any) -> bool:
    return get_origin(annotation) is list or any(_is_list(part) for part in get_args(annotation))
