"""Messages of the mail queue. Apart from composing e-mails, so that dispatching imports none of that.

No e-mail address travels through a queue. An e-mail carries its message in its SES tags. When it bounces, the rule
`MailBounces` of infra/resources.yaml puts that message among the dead letters, together with what SES says about the
bounce. From there it can be sent back to the queue.
"""

from collections.abc import Mapping
from typing import Any, Final, NamedTuple

from chalicelib.events.types import ACCESS_CODE_REQUESTED
from chalicelib.kit import clock, codec
from chalicelib.kit.queues import Message
from chalicelib.organizations.known_settings import known_settings
from chalicelib.organizations.store import ConfigItem

ACCESS_CODE = "access_code"
CONFIRMATION = "order_confirmation"
LETTERS: Final = {"shipment.shipped": ("shipped", "ship_date"), "shipment.delivered": ("delivered", "actual_delivery")}
"""By event: the kind of letter, and the field of the shipment with the time at which it happened."""
LETTER_KINDS: Final = tuple(kind for kind, _ in LETTERS.values())
MAX_AGE_S = 86400
MAX_FIRST_AGE_S = 2 * 86400
"""A shipment that first comes shipped or delivered is news for this long. A day without a time began a day ago."""
MAX_CHANGE_AGE_S = 7 * 86400
"""A change that was late to arrive is news for this long."""


class SendRequest(NamedTuple):
    message: dict[str, Any]
    """As the dispatcher wrote it."""
    bounced: str | None
    """SES's id of the bounced e-mail that is to be sent again."""


def messages_for(event: Mapping[str, Any], config: ConfigItem | None) -> list[Message]:
    organization_id = event["organization_id"]
    if event["type"] == ACCESS_CODE_REQUESTED:
        return [
            _message(
                ACCESS_CODE,
                organization_id,
                event_id=event["id"],
                customer_id=event["metadata"]["customer_id"],
                request_id=event["resource_id"],
            )
        ]
    if event["type"] in LETTERS:
        return _letters(event, config)
    confirms = event["type"] == "order.created" and config is not None and known_settings(config).storefront_emails
    if confirms and is_recent(codec.loads(event["data"])["ordered_at"]):
        return [_message(CONFIRMATION, organization_id, event_id=event["id"], order_id=event["resource_id"])]
    return []


def _letters(event: Mapping[str, Any], config: ConfigItem | None) -> list[Message]:
    kind, field = LETTERS[event["type"]]
    if config is None or kind not in known_settings(config).shopper_emails:
        return []
    shipment = codec.loads(event["data"])
    if shipment["order_id"] is None or not _is_news(shipment, field):
        return []
    return [_message(kind, event["organization_id"], event_id=event["id"], order_id=shipment["order_id"])]


def _is_news(shipment: Mapping[str, Any], field: str) -> bool:
    """Not the history that a source's first sync brings in."""
    came_so = shipment["created_at"] == shipment["updated_at"]
    if not shipment[field]:
        return not came_so
    age = (clock.now() - clock.parse(shipment[field])).total_seconds()
    return -MAX_AGE_S < age < (MAX_FIRST_AGE_S if came_so else MAX_CHANGE_AGE_S)


def is_recent(ordered_at: str | None) -> bool:
    """Whether an order may still be confirmed. Not the history that a shop's first sync brings in, and no order whose
    age is unknown, or which claims to be from another time."""
    return ordered_at is not None and abs((clock.now() - clock.parse(ordered_at)).total_seconds()) < MAX_AGE_S


def _message(kind: str, organization_id: str, **rest: Any) -> Message:
    return Message({"kind": kind, "organization_id": organization_id, **rest}, group=organization_id)


def parse_message(body: dict[str, Any]) -> SendRequest:
    """A message of the queue: the dispatcher's, or a bounce that was sent back from the dead letters."""
    if "bounced" not in body:
        return SendRequest(body, None)
    message = {name: values[0] for name, values in body["tags"].items() if not name.startswith("ses:")}
    return SendRequest(message, body["bounced"]["ses_message_id"])


def to_tags(message: Mapping[str, str]) -> list[dict[str, str]]:
    """The message as SES tags, which may hold letters, digits, `_` and `-`: enough for our words and ids."""
    return [{"Name": name, "Value": value} for name, value in message.items()]
