"""Each shipment is registered once, by a function that can do little else."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine

from chalicelib.kit import clock, codec
from chalicelib.organizations import suspension
from chalicelib.tracking_feeds import registering
from tests.support import iam
from tests.support.account import everything
from tests.support.easypost import KEY, SECRET, EasyPost, configure, scan, tracker
from tests.support.factories import EMBED, Acme
from tests.support.faults import Crash, crashing
from tests.support.races import at_once
from tests.unit.tracking_feeds.conftest import Feed


def test_once_however_often_the_shipment_changes(feed: Feed) -> None:
    feed.ship()
    feed.register()
    assert feed.easypost.asked == [{"tracking_code": "1Z999", "carrier": "UPS"}]
    feed.ship(status="out_for_delivery")
    feed.ship(status="in_transit", checkpoints=[{"status": "in_transit", "checkpoint_time": "2026-03-01T10:00:00Z"}])
    feed.register()
    assert len(feed.easypost.asked) == 1


def test_again_for_another_number_only(feed: Feed) -> None:
    feed.ship()
    feed.register()
    feed.ship(number="1Z000")
    feed.register()
    assert [each["tracking_code"] for each in feed.easypost.asked] == ["1Z999", "1Z000"]


def test_not_without_a_number_or_after_the_end_or_while_suspended(feed: Feed) -> None:
    feed.ship(number=None)
    feed.shop.sync([], [{"external_id": "S-2", "tracking_number": "1Z2", "carrier": "UPS", "status": "delivered"}])
    feed.shop.sync([], [{"external_id": "S-3", "tracking_number": "1Z3", "status": "in_transit"}])
    feed.register()
    feed.ship(external_id="S-4")
    suspension.suspend(feed.acme.organization_id)
    feed.register()
    assert feed.easypost.asked == []


def test_what_the_provider_knows_already_is_taken_in(feed: Feed) -> None:
    feed.easypost.trackers["1Z999"] = tracker("1Z999", scan("2026-03-01T10:00:00Z"), scan("2026-03-02T10:00:00Z"))
    feed.ship(ship_date="2026-03-01")
    feed.register()
    feed.tick()
    assert [each["city"] for each in feed.view["checkpoints"]] == ["AUSTIN", "AUSTIN"]
    kept = [row for row in everything() if row["sk"]["S"] == "REPORT"]
    assert kept == []


def test_two_at_once_ask_once(feed: Feed) -> None:
    feed.ship()
    session = feed.shop.session
    shipment_id = session.client.get(f"{EMBED}/shipments").data[0]["id"]
    body = {"organization_id": feed.acme.organization_id, "end_user_id": session.end_user_id}
    at_once([lambda: registering.handle({**body, "shipment_id": shipment_id})] * 4)
    assert len(feed.easypost.asked) == 1


@pytest.mark.parametrize("status", [401, 429, 503])
def test_a_provider_that_cannot_answer_is_asked_again(feed: Feed, status: int) -> None:
    feed.easypost.faults = [status, status]
    feed.ship()
    feed.register()
    for minutes in (2, 10):
        with time_machine.travel(clock.now() + timedelta(minutes=minutes)):
            feed.tick()
    assert len(feed.easypost.asked) == 3
    with time_machine.travel(clock.now() + timedelta(days=2)):
        feed.tick()
    assert len(feed.easypost.asked) == 3


def test_the_organization_hears_of_a_refused_key_once_a_day(feed: Feed) -> None:
    def told() -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = feed.acme.server.get(f"{EMBED}/events?event_type=tracking_provider.refused").data
        return found

    feed.easypost.faults = [503, 401, 402, 403]
    feed.ship()
    feed.register()
    assert told() == []
    for minutes in (2, 10, 50):
        with time_machine.travel(clock.now() + timedelta(minutes=minutes)):
            feed.tick()
    (event,) = told()
    assert (event["resource_type"], event["end_user_id"]) == ("embed_config", None)
    (row,) = [row for row in everything() if row.get("t") == {"S": "tracking_provider.refused"}]
    assert codec.loads(row["d"]["S"])["name"] == "easypost"
    assert KEY not in str(row)

    with time_machine.travel(clock.now() + timedelta(hours=26)):
        feed.easypost.faults = [401, 401]
        for number in ("1Z2", "1Z3"):
            feed.ship(number=number, external_id=number)
        feed.register()
        assert len(told()) == 2


def test_a_number_that_nobody_tracks_is_not_asked_for_again(feed: Feed) -> None:
    feed.easypost.faults = [422]
    feed.ship()
    feed.register()
    feed.ship(status="out_for_delivery")
    feed.register()
    with time_machine.travel(clock.now() + timedelta(days=2)):
        feed.tick()
    assert len(feed.easypost.asked) == 1


@pytest.mark.parametrize("done", [False, True])
def test_killed_at_any_call_it_is_registered_when_the_message_comes_again(acme: Acme, done: bool) -> None:
    easypost = EasyPost()
    with easypost.installed():
        feed = Feed(acme, easypost, configure(acme))
        session = feed.shop.session
        body = {"organization_id": acme.organization_id, "end_user_id": session.end_user_id}
        for at in range(20):
            number = f"1Z{at}"
            easypost.trackers[number] = tracker(number, scan("2026-03-01T10:00:00Z"))
            feed.ship(number=number, external_id=f"S-{at}", ship_date="2026-03-01")
            shipment_id = session.client.get(f"{EMBED}/shipments?search={number}").data[0]["id"]
            message = {**body, "shipment_id": shipment_id}
            try:
                with crashing(at, done=done):
                    registering.handle(message)
                break
            except Crash:
                with time_machine.travel(clock.now() + timedelta(minutes=3)):
                    registering.handle(message)
        with time_machine.travel(clock.now() + timedelta(minutes=5)):
            feed.tick()
        assert at > 3
        assert all(len(view["checkpoints"]) == 1 for view in feed.views())


def test_its_function_cannot_touch_shipments_or_other_secrets() -> None:
    def refused(operation: str, given: dict[str, Any], service: str = "dynamodb") -> bool:
        return bool(iam.refusals("register_trackers", service, operation, given))

    put = {"TableName": "orderly-embed", "Item": {"pk": {"S": "SH#o#s"}, "sk": {"S": "u#SUMMARY"}}}
    assert refused("PutItem", put)
    assert not refused("PutItem", {**put, "Item": {"pk": {"S": "TRK#o#1z"}, "sk": {"S": "REPORT"}}})
    assert not refused("PutItem", {**put, "Item": {"pk": {"S": "EV#o#-"}, "sk": {"S": "1"}}})


def test_secrets_are_encrypted_masked_and_merged_field_by_field(acme: Acme) -> None:
    configure(acme)
    stored = str(everything())
    assert KEY not in stored
    assert SECRET not in stored
    assert acme.config["settings"]["trackingProvider"] == {
        "name": "easypost",
        "apiKey": "--------",
        "webhookSecret": "--------",
    }
    before = acme.config["tracking_webhook_url"]
    acme.configure(settings={"trackingProvider": {"apiKey": "--------", "webhookSecret": "new"}})
    assert acme.server.get(f"{EMBED}/config/me").data["tracking_webhook_url"] == before
    acme.configure(settings={"trackingProvider": None})
    assert acme.config["tracking_webhook_url"] is None
    assert "trackingProvider" not in acme.config["settings"]


@pytest.mark.parametrize(
    "provider",
    [
        {"name": "nobody", "apiKey": "k"},
        {"name": "easypost"},
        {"name": "easypost", "apiKey": 5},
        {"name": "easypost", "apiKey": "k", "url": "https://elsewhere.example.com"},
        "easypost",
    ],
)
def test_a_setting_that_cannot_work_is_refused(acme: Acme, provider: Any) -> None:
    reply = acme.server.patch(f"{EMBED}/config", {"settings": {"trackingProvider": provider}})
    assert (reply.status, reply.fields) == (422, ["settings.trackingProvider"])
