"""Recounting finds every counter that is wrong, and nothing where none is."""

import pytest

from chalicelib.table import keys
from chalicelib.table.transaction import update
from chalicelib.totals.store import counter
from local.commands.verify import verify
from local.recount import Drift, recount
from tests.support.factories import EMBED, Acme
from tests.support.orders import Merchant, order, shipment


@pytest.fixture
def merchant(acme: Acme) -> Merchant:
    merchant = Merchant.of(acme)
    merchant.sync(order(1), order(2, status="shipped"), shipments=[shipment(1)])
    return merchant


def test_what_is_right_is_right(merchant: Merchant) -> None:
    found, drifts = recount(merchant.acme.organization_id, merchant.session.end_user_id)
    assert found == {"o#pending": 1, "o#shipped": 1, "s#label_created": 1}
    assert drifts == []
    assert verify(merchant.acme.organization_id, None, {}) == (1, [])


def test_a_counter_that_is_wrong_is_named(merchant: Merchant) -> None:
    org, user = merchant.acme.organization_id, merchant.session.end_user_id
    update(keys.end_user_stats(org, user), [counter("o#pending").add(2)])
    update(keys.bridge_stats(org, merchant.bridge_id, user), [counter("s#delivered").add(1)])
    _, drifts = recount(org, user)
    assert drifts == [
        Drift(None, "o#pending", kept=3, found=1),
        Drift(merchant.bridge_id, "s#delivered", kept=1, found=0),
    ]
    number, problems = verify(org, "merchant-1", {})
    assert (number, len(problems)) == (1, 2)


def test_action_requests_are_counted_too(merchant: Merchant) -> None:
    org, user = merchant.acme.organization_id, merchant.session.end_user_id
    order_id = merchant.client.get(f"{EMBED}/orders").data[0]["id"]
    wanted = {"orderId": order_id, "actionType": "hold", "title": "Please wait"}
    assert merchant.client.post(f"{EMBED}/action-requests", wanted).status == 201
    found, drifts = recount(org, user)
    assert (found["requests#pending"], drifts) == (1, [])
    update(keys.end_user_stats(org, user), [counter("requests#denied").add(1)])
    assert recount(org, user)[1] == [Drift(None, "requests#denied", kept=1, found=0)]


def test_hidden_data_is_not_the_end_users(merchant: Merchant) -> None:
    merchant.client.delete(f"{EMBED}/bridges/{merchant.bridge_id}")
    found, drifts = recount(merchant.acme.organization_id, merchant.session.end_user_id)
    assert (found, drifts) == ({}, [])


def test_a_file_that_says_otherwise(merchant: Merchant) -> None:
    from collections import Counter

    org = merchant.acme.organization_id
    assert verify(org, None, {"merchant-1": Counter({"o#pending": 1, "o#shipped": 1})}) == (1, [])
    _, problems = verify(org, None, {"merchant-1": Counter({"o#pending": 2}), "merchant-9": Counter()})
    assert len(problems) == 2
