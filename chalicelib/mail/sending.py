"""Handing a letter to SES."""

from email.header import Header
from email.utils import formataddr

from chalicelib.kit import aws
from chalicelib.kit.settings import settings
from chalicelib.mail.letters import Letter
from chalicelib.table.failures import code_of
from chalicelib.table.reads import back_off
from chalicelib.tracking_pages.markup import clean

LONGEST_NAME = 60
TRIES = 4
TOO_QUICK = ("Throttling", "ThrottlingException")
A_SECOND = 6
"""What `back_off` takes for a wait of up to one second: SES limits the letters of a second."""


class NotAnAddress(ValueError):
    """What the source gives as the customer's e-mail is none that mail can be sent to."""


def send(letter: Letter, to: str, from_name: str, tags: list[dict[str, str]]) -> str:
    """SES's id of the letter. Should it bounce, `tags` say which it was.

    Raises NotAnAddress, or what SES answers; then the queue tries again, and gives the message up in the end. Only to
    be too quick for SES is no failed try.
    """
    for _ in range(TRIES - 1):
        try:
            return _send(letter, to, from_name, tags)
        except Exception as refused:
            if code_of(refused) not in TOO_QUICK:
                raise
            back_off(A_SECOND)
    return _send(letter, to, from_name, tags)


def _send(letter: Letter, to: str, from_name: str, tags: list[dict[str, str]]) -> str:
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
