"""Whoever subscribes to a signal or has a rule for it hears of it: by webhook, and in the portal's notifications."""

import json
from datetime import datetime, timedelta

import pytest
import time_machine

from chalicelib.kit import clock
from chalicelib.shipments import signalling
from tests.support.engine import loopback, merchant, pipeline, time
from tests.support.factories import EMBED
from tests.support.hooks import Merchant
from tests.support.pipeline import Pipeline
from tests.support.receivers import Receiver, answer
from tests.support.storefront import Storefront

__all__ = ["loopback", "merchant", "pipeline", "time"]

SIGNALS = ("shipment.stalled", "shipment.late", "shipment.eta_changed")


def day_after(moment: datetime, days: int) -> str:
    return clock.timestamp(moment + timedelta(days=days))[:10]


def test_each_signal_reaches_webhook_and_rule_once(
    merchant: Merchant, pipeline: Pipeline, time: time_machine.Traveller
) -> None:
    shop = Storefront(merchant.acme)
    now = clock.now()

    def ship(expected: int) -> None:
        record = {
            "external_id": "S-1",
            "tracking_number": "1Z9",
            "carrier": "UPS",
            "status": "in_transit",
            "estimated_delivery": day_after(now, expected),
            "checkpoints": [{"status": "in_transit", "checkpoint_time": clock.timestamp(now)}],
        }
        shop.sync([], [record])

    with Receiver(answer(200)) as receiver:
        merchant.webhook(receiver.url, *SIGNALS)
        for event_type in SIGNALS:
            merchant.rule(name=event_type, eventType=event_type, condition={"carrier": "ups"})
            merchant.rule(name=event_type, eventType=event_type, condition={"carrier": "dhl"})
        ship(expected=5)
        ship(expected=4)
        for day in (2, 4, 6):
            time.move_to(now + timedelta(days=day))
            for _ in range(2):
                signalling.run()
            pipeline.run()
    bodies = [json.loads(request.body) for request in receiver.requests]
    assert sorted(body["event"] for body in bodies) == sorted(SIGNALS)
    by_type = {body["event"]: body["data"] for body in bodies}
    assert {data["tracking_number"] for data in by_type.values()} == {"1Z9"}
    assert by_type["shipment.stalled"]["last_checkpoint_at"] == clock.timestamp(now)
    assert by_type["shipment.eta_changed"]["previous_estimated_delivery"] == day_after(now, 5)

    merchant.again()
    rows = merchant.session.client.get(f"{EMBED}/alerts/notifications").data
    assert {(row["title"], row["severity"]) for row in rows} == {
        ("Shipment standing still", "warning"),
        ("Shipment late", "warning"),
        ("Expected delivery changed", "info"),
    }
    assert len(rows) == 3


@pytest.mark.parametrize("event_type", SIGNALS)
def test_the_portal_may_offer_them(merchant: Merchant, event_type: str) -> None:
    assert event_type in merchant.session.client.get(f"{EMBED}/webhooks/event-types").data
