"""The one table of what stored data says about customers, and what erasing a customer does to each field.

Merging, redaction and erasure read this table. A field that is stored but missing here fails
tests/unit/privacy/test_fields.py. docs/decisions/0016-erasure.md explains the choices.
"""

from collections.abc import Mapping
from enum import Enum
from typing import Any, Final, TypeAlias

from chalicelib.privacy.redaction import Traces, place_only


class Privacy(Enum):
    SAFE = "safe"
    """Numbers, times, status words and ids: cannot describe a person."""
    LABEL = "label"
    """An identifier chosen by others, such as a SKU. Loses e-mail addresses; anything more could make it ambiguous."""
    TEXT = "text"
    """Free text that every sync may replace. Loses the customer's e-mail address, name, phone number and street."""
    NOTE = "note"
    """Free text about the customer. Redacted like TEXT; once redacted, no sync replaces it."""
    PERSONAL = "personal"
    """The customer's own data. Removed; no sync brings it back."""
    ADDRESS = "address"
    """A postal address of the customer's. Only the place stays; no sync brings the rest back."""
    SENDER = "sender"
    """A postal address that is the customer's for returns only, and otherwise the warehouse's."""
    CARRIER_WORDS = "carrier_words"
    """Text of a checkpoint. Redacted like TEXT, and removed where it may say who signed: see `deliveries`."""


Table: TypeAlias = Mapping[str, "Privacy | Table"]
"""Handling by field name. A nested table stands for an object, or for each object of a list."""

SAFE, LABEL, TEXT, NOTE, PERSONAL = Privacy.SAFE, Privacy.LABEL, Privacy.TEXT, Privacy.NOTE, Privacy.PERSONAL
ADDRESS, SENDER, CARRIER_WORDS = Privacy.ADDRESS, Privacy.SENDER, Privacy.CARRIER_WORDS

# Records of the Sync API, as they are merged.

LINE_ITEM: Final[Table] = {"title": TEXT, "sku": LABEL, "quantity": SAFE, "price": SAFE, "image_url": LABEL}
ORDER: Final[Table] = {
    "external_id": LABEL,
    "order_number": LABEL,
    "status": SAFE,
    "fulfillment_status": SAFE,
    "payment_status": SAFE,
    "customer": PERSONAL,
    "line_items": LINE_ITEM,
    "shipping_address": ADDRESS,
    "billing_address": ADDRESS,
    "totals": SAFE,
    "currency": SAFE,
    "tags": TEXT,
    "notes": NOTE,
    "ordered_at": SAFE,
    "created_at": SAFE,
    "updated_at": SAFE,
    "bridge_id": SAFE,
}
CHECKPOINT: Final[Table] = {
    "id": SAFE,
    "status": CARRIER_WORDS,
    "checkpoint_time": SAFE,
    "status_detail": CARRIER_WORDS,
    "location": CARRIER_WORDS,
    "city": TEXT,
    "state": TEXT,
    "country": TEXT,
    "postal_code": CARRIER_WORDS,
    "latitude": CARRIER_WORDS,
    "longitude": CARRIER_WORDS,
    "carrier_status_code": CARRIER_WORDS,
    "utc_offset": SAFE,
    "created_at": SAFE,
}
SHIPMENT: Final[Table] = {
    "external_id": LABEL,
    "order_external_id": LABEL,
    "order_bridge_id": SAFE,
    "order_id": SAFE,
    "tracking_number": LABEL,
    "carrier": LABEL,
    "carrier_name": LABEL,
    "service": LABEL,
    "status": SAFE,
    "ship_date": SAFE,
    "estimated_delivery": SAFE,
    "actual_delivery": SAFE,
    "weight": SAFE,
    "dimensions": SAFE,
    "line_items": {"title": TEXT, "sku": LABEL, "quantity": SAFE},
    "ship_from": SENDER,
    "ship_to": ADDRESS,
    "checkpoints": CHECKPOINT,
    "created_at": SAFE,
    "updated_at": SAFE,
    "erased": SAFE,
    "source_says": SAFE,
    "carrier_says": SAFE,
}

# Stored items, by attribute. What orders and shipments store follows from the tables above.

ITEMS: Final[Mapping[str, Table]] = {
    "ActivityItem": {"document": TEXT},
    "ActionRequestItem": {
        "id": SAFE,
        "organization_id": SAFE,
        "end_user_id": SAFE,
        "order_id": SAFE,
        "bridge_id": SAFE,
        "action_type": SAFE,
        "title": TEXT,
        "description": TEXT,
        "requested_changes": TEXT,
        "status": SAFE,
        "resolution_note": TEXT,
        "resolved_by": SAFE,
        "resolved_at": SAFE,
        "expires_at": SAFE,
        "created_at": SAFE,
        "options": SAFE,
        "application_status": SAFE,
        "application_message": TEXT,
        "applied_at": SAFE,
        "at_once": SAFE,
    },
    "ListEntryItem": {"order_id": SAFE, "bridge_id": SAFE, "action_type": SAFE, "title": TEXT, "application": TEXT},
    # Of events of an erased order, shipment or request: all text. Of other events: e-mail addresses.
    "EventItem": {
        "event_type": SAFE,
        "resource_type": SAFE,
        "resource_id": SAFE,
        "session_id": SAFE,
        "ip_address": SAFE,
        "metadata": TEXT,
        "data": TEXT,
        "counted": SAFE,
        "traces_kept": SAFE,
    },
    "NotificationItem": {
        "rule_id": SAFE,
        "event_type": SAFE,
        "severity": SAFE,
        "title": LABEL,
        "message": LABEL,
        "metadata": LABEL,
        "is_read": SAFE,
        "is_dismissed": SAFE,
        "created_at": SAFE,
        "updated_at": SAFE,
    },
    "AttemptItem": {
        "delivery_id": SAFE,
        "event_type": SAFE,
        "event_id": SAFE,
        "event_user": SAFE,
        "attempt": SAFE,
        "trigger": SAFE,
        "response_status": SAFE,
        "success": SAFE,
        "error": SAFE,
        "error_class": SAFE,
        "duration_ms": SAFE,
        "response_snippet": LABEL,
        "order_number": LABEL,
        "tracking_number": LABEL,
        "sent_at": SAFE,
    },
}

