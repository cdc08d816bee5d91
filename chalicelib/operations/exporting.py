"""Exports everything of an organization as JSON lines, without secrets.

Each line is an item: `type`, its key as `pk` and `sk`, `data` with the stored attributes, and `secrets_left_out` with
the names of those that an export never contains. After a restart, a few lines may be repeated; they have the same key.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from chalicelib.operations.inventory import Position, walk
from chalicelib.operations.item_types import ItemType, type_of
from chalicelib.table.items import DocumentAttribute, JsonTailAttribute, Row

UNKNOWN = "unknown"
_STRUCTURE = frozenset({"pk", "sk", "g1pk", "g1sk", "g2pk", "g2sk", "duepk", "duesk"})


@dataclass(frozen=True, slots=True)
class ExportBatch:
    records: list[dict[str, Any]]
    position: list[Any]
    """Pass it to `export` to continue after this batch."""


def export(organization_id: str, position: list[Any] | None = None) -> Iterator[ExportBatch]:
    start = Position(*position) if position else None
    written: set[tuple[str, str]] = set()
    for rows, reached in walk(organization_id, start):
        records = []
        for row in rows:
            key = row["pk"]["S"], row["sk"]["S"]
            if key not in written:
                records.append(to_record(row))
        written = {(row["pk"]["S"], row["sk"]["S"]) for row in rows}
        yield ExportBatch(records, list(reached))


def to_record(row: Row) -> dict[str, Any]:
    """An item as exported. Items of unknown types are exported without their attributes: these might be secret."""
    found = type_of(row)
    record: dict[str, Any] = {
        "type": found.label if found else UNKNOWN,
        "pk": row["pk"]["S"],
        "sk": row["sk"]["S"],
        "data": {},
    }
    left_out = []
    for stored_name, value in sorted(row.items()):
        if stored_name in _STRUCTURE:
            continue
        name, decoded = _decode(found, stored_name, value)
        if found is None or name in found.secrets:
            left_out.append(name)
        else:
            record["data"][name] = decoded
    if left_out:
        record["secrets_left_out"] = left_out
    return record


def _decode(found: ItemType | None, stored_name: str, value: dict[str, Any]) -> tuple[str, Any]:
    """The attribute's name in the code, and its value."""
    attributes = found.model.get_attributes() if found else {}
    for name, attribute in attributes.items():
        if attribute.attr_name != stored_name:
            continue
        if isinstance(attribute, JsonTailAttribute):
            return name, attribute.deserialize(value["S"]).members()
        if isinstance(attribute, DocumentAttribute):
            return name, attribute.deserialize(value["S"])
        return name, _plain(value)
    return stored_name, _plain(value)


def _plain(value: dict[str, Any]) -> Any:
    ((kind, content),) = value.items()
    match kind:
        case "N":
            return int(content) if content.lstrip("-").isdigit() else float(content)
        case "SS" | "NS":
            return sorted(content)
        case "NULL":
            return None
        case _:
            return content
