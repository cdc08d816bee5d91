"""Events in the OpenAPI document: their names as enumerations, and the bodies that webhooks receive."""

from collections.abc import Callable, Iterator
from typing import Any, get_args

from chalicelib.action_requests.schemas import ActionRequestRow
from chalicelib.api.openapi_schemas import Json
from chalicelib.bridges.schemas import BridgeSummary
from chalicelib.end_users.schemas import EndUserRead
from chalicelib.erasure.schemas import DataRequest
from chalicelib.events.types import (
    ALERT_TRIGGERED,
    ORGANIZATION_ONLY,
    SUBSCRIBABLE,
    LoggedEvent,
    OrganizationEvent,
    SubscribableEvent,
)
from chalicelib.orders.schemas import OrderSummary
from chalicelib.shipments.schemas import ShipmentSummary, TrackingCheckpoint
from chalicelib.tracking_feeds.schemas import ProviderRefusal
from chalicelib.webhooks.schemas import WebhookRead

TEST = "webhook.test"
EVENT_TYPES = [*get_args(SubscribableEvent), *get_args(OrganizationEvent), *get_args(LoggedEvent), TEST]
SCHEMAS: Json = {
    "EventType": {"type": "string", "enum": EVENT_TYPES, "description": "The type of an event"},
    "SubscribableEvent": {
        "type": "string",
        "enum": list(SUBSCRIBABLE),
        "description": "An event type that webhooks and alert rules of end users can have",
    },
}
OBJECTS: dict[str, Any] = {
    "order": OrderSummary,
    "shipment": ShipmentSummary,
    "tracking": ShipmentSummary,
    "bridge": BridgeSummary,
    "action_request": ActionRequestRow,
    "customer": DataRequest,
    "end_user": EndUserRead,
    "webhook": WebhookRead,
    "tracking_provider": ProviderRefusal,
}
"""The object in `data`, by the first part of the event type."""
PREVIOUS_STATUS = {"type": "string", "description": "The status before the change"}
NEW_CHECKPOINTS = "The checkpoints that the event reports"
TEXT = {"type": "string"}
ALERT: Json = {
    "type": "object",
    "required": ["rule", "event", "notification_id", "severity", "title", "message", "suppressed_count", "object"],
    "properties": {
        "rule": {"type": "object", "required": ["id", "name"], "properties": {"id": TEXT, "name": TEXT}},
        "event": {
            "type": "object",
            "required": ["id", "type", "timestamp"],
            "properties": {
                "id": TEXT,
                "type": {"$ref": "#/components/schemas/SubscribableEvent"},
                "timestamp": TEXT,
            },
        },
        "notification_id": {"type": ["string", "null"]},
        "severity": TEXT,
        "title": TEXT,
        "message": TEXT,
        "suppressed_count": {"type": "integer", "description": "Alerts held back by the rule's cooldown"},
        "object": {"type": "object", "description": "The `data` of the event", "additionalProperties": True},
    },
}
HEADERS = {
    "X-Orderly-Signature": "Base64 HMAC-SHA256 of the exact body, keyed with the secret",
    "X-Orderly-Event": "The event type",
    "X-Orderly-Delivery": "Id of the delivery, the same for every attempt",
    "webhook-id": "As X-Orderly-Delivery (Standard Webhooks)",
    "webhook-timestamp": "Seconds since 1970 (Standard Webhooks)",
    "webhook-signature": "`v1,` and the base64 HMAC-SHA256 of `id.timestamp.body` (Standard Webhooks)",
}


def webhooks(schema_of: Callable[[Any], Json]) -> Json:
    """The `webhooks` section: one POST per event type that a webhook can receive."""
    return {event: {"post": _delivery(event, data)} for event, data in _payloads(schema_of)}


def _payloads(schema_of: Callable[[Any], Json]) -> Iterator[tuple[str, Json]]:
    for event in (*SUBSCRIBABLE, *ORGANIZATION_ONLY):
        data = schema_of(OBJECTS[event.partition(".")[0]])
        if event == "order.status_changed":
            data = _with_member(data, "previous_status", PREVIOUS_STATUS)
        elif event == "tracking.updated":
            items = schema_of(TrackingCheckpoint)
            data = _with_member(data, "checkpoints", {"type": "array", "items": items, "description": NEW_CHECKPOINTS})
        yield event, data
    yield ALERT_TRIGGERED, ALERT
    yield TEST, {"type": "object", "properties": {"webhook_id": TEXT, "message": TEXT}}


def _with_member(schema: Json, name: str, member: Json) -> Json:
    return {"allOf": [schema, {"type": "object", "required": [name], "properties": {name: member}}]}


def _delivery(event: str, data: Json) -> Json:
    body = {
        "type": "object",
        "required": ["id", "event", "organizationId", "endUserId", "timestamp", "data"],
        "properties": {
            "id": {"type": "string", "format": "uuid", "description": "Id of the event. Use it to ignore duplicates"},
            "event": {"const": event},
            "organizationId": {"type": "string", "format": "uuid"},
            "endUserId": {"type": ["string", "null"], "description": "null for events of the organization itself"},
            "timestamp": {"type": "string", "format": "date-time"},
            "data": data,
        },
    }
    return {
        "operationId": f"receive_{event.replace('.', '_')}",
        "summary": f"Receive {event}",
        "tags": ["Webhook deliveries"],
        "parameters": [
            {"name": name, "in": "header", "required": False, "schema": TEXT, "description": description}
            for name, description in HEADERS.items()
        ],
        "requestBody": {"required": True, "content": {"application/json": {"schema": body}}},
        "responses": {
            "2XX": {"description": "Accepted. Any other response is a failure and is retried"},
            "410": {"description": "Disables the webhook"},
        },
    }
