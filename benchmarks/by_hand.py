"""Five endpoints written by hand with boto3's resource API, for comparison.

They make the same reads, writes and responses, on a table of their own that suits them: whole items with native maps,
and an index with every field of the list, so that a page is one query. They check, log and limit less than Orderly
Embed, which is in their favour.
"""

import hashlib
import json
import os
import secrets
import time
import uuid
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import boto3
from boto3.dynamodb.conditions import Key

NAME = os.environ.get("BY_HAND_TABLE", "by-hand")
dynamodb = boto3.resource("dynamodb")
table = dynamodb.Table(NAME)
client = table.meta.client
Item = dict[str, Any]
PLACES = 50
LISTED = (
    "id",
    "external_id",
    "order_number",
    "status",
    "fulfillment_status",
    "payment_status",
    "customer",
    "totals",
    "currency",
    "bridge_id",
    "ordered_at",
    "created_at",
    "updated_at",
)


class Refused(Exception):
    def __init__(self, status: int, code: str) -> None:
        super().__init__(code)
        self.status = status
        self.code = code


def now(seconds: float = 0) -> str:
    moment = datetime.now(UTC) + timedelta(seconds=seconds)
    return moment.strftime("%Y-%m-%dT%H:%M:%S.") + f"{moment.microsecond // 1000:03d}Z"


def digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def batch_get(*keys: Item) -> list[Item | None]:
    answer = client.batch_get_item(RequestItems={NAME: {"Keys": list(keys), "ConsistentRead": True}})
    found = {(item["pk"], item["sk"]): item for item in answer["Responses"][NAME]}
    return [found.get((key["pk"], key["sk"])) for key in keys]


def authenticate_session(authorization: str, scope: str, feature: str) -> tuple[Item, Item]:
    """The config and end user of a live session, in one batch read."""
    token = authorization.removeprefix("Bearer ")
    organization_id, end_user_id, _ = token.split(".", 2)
    session, config, user = batch_get(
        {"pk": f"SESSION#{organization_id}", "sk": digest(token)},
        {"pk": f"CONFIG#{organization_id}", "sk": "CONFIG"},
        {"pk": f"USER#{organization_id}#{end_user_id}", "sk": "USER"},
    )
    if session is None or config is None or user is None:
        raise Refused(401, "unauthorized")
    if session.get("revoked_at") or session["expires_at"] <= now():
        raise Refused(401, "unauthorized")
    if not config["is_active"]:
        raise Refused(403, "embed_disabled")
    if feature not in config["enabled_features"]:
        raise Refused(403, "feature_disabled")
    if scope not in session["scopes"]:
        raise Refused(403, "insufficient_scope")
    return config, user


def authenticate_key(authorization: str) -> tuple[Item, Item]:
    token = authorization.removeprefix("Bearer ")
    organization_id = token.split(".", 1)[0]
    key, config = batch_get(
        {"pk": f"KEY#{organization_id}", "sk": digest(token)},
        {"pk": f"CONFIG#{organization_id}", "sk": "CONFIG"},
    )
    if key is None or config is None or "embed:manage" not in key["scopes"]:
        raise Refused(401, "unauthorized")
    return key, config


def without_keys(item: Item) -> Item:
    return {name: value for name, value in item.items() if name not in ("pk", "sk", "lpk", "lsk")}


