"""Creates the data of the contenders: a merchant with orders, bridges and a tracking page for each of them.

Our data is created through the API, and its responses are then written to the hand-written handlers' table.
"""

import os
from base64 import b64encode
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stdout
from typing import Any

import boto3

from benchmarks import dynamodb_local

ORDERS = 120
BRIDGES = ("woocommerce", "bigcommerce", "amazon", "shopify")
SCOPES = ["bridges:read", "orders:read", "shipments:read", "tracking:read"]
VISITOR = "visitor-1"
"""The end user for new sessions. From fifty on they displace older ones, which must not be the merchant's."""
TABLE, BY_HAND = "orderly-embed", "by-hand"
Item = dict[str, Any]


def environment(endpoint: str) -> dict[str, str]:
    """The environment variables of every benchmark process."""
    return {
        **dynamodb_local.CREDENTIALS,
        "AWS_REGION": dynamodb_local.REGION,
        "AWS_ENDPOINT_URL_DYNAMODB": endpoint,
        "AWS_LAMBDA_FUNCTION_NAME": "benchmark",
        "AWS_EC2_METADATA_DISABLED": "true",
        "FUNCTION": "api_handler",
        "STAGE": "benchmark",
        "TABLE_NAME": TABLE,
        "BY_HAND_TABLE": BY_HAND,
        "KMS_KEY_ID": "none",
        "PUBLIC_BASE_URL": "https://api.example.com",
        "BRIDGE_SERVICE_URL": "https://bridges.example.com",
    }


@contextmanager
def quiet() -> Iterator[None]:
    """Discard the log lines written within the block."""
    with open(os.devnull, "w", encoding="utf-8") as nowhere, redirect_stdout(nowhere):
        yield


class Key:
    """Replaces KMS, which no measured request calls, and SQS, which counts no units."""

    def send_message_batch(self, **_: Any) -> Item:
        return {}

    def encrypt(self, **call: Any) -> Item:
        return {"CiphertextBlob": call["Plaintext"]}

    def decrypt(self, **call: Any) -> Item:
        return {"Plaintext": call["CiphertextBlob"]}


def order(number: int) -> Item:
    """An order of about 1.2 KB."""
    address = {
        "name": f"Customer {number:04d}",
        "address1": f"{number} Long Meadow Boulevard",
        "address2": "Building 7, Floor 2",
        "city": "Springfield",
        "state": "IL",
        "zip": f"{60000 + number}",
        "country": "US",
    }
    items = [
        {"title": f"Hand-thrown mug, series {n}", "sku": f"MUG-{number:04d}-{n}", "quantity": n, "price": 18.5}
        for n in (1, 2, 3)
    ]
    return {
        "external_id": f"ext-{number:06d}",
        "order_number": f"ORD-{number:06d}",
        "status": "processing",
        "fulfillment_status": "unfulfilled",
        "payment_status": "paid",
        "customer": {
            "name": f"Customer {number:04d}",
            "email": f"customer{number:04d}@example.com",
            "phone": "555-0100",
        },
        "line_items": items,
        "shipping_address": address,
        "billing_address": address,
        "totals": {"subtotal": 111.0, "tax": 9.16, "shipping": 5.95, "discount": 0, "total": 126.11},
        "currency": "USD",
        "tags": ["wholesale", "gift"],
        "ordered_at": f"2026-01-{number % 28 + 1:02d}T10:30:00.000Z",
    }


def shipment() -> Item:
    days = range(1, 9)
    checkpoints = [
        {
            "status": "in_transit",
            "status_detail": "Departed facility",
            "city": "Denver",
            "state": "CO",
            "country": "US",
            "checkpoint_time": f"2026-01-{day:02d}T08:15:00.000Z",
        }
        for day in days
    ]
    return {
        "external_id": "shp-1",
        "order_external_id": f"ext-{ORDERS - 1:06d}",
        "tracking_number": "1Z999AA10123456784",
        "carrier": "UPS",
        "service": "ground",
        "status": "in_transit",
        "ship_date": "2026-01-01",
        "estimated_delivery": "2026-01-12",
        "checkpoints": checkpoints,
    }


