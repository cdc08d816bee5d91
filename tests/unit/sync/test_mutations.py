"""Real samples with something broken at random: never a 500, and never a neighbour lost."""

import random
from collections.abc import Callable
from typing import Any

import pytest
import simplejson

from chalicelib.kit import codec
from tests.support import platforms
from tests.support.factories import EMBED, Acme
from tests.support.oracle import check
from tests.support.orders import Merchant, order, shipment

MUTATIONS = 100
PER_CALL = 20
WRONG: tuple[Any, ...] = (
    None,
    True,
    "",
    " ",
    [],
    {},
    [[]],
    {"a": {}},
    -1,
    10**40,
    "x" * 6000,
    "2026-02-30",
    "\x00",
    "\ud83c",
    "1_0",
    "İ" * 300,
)
Place = tuple[Any, Any]


def places(value: Any) -> list[Place]:
    """Every (object or list, name or index) inside of a value."""
    found: list[Place] = []
    entries = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, entry in list(entries):
        found += [(value, name), *places(entry)]
    return found


def drop(parent: Any, name: Any, _: random.Random) -> None:
    del parent[name]


def mistype(parent: Any, name: Any, chance: random.Random) -> None:
    parent[name] = chance.choice(WRONG)


def double(parent: Any, name: Any, _: random.Random) -> None:
    if isinstance(parent, list):
        parent.append(parent[name])
    else:
        # A second member of this name; see `text_of`.
        parent[f"{name}\u2063"] = parent[name]


def truncate(parent: Any, name: Any, chance: random.Random) -> None:
    value = parent[name]
    if isinstance(value, str | list):
        parent[name] = value[: chance.randrange(len(value) + 1)]
    elif isinstance(value, dict):
        for member in list(value)[chance.randrange(len(value) + 1) :]:
            del value[member]
    else:
        parent[name] = None


def misname(parent: Any, name: Any, _: random.Random) -> None:
    if isinstance(parent, dict):
        parent[name[::-1]] = parent.pop(name)


KINDS: tuple[Callable[[Any, Any, random.Random], None], ...] = (drop, mistype, double, truncate, misname)


def mutated(record: dict[str, Any], number: int, chance: random.Random) -> dict[str, Any]:
    copy: dict[str, Any] = codec.loads(codec.dumps({**record, "external_id": f"{record['external_id']}-{number}"}))
    for _ in range(chance.randint(1, 4)):
        parent, name = chance.choice(places(copy) or [(copy, "external_id")])
        if name in parent if isinstance(parent, dict) else name < len(parent):
            chance.choice(KINDS)(parent, name, chance)
    return copy


def text_of(body: Any) -> str:
    return simplejson.dumps(body, use_decimal=True).replace("\\u2063", "")


@pytest.mark.parametrize("name", platforms.ALL)
def test_a_hundred_mutations(acme: Acme, name: str) -> None:
    merchant = Merchant.of(acme)
    chance = random.Random(name)
    batch = platforms.ALL[name]()
    path = f"/api/v1/bridges/{merchant.bridge_id}/sync"
    for call in range(MUTATIONS // PER_CALL):
        bad = [call * PER_CALL + n for n in range(PER_CALL)]
        sent = {
            kind: [
                good(f"before-{call}"),
                *(mutated(record, number, chance) for record in batch[kind] for number in bad),
                good(f"after-{call}"),
            ]
            for kind, good in (("orders", order), ("shipments", shipment))
        }
        reply = acme.server.post(path, text_of(sent))
        assert reply.status == 200, reply.text
        for kind in ("orders", "shipments"):
            failed = {error["index"] for error in reply.data["errors"] if f"{error['kind']}s" == kind}
            assert not failed & {0, len(sent[kind]) - 1}
            # A cut off external id may be that of another record.
            counts = reply.data[kind]
            assert counts["created"] + counts["updated"] + counts["unchanged"] == len(sent[kind]) - len(failed)
    check(merchant)
    for listed in (*merchant.orders("?limit=50")["data"], *merchant.shipments("?limit=50")["data"]):
        room = "orders" if "ordered_at" in listed else "shipments"
        assert merchant.client.get(f"{EMBED}/{room}/{listed['id']}").status == 200
