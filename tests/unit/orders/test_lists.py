"""Lists of orders: pages, cursors, statuses, totals."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.support.factories import EMBED, Acme
from tests.support.gateway import Client
from tests.support.orders import Merchant, order


@pytest.fixture
def merchant(acme: Acme) -> Merchant:
    return Merchant.of(acme)


def numbered(count: int, **fields: Any) -> list[dict[str, Any]]:
    """Orders a minute apart, the highest number newest."""
    return [order(n, ordered_at=f"2026-01-15T10:{n:02d}:00Z", **fields) for n in range(count)]


def ids(page: Any) -> list[str]:
    return [shown["external_id"] for shown in page["data"]]


class TestPages:
    def test_newest_first(self, merchant: Merchant) -> None:
        merchant.sync(*numbered(5))
        assert ids(merchant.orders()) == [f"ext-{n}" for n in (4, 3, 2, 1, 0)]

    def test_pages_and_cursors_show_each_once(self, merchant: Merchant) -> None:
        merchant.sync(*numbered(25))
        everything = [f"ext-{n}" for n in range(24, -1, -1)]
        pages = [merchant.orders(f"?limit=10&page={n}") for n in (1, 2, 3)]
        assert [external_id for page in pages for external_id in ids(page)] == everything
        assert [page["pagination"]["hasMore"] for page in pages] == [True, True, False]
        seen, cursor = ids(pages[0]), pages[0]["pagination"]["nextCursor"]
        while cursor:
            page = merchant.orders(f"?limit=10&cursor={cursor}")
            seen += ids(page)
            cursor = page["pagination"]["nextCursor"]
        assert seen == everything

    def test_the_pagination_as_documented(self, merchant: Merchant) -> None:
        merchant.sync(*numbered(3))
        pagination = merchant.orders("?limit=2")["pagination"]
        assert pagination.pop("nextCursor")
        assert pagination == {"page": 1, "limit": 2, "total": 3, "totalPages": 2, "hasMore": True}

    def test_an_empty_list_has_no_pages(self, merchant: Merchant) -> None:
        empty = merchant.orders()
        assert empty["data"] == []
        assert (empty["pagination"]["total"], empty["pagination"]["totalPages"]) == (0, 0)

    def test_beyond_the_end_there_is_nothing(self, merchant: Merchant) -> None:
        merchant.sync(*numbered(3))
        beyond = merchant.orders("?page=9")
        assert (beyond["data"], beyond["pagination"]["total"]) == ([], 3)

    def test_a_page_has_at_most_fifty(self, merchant: Merchant) -> None:
        merchant.sync(*numbered(55))
        page = merchant.orders("?limit=1000")
        assert (len(page["data"]), page["pagination"]["limit"]) == (50, 50)

    @pytest.mark.parametrize(
        "query", ["page=0", "limit=-1", "limit=x", "status=lost", "page=1&cursor=YQ", "cursor=%21"]
    )
    def test_invalid_queries_are_refused(self, merchant: Merchant, query: str) -> None:
        assert merchant.client.get(f"{EMBED}/orders?{query}").status == 422


class TestStatus:
    def test_it_filters_and_counts(self, merchant: Merchant) -> None:
        merchant.sync(*[order(n, status="shipped" if n % 3 else "pending") for n in range(9)])
        page = merchant.orders("?status=pending")
        assert page["pagination"]["total"] == len(page["data"]) == 3
        assert merchant.orders("?status=shipped&limit=2")["pagination"]["total"] == 6
        assert merchant.orders("?status=refunded")["pagination"]["total"] == 0

    def test_it_follows_every_status_change(self, merchant: Merchant) -> None:
        for status in ("pending", "shipped", "pending", "on_hold"):
            merchant.sync(order(status=status))
            totals = {
                s: merchant.orders(f"?status={s}")["pagination"]["total"] for s in ("pending", "shipped", "on_hold")
            }
            assert totals == {s: int(s == status) for s in totals}


class TestAccess:
    def test_only_the_end_users_own(self, merchant: Merchant) -> None:
        merchant.sync(order())
        other = Merchant.of(merchant.acme, "merchant-2")
        assert other.orders()["pagination"]["total"] == 0
        found = merchant.orders()["data"][0]["id"]
        assert other.client.get(f"{EMBED}/orders/{found}").status == 404
        assert merchant.client.get(f"{EMBED}/orders/{found}").status == 200

    def test_both_prefixes(self, merchant: Merchant) -> None:
        merchant.sync(order())
        for prefix in ("/api/v1/embed", "/api/embed"):
            assert merchant.client.get(f"{prefix}/orders").json["pagination"]["total"] == 1

    @pytest.mark.parametrize("path", ["/orders", "/orders/{id}", "/shipments", "/shipments/{id}", "/tracking/{id}"])
    def test_scope_feature_and_credential(self, merchant: Merchant, path: str) -> None:
        path = EMBED + path.replace("{id}", merchant.bridge_id)
        assert Client().get(path).status == 401
        assert merchant.acme.server.get(path).status == 401
        narrow = merchant.acme.session(scopes=["bridges:read"]).client.get(path)
        assert (narrow.status, narrow.code) == (403, "insufficient_scope")
        merchant.acme.configure(enabled_features=["bridges", "branded_tracking"])
        off = merchant.client.get(path)
        assert (off.status, off.code) == (403, "feature_disabled")

    @pytest.mark.parametrize("kind", ["orders", "shipments", "tracking"])
    def test_unknown_orders_are_not_found(self, merchant: Merchant, kind: str) -> None:
        for unknown in (merchant.bridge_id, "nonsense"):
            assert merchant.client.get(f"{EMBED}/{kind}/{unknown}").status == 404


def test_a_page_takes_two_reads_beside_authentication(merchant: Merchant, calls: list[str]) -> None:
    merchant.sync(*numbered(30))
    for query in ("", "?status=pending", "?page=2&limit=10"):
        calls.clear()
        merchant.orders(query)
        assert sorted(calls) == ["BatchGetItem", "BatchGetItem", "Query"]


def test_without_a_readable_claim_the_list_is_refused(merchant: Merchant, calls: Callable[[], Any]) -> None:
    assert Client("est_nonsense").get(f"{EMBED}/orders").status == 401
