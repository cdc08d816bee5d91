"""Real orders and shipments, found as `../shared/data` beside the checkout; absent from most machines."""

import gzip
import hashlib
import json
from itertools import islice
from pathlib import Path
from typing import Any

import pytest

from chalicelib.kit import codec
from tests.support.account import everything

FILE = Path(__file__).parents[2].parent / "shared" / "data" / "olist-orders.jsonl.gz"
ORDER_SUMMARY = (
    "external_id",
    "order_number",
    "fulfillment_status",
    "payment_status",
    "customer",
    "totals",
    "currency",
)
ORDER_DETAIL = ("line_items", "shipping_address", "billing_address", "tags", "notes", "phone", "first_status")
SHIPMENT_SUMMARY = (
    "external_id",
    "tracking_number",
    "carrier",
    "carrier_name",
    "service",
    "ship_date",
    "estimated_delivery",
    "actual_delivery",
    "weight",
    "dimensions",
)
SHIPMENT_DETAIL = ("order_external_id", "ship_from", "ship_to", "checkpoints")


def read(limit: int | None = None) -> list[dict[str, Any]]:
    """Lines of `{"seller", "order", "shipment"}`, the oldest first; the test is skipped where there are none."""
    if not FILE.exists():
        pytest.skip("The real orders are not on this machine.")
    with gzip.open(FILE, "rt") as lines:
        return [codec.loads(line) for line in islice(lines, limit)]


def digest_of_stored() -> str:
    """Of what the table holds of orders and shipments, without ids and the times of our own."""
    texts = sorted(text for row in everything() if (text := _content(row)) is not None)
    return hashlib.sha256("\n".join(texts).encode()).hexdigest()


def _content(row: dict[str, Any]) -> str | None:
    kind, part = row["pk"]["S"].partition("#")[0], row["sk"]["S"].split("#")[1:2]
    if kind not in ("O", "SH") or part not in (["SUMMARY"], ["DETAIL"]):
        return None
    is_order = kind == "O"
    if part == ["SUMMARY"]:
        members = json.loads("{" + row["s"]["S"])
        names = ORDER_SUMMARY if is_order else SHIPMENT_SUMMARY
        sorted_at, status = row["g1sk"]["S"].partition("#")[0], row["g2pk"]["S"].rpartition("#")[2]
        return json.dumps([{name: members[name] for name in names}, [status], sorted_at], sort_keys=True)
    document = json.loads(row["d"]["S"])
    for checkpoint in document.get("checkpoints", []):
        del checkpoint["id"], checkpoint["created_at"]
    shown = ORDER_DETAIL if is_order else SHIPMENT_DETAIL
    return json.dumps({name: document.get(name) for name in shown}, sort_keys=True)
