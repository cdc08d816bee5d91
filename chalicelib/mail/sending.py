"""Handing a letter to SES."""

from email.header import Header
from email.utils import formataddr

from chalicelib import aws
from chalicelib.mail.letters import Letter
from chalicelib.settings import settings
from chalicelib.tracking_pages.markup import clean

LONGEST_NAME = 60


class NotAnAddress(ValueError):
    """What the source gives as the customer's e-mail is none that mail can be sent to."""


def send(letter: Letter, to: str, from_name: str, tags: list[dict[str, str]]) -> str:
    """SES's id of the letter. Should it bounce, `tags` say which it was.

    Raises NotAnAddress, or what SES answers; then the queue tries again, and gives the message up in the end.
    """
    answer = aws.client("ses").send_email(
        Source=sender(from_name),
        Destination={"ToAddresses": [recipient(to)]},
        Message={
            "Subject": {"Data": clean(letter.subject, 200), "Charset": "UTF-8"},
            "Body": {
                "Text": {"Data": letter.text, "Charset": "UTF-8"},
                "Html": {"Data": letter.html, "Charset": "UTF-8"},
            },
        },
        ConfigurationSetName=settings().mail_configuration_set,
        Tags=tags,
    )
    return str(answer["MessageId"])


def sender(name: str) -> str:
    """The From header: the organization's name, one line, quoted or encoded as it needs, at our address."""
    line = clean(name, LONGEST_NAME)
    if line.isascii():
        return formataddr((line, settings().mail_from))
    # An encoded word must stay unquoted; `formataddr` would make one longer than the 75 characters it may have.
    return f"{Header(line, 'utf-8').encode(linesep='')} <{settings().mail_from}>"


def recipient(email: str) -> str:
    """The address as SES takes it: one, ASCII, with an internationalised domain in its ASCII spelling."""
    local, at, domain = email.strip().rpartition("@")
    try:
        address = f"{local}{at}{domain.encode('idna').decode()}"
    except UnicodeError:
        raise NotAnAddress from None
    # More than one address, a name or a line end would be read as such by SES.
    if not (local and domain and address.isascii()) or any(c in address for c in ' ,;<>()[]:\\"\t\r\n') or "@" in local:
        raise NotAnAddress
    return address
