"""The list of deliveries with a filter: attempts, and deliveries without one, in the order of the times they show."""

from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.dispatch.service import dispatch
from chalicelib.kit import ids
from chalicelib.kit.settings import settings
from chalicelib.table.transaction import put, update
from chalicelib.webhooks import listing
from chalicelib.webhooks.references import comparable_order_number, comparable_tracking_number, references_of
from chalicelib.webhooks.store import AttemptItem, DeliveryItem, new_attempt
from tests.support.aws_calls import counted
from tests.support.hooks import Hook, Merchant
from tests.support.pipeline import Pipeline
from tests.support.receivers import Receiver, answer, answers


@pytest.fixture
def down(merchant: Merchant, time: time_machine.Traveller) -> Iterator[Receiver]:
    merchant.again()
    with Receiver(answers(answer(200, close=True), answer(503))) as receiver:
        yield receiver


@pytest.fixture
def hook(merchant: Merchant, down: Receiver) -> Hook:
    return merchant.webhook(down.url, "order.created", "order.updated", "shipment.created")


@pytest.fixture
def story(pipeline: Pipeline, merchant: Merchant, hook: Hook, time: time_machine.Traveller) -> Hook:
    """An event a second: the first is skipped, the second delivered; five fail, the last two are deferred."""
    hook.patch(isActive=False)
    send(pipeline, merchant, order_number="ORD-1")
    hook.patch(isActive=True)
    for number in range(2, 10):
        time.shift(1)
        send(pipeline, merchant, order_number=f"ORD-{number}")
    return hook


def send(pipeline: Pipeline, merchant: Merchant, event_type: Any = "order.created", **data: Any) -> None:
    merchant.publish(event_type, **data)
    pipeline.relay()
    pipeline.drain(settings().events_queue_url, dispatch)
    pipeline.deliver_next(first_attempts)


def first_attempts(batch: dict[str, Any]) -> dict[str, Any]:
    """Retries are left out: the test is about what is listed before they are made."""
    return {"Records": [record for record in batch["Records"] if '"event":' in record["body"]]}


def get(hook: Hook, query: str) -> dict[str, Any]:
    reply = hook.merchant.session.client.get(f"{hook.path}/deliveries?{query}")
    assert reply.status == 200, reply.text
    answer: dict[str, Any] = reply.json
    return answer


def numbers(hook: Hook, query: str) -> list[str]:
    return [row["order_number"].removeprefix("ORD-") for row in get(hook, query)["data"]]


class TestStatus:
    def test_succeeded_and_failed_are_attempts(self, story: Hook) -> None:
        assert numbers(story, "status=succeeded") == ["2"]
        assert numbers(story, "status=failed") == ["7", "6", "5", "4", "3"]
        row = get(story, "status=failed")["data"][0]
        assert (row["status"], row["success"], row["response_status"]) == ("failed", False, 503)

    def test_pending_is_what_failed_or_waits(self, story: Hook) -> None:
        assert numbers(story, "status=pending") == ["9", "8", "7", "6", "5", "4", "3"]
        rows = get(story, "status=pending")["data"]
        deferred, failed = rows[0], rows[-1]
        assert (deferred["attempt"], deferred["error"], deferred["id"]) == (0, None, deferred["delivery_id"])
        assert (failed["attempt"], failed["error_class"], failed["response_status"]) == (1, "http_5xx", 503)
        # Not before the breaker allows it; what failed last is to be retried after it.
        assert [row["next_attempt_at"] for row in rows] == ["2026-01-15T10:01:06.000Z"] * 7

    def test_skipped_is_what_a_state_left_out(self, story: Hook) -> None:
        (row,) = get(story, "status=skipped")["data"]
        assert (row["order_number"], row["status"], row["attempt"], row["success"]) == ("ORD-1", "skipped", 0, False)
        assert row["error"] == "The webhook or its feature was off. A replay sends the event."

    def test_another_is_a_422(self, hook: Hook) -> None:
        reply = hook.merchant.session.client.get(f"{hook.path}/deliveries?status=lost")
        assert (reply.status, reply.fields) == (422, ["status"])

    def test_what_failed_for_good_is_not_skipped(
        self, pipeline: Pipeline, merchant: Merchant, time: time_machine.Traveller
    ) -> None:
        merchant.again()
        with Receiver(answer(410)) as receiver:
            hook = merchant.webhook(receiver.url)
            send(pipeline, merchant)
        assert hook.delivery.state == "failed"
        assert get(hook, "status=skipped")["data"] == get(hook, "status=pending")["data"] == []

    def test_a_skipped_delivery_without_a_hint_is_listed(self, story: Hook) -> None:
        """As those of earlier releases are."""
        (skipped,) = (one for one in story.deliveries if one.state == "skipped")
        update(skipped.key, [DeliveryItem.hint.remove()])
        assert len(get(story, "status=skipped")["data"]) == 1


