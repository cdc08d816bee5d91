"""Letters to customers, one for each message of the mail queue."""

from collections.abc import Callable
from typing import Any

from chalicelib.kit import log
from chalicelib.kit.settings import settings
from chalicelib.mail import bounces, languages, letters, sending
from chalicelib.mail.bounces import Asked
from chalicelib.mail.letters import House, Letter
from chalicelib.mail.messages import ACCESS_CODE, CONFIRMATION, is_young
from chalicelib.mail.store import mark_sent, put_back, take
from chalicelib.organizations import configs
from chalicelib.organizations import service as organizations
from chalicelib.organizations.known_settings import known
from chalicelib.organizations.store import ConfigItem
from chalicelib.storefront import access
from chalicelib.storefront import service as storefront
from chalicelib.table import keys
from chalicelib.table.keys import Key

CONFIRMATION_KEPT_S = 3 * 86400
"""Longer than an order is young enough to be confirmed; after that its age says no."""


def handle(body: dict[str, Any]) -> None:
    """One message of the mail queue. What SES answers with an error goes back to the queue, in the end to its DLQ."""
    asked = bounces.asked_by(body)
    message = asked.message
    organization_id = message["organization_id"]
    config = configs.find(organization_id)
    if config is None or not config.is_active:
        return
    if message["kind"] == ACCESS_CODE:
        _answer_request(config, asked, message["customer_id"], message["request_id"])
    elif message["kind"] == CONFIRMATION and known(config).storefront_emails:
        _confirm(config, asked, message["order_id"])


def _answer_request(config: ConfigItem, asked: Asked, customer: str, request_id: str) -> None:
    organization_id = config.organization_id
    request = access.find_to_answer(organization_id, customer, request_id)
    if request is None:
        return
    order_number, language = request.order_number, languages.of_code(config, request.language)
    order = storefront.find_of_customer(organization_id, customer, order_number)
    if order is None:
        return
    grant = access.Grant(customer, order.id)

    def send() -> str | None:
        code = access.new_code(organization_id, grant, order_number, request_id)
        if code is None:
            return None
        house = _house(config)
        letter = letters.access_code(house, language, order_number, code, access.CODE_TTL_S // 60)
        return _post(letter, order.detail["email"], house, asked)

    _once(keys.access_request(organization_id, customer, request_id), access.KEPT_S, asked, send)


def _confirm(config: ConfigItem, asked: Asked, order_id: str) -> None:
    organization_id = config.organization_id
    order = storefront.find(organization_id, order_id)
    if order is None or order.customer_id is None or not is_young(order.ordered_at):
        return
    if order.detail["status"] in ("CANCELLED", "REFUNDED"):
        return
    house = _house(config)
    language = languages.of_confirmation(config, (order.detail["shippingAddress"] or {}).get("country"))
    url = tracking_url(config, order.detail["trackingToken"])
    letter = letters.order_confirmation(house, language, order.detail, url)
    key = keys.confirmation(organization_id, order.customer_id, order_id)
    _once(key, CONFIRMATION_KEPT_S, asked, lambda: _post(letter, order.detail["email"], house, asked))


def _once(key: Key, kept_seconds: int, asked: Asked, send: Callable[[], str | None]) -> None:
    """Send unless it was sent, or is being sent elsewhere. Only a crash between SES and our note sends it twice."""
    if not take(key, kept_seconds, asked.bounced):
        return
    try:
        ses_message_id = send()
    except Exception:
        put_back(key)
        raise
    mark_sent(key, ses_message_id)


def _post(letter: Letter, email: str, house: House, asked: Asked) -> str | None:
    """SES's id of the letter, None where there is no address that could take it."""
    try:
        return sending.send(letter, email, house.name, bounces.tags_of(asked.message))
    except sending.NotAnAddress:
        # The shop's data, not our fault, and no better the next time.
        log.warning("mail_not_addressable")
        return None


def _house(config: ConfigItem) -> House:
    return letters.house(config.branding, organizations.name_of(config.organization_id))


def tracking_url(config: ConfigItem, token: str | None) -> str | None:
    """The shop's own page where it names one, else ours; None where this deployment does not know its address."""
    if token is None:
        return None
    own = known(config).order_tracking_url
    if own is not None:
        return own.replace("{token}", token)
    base = settings().public_base_url
    return f"{base}/o/{config.organization_id}/{token}" if base else None
