"""`make verify` reports every wrong counter, and no right one."""

import pytest

from chalicelib.table import keys
from chalicelib.table.transaction import update
from chalicelib.totals.store import counter
from local.commands.counters import Drift, recount
from local.commands.verify import verify
from tests.support.factories import EMBED, Acme
from tests.support.orders import Merchant, order, shipment
from tests.support.pipeline import Pipeline


@pytest.fixture
def merchant(acme: Acme) -> Merchant:
    merchant = Merchant.of(acme)
    merchant.sync(order(1), order(2, status="shipped"), shipments=[shipment(1)])
    return merchant


def test_right_counters_are_not_reported(merchant: Merchant) -> None:
    Pipeline().add_up()
    found, drifts = recount(merchant.acme.organization_id, merchant.session.end_user_id)
    assert found == {"o#pending": 1, "o#shipped": 1, "s#label_created": 1}
    assert drifts == []
    assert verify(merchant.acme.organization_id, None, {}) == (1, [])


def test_wrong_counters_are_reported(merchant: Merchant) -> None:
    org, user = merchant.acme.organization_id, merchant.session.end_user_id
    update(keys.end_user_stats(org, user), [counter("o#pending").add(2)])
    update(keys.bridge_stats(org, merchant.bridge_id, user), [counter("s#delivered").add(1)])
    _, drifts = recount(org, user)
    assert drifts == [
        Drift(None, "o#pending", stored=3, counted=1),
        Drift(merchant.bridge_id, "s#delivered", stored=1, counted=0),
    ]
    number, problems = verify(org, "merchant-1", {})
    assert (number, len(problems)) == (1, 2)


def test_action_requests_are_counted_too(merchant: Merchant) -> None:
    org, user = merchant.acme.organization_id, merchant.session.end_user_id
    order_id = merchant.client.get(f"{EMBED}/orders").data[0]["id"]
    body = {"orderId": order_id, "actionType": "hold", "title": "Please wait"}
    assert merchant.client.post(f"{EMBED}/action-requests", body).status == 201
    found, drifts = recount(org, user)
    assert (found["requests#pending"], drifts) == (1, [])
    update(keys.end_user_stats(org, user), [counter("requests#denied").add(1)])
    assert recount(org, user)[1] == [Drift(None, "requests#denied", stored=1, counted=0)]


def test_hidden_data_is_not_counted_for_the_end_user(merchant: Merchant) -> None:
    merchant.client.delete(f"{EMBED}/bridges/{merchant.bridge_id}")
    found, drifts = recount(merchant.acme.organization_id, merchant.session.end_user_id)
    assert (found, drifts) == ({}, [])


def test_differences_from_the_file_are_reported(merchant: Merchant) -> None:
    from collections import Counter

    Pipeline().add_up()
    org = merchant.acme.organization_id
    assert verify(org, None, {"merchant-1": Counter({"o#pending": 1, "o#shipped": 1})}) == (1, [])
    _, problems = verify(org, None, {"merchant-1": Counter({"o#pending": 2}), "merchant-9": Counter()})
    assert len(problems) == 2
