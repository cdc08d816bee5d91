"""The rate limits that an endpoint declares. They are counted during its first read, so that they add no latency."""

from collections.abc import Callable
from concurrent.futures import Future
from functools import cache
from typing import Any

from chalicelib.http.endpoint import Auth, Endpoint
from chalicelib.http.request import RequestInfo
from chalicelib.kit import clock, ids
from chalicelib.kit.errors import TooManyRequests
from chalicelib.security.rate_limits import By, Limit, LimitStatus, address_subject, count_request, seconds_left
from chalicelib.table.reads import prefetch

MAX_REFUSALS = 10_000


@cache
def refused_until() -> dict[tuple[str, str], float]:
    """(limit, subject) -> end of window. Repeat offenders are refused from memory, without a DynamoDB call."""
    return {}


class Admission:
    """The limits of one request: `begin` starts counting, `enforce` waits for the counts and refuses the request."""

    def __init__(self, endpoint: Endpoint, info: RequestInfo) -> None:
        self._endpoint = endpoint
        self._request = info
        self._pending: list[tuple[str, Future[LimitStatus]]] = []
        self._statuses: list[LimitStatus] = []

    def begin(self, body: Callable[[], dict[str, Any]]) -> None:
        if not self._endpoint.limits:
            return
        now = clock.now().timestamp()
        subjects = [(limit, self._subject(limit, body)) for limit in self._endpoint.limits]
        for limit, subject in subjects:
            if refused_until().get((limit.name, subject), 0) > now:
                self._statuses.append(LimitStatus(limit, True, 0, seconds_left(limit)))
        self._refuse()
        self._pending = [(subject, prefetch(count_request, limit, subject)) for limit, subject in subjects]

    def enforce(self) -> None:
        """Raises TooManyRequests if a limit was reached. May be called repeatedly."""
        pending, self._pending = self._pending, []
        for subject, future in pending:
            status = future.result()
            self._statuses.append(status)
            if status.refused:
                _remember(status, subject)
        self._refuse()

    def headers(self) -> dict[str, str]:
        """RateLimit headers of the limit with the fewest requests left."""
        if not self._statuses:
            return {}
        nearest = min(self._statuses, key=lambda status: (not status.refused, status.remaining))
        return {
            "RateLimit-Limit": str(nearest.limit.max_requests),
            "RateLimit-Remaining": str(nearest.remaining),
            "RateLimit-Reset": str(nearest.reset),
        }

    def _refuse(self) -> None:
        refused = [status.reset for status in self._statuses if status.refused]
        if refused:
            raise TooManyRequests(retry_after=max(refused))

    def _subject(self, limit: Limit, body: Callable[[], dict[str, Any]]) -> str:
        if limit.by is By.ADDRESS:
            return address_subject(self._request.ip_address)
        match self._endpoint.auth:
            case Auth.PUBLISHABLE_KEY:
                credential = str(body().get("key"))
            case Auth.SHOP | Auth.CUSTOMER:
                credential = self._request.headers.get("x-api-key", "")
            case _:
                credential = self._request.headers.get("authorization", "")
        return ids.credential_hash(credential)


def _remember(status: LimitStatus, subject: str) -> None:
    if len(refused_until()) >= MAX_REFUSALS:
        refused_until().clear()
    refused_until()[(status.limit.name, subject)] = clock.now().timestamp() + status.reset
