"""Search: the beginning of any part of order number, external id or SKU, in any case."""

from concurrent.futures import ThreadPoolExecutor, wait

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chalicelib.search.service import find_matches
from chalicelib.search.terms import MAX_HEADS, MAX_TERM_BYTES, entries_of, lookups
from chalicelib.table import reads
from tests.support.background import everything
from tests.support.factories import EMBED, Acme
from tests.support.orders import Merchant, order


@pytest.fixture
def merchant(acme: Acme) -> Merchant:
    return Merchant.of(acme)


def found(merchant: Merchant, text: str, more: str = "") -> list[str]:
    from urllib.parse import quote

    page = merchant.orders(f"?search={quote(text)}{more}")
    assert page["pagination"]["total"] >= len(page["data"])
    return [shown["external_id"] for shown in page["data"]]


@pytest.mark.parametrize(
    "text",
    ["1234", "ord-1234", "ORD", "ord-", "Ord-12", "12", "EXT", "77", "blue", "red-blue", "SKU-RED", " ord-1234 "],
)
def test_what_finds(merchant: Merchant, text: str) -> None:
    merchant.sync(order(external_id="ext_77", order_number="ORD-1234", line_items=[{"sku": "SKU-red-Blue"}]))
    assert found(merchant, text) == ["ext_77"]


@pytest.mark.parametrize("text", ["234", "rd-1234", "ORD1234", "lue", "widget", "jane", "ord-12345", "-1234", "7_"])
def test_what_does_not(merchant: Merchant, text: str) -> None:
    merchant.sync(order(external_id="ext_77", order_number="ORD-1234", line_items=[{"sku": "SKU-red-Blue"}]))
    assert found(merchant, text) == []


def test_other_scripts_and_cases(merchant: Merchant) -> None:
    merchant.sync(order(external_id="ünï-CÖDE", order_number="ЗАКАЗ-42", line_items=[{"sku": "Straße 9"}]))
    for text in ("ÜNÏ", "cöde", "заказ", "STRASSE", "42"):
        assert found(merchant, text) == ["ünï-CÖDE"]


def test_looking_ahead_waits_for_nobody_else_ahead(merchant: Merchant, monkeypatch: pytest.MonkeyPatch) -> None:
    merchant.sync(order())
    threads = ThreadPoolExecutor(1)
    monkeypatch.setattr(reads, "_threads_ahead", lambda: threads)
    matches = reads.prefetch(find_matches, merchant.acme.organization_id, merchant.session.end_user_id, "ord")
    wait([matches], timeout=10)
    threads.shutdown(wait=False, cancel_futures=True)
    assert len(matches.result().orders) == 1


def test_an_order_is_found_once_and_the_newest_first(merchant: Merchant) -> None:
    lines = [{"sku": f"ORD-{n}"} for n in range(3)]
    merchant.sync(*[order(n, ordered_at=f"2026-01-{n + 1:02d}", line_items=lines) for n in range(5)])
    assert found(merchant, "ord") == [f"ext-{n}" for n in (4, 3, 2, 1, 0)]
    assert merchant.orders("?search=ord")["pagination"]["total"] == 5


def test_pages_and_cursors(merchant: Merchant) -> None:
    merchant.sync(*[order(n, ordered_at=f"2026-01-{n + 1:02d}") for n in range(12)])
    assert found(merchant, "ord", "&limit=5&page=3") == ["ext-1", "ext-0"]
    first = merchant.orders("?search=ord&limit=5")
    assert (first["pagination"]["total"], first["pagination"]["totalPages"]) == (12, 3)
    cursor = first["pagination"]["nextCursor"]
    assert found(merchant, "ord", f"&limit=5&cursor={cursor}") == [f"ext-{n}" for n in (6, 5, 4, 3, 2)]


def test_together_with_status(merchant: Merchant) -> None:
    merchant.sync(*[order(n, status="shipped" if n % 2 else "pending") for n in range(6)])
    page = merchant.orders("?search=ord&status=shipped&limit=2")
    assert page["pagination"]["total"] == 3
    assert {shown["status"] for shown in page["data"]} == {"shipped"}


def test_it_follows_what_the_order_has(merchant: Merchant) -> None:
    merchant.sync(order(1, line_items=[{"sku": "OLD-1"}]))
    merchant.sync(order(1, order_number="NEW-5", line_items=[{"sku": "FRESH"}], ordered_at="2026-02-01"))
    assert found(merchant, "old") == found(merchant, "ord") == []
    assert found(merchant, "fresh") == found(merchant, "new-5") == ["ext-1"]


def test_an_empty_search_is_none(merchant: Merchant) -> None:
    merchant.sync(order())
    assert found(merchant, "") == found(merchant, "  ") == ["ext-1001"]


def test_only_ones_own(merchant: Merchant) -> None:
    merchant.sync(order())
    assert found(Merchant.of(merchant.acme, "merchant-2"), "ord") == []


def test_a_search_reads_only_what_matches(merchant: Merchant, calls: list[str]) -> None:
    merchant.sync(*[order(n) for n in range(30)])
    for query in ("?search=ord-17", "?search=ord&status=pending"):
        calls.clear()
        merchant.orders(query)
        # Beside authentication: the text itself and the heads to look behind; then what stands behind them.
        assert sorted(set(calls)) == ["BatchGetItem", "GetItem", "Query"]
        assert calls.count("BatchGetItem") == 2


