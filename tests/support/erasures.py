"""A customer with every type of trace, and how they are erased."""

import re
from collections.abc import Callable
from importlib import import_module
from typing import Any
from unittest.mock import patch

import pytest

from chalicelib.cleanup import messages as cleanup
from chalicelib.cleanup import service
from chalicelib.cleanup.service import handle
from chalicelib.events.relay import message_of
from chalicelib.events.store import EventItem
from chalicelib.kit.queues import Message, each_message
from chalicelib.kit.settings import settings
from tests.support import iam
from tests.support.account import everything
from tests.support.aws_calls import around
from tests.support.pipeline import Pipeline
from tests.support.storefront import ADDRESS, Storefront, order_record

ERASE = "/api/v1/customers/erase"
EMAIL = "Jane.Doe@Example.com"


def order(number: str = "1001", **more: Any) -> dict[str, Any]:
    notes = "Call Jane Doe at +1 555 0100 or write to jane.doe@example.com"
    return order_record(number, EMAIL, **{"notes": notes, "billing_address": ADDRESS, **more})


def shipment(number: str = "1001") -> dict[str, Any]:
    return {
        "external_id": f"s-{number}",
        "order_external_id": f"ext-{number}",
        "tracking_number": "1Z999",
        "carrier": "UPS",
        "status": "delivered",
        "ship_from": {"name": "Warehouse", "address1": "1 Dock Rd", "city": "Reno"},
        "ship_to": ADDRESS,
        "checkpoints": [
            {
                "status": "delivered",
                "status_detail": "Signed by J DOE",
                "location": "Anytown, CA",
                "checkpoint_time": "2026-01-16T10:00:00.000Z",
            }
        ],
    }


def erase(shop: Storefront, email: str = EMAIL) -> None:
    reply = shop.acme.server.post(ERASE, {"email": email})
    assert (reply.status, reply.data) == (202, {"queued": True})


def run_cleanup(pipeline: Pipeline) -> None:
    pipeline.dispatch()
    while pipeline.drain(settings().cleanup_queue_url, lambda batch: each_message(batch, handle)):
        pass


WRITES = ("UpdateItem", "PutItem", "DeleteItem", "TransactWriteItems", "BatchWriteItem")


class Crash(BaseException):
    pass


def erased_with_a_crash(at: int) -> int:
    """Run the erasures in the log to their end. The process dies once, before its `at`-th write (from 1), and the queue
    delivers the message again. Returns how many writes there were until then, or in all."""
    events = [EventItem.of(row) for row in everything() if row["pk"]["S"].startswith("EV#")]
    found = [message.body for event in events for message in cleanup.messages_for(message_of(event))]
    pending = [body for body in found if body["task"] == cleanup.CUSTOMER]
    writes = 0

    def counting(name: str, call: Callable[[], Any]) -> Any:
        nonlocal writes
        if writes < at and name in WRITES:
            writes += 1
            if writes == at:
                raise Crash
        return call()

    def send(_: str, messages: list[Message]) -> None:
        counting("PutItem", lambda: pending.extend(message.body for message in messages))

    with around(counting), patch.object(service, "send", send):
        while pending:
            try:
                handle(pending[0])
            except Crash:
                continue
            pending.pop(0)
    return writes


def erase_now(shop: Storefront, email: str = EMAIL) -> None:
    """The whole erasure, without other background work."""
    erase(shop, email)
    erased_with_a_crash(0)


def before(monkeypatch: pytest.MonkeyPatch, place: str, step: Callable[[], Any], *, die: bool = False) -> None:
    """Run `step` once, right before the function at `place` runs for the first time. With `die`, the process dies there
    instead of running it."""
    module, _, name = place.rpartition(".")
    target = import_module(f"chalicelib.{module}")
    whole = getattr(target, name)
    pending = [step]

    def interrupted(*arguments: Any, **named: Any) -> Any:
        if pending:
            with iam.acting(None):
                pending.pop()()
            if die:
                raise Crash
        return whole(*arguments, **named)

    monkeypatch.setattr(target, name, interrupted)


def naming(pattern: str) -> list[tuple[str, str]]:
    """Keys of all items that match the pattern."""
    found = re.compile(pattern, re.IGNORECASE)
    return [(row["pk"]["S"], row["sk"]["S"]) for row in everything() if found.search(str(row))]


PERSON = r"jane\.doe@example|jane doe|555 0100|123 main st|J DOE"
