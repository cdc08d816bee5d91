"""A shop with orders, the e-mails it sends, and all stored items."""

import os
import re
from decimal import Decimal
from typing import Any

from moto.core.models import DEFAULT_ACCOUNT_ID
from moto.ses.models import ses_backends

from chalicelib.events.relay import message_of
from chalicelib.events.store import EventItem
from chalicelib.kit import clock
from chalicelib.mail.messages import messages_for
from chalicelib.mail.service import handle
from chalicelib.organizations import configs
from chalicelib.table.keys import EVENT_PREFIX
from tests.support.account import client, everything
from tests.support.factories import Acme, Session
from tests.support.gateway import Client

SHOP = "/storefront/v1"
ADDRESS = {
    "name": "Jane Doe",
    "address1": "123 Main St",
    "city": "Anytown",
    "state": "CA",
    "zip": "90210",
    "country": "US",
    "phone": "+1 555 0100",
}


class Storefront:
    """Acme's shop. `shop.client` calls with the publishable key, `shop.customer(email)` as a customer."""

    def __init__(self, acme: Acme, external_id: str = "merchant-1") -> None:
        self.acme = acme
        self.session: Session = acme.session(external_id)
        self.bridge = self.session.bridge()
        self.client = Client(X_Api_Key=acme.config["publishable_key"])

    def customer(self, email: str = "jane@example.com") -> Client:
        reply = self.acme.server.post("/api/v1/storefront/customer-sessions", {"email": email})
        assert reply.status == 201, reply.text
        return Client(reply.data["token"], X_Api_Key=self.acme.config["publishable_key"])

    def sync(self, orders: list[dict[str, Any]], shipments: list[dict[str, Any]] | None = None) -> dict[str, Any]:
        body = {"orders": orders, "shipments": shipments or []}
        reply = self.acme.server.post(f"/api/v1/bridges/{self.bridge['id']}/sync", body)
        assert reply.status == 200, reply.text
        data: dict[str, Any] = reply.data
        assert data["errors"] == [], data
        return data

    def order(self, number: str = "ORD-2026-0042", email: str = "jane@example.com", **more: Any) -> None:
        self.sync([order_record(number, email, **more)])


def order_record(number: str, email: str | None = "jane@example.com", **more: Any) -> dict[str, Any]:
    return {
        "external_id": f"ext-{number}",
        "order_number": number,
        "status": "pending",
        "payment_status": "unpaid",
        "fulfillment_status": "unfulfilled",
        "customer": {"name": "Jane Doe", "email": email, "phone": "+1 555 0100"},
        "line_items": [{"title": "Widget", "sku": "W-1", "quantity": 2, "price": Decimal("22.50")}],
        "shipping_address": ADDRESS,
        "totals": {"subtotal": Decimal("45.00"), "tax": Decimal("4.99"), "total": Decimal("49.99")},
        "currency": "USD",
        "ordered_at": clock.timestamp(),
        **more,
    }


def queued_emails() -> list[dict[str, Any]]:
    """The messages that the dispatcher puts into the mail queue for all events, oldest first."""
    rows = sorted((row for row in everything() if row["pk"]["S"].startswith(EVENT_PREFIX)), key=lambda r: r["sk"]["S"])
    events = [message_of(EventItem.of(row)) for row in rows]
    return [message.body for event in events for message in messages_for(event, configs.find(event["organization_id"]))]


def send_mail() -> None:
    """Handle all messages, including those handled before: queues deliver at least once."""
    for message in queued_emails():
        handle(message)


def sent() -> list[Any]:
    """The emails that SES took: `source`, `destinations`, `subject`, and the HTML as `body`."""
    backend = ses_backends[DEFAULT_ACCOUNT_ID][os.environ["AWS_REGION"]]
    return list(backend.sent_messages)


def verify_sender() -> None:
    client("ses").verify_email_identity(EmailAddress=os.environ["MAIL_FROM"])


def code_in(email: Any) -> str:
    found = re.search(r">(\d{6})<", email.body)
    assert found, email.body
    return found[1]