def list_orders(authorization: str, page: int, limit: int) -> Item:
    _, user = authenticate_session(authorization, "orders:read", "data_room")
    answer = table.query(
        IndexName="list",
        KeyConditionExpression=Key("lpk").eq(f"ORDERS#{user['organization_id']}#{user['id']}"),
        ScanIndexForward=False,
        Limit=(page - 1) * limit + limit + 1,
    )
    items = answer["Items"][(page - 1) * limit :]
    total = user["orders"]
    return {
        "data": [{name: item.get(name) for name in LISTED} for item in items[:limit]],
        "pagination": {
            "page": page,
            "limit": limit,
            "total": total,
            "totalPages": -(-total // limit),
            "hasMore": len(items) > limit,
        },
    }


def get_order(authorization: str, order_id: str) -> Item:
    _, user = authenticate_session(authorization, "orders:read", "data_room")
    pk = f"ORDER#{user['organization_id']}#{user['id']}#{order_id}"
    parts = table.query(KeyConditionExpression=Key("pk").eq(pk), ConsistentRead=True)["Items"]
    orders = [part for part in parts if part["sk"] == "ORDER"]
    if not orders:
        raise Refused(404, "not_found")
    activities = [without_keys(part) for part in parts if part["sk"].startswith("ACTIVITY#")]
    shipments = [without_keys(part) for part in parts if part["sk"].startswith("SHIPMENT#")]
    return {"data": {**without_keys(orders[0]), "shipments": shipments, "activities": activities[::-1]}}


def list_bridges(authorization: str) -> Item:
    _, user = authenticate_session(authorization, "bridges:read", "bridges")
    found = table.query(
        KeyConditionExpression=Key("pk").eq(f"BRIDGES#{user['organization_id']}#{user['id']}"), ConsistentRead=True
    )["Items"]
    return {"data": [without_keys(item) for item in found]}


def create_session(authorization: str, wanted: Item) -> Item:
    """The session, its slot among fifty, the session it displaces, and the events, in one transaction."""
    key, config = authenticate_key(authorization)
    organization_id = key["organization_id"]
    external = {"pk": f"EXTERNAL#{organization_id}#{wanted['externalId']}", "sk": "USER"}
    user = table.get_item(Key=external, ConsistentRead=True)["Item"]
    owner = f"PLACES#{organization_id}#{user['id']}"
    places = table.query(KeyConditionExpression=Key("pk").eq(owner), ConsistentRead=True)["Items"]
    token = f"{organization_id}.{user['id']}.{secrets.token_urlsafe(32)}"
    session = {
        "pk": f"SESSION#{organization_id}",
        "sk": digest(token),
        "id": str(uuid.uuid4()),
        "organization_id": organization_id,
        "end_user_id": user["id"],
        "scopes": wanted["scopes"],
        "created_at": now(),
        "expires_at": now(wanted["ttlSeconds"]),
    }
    taken = {place["sk"]: place for place in places}
    free = [f"{number:02d}" for number in range(PLACES) if f"{number:02d}" not in taken]
    place = free[0] if free else min(taken, key=lambda name: str(taken[name]["created_at"]))
    writes: list[Item] = [
        {"ConditionCheck": condition({"pk": f"USER#{organization_id}#{user['id']}", "sk": "USER"})},
        {"Put": {"TableName": NAME, "Item": session, "ConditionExpression": "attribute_not_exists(pk)"}},
        put({"pk": owner, "sk": place, "session": session["sk"], "created_at": session["created_at"]}),
        event(session, "session.created"),
    ]
    if place in taken:
        oldest = {"pk": session["pk"], "sk": taken[place]["session"]}
        revoked = {"UpdateExpression": "SET revoked_at = :now", "ExpressionAttributeValues": {":now": now()}}
        writes += [{"Update": {**condition(oldest), **revoked}}, event(session, "session.revoked")]
    client.transact_write_items(TransactItems=writes)
    return {
        "data": {
            "token": token,
            "sessionId": session["id"],
            "expiresAt": session["expires_at"],
            "scopes": session["scopes"],
            "enabledFeatures": config["enabled_features"],
            "endUser": {"id": user["id"], "externalId": user["external_id"], "name": user["name"]},
        }
    }


def condition(key: Item) -> Item:
    return {"TableName": NAME, "Key": key, "ConditionExpression": "attribute_exists(pk)"}


def put(item: Item) -> Item:
    return {"Put": {"TableName": NAME, "Item": item}}


def event(session: Item, event_type: str) -> Item:
    owner = f"EVENTS#{session['organization_id']}#{session['end_user_id']}"
    fields = {"event_type": event_type, "resource_type": "session", "resource_id": session["id"], "created_at": now()}
    metadata = {"kind": "server", "scopes": session["scopes"]}
    return put({"pk": owner, "sk": str(uuid.uuid4()), **fields, "metadata": metadata})


def view_tracking(token: str, address: str) -> Item:
    window = int(time.time() // 60)
    table.update_item(
        Key={"pk": f"LIMIT#{address}", "sk": str(window)},
        UpdateExpression="ADD spent :one",
        ConditionExpression="attribute_not_exists(spent) OR spent < :most",
        ExpressionAttributeValues={":one": 1, ":most": 600},
    )
    page = table.get_item(Key={"pk": f"PAGE#{token}", "sk": "PAGE"}, ConsistentRead=True).get("Item")
    if page is None:
        raise Refused(404, "not_found")
    if page["expires_at"] <= now():
        raise Refused(410, "gone")
    table.update_item(
        Key={"pk": page["pk"], "sk": "PAGE"},
        UpdateExpression="SET last_viewed_at = :now ADD view_count :one",
        ConditionExpression="is_active = :yes",
        ExpressionAttributeValues={":now": now(), ":one": 1, ":yes": True},
    )
    config, user, shipment = batch_get(
        {"pk": f"CONFIG#{page['organization_id']}", "sk": "CONFIG"},
        {"pk": f"USER#{page['organization_id']}#{page['end_user_id']}", "sk": "USER"},
        {"pk": f"SHIPMENT#{page['shipment_id']}", "sk": "SHIPMENT"},
    )
    if config is None or user is None or shipment is None or "branded_tracking" not in config["enabled_features"]:
        raise Refused(404, "not_found")
    checkpoints = shipment["checkpoints"]
    header = {name: value for name, value in without_keys(shipment).items() if name != "checkpoints"}
    return {"data": {"shipment": header, "checkpoints": checkpoints, "branding": config["branding"]}}


def number(value: Any) -> int | float:
    assert isinstance(value, Decimal)
    return int(value) if value == value.to_integral_value() else float(value)


def route(event: Item) -> tuple[int, Item]:
    headers = {name.lower(): value for name, value in event["headers"].items()}
    query = {name: values[-1] for name, values in (event["multiValueQueryStringParameters"] or {}).items()}
    authorization, path = headers.get("authorization", ""), event["pathParameters"] or {}
    match event["httpMethod"], event["resource"]:
        case "GET", "/api/v1/embed/orders":
            return 200, list_orders(authorization, int(query.get("page", 1)), int(query.get("limit", 20)))
        case "GET", "/api/v1/embed/orders/{id}":
            return 200, get_order(authorization, path["id"])
        case "GET", "/api/v1/embed/bridges":
            return 200, list_bridges(authorization)
        case "POST", "/api/v1/embed/sessions":
            return 201, create_session(authorization, json.loads(event["body"]))
        case "GET", "/api/v1/embed/tracking-pages/view/{token}":
            return 200, view_tracking(path["token"], event["requestContext"]["identity"]["sourceIp"])
    raise Refused(404, "not_found")


def handler(event: Item, _: Any) -> Item:
    started = time.perf_counter()
    try:
        status, answer = route(event)
    except Refused as refused:
        status, answer = refused.status, {"error": {"code": refused.code}}
    took = round((time.perf_counter() - started) * 1000, 1)
    print(json.dumps({"request_id": event["requestContext"]["requestId"], "status": status, "milliseconds": took}))
    headers = {"Content-Type": "application/json", "Access-Control-Allow-Origin": "*"}
    return {"statusCode": status, "headers": headers, "body": json.dumps(answer, default=number)}
