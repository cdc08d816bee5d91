"""Records near the 200 KB that one may have, in characters of every width."""

import json
from typing import Any

from tests.support.orders import order, shipment

RECORD_BYTES = 200 * 1024
TEXTS = {
    "ascii": "x",
    "two bytes": "İ",
    "three bytes": "あ",
    "four bytes": "😀",
    "quotes": '"',
    "backslashes": "\\",
    "control characters": "\x01",
}


def _bytes_in_json(text: str) -> int:
    return len(json.dumps(text, ensure_ascii=False).encode()) - 2


def large_shipment(number: int, text: str) -> dict[str, Any]:
    """Its newest checkpoints, which an event repeats, are the largest."""
    each, room = _bytes_in_json(text), RECORD_BYTES - 10_000
    checkpoints: list[dict[str, Any]] = []
    while room > 0 and len(checkpoints) < 200:
        detail = (text * 5000)[: room // each]
        time = f"2026-01-01T{len(checkpoints) // 60:02d}:{len(checkpoints) % 60:02d}:00Z"
        checkpoints.append({"status": "in_transit", "checkpoint_time": time, "status_detail": detail})
        room -= len(detail) * each + 200
    return shipment(number, order_external_id=None, checkpoints=checkpoints)


def large_order(number: int, text: str) -> dict[str, Any]:
    return order(number, notes=text * ((RECORD_BYTES - 10_000) // _bytes_in_json(text)))


def body(**records: list[dict[str, Any]]) -> str:
    """With its characters as they are: escaped they would be too many bytes."""
    return json.dumps(records, ensure_ascii=False)
