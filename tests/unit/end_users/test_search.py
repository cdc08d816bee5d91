"""End users are found by the beginnings of what they are called, as long as they are called that."""

from typing import Any

import pytest

from chalicelib.end_users import terms
from chalicelib.organizations import end_users
from chalicelib.table import keys
from chalicelib.table.transaction import delete
from tests.support.account import everything
from tests.support.background import clean_up
from tests.support.factories import EMBED, Acme
from tests.support.races import at_once, requesting

USERS = f"{EMBED}/users"


def create(acme: Acme, external_id: str, **profile: Any) -> str:
    body = {"externalId": external_id, **profile}
    reply = acme.server.post(f"{EMBED}/sessions", body)
    assert reply.status == 201, reply.text
    return str(reply.data["endUser"]["id"])


def search(acme: Acme, text: str, more: str = "") -> list[str]:
    reply = acme.server.get(f"{USERS}?search={text}{more}")
    assert reply.status == 200, reply.text
    assert reply.json["pagination"]["total"] >= len(reply.data)
    return [row["external_id"] for row in reply.data]


@pytest.fixture
def shops(acme: Acme) -> Acme:
    create(acme, "shop-1", name="Müller & Söhne", email="info@mueller.example")
    create(acme, "shop-2", name="Bean There Coffee", email="hello@beans.example")
    create(acme, "beans-3")
    return acme


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("shop", ["shop-2", "shop-1"]),
        ("bean", ["beans-3", "shop-2"]),
        ("BEAN THERE c", ["shop-2"]),
        ("coff", ["shop-2"]),
        ("mull", ["shop-1"]),
        ("Söh", ["shop-1"]),
        ("info@", ["shop-1"]),
        ("hello@beans.example", ["shop-2"]),
        ("offee", []),
        ("nobody", []),
        ("%23", []),
        ("%1f", []),
    ],
)
def test_by_beginnings_newest_first(shops: Acme, text: str, found: list[str]) -> None:
    assert search(shops, text) == found


def test_it_follows_the_name_and_goes_with_the_end_user(shops: Acme) -> None:
    user = create(shops, "shop-2", name="Tea There")
    assert (search(shops, "tea"), search(shops, "coffee"), search(shops, "hello")) == (["shop-2"], [], ["shop-2"])
    create(shops, "shop-2", name=None, email=None)
    assert (search(shops, "tea"), search(shops, "hello"), search(shops, "shop-2")) == ([], [], ["shop-2"])
    assert shops.server.delete(f"{USERS}/{user}").status == 200
    clean_up()
    assert search(shops, "shop") == ["shop-1"]
    assert [row for row in everything() if row["pk"]["S"].startswith("US#") and row["sk"]["S"].endswith(user)] == []


def test_pages(acme: Acme) -> None:
    for number in range(5):
        create(acme, f"m-{number}", name=f"M-{number} merchant")
    first = acme.server.get(f"{USERS}?search=m&limit=3").json
    assert [row["external_id"] for row in first["data"]] == ["m-4", "m-3", "m-2"]
    assert first["pagination"]["total"] == 5
    assert search(acme, "m", f"&limit=3&cursor={first['pagination']['nextCursor']}") == ["m-1", "m-0"]
    assert search(acme, "m", "&limit=3&page=2") == ["m-1", "m-0"]


def test_more_than_a_search_looks_at_is_said(shops: Acme, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(terms, "MAX_FOUND", 1)
    assert shops.server.get(f"{USERS}?search=hello").json["pagination"].get("totalCapped") is None
    assert shops.server.get(f"{USERS}?search=bean").json["pagination"]["totalCapped"]


def test_nobody_elses_and_nothing_at_all(shops: Acme) -> None:
    assert search(Acme.create(), "shop") == []
    for query in (f"search={'x' * 201}", "search=a&external_id=b"):
        assert shops.server.get(f"{USERS}?{query}").status == 422
    assert search(shops, "shop") == search(shops, "%20shop")


def test_a_change_while_the_end_user_is_deleted_leaves_nothing(acme: Acme) -> None:
    for round_ in range(4):
        user = create(acme, "merchant", name="Before")
        rename = {"externalId": "merchant", "name": f"After{round_}"}
        at_once(
            [
                requesting(acme.server, "DELETE", f"{USERS}/{user}"),
                requesting(acme.server, "POST", f"{EMBED}/sessions", rename),
            ]
        )
        left = [row["sk"]["S"] for row in everything() if row["pk"]["S"].startswith("US#")]
        alive = {row["id"] for row in acme.server.get(USERS).data}
        assert {keys.part_after_term(sk) for sk in left} <= alive


def test_reindexing_finds_those_from_before(shops: Acme) -> None:
    org = shops.organization_id
    item = end_users.find_by_external_id(org, "shop-1")
    assert item is not None
    for term in ("muller & sohne", "shop-1"):
        delete(keys.end_user_term(org, term, item.id))
    assert search(shops, "mull") == []
    assert [terms.index_again(item) for _ in range(2)] == [True, False]
    assert search(shops, "mull") == ["shop-1"]
