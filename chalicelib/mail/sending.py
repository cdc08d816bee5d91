"""Sends an e-mail through SES."""

from collections.abc import Mapping
from email.header import Header
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import formataddr
from functools import partial

from chalicelib.kit import aws
from chalicelib.kit.settings import settings
from chalicelib.mail.emails import Email
from chalicelib.privacy.identity import ascii_address
from chalicelib.table.failures import code_of
from chalicelib.table.reads import back_off
from chalicelib.tracking_pages.markup import clean

MAX_NAME_LENGTH = 60
MAX_ATTEMPTS = 4
THROTTLING_CODES = ("Throttling", "ThrottlingException")
THROTTLED_ATTEMPT = 6
"""The attempt for which `back_off` waits up to a second, the period of SES's send rate."""


class UndeliverableAddress(ValueError):
    """The customer's e-mail address, as the source gave it, cannot be sent to."""


def send(
    email: Email, to: str, from_name: str, tags: list[dict[str, str]], headers: Mapping[str, str] | None = None
) -> str:
    """Send the e-mail and return SES's id for it. `tags` identify it should it bounce. `headers` are additional ones.

    Throttling is retried here. Raises UndeliverableAddress, or what SES answers, so that the queue tries again.
    """
    attempt = (
        partial(_send_raw, email, to, from_name, tags, headers)
        if headers
        else partial(_send, email, to, from_name, tags)
    )
    for _ in range(MAX_ATTEMPTS - 1):
        try:
            return attempt()
        except Exception as error:
            if code_of(error) not in THROTTLING_CODES:
                raise
            back_off(THROTTLED_ATTEMPT)
    return attempt()


def _send_raw(email: Email, to: str, from_name: str, tags: list[dict[str, str]], headers: Mapping[str, str]) -> str:
    message = EmailMessage(policy=SMTP)
    message["Subject"] = clean(email.subject, 200)
    message["From"] = sender(from_name)
    message["To"] = recipient(to)
    for name, value in headers.items():
        message[name] = value
    message.set_content(email.text)
    message.add_alternative(email.html, subtype="html")
    response = aws.client("ses").send_raw_email(
        Source=sender(from_name),
        Destinations=[recipient(to)],
        RawMessage={"Data": message.as_bytes()},
        ConfigurationSetName=settings().mail_configuration_set,
        Tags=tags,
    )
    return str(response["MessageId"])


def _send(email: Email, to: str, from_name: str, tags: list[dict[str, str]]) -> str:
    response = aws.client("ses").send_email(
        Source=sender(from_name),
        Destination={"ToAddresses": [recipient(to)]},
        Message={
            "Subject": {"Data": clean(email.subject, 200), "Charset": "UTF-8"},
            "Body": {
                "Text": {"Data": email.text, "Charset": "UTF-8"},
                "Html": {"Data": email.html, "Charset": "UTF-8"},
            },
        },
        ConfigurationSetName=settings().mail_configuration_set,
        Tags=tags,
    )
    return str(response["MessageId"])


def sender(name: str) -> str:
    """The From header: the organization's name on one line, quoted or encoded as needed, at our address."""
    line = clean(name, MAX_NAME_LENGTH)
    if line.isascii():
        return formataddr((line, settings().mail_from))
    # An encoded word must not be quoted, and `formataddr` would exceed the 75 characters it may have.
    return f"{Header(line, 'utf-8').encode(linesep='')} <{settings().mail_from}>"


def recipient(address: str) -> str:
    """The address as SES takes it: exactly one, in ASCII, with an internationalised domain as Punycode."""
    try:
        encoded = ascii_address(address)
    except ValueError:
        raise UndeliverableAddress from None
    local, _, domain = encoded.rpartition("@")
    is_plain = encoded.isascii() and not any(c in encoded for c in ' ,;<>()[]:\\"\t\r\n')
    # SES would read anything else as several addresses, a name or another header.
    if not (local and domain and is_plain) or "@" in local:
        raise UndeliverableAddress
    return encoded
