"""What can go wrong with a platform, in one tree. Messages are sentences that a merchant reads.

Fault
├── AuthFault       AUTH_ERROR        the credentials no longer hold: the bridge needs to be connected again
├── RateLimited     RATE_LIMITED      wait as long as the platform says, then go on; never a failure by itself
├── Unreachable     UNREACHABLE       no complete response, or a 5xx: tried again later
├── InvalidAnswer   INVALID_ANSWER    a response that is not the platform's API: HTML, half a body, a login page
├── Refused         REFUSED           the platform says no, and will again
└── NotSeen         NOT_SEEN          the platform said yes, and the change is not there

Beside it: OutOfTime (the task goes on in a new message) and Forged (a hook or a consent that is not the platform's).

Never put a credential, a whole URL or personal data into a message.
"""

import re
from collections.abc import Mapping
from email.utils import parsedate_to_datetime

from chalicelib.kit import clock

DEFAULT_WAIT_S = 60.0
MAX_WAIT_S = 3600.0


class Fault(Exception):
    code = "PLATFORM_ERROR"
    message = "The platform did not do what was asked."
    retryable = True

    def __init__(self, message: str | None = None) -> None:
        self.message = message or self.message
        super().__init__(self.message)


class AuthFault(Fault):
    code = "AUTH_ERROR"
    message = "The shop no longer accepts these credentials. Connect it again."
    retryable = False


class RateLimited(Fault):
    code = "RATE_LIMITED"
    message = "The platform asked to wait before the next call."

    def __init__(self, retry_after: float | None = None, message: str | None = None) -> None:
        """`retry_after`: seconds, as the platform says."""
        super().__init__(message)
        self.retry_after = min(max(DEFAULT_WAIT_S if retry_after is None else retry_after, 1.0), MAX_WAIT_S)


class Unreachable(Fault):
    code = "UNREACHABLE"
    message = "The platform did not answer."


class InvalidAnswer(Fault):
    code = "INVALID_ANSWER"
    message = "The address answered, but not as the platform's API does."

    def __init__(self, status: int, content_type: str) -> None:
        kind = content_type.split(";")[0].strip()[:50] or "no content type"
        super().__init__(f"The address answered with status {status} and {kind} where the platform's API gives JSON.")


class Refused(Fault):
    code = "REFUSED"
    message = "The platform refused this."
    retryable = False


class NotSeen(Fault):
    code = "NOT_SEEN"
    message = "The platform accepted the change, but does not show it."
    retryable = False


class OutOfTime(Exception):
    """The task's time is used up. Not a fault: the runtime continues from the last checkpoint in a new message.
    Packages let it pass."""


class Forged(Exception):
    """A hook or an answer to a consent that does not come from the platform."""


def for_status(status: int, headers: Mapping[str, str]) -> Fault:
    """What a status outside of 2xx means on most platforms."""
    if status in (401, 403):
        return AuthFault(f"The shop no longer accepts these credentials (status {status}). Connect it again.")
    if status == 429:
        return RateLimited(seconds_in(headers.get("retry-after")))
    if status == 503 and (wait := seconds_in(headers.get("retry-after"))) is not None:
        return RateLimited(wait)
    if status >= 500:
        return Unreachable(f"The platform answered with status {status}.")
    if status < 400:
        return InvalidAnswer(status, headers.get("content-type", ""))
    return Refused(f"The platform refused the call with status {status}.")


def seconds_in(retry_after: str | None) -> float | None:
    """A `Retry-After` header in seconds or as a date; None if it is neither."""
    text = (retry_after or "").strip()
    if re.fullmatch(r"[0-9]{1,9}(\.[0-9]{1,9})?", text, re.ASCII):
        return float(text)
    try:
        moment = parsedate_to_datetime(text)
        return max(0.0, (moment - clock.now()).total_seconds())
    except (ValueError, TypeError, OverflowError):
        return None
