"""After an erasure is complete, nothing names the customer, whatever was synced before and wherever in a sync or a move
it comes."""

from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager, suppress
from typing import Any
from unittest.mock import patch

import pytest
from botocore.client import BaseClient
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from chalicelib.table import batch_write, reads, transaction
from tests.support.account import empty
from tests.support.background import clean_up
from tests.support.erasures import EMAIL, Crash, erase_now, naming, order, shipment
from tests.support.factories import EMBED, Acme
from tests.support.storefront import SHOP, Storefront

pytestmark = pytest.mark.usefixtures("cloud")

NAMES = ("Jane Doe", "Jane Miller", "Jane Smith")
NAMED = r"jane\.doe@example|jane (doe|miller|smith)|555 0100|\d+ oak ave|123 main st"
CALLS = 14
"""About as many as a sync of these records makes; a bridge that changes hands makes twice as many."""


@st.composite
def orders(draw: st.DrawFn) -> list[dict[str, Any]]:
    def one(number: str) -> dict[str, Any]:
        name = draw(st.sampled_from(NAMES))
        street = {"name": name, "address1": f"{draw(st.integers(1, 3))} Oak Ave", "city": "Reno", "country": "US"}
        return order(
            number,
            status=draw(st.sampled_from(["pending", "processing", "shipped"])),
            notes=draw(st.sampled_from([None, f"{name} called", "Call Jane Doe"])),
            customer={"name": name, "email": EMAIL, "phone": draw(st.sampled_from([None, "+1 555 0100"]))},
            shipping_address=street,
            billing_address=None,
            ordered_at=f"2026-01-1{number}T10:00:00.000Z",
        )

    return [one(number) for number in draw(st.sets(st.sampled_from("12")))]


@st.composite
def shipments(draw: st.DrawFn) -> list[dict[str, Any]]:
    def one(number: str) -> dict[str, Any]:
        whole = shipment(number)
        left = {**whole["checkpoints"][0], "status": "in_transit", "status_detail": "Left with Jane Doe"}
        signed = whole["checkpoints"]
        points = draw(st.sampled_from([[], signed, [left], [*signed, left]]))
        return {**whole, "checkpoints": points, "service": draw(st.sampled_from(["ground", "air"]))}

    return [one(number) for number in draw(st.sets(st.sampled_from("12")))]


BATCHES = st.tuples(orders(), shipments())
ANY_CALL = st.integers(0, CALLS)


class NeverRunning:
    """Threads that never run, so that callers make their concurrent calls one after another, in a fixed order."""

    def submit(self, *_: Any) -> "Future[Any]":
        return Future()


@pytest.fixture(autouse=True)
def in_turn(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reads, "_threads", NeverRunning)
    for module in (transaction, batch_write, reads):
        if hasattr(module, "back_off"):
            monkeypatch.setattr(module, "back_off", lambda _: None)


@contextmanager
def at_call(number: int, step: Callable[[], Any]) -> Iterator[None]:
    """Do `step` once, before the `number`-th call to DynamoDB."""
    whole, made = BaseClient._make_api_call, iter(range(10_000))

    def make_api_call(client: BaseClient, name: str, parameters: dict[str, Any]) -> Any:
        if client.meta.service_model.service_name == "dynamodb" and next(made) == number:
            step()
        return whole(client, name, parameters)

    with patch.object(BaseClient, "_make_api_call", make_api_call):
        yield


def dies() -> None:
    raise Crash


def sync(shop: Storefront, batch: tuple[list[Any], list[Any]], *calls: tuple[int, Callable[[], Any]]) -> None:
    """A sync with a step between its calls, which may kill it."""
    with suppress(Crash):
        if not calls:
            shop.sync(*batch)
            return
        with at_call(*calls[0]):
            sync(shop, batch, *calls[1:])


@given(
    waiting=shipments(),
    history=st.lists(st.tuples(BATCHES, ANY_CALL), max_size=2),
    racing=BATCHES,
    at=ANY_CALL,
    dead=st.one_of(st.just(10_000), ANY_CALL),
    moves=st.booleans(),
    after=BATCHES,
)
@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture], phases=[Phase.generate])
def test_nothing_names_an_erased_customer(
    waiting: list[Any],
    history: list[tuple[tuple[list[Any], list[Any]], int]],
    racing: tuple[list[Any], list[Any]],
    at: int,
    dead: int,
    moves: bool,
    after: tuple[list[Any], list[Any]],
) -> None:
    empty()
    shop = Storefront(Acme.create())
    shop.sync([], waiting)
    # The sync that creates the orders may die, but only after they exist: an order created later is a later record.
    sync(shop, ([order("1"), order("2")], []), (dead, dies))
    if shop.customer(EMAIL).get(f"{SHOP}/orders").json["total"] < 2:
        shop.sync([order("1"), order("2")], [])
    for batch, died in history:
        sync(shop, batch, (died, dies))

    if moves:
        to = shop.acme.session("merchant-2").end_user_id
        path = f"/api/v1/bridges/{shop.bridge['id']}"
        assert shop.acme.server.patch(path, {"end_user_id": to}).status == 200
        with at_call(2 * at, lambda: erase_now(shop)), at_call(2 * dead, dies), suppress(Crash):
            clean_up()
        clean_up()
    else:
        sync(shop, racing, (at, lambda: erase_now(shop)), (dead, dies))
    if not shop.acme.server.get(f"{EMBED}/events?event_type=customer.erasure_completed").data:
        erase_now(shop)

    assert naming(NAMED) == []
    shop.sync(*after)
    assert naming(NAMED) == []
    assert shop.customer(EMAIL).get(f"{SHOP}/orders").json["total"] == 0
