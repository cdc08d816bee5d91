"""Whatever characters fill the largest records, no transaction is larger than 4 MB: not its items, nor its request."""

import json
from collections.abc import Iterator
from typing import Any
from unittest.mock import patch

import pytest
from botocore.client import BaseClient

from tests.support.background import clean_up
from tests.support.factories import EMBED, Acme
from tests.support.large_records import TEXTS, body, large_order, large_shipment
from tests.support.orders import Merchant, counted

MAX_BYTES = 4 * 1024 * 1024


@pytest.fixture
def requests() -> Iterator[list[int]]:
    """The bytes of the JSON of every transaction, which boto3 writes in ASCII."""
    sizes: list[int] = []
    whole = BaseClient._make_api_call

    def make_api_call(client: BaseClient, name: str, parameters: dict[str, Any]) -> Any:
        if name == "TransactWriteItems":
            sizes.append(len(json.dumps(parameters)))
        return whole(client, name, parameters)

    with patch.object(BaseClient, "_make_api_call", make_api_call):
        yield sizes


@pytest.mark.parametrize("name", TEXTS)
def test_records_of_200_kb(acme: Acme, requests: list[int], name: str) -> None:
    merchant = Merchant.of(acme)
    path = f"/api/v1/bridges/{merchant.bridge_id}/sync"
    for _ in range(2):
        reply = acme.server.post(path, body(shipments=[large_shipment(n, TEXTS[name]) for n in range(5)]))
        assert (reply.status, reply.data["errors"]) == (200, []), reply.text
        reply = acme.server.post(path, body(orders=[large_order(n, TEXTS[name]) for n in range(5)]))
        assert (reply.status, reply.data["errors"]) == (200, []), reply.text
        merchant.sync(*[{"external_id": f"ext-{n}", "notes": None} for n in range(5)])
    assert max(requests) < MAX_BYTES


@pytest.mark.parametrize("name", ["ascii", "two bytes"])
def test_removing_and_moving_them(acme: Acme, requests: list[int], name: str) -> None:
    merchant, other = Merchant.of(acme), acme.session("merchant-2")
    path = f"/api/v1/bridges/{merchant.bridge_id}/sync"
    acme.server.post(path, body(shipments=[large_shipment(n, TEXTS[name]) for n in range(5)]))
    acme.server.post(path, body(orders=[large_order(n, TEXTS[name]) for n in range(5)]))
    requests.clear()
    bridge = f"/api/v1/bridges/{merchant.bridge_id}"
    assert acme.server.patch(bridge, {"end_user_id": other.end_user_id}).status == 200
    clean_up()
    assert other.client.get(f"{EMBED}/shipments").json["pagination"]["total"] == 5
    assert other.client.get(f"{EMBED}/orders").json["pagination"]["total"] == 5
    assert max(requests) < MAX_BYTES
    assert acme.server.delete(bridge).status == 200
    clean_up()
    assert max(requests) < MAX_BYTES


def test_a_record_of_more_than_200_kb_fails_alone(acme: Acme) -> None:
    merchant = Merchant.of(acme)
    long = {"external_id": "ext-1", "notes": "İ" * 103_000}
    reply = acme.server.post(
        f"/api/v1/bridges/{merchant.bridge_id}/sync", body(orders=[long, {"external_id": "ext-2"}])
    )
    assert reply.data["orders"] == counted(created=1, failed=1)
    assert "larger than" in reply.data["errors"][0]["message"]