class TestNumbers:
    @pytest.mark.parametrize("spelled", ["ORD-7", "ord-7", "%23ORD-7", "%20Ord-7%20", "%20%23ord-7"])
    def test_an_order_number_finds_all_there_is_of_it(self, story: Hook, spelled: str) -> None:
        rows = get(story, f"order_number={spelled}")["data"]
        assert sorted((row["status"], row["order_number"]) for row in rows) == [
            ("failed", "ORD-7"),
            ("pending", "ORD-7"),
        ]

    @pytest.mark.parametrize(("number", "status"), [("ORD-1", "skipped"), ("ORD-2", "succeeded"), ("ORD-9", "pending")])
    def test_one_row_says_why_it_did_not_arrive(self, story: Hook, number: str, status: str) -> None:
        assert [row["status"] for row in get(story, f"order_number={number}")["data"]] == [status]

    def test_part_of_a_number_finds_nothing(self, story: Hook) -> None:
        assert get(story, "order_number=ORD")["data"] == get(story, "order_number=7")["data"] == []

    @pytest.mark.parametrize("spelled", ["1Z 999 AA1", "1z999aa1"])
    def test_a_tracking_number_finds_events_of_its_shipment(
        self, pipeline: Pipeline, merchant: Merchant, hook: Hook, spelled: str
    ) -> None:
        send(pipeline, merchant, "shipment.created", tracking_number="1Z999AA1", order_number=None)
        send(pipeline, merchant, "shipment.created", tracking_number="1Z999AA2", order_number=None)
        rows = get(hook, f"tracking_number={spelled.replace(' ', '%20')}")["data"]
        assert {row["tracking_number"] for row in rows} == {"1Z999AA1"}

    @given(st.text(max_size=40))
    def test_every_number_matches_itself(self, number: str) -> None:
        assert comparable_order_number(f" #{number} ") == comparable_order_number(comparable_order_number(number))
        assert comparable_tracking_number(f" {number}") == comparable_tracking_number(number)

    @pytest.mark.parametrize("data", [None, "{}", "[]", "null", '{"order_number": 5}', '{"object": []}'])
    def test_events_without_any_have_none(self, data: str | None) -> None:
        assert references_of(data) == (None, None)

    def test_an_alert_has_those_of_its_object(self) -> None:
        assert references_of('{"object": {"order_number": "A", "tracking_number": "B"}}') == ("A", "B")


class TestOtherFilters:
    def test_by_event_type(self, pipeline: Pipeline, merchant: Merchant, story: Hook) -> None:
        send(pipeline, merchant, "order.updated", order_number="ORD-10")
        assert numbers(story, "event_type=order.updated") == ["10"]
        assert len(numbers(story, "event_type=order.created&limit=100")) == 1 + 1 + 5 + 7
        assert get(story, "event_type=webhook.test")["data"] == []

    @pytest.mark.parametrize("event_type", ["order.gone", "shipment.updated"])
    def test_a_type_that_is_never_delivered_is_a_422(self, hook: Hook, event_type: str) -> None:
        reply = hook.merchant.session.client.get(f"{hook.path}/deliveries?event_type={event_type}")
        assert (reply.status, reply.fields) == (422, ["event_type"])

    def test_by_time(self, story: Hook) -> None:
        rows = numbers(story, "from=2026-01-15T10:00:03Z&to=2026-01-15T10:00:04Z")
        assert rows == ["5", "5", "4", "4"]
        assert get(story, "from=2026-01-15T10:00:04Z&to=2026-01-15T10:00:03Z")["pagination"]["total"] == 0

    def test_all_together(self, story: Hook) -> None:
        query = "status=failed&event_type=order.created&order_number=ord-5&from=2026-01-15&to=2026-01-16"
        assert numbers(story, query) == ["5"]

    def test_of_thirty_days(self, story: Hook, time: time_machine.Traveller) -> None:
        time.shift(29 * 86400)
        story.merchant.again()
        assert len(get(story, "limit=100")["data"]) == 14
        time.shift(2 * 86400)
        story.merchant.again()
        assert get(story, "limit=100")["data"] == []


