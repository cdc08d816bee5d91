"""Crashes of relay and dispatch before and after each of their calls. The stream and the queue then deliver the whole
batch again: no event is lost, and each is logged once."""

import json
from collections.abc import Callable
from typing import Any
from unittest.mock import patch

import pytest
from botocore.client import BaseClient

from chalicelib.dispatch.service import dispatch
from chalicelib.events.relay import relay
from chalicelib.kit.settings import settings
from tests.support.factories import EMBED
from tests.support.hooks import Merchant
from tests.support.pipeline import Batch, Pipeline

ORDERS = 23


class Killed(BaseException):
    """Ends the process; the code cannot catch it."""


def until_it_lives(handle: Callable[[Batch], Any], batch: Batch, *, after: bool) -> int:
    """Run the handler with the same batch, killed at its first call, then at its second, until it completes. Returns
    the number of kills."""
    whole, kills = BaseClient._make_api_call, 0
    while True:
        calls: list[str] = []

        def make_api_call(client: BaseClient, name: str, parameters: dict[str, Any]) -> Any:
            calls.append(name)  # noqa: B023 - used up within the round
            if len(calls) <= kills:  # noqa: B023
                return whole(client, name, parameters)
            if after:
                whole(client, name, parameters)
            raise Killed

        try:
            with patch.object(BaseClient, "_make_api_call", make_api_call):
                assert handle(batch) == {"batchItemFailures": []}
        except Killed:
            kills += 1
        else:
            return kills


def logged(merchant: Merchant) -> list[str]:
    reply = merchant.acme.server.get(f"{EMBED}/events?event_type=order.created&limit=100")
    assert reply.json["pagination"]["total"] == len(reply.data)
    return [event["id"] for event in reply.data]


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
def test_no_event_is_lost_and_none_is_logged_twice(merchant: Merchant, pipeline: Pipeline, *, after: bool) -> None:
    merchant.webhook("https://1.1.1.1/")
    pipeline.dispatch()
    made = {merchant.publish() for _ in range(ORDERS)}

    assert until_it_lives(relay, {"Records": pipeline.new_events()}, after=after) >= ORDERS // 10
    while batch := pipeline.take(settings().events_queue_url)["Records"]:
        assert until_it_lives(dispatch, {"Records": batch}, after=after) >= 2

    queued: list[dict[str, Any]] = []
    while batch := pipeline.take(settings().deliveries_queue_url)["Records"]:
        queued += [json.loads(record["body"]) for record in batch]
    assert {message["event"]["id"] for message in queued} == made
    assert len({message["delivery_id"] for message in queued}) == ORDERS, "repeats are the same delivery"
    assert sorted(logged(merchant)) == sorted(made)
