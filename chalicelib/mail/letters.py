"""Letters to customers about an order on its way: shipped, delivered. Once for each order and kind."""

from collections.abc import Mapping
from typing import Final

from chalicelib.kit import clock
from chalicelib.kit.settings import settings
from chalicelib.mail import emails, unsubscribing
from chalicelib.mail.emails import Email, SenderIdentity
from chalicelib.mail.letter_texts import TEXTS
from chalicelib.mail.wording import order_number
from chalicelib.storefront.service import CustomerOrder

RETENTION_S: Final = 180 * 86400
MAX_ORDER_AGE_S: Final = 90 * 86400
"""An older order's parcels are history, whatever they say of themselves."""
OVER: Final = ("CANCELLED", "REFUNDED")


def reason_not_to_write(kind: str, order: CustomerOrder) -> str | None:
    if order.ordered_at is None:
        return "order_age_unknown"
    if (clock.now() - clock.parse(order.ordered_at)).total_seconds() > MAX_ORDER_AGE_S:
        return "order_too_old"
    status = order.detail["status"]
    if status in OVER or (kind == "shipped" and status == "DELIVERED"):
        return "order_already_handled"
    return None


def unsubscribe_url(wanted: unsubscribing.Subscription) -> str | None:
    """None if this deployment has no public URL."""
    base = settings().public_base_url
    return f"{base}/unsubscribe/{unsubscribing.token_of(wanted)}" if base else None


def headers(url: str | None) -> Mapping[str, str]:
    """RFC 8058: a mail service may unsubscribe with one POST."""
    if url is None:
        return {}
    return {"List-Unsubscribe": f"<{url}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}


def compose(
    kind: str,
    sender: SenderIdentity,
    language: str,
    order: CustomerOrder,
    tracking_url: str | None,
    unsubscribe: str | None,
) -> Email:
    texts = TEXTS[language]
    subject, headline, text = {
        "shipped": (texts.shipped_subject, texts.shipped_headline, texts.shipped_text),
        "delivered": (texts.delivered_subject, texts.delivered_headline, texts.delivered_text),
    }[kind]
    number = order_number(order.detail["orderNumber"])
    said = text.format(name=sender.name, number=number)
    track = (texts.track, texts.track_button, tracking_url) if tracking_url else None
    leave = (texts.unsubscribe, unsubscribe) if unsubscribe else None
    return emails.letter(sender, language, subject.format(number=number), headline, said, track, leave)
