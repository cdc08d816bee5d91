"""The rate limits that an endpoint declares, counted beside its first read so that they take no time of their own."""

from collections.abc import Callable
from concurrent.futures import Future
from functools import cache
from typing import Any

from chalicelib.http.endpoint import Auth, Endpoint
from chalicelib.http.request import RequestInfo
from chalicelib.kit import clock, ids
from chalicelib.kit.errors import TooManyRequests
from chalicelib.security.rate_limits import By, Limit, Standing, address, count, seconds_left
from chalicelib.table.reads import prefetch

MAX_REFUSALS = 10_000


@cache
def refusals() -> dict[tuple[str, str], float]:
    """Limit and subject that were refused, and until when: whoever goes on costs this process no call any more."""
    return {}


class Admission:
    """Of one request: `begin` counts, `settle` waits for the outcome and refuses."""

    def __init__(self, endpoint: Endpoint, info: RequestInfo) -> None:
        self._endpoint = endpoint
        self._request = info
        self._counting: list[tuple[str, Future[Standing]]] = []
        self._standings: list[Standing] = []

    def begin(self, body: Callable[[], dict[str, Any]]) -> None:
        if not self._endpoint.limits:
            return
        now = clock.now().timestamp()
        subjects = [(limit, self._subject(limit, body)) for limit in self._endpoint.limits]
        for limit, subject in subjects:
            if refusals().get((limit.name, subject), 0) > now:
                self._standings.append(Standing(limit, True, 0, seconds_left(limit)))
        self._refuse()
        self._counting = [(subject, prefetch(count, limit, subject)) for limit, subject in subjects]

    def settle(self) -> None:
        """Raises TooManyRequests where a limit was reached. Settling again changes nothing."""
        counting, self._counting = self._counting, []
        for subject, future in counting:
            standing = future.result()
            self._standings.append(standing)
            if standing.refused:
                _remember(standing, subject)
        self._refuse()

    def headers(self) -> dict[str, str]:
        """Of the limit that is nearest."""
        if not self._standings:
            return {}
        nearest = min(self._standings, key=lambda standing: (not standing.refused, standing.remaining))
        return {
            "RateLimit-Limit": str(nearest.limit.most),
            "RateLimit-Remaining": str(nearest.remaining),
            "RateLimit-Reset": str(nearest.reset),
        }

    def _refuse(self) -> None:
        refused = [standing.reset for standing in self._standings if standing.refused]
        if refused:
            raise TooManyRequests(retry_after=max(refused))

    def _subject(self, limit: Limit, body: Callable[[], dict[str, Any]]) -> str:
        if limit.by is By.ADDRESS:
            return address(self._request.ip_address)
        match self._endpoint.auth:
            case Auth.PUBLISHABLE_KEY:
                credential = str(body().get("key"))
            case Auth.SHOP | Auth.CUSTOMER:
                credential = self._request.headers.get("x-api-key", "")
            case _:
                credential = self._request.headers.get("authorization", "")
        return ids.credential_hash(credential)


def _remember(standing: Standing, subject: str) -> None:
    if len(refusals()) >= MAX_REFUSALS:
        refusals().clear()
    refusals()[(standing.limit.name, subject)] = clock.now().timestamp() + standing.reset
