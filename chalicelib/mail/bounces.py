"""Letters that SES took and that came back.

A letter carries the queue's message in its tags. The rule `MailBounces` of infra/resources.yaml puts those of a letter
that bounced among the dead letters, with what SES says of the bounce and without the address.
"""

from collections.abc import Mapping
from typing import Any, NamedTuple


class Asked(NamedTuple):
    """A letter that somebody wants sent."""

    message: dict[str, Any]
    """As the dispatcher wrote it."""
    bounced: str | None
    """SES's id of the letter that came back, where it is to be sent once more."""


def tags_of(message: Mapping[str, str]) -> list[dict[str, str]]:
    """The message as tags of a letter: SES takes letters, digits, `_` and `-`, which our words and ids are made of."""
    return [{"Name": name, "Value": value} for name, value in message.items()]


def asked_by(body: dict[str, Any]) -> Asked:
    """What a message of the queue asks for: a letter, or one that bounced, given back from the dead letters."""
    if "bounced" not in body:
        return Asked(body, None)
    own = {name: values[0] for name, values in body["tags"].items() if not name.startswith("ses:")}
    return Asked(own, body["bounced"]["ses_message_id"])
