"""Numbers of orders and shipments may contain an address, also where deliveries show them."""

import re

from chalicelib.kit import clock
from chalicelib.table.transaction import put
from chalicelib.webhooks.references import References, make_hint
from tests.support.attempts import attempt_of
from tests.support.erasures import EMAIL, erase, naming, order, run_cleanup, shipment
from tests.support.factories import EMBED
from tests.support.pipeline import Pipeline
from tests.support.storefront import Storefront

ADDRESS = re.escape(EMAIL)


def test_numbers_in_attempts_lose_it(shop: Storefront) -> None:
    pipeline = Pipeline()
    made = shop.session.client.post(f"{EMBED}/webhooks", {"url": "https://8.8.8.8/hook", "events": ["order.created"]})
    shop.sync([order(order_number=f"for {EMAIL}")], [{**shipment(), "tracking_number": EMAIL}])
    now = clock.timestamp()
    attempt = attempt_of(
        shop.acme.organization_id,
        made.data["id"],
        response_status=200,
        sent_at=now,
        order_number=f"for {EMAIL}",
        tracking_number=EMAIL,
        hint=make_hint(now, "succeeded", "order.created", References(f"for {EMAIL}", EMAIL)),
    )
    assert put(attempt)
    erase(shop)
    run_cleanup(pipeline)
    assert naming(ADDRESS) == []
    shown = shop.session.client.get(f"{EMBED}/webhooks/{made.data['id']}/deliveries").data
    assert EMAIL not in str(shown)


def test_numbers_of_skipped_deliveries_lose_it(shop: Storefront) -> None:
    pipeline = Pipeline()
    made = shop.session.client.post(f"{EMBED}/webhooks", {"url": "https://8.8.8.8/hook", "events": ["order.created"]})
    pipeline.run()
    shop.session.client.patch(f"{EMBED}/webhooks/{made.data['id']}", {"isActive": False})
    shop.sync([order(order_number=f"for {EMAIL}")])
    pipeline.run()
    erase(shop)
    run_cleanup(pipeline)
    assert naming(ADDRESS) == []
