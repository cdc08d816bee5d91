"""Webhooks and events for tests."""

from dataclasses import dataclass, field
from typing import Any

from chalicelib.events import service as events
from chalicelib.events.types import EventType
from chalicelib.organizations.principals import SYSTEM
from chalicelib.table import keys
from chalicelib.table.reads import query_all
from chalicelib.table.transaction import Transaction
from chalicelib.webhooks.destinations import webhook_destination
from chalicelib.webhooks.store import AttemptItem, DeliveryItem, WebhookItem, find_webhook, list_last_attempts
from tests.support.factories import EMBED, Acme, Session

DAY_S = 86400


def publish(organization_id: str, end_user_id: str | None, event_type: EventType = "order.created", **data: Any) -> str:
    """Write an event as a change does. Returns its id."""
    transaction = Transaction()
    snapshot = {"id": "0b0f3a8e-6d53-4d1c-9d55-0c1f4f2b8a11", "order_number": "ORD-1", "carrier": "ups", **data}
    item = events.record(
        transaction, organization_id, end_user_id, event_type, by=SYSTEM, resource=("order", snapshot["id"]),
        data=snapshot,
    )  # fmt: skip
    transaction.commit()
    return item.id


@dataclass
class Merchant:
    """An end user whose session has every scope, for a day."""

    acme: Acme
    external_id: str = "merchant-1"
    session: Session = field(init=False)

    def __post_init__(self) -> None:
        self.session = self.acme.session(self.external_id, ttlSeconds=DAY_S)

    @property
    def whose(self) -> tuple[str, str]:
        return self.acme.organization_id, self.session.end_user_id

    def again(self) -> None:
        """A new session, after time has passed."""
        self.session = self.acme.session(self.external_id, ttlSeconds=DAY_S)

    def publish(self, event_type: EventType = "order.created", **data: Any) -> str:
        return publish(*self.whose, event_type, **data)

    def webhook(self, url: str, *types: str, **fields: Any) -> "Hook":
        body = {"url": url, "events": list(types or ("order.created",)), **fields}
        reply = self.session.client.post(f"{EMBED}/webhooks", body)
        assert reply.status == 201, reply.text
        return Hook(self, reply.data)

    def rule(self, **fields: Any) -> dict[str, Any]:
        body = {"name": "Orders", "eventType": "order.created", "condition": {}, **fields}
        reply = self.session.client.post(f"{EMBED}/alerts/rules", body)
        assert reply.status == 201, reply.text
        created: dict[str, Any] = reply.data
        return created


@dataclass
class Hook:
    """A stored webhook."""

    merchant: Merchant
    created: dict[str, Any]

    @property
    def id(self) -> str:
        return str(self.created["id"])

    @property
    def secret(self) -> str:
        return str(self.created["secret"])

    @property
    def path(self) -> str:
        return f"{EMBED}/webhooks/{self.id}"

    @property
    def state(self) -> WebhookItem:
        item = find_webhook(*self.merchant.whose, self.id)
        assert item is not None
        return item

    @property
    def attempts(self) -> list[AttemptItem]:
        """Oldest first."""
        return list_last_attempts(self.merchant.acme.organization_id, self.id, 10_000)[::-1]

    @property
    def deliveries(self) -> list[DeliveryItem]:
        """Those that are stored, and one made up for each that succeeded at once and left only its attempt."""
        partition = keys.delivery(self.merchant.acme.organization_id, self.id, "").pk
        stored = {row["sk"]["S"]: DeliveryItem.of(row) for row in query_all(partition, limit=10_000)}
        destination = webhook_destination(*self.merchant.whose, self.id)
        at_once = {
            attempt.delivery_id: DeliveryItem.at(
                keys.delivery(self.merchant.acme.organization_id, self.id, attempt.delivery_id),
                webhook=destination.packed,
                event_user=self.merchant.session.end_user_id,
                event_type=attempt.event_type,
                event_id=attempt.event_id,
                state="delivered",
                attempts=1,
            )
            for attempt in self.attempts
            if attempt.success and attempt.trigger == "event"
        }
        return list({**at_once, **stored}.values())

    @property
    def delivery(self) -> DeliveryItem:
        (only,) = self.deliveries
        return only

    def patch(self, **change: Any) -> dict[str, Any]:
        reply = self.merchant.session.client.patch(self.path, change)
        assert reply.status == 200, reply.text
        changed: dict[str, Any] = reply.data
        return changed

    def post(self, action: str, body: Any = None) -> Any:
        return self.merchant.session.client.post(f"{self.path}/{action}", body)
