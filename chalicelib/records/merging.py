"""The parts of merging that orders and shipments share."""

import hashlib
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from typing import Any

from chalicelib.kit import clock, codec
from chalicelib.records.change import Change
from chalicelib.records.parsing import FieldWarning
from chalicelib.records.record import Record, SourceRecord
from chalicelib.records.store import SyncedItem

DIGEST_BYTES = 12
MAX_AHEAD_S = 24 * 3600
"""How far a source's clock may be ahead of ours."""
OWN_TIMES = ("created_at", "updated_at")


def digest_of(record: SourceRecord) -> str:
    """Equal for records with the same content."""
    text = codec.dumps(record.given())
    return urlsafe_b64encode(hashlib.sha256(text.encode()).digest()[:DIGEST_BYTES]).decode()


def is_known(item: SyncedItem, record: SourceRecord, digest: str) -> bool:
    """Whether the record certainly changes nothing: it was the last one applied, or is older than that."""
    return item.record_digest == digest or is_stale(item, record)


def is_stale(item: SyncedItem, record: SourceRecord) -> bool:
    """Whether the source has already sent a newer record. A stored time in the far future is ignored."""
    if item.source_updated_at is None or record.updated_at is None:
        return False
    return record.updated_at < item.source_updated_at <= clock.in_seconds(MAX_AHEAD_S)


def limit_source_time(record: SourceRecord, now: str) -> list[FieldWarning]:
    """Replace an `updated_at` more than a day ahead by `now`, since it would make every later record stale. Must be
    called after `digest_of`, so that the same record is recognised next time."""
    sent = record.updated_at
    if sent is None or sent <= clock.in_seconds(MAX_AHEAD_S):
        return []
    record.updated_at = now
    return [FieldWarning("updated_at", sent, "lies in the future; the time of this call was used")]


def merge(
    fields: Mapping[str, Any], record: SourceRecord, defaults: Mapping[str, Any], now: str
) -> tuple[dict[str, Any], dict[str, Any]]:
    """The fields after the record, with defaults for nulls, and the fields that the record gave."""
    given = record.given()
    given.pop("updated_at", None)
    merged = {**fields, "updated_at": now}
    for name, value in given.items():
        part = getattr(record, name)
        if isinstance(part, Record) and part.merged_by_field:
            value = merge_object(type(part), fields[name], value)
        merged[name] = defaults.get(name) if value is None else value
    return merged, given


def merge_object(
    model: type[Record], stored: Mapping[str, Any] | None, given: Mapping[str, Any]
) -> dict[str, Any] | None:
    """Merges field by field; null clears a field. None if no field is left."""
    merged = {**(stored or {}), **given}
    return {name: merged[name] for name in model.model_fields if merged.get(name) is not None} or None


def changed_fields(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
    return [name for name in after if name not in OWN_TIMES and after[name] != before[name]]


def stamp(new: SyncedItem, record: SourceRecord, digest: str, previous: SyncedItem | None = None) -> None:
    """Set what the next record is compared with: version, source time and digest."""
    new.version = 1 if previous is None else previous.version + 1
    new.source_updated_at = record.updated_at or (previous.source_updated_at if previous is not None else None)
    new.record_digest = digest


def store_source_time(
    change: Change, item: SyncedItem, record: SourceRecord, digest: str, *, always: bool = False
) -> None:
    """For a record that changes nothing but the source's own time: store that time without an event. `always`: store
    the item even if the time is the same."""
    if not always and (record.updated_at is None or record.updated_at == item.source_updated_at):
        return
    version = item.version
    item.source_updated_at, item.record_digest, item.version = record.updated_at, digest, version + 1
    change.writes.rewrite(item, SyncedItem.version == version)
