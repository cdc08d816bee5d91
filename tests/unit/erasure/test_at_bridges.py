"""Erasing a customer from the orders of some bridges, as a shop asks for it."""

from typing import Any

import pytest

from chalicelib.cleanup import service as cleanup
from chalicelib.cleanup.messages import messages_for
from chalicelib.erasure import service
from chalicelib.events.relay import message_of
from chalicelib.events.store import EventItem
from chalicelib.kit.queues import Message
from chalicelib.organizations.principals import SYSTEM
from tests.support.factories import EMBED, Acme
from tests.support.merchant import Merchant
from tests.support.pipeline import Pipeline

ADA = {"name": "Ada Lovelace", "email": "ada@example.com"}


@pytest.fixture
def merchant(acme: Acme) -> Merchant:
    return Merchant.of(acme)


def erase(merchant: Merchant, email: str, *bridge_ids: str) -> int:
    """Ask, and do all parts. Returns how many there were."""
    pipeline = Pipeline()
    pipeline.new_events()
    service.request_erasure_at_bridges(merchant.acme.organization_id, email, bridge_ids, SYSTEM)
    [event] = [event_of(record) for record in pipeline.new_events()]
    waiting: list[Message] = messages_for(event)
    parts = 0
    while waiting:
        body = waiting.pop().body
        parts += 1
        following = cleanup._RUNNERS[body["task"]](body["organization_id"], body["subject_id"], body["state"])
        waiting += [following] if following is not None else []
    return parts


def event_of(record: Any) -> dict[str, Any]:
    return message_of(EventItem.of(record["dynamodb"]["NewImage"]))


def customers(merchant: Merchant) -> dict[str, Any]:
    rows = merchant.client.get(f"{EMBED}/orders?limit=50").data
    return {row["external_id"]: row["customer"]["name"] for row in rows}


def test_only_orders_of_these_bridges(merchant: Merchant) -> None:
    merchant.order("1", customer=ADA)
    merchant.order("2", customer={**ADA, "email": "grace@example.com"})
    first = merchant.bridge
    merchant.bridge = merchant.session.bridge()
    merchant.order("3", customer=ADA)
    erase(merchant, "Ada@Example.com", first["id"])
    assert customers(merchant) == {"1": None, "2": "Ada Lovelace", "3": "Ada Lovelace"}
    log = merchant.client.get(f"{EMBED}/orders?limit=50").text
    assert log.count("ada@example.com") == 1


def test_the_customers_sessions_and_later_orders_stay(merchant: Merchant) -> None:
    merchant.order("1", customer=ADA)
    erase(merchant, "ada@example.com", merchant.bridge["id"])
    merchant.order("2", customer=ADA, ordered_at="2020-01-01T00:00:00Z")
    assert customers(merchant) == {"1": None, "2": "Ada Lovelace"}
    # What was erased stays erased.
    merchant.order("1", customer=ADA)
    assert customers(merchant)["1"] is None


def test_more_orders_than_one_part(merchant: Merchant, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(service, "BATCH_SIZE", 3)
    merchant.sync(orders=[{"external_id": f"{n}", "customer": ADA} for n in range(8)])
    first, merchant.bridge = merchant.bridge, merchant.session.bridge()
    merchant.sync(orders=[{"external_id": f"other-{n}", "customer": ADA} for n in range(4)])
    assert erase(merchant, "ada@example.com", first["id"]) > 4
    found = customers(merchant)
    assert {name for external_id, name in found.items() if external_id.startswith("other")} == {"Ada Lovelace"}
    assert {name for external_id, name in found.items() if not external_id.startswith("other")} == {None}


def test_nobody_of_that_name(merchant: Merchant) -> None:
    merchant.order("1", customer=ADA)
    erase(merchant, "nobody@example.com", merchant.bridge["id"])
    assert customers(merchant) == {"1": "Ada Lovelace"}