REMOVED_ITEMS: Final = frozenset(
    {
        "AccessCodeItem",
        "AccessRequestItem",
        "CustomerOrderItem",
        "CustomerSessionItem",
        "OrderAccessItem",
        "SentEmailItem",
        "TracesItem",
    }
)
"""Items in the customer's own partitions. An erasure deletes them whole."""

UNRELATED_ITEMS: Final[Mapping[str, str]] = {
    "ActivePageItem": "ids",
    "ApiKeyItem": "the organization's",
    "OperatorSessionItem": "the organization's",
    "BridgeItem": "the end user's; a bridge service replaces `error_message` with its next sync",
    "BridgeOwnerItem": "ids",
    "BridgeInErrorItem": "ids",
    "BridgeStatsItem": "counters",
    "ConfigItem": "the organization's",
    "ConnectedShopItem": "the address of a shop",
    "CounterItem": "counters",
    "CustomerExportItem": "ids of orders",
    "CustomerItem": "the keyed hash of an e-mail address and the time of its erasure",
    "DayItem": "counters",
    "DeliveryItem": "ids and states; the payload is the event's",
    "EndUserItem": "the end user's",
    "EndUserStatsItem": "counters",
    "EndUserTermItem": "the end user's",
    "ExternalIdItem": "the end user's",
    "FormerSlugItem": "the organization's",
    "IdempotencyItem": "encrypted responses, kept for a day",
    "NotificationCounts": "counters",
    "OAuthStateItem": "hashes and ids",
    "WorkItem": "times, counts, ids and what a platform's package remembers of the shop",
    "TaskItem": "ids of orders and requests, counts and a platform's cursor",
    "SourceDeletedItem": "ids",
    "FulfilmentItem": "ids, and what the shop was told: a tracking number and a carrier",
    "HookItem": "nothing beside its key, a hash",
    "RunItem": "counts, and faults in words of the platform's package",
    "InExceptionItem": "ids",
    "OrderShipmentItem": "carrier and tracking number",
    "OrganizationItem": "the organization's",
    "OrganizationStatsItem": "counters",
    "OrganizationTotalsItem": "counters",
    "PageItem": "ids",
    "PendingItem": "ids",
    "QueueEntryItem": "ids",
    "ReportItem": "a carrier's report on a parcel that no shipment has yet, without who signed; kept for 30 days",
    "RequestStatsItem": "counters",
    "RuleItem": "the end user's",
    "SearchEntryItem": "the terms an order is found by; those of the name go in the transaction that erases it",
    "SeenItem": "ids",
    "ServerKeyItem": "keys",
    "ServiceKeyItem": "hashes",
    "SessionItem": "the end user's",
    "ShipmentIndexItem": "tracking and order numbers, rewritten with the shipment",
    "SigningSecretItem": "keys",
    "SlotItem": "ids",
    "SlugItem": "the organization's",
    "TokenItem": "ids",
    "TotalledItem": "counters",
    "TrackedItem": "ids",
    "UnlinkedShipmentItem": "ids",
    "UnsubscribedItem": "a keyed hash of address and kind; it outlives an erasure, so that no letter follows one",
    "WebhookItem": "the end user's or the organization's",
}
"""Items that hold nothing of customers, and what they hold instead."""


def names(table: Table, *handlings: Privacy) -> tuple[str, ...]:
    """The fields that are handled in one of these ways."""
    return tuple(name for name, handling in table.items() if handling in handlings)


FROZEN_IN_ORDERS: Final = names(ORDER, PERSONAL, ADDRESS, NOTE)
"""Fields of an erased order that keep their redacted value, whatever a sync says."""
FROZEN_IN_SHIPMENTS: Final = names(SHIPMENT, ADDRESS, SENDER)


def redacted(table: Table, fields: Mapping[str, Any], traces: Traces) -> dict[str, Any]:
    """`fields` without the customer whom `traces` describe. Fields that the table does not know count as TEXT."""
    return {name: _redacted(table.get(name, TEXT), value, traces) for name, value in fields.items()}


def _redacted(handling: Privacy | Table, value: Any, traces: Traces) -> Any:
    if isinstance(handling, Mapping):
        return _each_object(handling, value, traces)
    match handling:
        case Privacy.SAFE:
            return value
        case Privacy.LABEL:
            return traces.redact_emails(value)
        case Privacy.PERSONAL:
            return {} if isinstance(value, Mapping) else None
        case Privacy.ADDRESS:
            return place_only(value)
        case Privacy.SENDER:
            return place_only(value) if traces.describe(value) else traces.redact_emails(value)
        case _:
            return traces.redact_all(value)


def _each_object(table: Table, value: Any, traces: Traces) -> Any:
    if isinstance(value, list):
        return [_each_object(table, entry, traces) for entry in value]
    return redacted(table, value, traces) if isinstance(value, Mapping) else value
