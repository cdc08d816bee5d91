"""The worker of the mail queue: one e-mail for each message."""

from collections.abc import Callable, Mapping
from typing import Any

from chalicelib.kit import log
from chalicelib.kit.settings import settings
from chalicelib.mail import emails, languages, letters, limits, sending
from chalicelib.mail.emails import Email, SenderIdentity
from chalicelib.mail.messages import (
    ACCESS_CODE,
    CONFIRMATION,
    LETTER_KINDS,
    SendRequest,
    is_recent,
    parse_message,
    to_tags,
)
from chalicelib.mail.store import claim, mark_sent, overtake, release
from chalicelib.mail.unsubscribing import is_unsubscribed, subscription
from chalicelib.organizations import configs, end_users
from chalicelib.organizations.brands import shopper_brand
from chalicelib.organizations.known_settings import known_settings
from chalicelib.organizations.store import ConfigItem
from chalicelib.organizations.suspension import REASON as SUSPENDED
from chalicelib.organizations.suspension import is_suspended
from chalicelib.storefront import access
from chalicelib.storefront import service as storefront
from chalicelib.storefront.service import CustomerOrder
from chalicelib.table import keys
from chalicelib.table.keys import Key

LOGGED = ("organization_id", "order_id", "request_id", "event_id")
CONFIRMATION_RETENTION_S = 3 * 86400
"""Longer than an order may be confirmed; later messages are dropped for the order's age."""


def handle(body: dict[str, Any]) -> None:
    """Handle one message. Errors of SES return it to the queue, and finally to the dead letters."""
    request = parse_message(body)
    message = request.message
    config = configs.find(message["organization_id"])
    with log.bound(**{name: message[name] for name in LOGGED if name in message}, email=message["kind"]):
        reason = _reason_not_to_send(config, message["kind"])
        if reason is not None or config is None:
            _log_unsent(reason or "no_config")
        elif message["kind"] == ACCESS_CODE:
            _send_access_code(config, request, message["customer_id"], message["request_id"])
        elif message["kind"] == CONFIRMATION:
            _send_confirmation(config, request, message["order_id"])
        elif message["kind"] in LETTER_KINDS:
            _send_letter(config, request, message["kind"], message["order_id"])


def _reason_not_to_send(config: ConfigItem | None, kind: str) -> str | None:
    if config is None:
        return "no_config"
    if is_suspended(config):
        return SUSPENDED
    if not config.is_active:
        return "embed_inactive"
    known = known_settings(config)
    if kind == CONFIRMATION and not known.storefront_emails:
        return "storefront_emails_off"
    return "shopper_emails_off" if kind in LETTER_KINDS and kind not in known.shopper_emails else None


def _log_unsent(reason: str) -> None:
    log.info("email_not_sent", reason=reason)