def test_a_search_too_long_is_refused(merchant: Merchant) -> None:
    assert merchant.client.get(f"{EMBED}/orders?search={'x' * 256}").status == 422


def test_totals_stop_where_counting_stops(merchant: Merchant, monkeypatch: pytest.MonkeyPatch) -> None:
    from chalicelib.search import store

    monkeypatch.setattr(store, "MAX_MATCHES", 10)
    merchant.sync(*[order(n) for n in range(12)])
    pagination = merchant.orders("?search=ord")["pagination"]
    assert (pagination["total"], pagination["totalCapped"]) == (10, True)


def test_where_counting_stops_the_newest_are_there(merchant: Merchant, monkeypatch: pytest.MonkeyPatch) -> None:
    from chalicelib.search import store

    monkeypatch.setattr(store, "MAX_MATCHES", 10)
    merchant.sync(*[order(n, ordered_at=f"2026-01-15T10:{n - 100:02d}:00Z") for n in range(100, 112)])
    assert found(merchant, "ord")[:2] == ["ext-111", "ext-110"]


def test_of_very_many_skus_each_is_found_by_its_beginning() -> None:
    skus = [f"{n}-part-{n}-of-{n}" for n in range(1000)]
    entries = entries_of({"external_id": "x", "line_items": [{"sku": sku} for sku in skus]}, ())
    assert entries >= set(skus)


TEXTS = st.text(alphabet="aB1-_ .é", max_size=12)


def begins_a_part(text: str, query: str) -> bool:
    text, query = text.casefold().strip(), query.casefold().strip()
    starts = [n for n, c in enumerate(text) if n == 0 or (c.isalnum() and not text[n - 1].isalnum())]
    return any(text[start:].startswith(query) for start in starts)


HEADS = st.frozensets(st.sampled_from(["a-", "b", "1_", "a-b-", "-", "é.", "aa "]))


@given(TEXTS, TEXTS, st.lists(TEXTS, max_size=3), TEXTS.filter(str.strip), HEADS, HEADS)
@settings(max_examples=1000)
def test_the_entries_are_the_rule(
    number: str, external_id: str, skus: list[str], query: str, then: frozenset[str], since: frozenset[str]
) -> None:
    """Whichever heads were known when the order was written, and whichever have become known since."""
    fields = {"order_number": number, "external_id": external_id, "line_items": [{"sku": sku} for sku in skus]}
    expected = any(begins_a_part(text, query) for text in (number, external_id, *skus) if text.strip())
    looked_for = lookups(query, {head for head in then | since if not head[-1:].isalnum()})
    entries = entries_of(fields, {head for head in then if not head[-1:].isalnum()})
    assert any(entry.startswith(one) for entry in entries for one in looked_for) == expected


@given(st.text(max_size=300))
@settings(max_examples=200, suppress_health_check=[HealthCheck.too_slow])
def test_entries_fit_into_a_key(text: str) -> None:
    assert all(
        0 < len(entry.encode(errors="replace")) <= MAX_TERM_BYTES for entry in entries_of({"external_id": text}, ())
    )


class TestHeads:
    def test_what_many_orders_begin_with_needs_no_entries_of_its_own(self, merchant: Merchant) -> None:
        merchant.sync(*[order(n, line_items=[{"sku": f"MUG-{n}-X"}]) for n in range(4)])
        entries = [row["sk"]["S"].partition("\x1f")[0] for row in everything() if row["pk"]["S"].startswith("S#")]
        assert sorted(entries) == sorted(text for n in range(4) for text in (f"ord-{n}", f"ext-{n}", f"mug-{n}-x", "x"))

    def test_orders_from_before_and_after_are_found_alike(self, merchant: Merchant) -> None:
        merchant.sync(order(70))
        merchant.sync(*[order(n) for n in (71, 72, 73)])
        merchant.sync(order(74))
        for text in ("7", "ord-7", "EXT-7"):
            assert merchant.orders(f"?search={text}")["pagination"]["total"] == 5
        merchant.sync(
            order(70, order_number="NEW-70"), order(72, order_number="88"), order(73, ordered_at="2026-02-01")
        )
        assert merchant.orders("?search=7")["pagination"]["total"] == 5
        assert found(merchant, "88") == ["ext-72"]
        assert found(merchant, "new") == ["ext-70"]
        assert found(merchant, "7")[0] == "ext-73"

    def test_there_are_never_many(self, merchant: Merchant) -> None:
        lines = [{"sku": f"{letter}-1"} for letter in "abcdefghijklmnopqrstuvwxyz"]
        merchant.sync(*[order(n, line_items=lines) for n in range(3)])
        (stats,) = [row for row in everything() if row["sk"]["S"] == "STATS" and "heads" in row]
        assert len(stats["heads"]["SS"]) == MAX_HEADS
        for letter in "az":
            assert len(found(merchant, f"{letter}-1")) == 3
        assert merchant.orders("?search=1")["pagination"]["total"] == 3