class Ours:
    """Orderly Embed's data. Its modules read the environment on import, so they are imported here."""

    def __init__(self) -> None:
        from chalicelib.kit import aws
        from tests.support.factories import EMBED, Acme

        aws.client = lambda _: Key()  # type: ignore[assignment]
        self.embed = EMBED
        self.acme = Acme.create(branding={"primary_color": "#4F46E5", "company_name": "Acme"})
        self.session = self.acme.session(scopes=[*SCOPES, "bridges:write"], ttlSeconds=86400, name="Ada")
        self.client = self.session.client
        self.bridge = self.session.bridge()
        for bridge_type in BRIDGES:
            self.session.bridge(**bridge(bridge_type))
        self.sync({"orders": [order(number) for number in range(60)]})
        self.sync({"orders": [order(number) for number in range(60, ORDERS)]})
        self.sync({"shipments": [shipment()]})
        for note in ("first", "second", "third"):
            self.sync({"orders": [{"external_id": f"ext-{ORDERS - 1:06d}", "notes": note}]})
        listed = self.client.get(f"{EMBED}/shipments").data
        self.page = self.client.post(f"{EMBED}/tracking-pages", {"shipmentId": listed[0]["id"]}).data

    def sync(self, body: Item) -> None:
        reply = self.acme.server.post(f"/api/v1/bridges/{self.bridge['id']}/sync", body)
        assert reply.status == 200, reply.text
        assert reply.data["errors"] == [], reply.text

    def orders(self) -> Iterator[Item]:
        for page in range(1, ORDERS // 40 + 1):
            yield from self.client.get(f"{self.embed}/orders?limit=40&page={page}").data


def bridge(bridge_type: str) -> Item:
    from chalicelib.catalog.bridge_types import catalog

    fields = [field["name"] for field in catalog()[bridge_type].config_fields]
    config = {name: "shop.myshopify.com" if "domain" in name.lower() else "https://shop.example.com" for name in fields}
    return {"type": bridge_type, "name": f"My {bridge_type}", "config": config}


def event(token: str, method: str, path: str, body: Any = None) -> Item:
    from tests.support.gateway import Client

    made = Client(token).event(method, path, body)
    return {**made, "headers": {**made["headers"], "Content-Type": "application/json"}}


def requests_of(ours: Ours, token: str, key: str) -> dict[str, Item]:
    """The measured requests as API Gateway events, with a session token and an API key."""
    shipped = next(row for row in ours.orders() if row["external_id"] == f"ext-{ORDERS - 1:06d}")
    wanted = {"externalId": VISITOR, "scopes": SCOPES, "ttlSeconds": 3600}
    return {
        "list of 20 orders": event(token, "GET", f"{ours.embed}/orders?limit=20"),
        "order detail": event(token, "GET", f"{ours.embed}/orders/{shipped['id']}"),
        "list of 5 bridges": event(token, "GET", f"{ours.embed}/bridges"),
        "create a session": event(key, "POST", f"{ours.embed}/sessions", wanted),
        "public tracking view": event("", "GET", f"{ours.embed}/tracking-pages/view/{ours.page['token']}"),
    }


def fill_by_hand(endpoint: str, ours: Ours) -> tuple[str, str]:
    """Write the same data to the hand-written handlers' table. Returns a session token and an API key for it."""
    from benchmarks.by_hand import digest

    key_parts = [{"AttributeName": "pk", "KeyType": "HASH"}, {"AttributeName": "sk", "KeyType": "RANGE"}]
    list_parts = [{"AttributeName": "lpk", "KeyType": "HASH"}, {"AttributeName": "lsk", "KeyType": "RANGE"}]
    listed = list(ours.orders())
    dynamodb_local.client(endpoint).create_table(
        TableName=BY_HAND,
        BillingMode="PAY_PER_REQUEST",
        AttributeDefinitions=[{"AttributeName": name, "AttributeType": "S"} for name in ("pk", "sk", "lpk", "lsk")],
        KeySchema=key_parts,
        GlobalSecondaryIndexes=[
            {"IndexName": "list", "KeySchema": list_parts, "Projection": {"ProjectionType": "ALL"}}
        ],
    )
    org, user = "organization", ours.session.end_user_id
    token, key = f"{org}.{user}.{b64encode(os.urandom(32)).decode()}", f"{org}.{b64encode(os.urandom(32)).decode()}"
    put = boto3.resource("dynamodb", endpoint_url=endpoint).Table(BY_HAND).put_item
    put(Item={"pk": f"SESSION#{org}", "sk": digest(token), "scopes": SCOPES, "expires_at": "2100-01-01"})
    put(Item={"pk": f"KEY#{org}", "sk": digest(key), "scopes": ["embed:manage"], "organization_id": org})
    put(Item={"pk": f"CONFIG#{org}", "sk": "CONFIG", **ours.acme.config})
    person = {"id": user, "external_id": "merchant-1", "name": "Ada", "organization_id": org, "orders": ORDERS}
    put(Item={"pk": f"USER#{org}#{user}", "sk": "USER", **person})
    visitor = {**person, "id": "visitor", "external_id": VISITOR}
    put(Item={"pk": f"USER#{org}#visitor", "sk": "USER", **visitor})
    put(Item={"pk": f"EXTERNAL#{org}#{VISITOR}", "sk": "USER", **visitor})
    for each in ours.client.get(f"{ours.embed}/bridges").data:
        put(Item={"pk": f"BRIDGES#{org}#{user}", "sk": each["id"], **each})
    for each in listed:
        put_order(put, ours, org, user, each["id"])
    view = ours.client.get(f"{ours.embed}/tracking-pages/view/{ours.page['token']}").data
    put(Item={"pk": "SHIPMENT#1", "sk": "SHIPMENT", **view["shipment"], "checkpoints": view["checkpoints"]})
    page = {"organization_id": org, "end_user_id": user, "shipment_id": "1", "is_active": True}
    put(Item={"pk": f"PAGE#{ours.page['token']}", "sk": "PAGE", "expires_at": "2100-01-01", **page})
    return token, key


def put_order(put: Callable[..., Any], ours: Ours, org: str, user: str, order_id: str) -> None:
    whole = ours.client.get(f"{ours.embed}/orders/{order_id}").data
    pk = f"ORDER#{org}#{user}#{order_id}"
    activities, shipments = whole.pop("activities"), whole.pop("shipments")
    place = {"lpk": f"ORDERS#{org}#{user}", "lsk": f"{whole['ordered_at']}#{order_id}"}
    put(Item={"pk": pk, "sk": "ORDER", **place, **whole})
    for each in activities:
        put(Item={"pk": pk, "sk": f"ACTIVITY#{each['created_at']}#{each['id']}", **each})
    for each in shipments:
        put(Item={"pk": pk, "sk": f"SHIPMENT#{each['id']}", **each})