def _send_access_code(config: ConfigItem, request: SendRequest, customer: str, request_id: str) -> None:
    organization_id = config.organization_id
    pending = access.find_pending_request(organization_id, customer, request_id)
    if pending is None:
        _log_unsent("request_expired")
        return
    order_number, language = pending.order_number, languages.code_language(config, pending.language)
    order = storefront.find_by_number(organization_id, customer, order_number)
    if order is None:
        _log_unsent("order_not_found")
        return
    grant = access.Grant(customer, order.id)

    def send() -> str | None:
        reason = limits.refuse_code(organization_id, customer)
        if reason is not None:
            _log_unsent(reason)
            return None
        code = access.issue_code(organization_id, grant, order_number, request_id)
        if code is None:
            _log_unsent("replaced_by_later_request")
            return None
        identity = _sender_identity(config, order)
        email = emails.access_code(identity, language, order.detail["orderNumber"], code, access.CODE_TTL_S // 60)
        return _send(email, order.detail["email"], identity, request)

    _send_once(keys.access_request(organization_id, customer, request_id), access.REQUEST_RETENTION_S, request, send)


def _send_confirmation(config: ConfigItem, request: SendRequest, order_id: str) -> None:
    organization_id = config.organization_id
    order = storefront.find_by_id(organization_id, order_id)
    if order is None or order.customer_id is None:
        _log_unsent("order_not_found" if order is None else "no_email_address")
        return
    if not is_recent(order.ordered_at):
        _log_unsent("order_age_unknown" if order.ordered_at is None else "order_too_old")
        return
    if _is_past_news(order.detail):
        _log_unsent("order_already_handled")
        return
    identity = _sender_identity(config, order)
    language = languages.confirmation_language(config, (order.detail["shippingAddress"] or {}).get("country"))
    url = tracking_url(config, order.detail["trackingToken"])
    email = emails.order_confirmation(identity, language, order.detail, url)

    def send() -> str | None:
        reason = limits.refuse_confirmation(organization_id, order)
        if reason is not None:
            _log_unsent(reason)
            return None
        return _send(email, order.detail["email"], identity, request)

    key = keys.confirmation(organization_id, order.customer_id, order_id)
    _send_once(key, CONFIRMATION_RETENTION_S, request, send)


def _send_letter(config: ConfigItem, request: SendRequest, kind: str, order_id: str) -> None:
    organization_id = config.organization_id
    order = storefront.find_by_id(organization_id, order_id)
    if order is None or order.customer_id is None:
        _log_unsent("order_not_found" if order is None else "no_email_address")
        return
    wanted = subscription(organization_id, order.end_user_id, order.detail["email"], kind)
    reason = letters.reason_not_to_write(kind, order) or ("unsubscribed" if is_unsubscribed(wanted) else None)
    if reason is not None:
        _log_unsent(reason)
        return
    identity = _sender_identity(config, order)
    language = languages.confirmation_language(config, (order.detail["shippingAddress"] or {}).get("country"))
    tracked, unsubscribe = tracking_url(config, order.detail["trackingToken"]), letters.unsubscribe_url(wanted)
    email = letters.compose(kind, identity, language, order, tracked, unsubscribe)
    confirmation = keys.confirmation(organization_id, order.customer_id, order_id)

    def send() -> str | None:
        reason = None if overtake(confirmation, CONFIRMATION_RETENTION_S) else "beside_confirmation"
        reason = reason or limits.refuse_confirmation(organization_id, order)
        if reason is not None:
            _log_unsent(reason)
            return None
        return _send(email, order.detail["email"], identity, request, letters.headers(unsubscribe))

    _send_once(keys.letter(organization_id, order.customer_id, order_id, kind), letters.RETENTION_S, request, send)


def _is_past_news(detail: Mapping[str, Any]) -> bool:
    """Whether the order, a storefront OrderDetail, is shipped, delivered, cancelled, returned or refunded already."""
    return (
        detail["status"] in ("SHIPPED", "DELIVERED", "CANCELLED", "REFUNDED")
        or detail["fulfillmentStatus"] == "FULFILLED"
        or detail["paymentStatus"] == "REFUNDED"
    )


def _send_once(key: Key, retention_s: int, request: SendRequest, send: Callable[[], str | None]) -> None:
    """Send unless the e-mail was sent or is being sent elsewhere. Only a crash between SES's response and `mark_sent`
    sends it twice."""
    if not claim(key, retention_s, request.bounced):
        _log_unsent("already_sent")
        return
    try:
        ses_message_id = send()
    except Exception:
        release(key)
        raise
    mark_sent(key, ses_message_id)
    if ses_message_id is not None:
        log.info("email_sent", ses_message_id=ses_message_id)


def _send(
    email: Email, to: str, identity: SenderIdentity, request: SendRequest, headers: Mapping[str, str] | None = None
) -> str | None:
    """SES's id for the e-mail; None if the address is undeliverable."""
    try:
        return sending.send(email, to, identity.name, to_tags(request.message), headers)
    except sending.UndeliverableAddress:
        # The shop's data is wrong, and retrying would not change it.
        log.warning("mail_not_addressable")
        return None


def _sender_identity(config: ConfigItem, order: CustomerOrder) -> SenderIdentity:
    """The merchant's brand if there is one, otherwise the organization's."""
    brand = shopper_brand(config.branding, end_users.find(config.organization_id, order.end_user_id))
    return emails.sender_identity(brand.branding, configs.organization_name(config.organization_id))


def tracking_url(config: ConfigItem, token: str | None) -> str | None:
    """The shop's own page if the settings name one, otherwise ours; None if this deployment has no public URL."""
    if token is None:
        return None
    own = known_settings(config).order_tracking_url
    if own is not None:
        return own.replace("{token}", token)
    base = settings().public_base_url
    return f"{base}/o/{config.organization_id}/{token}" if base else None
