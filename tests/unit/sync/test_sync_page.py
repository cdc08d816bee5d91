"""The page about imperfect records is true."""

import json
import re
from pathlib import Path

import pytest

from chalicelib.orders.record import MAX_LINE_ITEMS, OrderRecord
from chalicelib.records import fields, parsing
from chalicelib.shipments.record import MAX_CHECKPOINTS, ShipmentRecord
from chalicelib.sync import schemas
from tests.support.factories import Acme
from tests.support.orders import Merchant

PAGE = Path(__file__).parents[3] / "docs" / "sync.md"
TEXT = PAGE.read_text(encoding="utf-8")


def block(name: str) -> str:
    found = re.search(rf"```json {name}\n(.*?)```", TEXT, re.DOTALL)
    assert found is not None
    return found[1]


def test_its_example(acme: Acme) -> None:
    path = f"/api/v1/bridges/{Merchant.of(acme).bridge_id}/sync"
    assert acme.server.post(path, block("request")).json == json.loads(block("response"))


def test_it_names_what_fails_a_record() -> None:
    section = TEXT.partition("## What fails a record")[2].partition("##")[0]
    named = set(re.findall(r"`([a-z_.]+)`", section)) - {"errors"}
    assert named == OrderRecord.decisive | ShipmentRecord.decisive


@pytest.mark.parametrize(
    "words",
    [
        f"larger than {parsing.MAX_RECORD_BYTES // 1024} KB",
        f"deeper than {parsing.MAX_DEPTH} levels",
        f"shortened to {parsing.MAX_PREVIEW} characters",
        f"at most {parsing.MAX_WARNINGS} for a record and {schemas.MAX_WARNINGS:,} for a call",
        f"more than {schemas.MAX_RECORDS} records",
        f"more than {MAX_CHECKPOINTS} checkpoints",
        f"more than {MAX_LINE_ITEMS:,} line items",
    ],
)
def test_its_limits(words: str) -> None:
    assert words in " ".join(TEXT.split())


def test_its_places() -> None:
    assert fields.MAX_PLACES == 10
    assert "half-even to ten" in TEXT