class TestOrder:
    def test_is_that_of_the_times_shown(self, story: Hook) -> None:
        rows = get(story, "limit=100")["data"]
        times = [row["created_at"] for row in rows]
        assert times == sorted(times, reverse=True)
        assert len(rows) == 14

    def test_an_attempt_shows_the_time_that_orders_it(self, pipeline: Pipeline, merchant: Merchant, hook: Hook) -> None:
        send(pipeline, merchant)
        (row,) = merchant.session.client.get(f"{hook.path}/deliveries").data
        assert row["created_at"] == ids.time_of(row["id"])

    def test_nor_do_older_attempts_show_another(self, merchant: Merchant, hook: Hook) -> None:
        attempt(hook, sent_at="2026-01-15T10:00:00.007Z")
        (row,) = merchant.session.client.get(f"{hook.path}/deliveries").data
        assert row["created_at"] == ids.time_of(row["id"])


class TestPages:
    @pytest.mark.parametrize("limit", range(1, 15))
    def test_by_cursor_have_every_row_once(self, story: Hook, limit: int) -> None:
        whole = get(story, "limit=100")["data"]
        rows, query = [], f"limit={limit}"
        while True:
            page = get(story, query)
            assert page["pagination"]["total"] == len(whole)
            rows += page["data"]
            if not page["pagination"]["hasMore"]:
                break
            query = f"limit={limit}&cursor={page['pagination']['nextCursor']}"
        assert rows == whole

    def test_by_number(self, story: Hook) -> None:
        whole = get(story, "limit=100")["data"]
        assert get(story, "page=2&limit=5")["data"] == whole[5:10]
        assert get(story, "page=3&limit=5")["data"] == whole[10:]

    def test_of_many_attempts_in_one_millisecond_have_every_row_once(self, story: Hook) -> None:
        for _ in range(7):
            attempt(story, sent_at="2026-01-15T10:00:08.000Z")
        whole = get(story, "limit=100")["data"]
        rows, query = [], "limit=2"
        while True:
            page = get(story, query)
            rows += page["data"]
            if not page["pagination"]["hasMore"]:
                break
            query = f"limit=2&cursor={page['pagination']['nextCursor']}"
        assert rows == whole
        assert len(rows) == 21

    @pytest.mark.parametrize("cursor", ["bm9uc2Vuc2U", "!", "MjAyNi0xMy00NVQ5OTo5OTo5OS45OTlaI3g"])
    def test_a_cursor_of_another_list_is_a_422(self, story: Hook, cursor: str) -> None:
        reply = story.merchant.session.client.get(f"{story.path}/deliveries?cursor={cursor}")
        assert (reply.status, reply.fields) == (422, ["cursor"])

    def test_without_parameters_there_are_none(self, story: Hook) -> None:
        assert "pagination" not in story.merchant.session.client.get(f"{story.path}/deliveries").json


class TestCosts:
    def test_three_round_trips_with_any_filter(self, story: Hook) -> None:
        with counted() as calls:
            get(story, "order_number=ord-7")
        # Authentication; the webhook beside pages and counts of the three lists; the unfinished deliveries.
        assert sorted(calls) == ["BatchGetItem", "BatchGetItem", "GetItem", *["Query"] * 6]

    def test_a_long_log_is_read_bit_by_bit(self, story: Hook, monkeypatch: pytest.MonkeyPatch) -> None:
        """A rare filter reads so much at most, and says that it has not seen everything."""
        monkeypatch.setattr("chalicelib.table.pages.PAGE_ENTRIES", 2)
        monkeypatch.setattr("chalicelib.table.reads.PAGE_ENTRIES", 2)
        monkeypatch.setattr(listing, "MAX_PAGES", 1)
        page = get(story, "status=succeeded")
        assert (page["data"], page["pagination"]["hasMore"], page["pagination"]["totalCapped"]) == ([], True, True)
        seen = 0
        while page["pagination"]["hasMore"]:
            page = get(story, f"status=succeeded&cursor={page['pagination']['nextCursor']}")
            seen += len(page["data"])
        assert seen == 1


def attempt(hook: Hook, sent_at: str) -> AttemptItem:
    attempt_id = f"{ids.ordered_prefix(sent_at)}{ids.new_ordered_id()[13:]}"
    item = new_attempt(
        hook.merchant.acme.organization_id,
        hook.id,
        attempt_id,
        delivery_id=ids.new_id(),
        event_type="order.created",
        event_id=ids.new_ordered_id(),
        attempt=1,
        trigger="event",
        success=True,
        duration_ms=1,
        # Earlier releases took the time a little after the id.
        sent_at="2026-01-15T10:00:00.009Z",
    )
    put(item)
    return item
