"""Search: the beginning of any word of order number, external id or SKU, in any case."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chalicelib.search.terms import MAX_PREFIXES, MAX_TERM_BYTES, lookup_prefixes, required_terms
from tests.support.account import everything
from tests.support.factories import EMBED, Acme
from tests.support.gateway import Client
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
    [
        "Müller",
        "muller",
        "MULLER",
        "mu\u0308ller",
        "café",
        "cafe",
        "Straße",
        "strasse",
        "łódź",
        "lodz",
        "か",
        "#K1",
        "k1",
    ],
)
def test_accents_and_a_leading_number_sign_do_not_matter(merchant: Merchant, text: str) -> None:
    customer = {"name": "Renée Müller", "email": None}
    skus = [{"sku": sku} for sku in ("Café", "Haupt-Straße-7", "Łódź", "かな")]
    merchant.sync(order(1, order_number="#K1007", customer=customer, line_items=skus))
    merchant.sync(order(2, order_number="K1008", customer={"name": "Renee Muller"}, line_items=[]))
    expected = (
        ["ext-2", "ext-1"]
        if text.casefold() not in ("café", "cafe", "straße", "strasse", "łódź", "lodz", "か")
        else ["ext-1"]
    )
    assert sorted(found(merchant, text)) == sorted(expected)
    assert found(merchant, "が") == []


@pytest.mark.parametrize(
    "text",
    [
        *("1234", "ord-1234", "ORD", "ord-", "Ord-12", "12", "EXT", "77", "blue", "red-blue", "SKU-RED", " ord-1234 "),
        *("jane", "Jane D", "DOE", " Jane@Example.COM "),
    ],
)
def test_finds(merchant: Merchant, text: str) -> None:
    merchant.sync(order(external_id="ext_77", order_number="ORD-1234", line_items=[{"sku": "SKU-red-Blue"}]))
    assert found(merchant, text) == ["ext_77"]


@pytest.mark.parametrize(
    "text",
    [
        *("234", "rd-1234", "ORD1234", "lue", "widget", "ane", "ord-12345", "-1234", "7_"),
        *("jane@example", "jane@example.org", "jane doe x"),
    ],
)
def test_does_not_find(merchant: Merchant, text: str) -> None:
    merchant.sync(order(external_id="ext_77", order_number="ORD-1234", line_items=[{"sku": "SKU-red-Blue"}]))
    assert found(merchant, text) == []


def test_other_scripts_and_cases(merchant: Merchant) -> None:
    merchant.sync(order(external_id="ünï-CÖDE", order_number="ЗАКАЗ-42", line_items=[{"sku": "Straße 9"}]))
    for text in ("ÜNÏ", "cöde", "заказ", "STRASSE", "42"):
        assert found(merchant, text) == ["ünï-CÖDE"]


def test_each_order_is_found_once_newest_first(merchant: Merchant) -> None:
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


def test_entries_follow_changes_of_the_order(merchant: Merchant) -> None:
    merchant.sync(order(1, line_items=[{"sku": "OLD-1"}]))
    merchant.sync(order(1, order_number="NEW-5", line_items=[{"sku": "FRESH"}], ordered_at="2026-02-01"))
    assert found(merchant, "old") == found(merchant, "ord") == []
    assert found(merchant, "fresh") == found(merchant, "new-5") == ["ext-1"]


def test_an_empty_search_lists_all(merchant: Merchant) -> None:
    merchant.sync(order())
    assert found(merchant, "") == found(merchant, "  ") == ["ext-1001"]


def test_only_the_end_users_own(merchant: Merchant) -> None:
    merchant.sync(order())
    assert found(Merchant.of(merchant.acme, "merchant-2"), "ord") == []


def test_a_search_reads_only_what_matches(merchant: Merchant, calls: list[str]) -> None:
    merchant.sync(*[order(n) for n in range(30)])
    for query in ("?search=ord-17", "?search=ord&status=pending"):
        calls.clear()
        merchant.orders(query)
        # The credential with the common prefixes; the text itself and behind each of them; the orders.
        assert sorted(set(calls)) == ["BatchGetItem", "Query"]
        assert calls.count("BatchGetItem") == 2


@pytest.mark.parametrize("path", ["orders", "shipments"])
def test_no_search_is_made_for_a_token_that_is_not_valid(merchant: Merchant, calls: list[str], path: str) -> None:
    token = merchant.client.headers["Authorization"].removeprefix("Bearer ")
    calls.clear()
    reply = Client(token[:-4] + "AAAA").get(f"{EMBED}/{path}?search=ord")
    assert (reply.status, calls.count("Query")) == (401, 0)


def test_too_long_a_search_is_refused(merchant: Merchant) -> None:
    assert merchant.client.get(f"{EMBED}/orders?search={'x' * 256}").status == 422


def test_totals_stop_where_counting_stops(merchant: Merchant, monkeypatch: pytest.MonkeyPatch) -> None:
    from chalicelib.search import store

    monkeypatch.setattr(store, "MAX_MATCHES", 10)
    merchant.sync(*[order(n) for n in range(12)])
    pagination = merchant.orders("?search=ord")["pagination"]
    assert (pagination["total"], pagination["totalCapped"]) == (10, True)


def test_the_newest_are_found_when_counting_stops(merchant: Merchant, monkeypatch: pytest.MonkeyPatch) -> None:
    from chalicelib.search import store

    monkeypatch.setattr(store, "MAX_MATCHES", 10)
    merchant.sync(*[order(n, ordered_at=f"2026-01-15T10:{n - 100:02d}:00Z") for n in range(100, 112)])
    assert found(merchant, "ord")[:2] == ["ext-111", "ext-110"]


def test_each_of_very_many_skus_is_found_by_its_beginning() -> None:
    skus = [f"{n}-part-{n}-of-{n}" for n in range(1000)]
    entries = required_terms({"external_id": "x", "line_items": [{"sku": sku} for sku in skus]}, ())
    assert entries >= set(skus)


TEXTS = st.text(alphabet="aB1-_ .é", max_size=12)


def begins_a_word(text: str, query: str) -> bool:
    text, query = text.casefold().strip(), query.casefold().strip()
    starts = [n for n, c in enumerate(text) if n == 0 or (c.isalnum() and not text[n - 1].isalnum())]
    return any(text[start:].startswith(query) for start in starts)


PREFIXES = st.frozensets(st.sampled_from(["a-", "b", "1_", "a-b-", "-", "é.", "aa "]))


@given(TEXTS, TEXTS, st.lists(TEXTS, max_size=3), TEXTS.filter(str.strip), PREFIXES, PREFIXES)
@settings(max_examples=1000)
def test_entries_find_exactly_the_beginnings_of_words(
    number: str, external_id: str, skus: list[str], query: str, then: frozenset[str], since: frozenset[str]
) -> None:
    """Whichever prefixes were common when the order was written, and whichever became common since."""
    fields = {"order_number": number, "external_id": external_id, "line_items": [{"sku": sku} for sku in skus]}
    expected = any(begins_a_word(text, query) for text in (number, external_id, *skus) if text.strip())
    looked_for = lookup_prefixes(query, {prefix for prefix in then | since if not prefix[-1:].isalnum()})
    entries = required_terms(fields, {prefix for prefix in then if not prefix[-1:].isalnum()})
    assert any(entry.startswith(one) for entry in entries for one in looked_for) == expected


@given(st.text(max_size=300))
@settings(max_examples=200, suppress_health_check=[HealthCheck.too_slow])
def test_entries_fit_into_a_key(text: str) -> None:
    assert all(
        0 < len(entry.encode(errors="replace")) <= MAX_TERM_BYTES for entry in required_terms({"external_id": text}, ())
    )


class TestCommonPrefixes:
    def test_words_behind_a_common_prefix_need_no_entries(self, merchant: Merchant) -> None:
        merchant.sync(*[order(n, line_items=[{"sku": f"MUG-{n}-X"}]) for n in range(4)])
        entries = [row["sk"]["S"].partition("\x1f")[0] for row in everything() if row["pk"]["S"].startswith("S#")]
        terms = [(f"ord-{n}", f"ext-{n}", f"mug-{n}-x", "x", "jane doe", "doe") for n in range(4)]
        assert sorted(entries) == sorted(term for order_terms in terms for term in order_terms)

    def test_orders_from_before_and_after_it_became_common_are_found_alike(self, merchant: Merchant) -> None:
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

    def test_their_number_is_limited(self, merchant: Merchant) -> None:
        lines = [{"sku": f"{letter}-1"} for letter in "abcdefghijklmnopqrstuvwxyz"]
        merchant.sync(*[order(n, line_items=lines) for n in range(3)])
        (stats,) = [row for row in everything() if row["sk"]["S"] == "STATS" and "heads" in row]
        assert len(stats["heads"]["SS"]) == MAX_PREFIXES
        for letter in "az":
            assert len(found(merchant, f"{letter}-1")) == 3
        assert merchant.orders("?search=1")["pagination"]["total"] == 3


class TestManyOrders:
    @pytest.fixture(autouse=True)
    def many(self, monkeypatch: pytest.MonkeyPatch) -> None:
        from chalicelib.search import service

        monkeypatch.setattr(service, "MAX_ORDERS_OF_ONE_RESPONSE", 3)

    @pytest.mark.parametrize(("limit", "capped"), [(8, True), (20, True), (22, False), (24, False), (40, False)])
    def test_terms_are_read_from_both_ends(
        self, merchant: Merchant, monkeypatch: pytest.MonkeyPatch, limit: int, capped: bool
    ) -> None:
        from chalicelib.search import store

        monkeypatch.setattr(store, "MAX_MATCHES", limit)
        merchant.sync(*[order(n, line_items=[]) for n in range(100, 121)])
        pagination = merchant.orders("?search=ord")["pagination"]
        assert (pagination["total"], "totalCapped" in pagination) == (21 if not capped else limit, capped)

    def test_few_matches_are_found_once(self, merchant: Merchant, calls: list[str]) -> None:
        merchant.sync(*[order(n) for n in range(100, 121)])
        calls.clear()
        assert found(merchant, "ord-107") == ["ext-107"]
        assert calls.count("BatchGetItem") == 2
