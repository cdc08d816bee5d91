"""What a provider posts: genuine, merged as the Sync API merges, and the same in any order."""

import itertools
import json
import random
from datetime import timedelta
from typing import Any
from unittest.mock import patch

import pytest
import time_machine

from chalicelib.kit import clock
from chalicelib.kit.errors import TooManyRequests
from chalicelib.organizations import suspension, tracking_provider
from chalicelib.security.rate_limits import Limit
from chalicelib.tracking_feeds import hooks
from tests.support.account import everything
from tests.support.easypost import configure, post, scan, signature, tracker
from tests.support.factories import EMBED, Acme
from tests.support.faults import Crash, crashing
from tests.support.gateway import Client
from tests.support.races import at_once
from tests.unit.tracking_feeds.conftest import Feed

DAY_1, DAY_2, DAY_3 = "2026-03-01T10:00:00Z", "2026-03-02T10:00:00Z", "2026-03-03T10:00:00Z"


@pytest.fixture
def followed(feed: Feed) -> Feed:
    feed.ship(status="label_created", ship_date="2026-03-01")
    feed.register()
    feed.tick()
    return feed


class TestGenuine:
    def test_a_good_signature_is_taken_at_once(self, followed: Feed) -> None:
        reply = followed.post(tracker("1Z999", scan(DAY_1), est_delivery_date="2026-03-05T00:00:00Z"))
        assert (reply.status, reply.json) == (202, {"accepted": True})
        view = followed.view
        assert (view["status"], view["estimated_delivery"]) == ("in_transit", "2026-03-05")
        assert view["checkpoints"][0]["status_detail"] == f"in_transit at {DAY_1}"

    def test_the_secret_is_normalised_as_easypost_does(self) -> None:
        assert signature(b"{}", "ﬀ-sécrèt") == signature(b"{}", "ff-sécrèt")

    @pytest.mark.parametrize("sign", ["", "hmac-sha256-hex=", "hmac-sha256-hex=" + "0" * 64, "ünï"])
    def test_forged_ones_change_nothing(self, followed: Feed, sign: str) -> None:
        reply = followed.post(tracker("1Z999", scan(DAY_1)), sign=sign)
        assert (reply.status, reply.code) == (401, "hook_forged")
        assert followed.view["checkpoints"] == []

    def test_another_body_under_a_good_signature_is_forged(self, followed: Feed) -> None:
        body = json.dumps({"description": "tracker.updated", "result": tracker("1Z999", scan(DAY_1))})
        headers = {"X_Hmac_Signature": signature(body.encode())}
        assert Client().post(followed.path, body.replace("1Z999", "1Z998"), **headers).status == 401
        assert Client().post(followed.path, body, **headers).status == 202

    def test_tokens_of_nobody_and_of_others(self, followed: Feed) -> None:
        other = configure(Acme.create(), webhookSecret="another secret")
        result = tracker("1Z999", scan(DAY_1))
        assert post(other, result).status == 401
        for path in ("/hooks/tracking/nothing", followed.path[:-1] + ("a" if followed.path[-1] != "a" else "b")):
            assert post(path, result).status == 404
        assert followed.view["checkpoints"] == []

    def test_a_rotated_address_works_for_a_day(self, followed: Feed) -> None:
        reply = followed.acme.server.post(f"{EMBED}/config/rotate", {"trackingWebhook": True})
        new = reply.data["tracking_webhook_url"].removeprefix("https://api.example.com")
        assert new != followed.path
        assert post(followed.path, tracker("1Z999", scan(DAY_1))).status == 202
        with time_machine.travel(clock.now() + timedelta(hours=25)):
            assert post(followed.path, tracker("1Z999", scan(DAY_2))).status == 404
            assert post(new, tracker("1Z999", scan(DAY_2))).status == 202

    def test_limits_are_counted_before_anything_is_decrypted(self, followed: Feed) -> None:
        with (
            patch.object(hooks, "consume", side_effect=TooManyRequests(30)),
            patch.object(tracking_provider, "webhook_secret", side_effect=AssertionError("decrypted")),
        ):
            assert followed.post(tracker("1Z999", scan(DAY_1))).status == 429

    def test_whoever_has_the_address_uses_up_nothing_of_the_providers(
        self, followed: Feed, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(hooks, "TOKEN_LIMIT", Limit("hook-tracking", 2, 60))
        forger = Client(ip="203.0.113.66")
        assert [forger.post(followed.path, "{}").status for _ in range(3)] == [401, 401, 429]
        assert followed.post(tracker("1Z999", scan(DAY_1))).status == 202

    def test_suspended_ones_are_taken_and_dropped(self, followed: Feed) -> None:
        suspension.suspend(followed.acme.organization_id)
        assert followed.post(tracker("1Z999", scan(DAY_1))).status == 202
        suspension.resume(followed.acme.organization_id)
        assert followed.view["checkpoints"] == []

    @pytest.mark.parametrize("body", ["", "[]", "{", '{"description":"batch.created"}', '{"description":"tracker.x"}'])
    def test_what_is_about_something_else_is_taken(self, followed: Feed, body: str) -> None:
        assert Client().post(followed.path, body, X_Hmac_Signature=signature(body.encode())).status == 202

    def test_the_day_is_over_where_easypost_saw_the_parcel(self, followed: Feed) -> None:
        in_california = scan("2026-03-01T10:00:00-08:00")
        followed.post(tracker("1Z999", in_california, est_delivery_date="2099-03-05T00:00:00Z"))
        for hour, late in ((7, 0), (9, 1)):
            with time_machine.travel(f"2099-03-06T{hour:02}:00:00Z"):
                followed.tick()
            told = [row for row in everything() if row.get("t") == {"S": "shipment.late"}]
            assert len(told) == late

    def test_unreadable_parts_cost_themselves(self, followed: Feed) -> None:
        scans: list[Any] = [scan(DAY_1), scan("tomorrow"), "scan", {"status": "in_transit"}, scan(DAY_2, message=7)]
        assert followed.post(tracker("1Z999", scan(DAY_2)) | {"tracking_details": scans}).status == 202
        assert [each["checkpoint_time"][:10] for each in followed.view["checkpoints"]] == ["2026-03-01", "2026-03-02"]


class TestBothSpeak:
    """The carrier wins on movement, the source on cancellation, whoever spoke last."""

    def test_the_carrier_moves_and_the_source_cannot_move_it_back(self, followed: Feed) -> None:
        followed.post(tracker("1Z999", scan(DAY_1), scan(DAY_2, "delivered")))
        followed.ship(status="in_transit", updated_at=clock.timestamp())
        view = followed.view
        assert (view["status"], view["actual_delivery"]) == ("delivered", DAY_2)

    def test_the_source_cancels_and_the_carrier_cannot_take_it_back(self, followed: Feed) -> None:
        followed.ship(status="cancelled")
        followed.post(tracker("1Z999", scan(DAY_1)))
        assert followed.view["status"] == "cancelled"
        followed.ship(status="label_created")
        assert followed.view["status"] == "in_transit"

    def test_the_carrier_cancels_nothing(self, followed: Feed) -> None:
        followed.ship(status="in_transit")
        followed.post(tracker("1Z999", scan(DAY_1, "cancelled")))
        assert followed.view["status"] == "in_transit"

    def test_before_the_first_scan_the_source_knows_more(self, followed: Feed) -> None:
        followed.ship(status="picked_up")
        followed.post(tracker("1Z999"))
        assert followed.view["status"] == "picked_up"

    def test_the_same_record_again_changes_nothing(self, followed: Feed) -> None:
        record = {"external_id": "S-1", "tracking_number": "1Z999", "carrier": "UPS", "status": "in_transit"}
        followed.shop.sync([], [record])
        followed.post(tracker("1Z999", scan(DAY_1, "out_for_delivery")))
        assert followed.shop.sync([], [record])["shipments"]["unchanged"] == 1
        assert followed.view["status"] == "out_for_delivery"

    def test_the_order_row_and_the_totals_follow(self, followed: Feed) -> None:
        followed.shop.order("N-1")
        followed.ship(status="label_created", order_external_id="ext-N-1")
        followed.post(tracker("1Z999", scan(DAY_1, "delivered")))
        (order,) = followed.shop.session.client.get(f"{EMBED}/orders").data
        assert [each["status"] for each in order["shipments"]] == ["delivered"]
        for status, total in (("delivered", 1), ("label_created", 0)):
            reply = followed.shop.session.client.get(f"{EMBED}/shipments?status={status}")
            assert reply.json["pagination"]["total"] == total


class TestWhichParcel:
    def test_a_parcel_that_nobody_knows_yet_waits_for_its_shipment(self, feed: Feed) -> None:
        assert feed.post(tracker("1Z 999", scan(DAY_1, "delivered", message="SIGNED BY JANE DOE"))).status == 202
        assert "JANE" not in str(everything())
        feed.ship(ship_date="2026-03-01")
        feed.register()
        feed.tick()
        assert (feed.view["status"], len(feed.view["checkpoints"])) == ("delivered", 1)
        assert [row for row in everything() if row["sk"]["S"] == "REPORT"] == []

    def test_a_number_that_is_used_again_is_another_parcel(self, followed: Feed) -> None:
        followed.post(tracker("1Z999", scan(DAY_1), scan(DAY_2, "delivered")))
        reused = tracker("1Z999", scan("2026-09-01T10:00:00Z"))
        assert followed.post(reused).status == 202
        assert (followed.view["status"], len(followed.view["checkpoints"])) == ("delivered", 2)
        followed.ship(external_id="S-2", status="label_created", ship_date="2026-09-01")
        followed.register()
        followed.tick()
        whole = tracker("1Z999", scan(DAY_1), scan(DAY_2, "delivered"), scan("2026-09-01T10:00:00Z"))
        assert followed.post(whole).status == 202
        by_day = {view["ship_date"]: view for view in followed.views()}
        assert (by_day["2026-03-01"]["status"], len(by_day["2026-03-01"]["checkpoints"])) == ("delivered", 2)
        assert (by_day["2026-09-01"]["status"], len(by_day["2026-09-01"]["checkpoints"])) == ("in_transit", 1)

    def test_a_return_ends_where_it_began(self, followed: Feed) -> None:
        followed.post(tracker("1Z999", scan(DAY_1), scan(DAY_2, "delivered"), is_return=True))
        view = followed.view
        assert (view["status"], view["checkpoints"][-1]["status"]) == ("returned", "returned")

    def test_numbers_of_other_organizations_are_out_of_reach(self, followed: Feed) -> None:
        other = configure(Acme.create())
        assert post(other, tracker("1Z999", scan(DAY_1, "delivered"))).status == 202
        assert followed.view["status"] == "label_created"

    def test_a_shipment_of_a_deleted_bridge_is_gone(self, followed: Feed) -> None:
        followed.shop.session.client.delete(f"{EMBED}/bridges/{followed.shop.bridge['id']}")
        assert followed.post(tracker("1Z999", scan(DAY_1))).status == 202


def reports(parcels: int, lengths: tuple[int, ...] = (1, 2, 3, 4, 5)) -> list[dict[str, Any]]:
    """States of every parcel, by how many scans they have, as EasyPost posts them one after another."""
    found = []
    for parcel in range(parcels):
        steps = ["pre_transit", "in_transit", "in_transit", "out_for_delivery", "delivered"]
        scans = [scan(f"2026-03-{day:02}T{parcel % 24:02}:00:00Z", step) for day, step in enumerate(steps, start=1)]
        for length in lengths:
            day = "2026-03-06T00:00:00Z" if length in (2, 4) else None
            found.append(tracker(f"1Z{parcel}", *scans[:length], est_delivery_date=day))
    return found


def end_state(feed: Feed, posts: list[dict[str, Any]], parcels: int) -> list[Any]:
    for parcel in range(parcels):
        number = f"1Z{parcel}"
        feed.ship(number=number, external_id=f"S-{parcel}", status="label_created", ship_date="2026-03-01")
    feed.register()
    feed.tick()
    assert {feed.post(each).status for each in posts} == {202}
    pages = []
    for view in sorted(feed.views(), key=lambda view: str(view["tracking_number"])):
        view.pop("id")
        pages.append({**view, "checkpoints": [{**each, "id": None} for each in view["checkpoints"]]})
    return pages


def test_a_thousand_hooks_doubled_and_shuffled_end_in_the_same_pages(feed: Feed) -> None:
    parcels = 100
    # The last has every scan; the expected day came with the one before, and was not taken back.
    expected = end_state(feed, reports(parcels, lengths=(4, 5)), parcels)
    assert {(page["status"], page["estimated_delivery"]) for page in expected} == {("delivered", "2026-03-06")}
    shuffled = reports(parcels) * 2
    random.Random(7).shuffle(shuffled)
    assert len(shuffled) == 1000
    other = Acme.create()
    assert end_state(Feed(other, feed.easypost, configure(other)), shuffled, parcels) == expected


def test_of_reports_from_one_second_the_one_further_on_holds(feed: Feed) -> None:
    for parcel, order in enumerate(itertools.permutations(["in_transit", "out_for_delivery", "delivered"])):
        number = f"1Z{parcel}"
        feed.ship(number=number, external_id=f"S-{parcel}", status="label_created", ship_date="2026-03-01")
        feed.register()
        for status in order:
            feed.post(tracker(number, scan(DAY_1, status)))
    assert {view["status"] for view in feed.views()} == {"delivered"}


def test_at_once_none_is_lost(followed: Feed) -> None:
    scans = [scan(f"2026-03-{day:02}T10:00:00Z") for day in range(1, 6)]
    replies = at_once([lambda one=one: followed.post(tracker("1Z999", one)) for one in scans])  # type: ignore[misc]
    assert {reply.status for reply in replies} == {202}
    assert len(followed.view["checkpoints"]) == 5


@pytest.mark.parametrize("done", [False, True])
def test_killed_at_any_call_the_next_post_completes_it(followed: Feed, done: bool) -> None:
    for at in range(30):
        report = tracker("1Z999", *(scan(f"2026-03-01T{hour:02}:00:00Z") for hour in range(at % 24 + 1)))
        try:
            with crashing(at, done=done):
                followed.post(report)
            break
        except Crash:
            assert followed.post(report).status == 202
            assert len(followed.view["checkpoints"]) == at % 24 + 1
    assert at > 3
