"""A customer with everything that is ever told of one, and how they are forgotten."""

import re
from typing import Any

from chalicelib.batches import each_message
from chalicelib.cleanup.service import handle
from chalicelib.settings import settings
from tests.support.pipeline import Pipeline
from tests.support.storefront import ADDRESS, Storefront, everything, order_record

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


def naming(pattern: str) -> list[tuple[str, str]]:
    found = re.compile(pattern, re.IGNORECASE)
    return [(row["pk"]["S"], row["sk"]["S"]) for row in everything() if found.search(str(row))]


PERSON = r"jane\.doe@example|jane doe|555 0100|123 main st|J DOE"
