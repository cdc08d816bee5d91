"""The rate limits that an endpoint declares. They are counted during its first read, so that they add no latency."""

from concurrent.futures import Future

from chalicelib.http.endpoint import Endpoint
from chalicelib.http.request import RequestInfo
from chalicelib.kit.errors import TooManyRequests
from chalicelib.organizations.principals import Customer, EmbedSession, Principal
from chalicelib.security.rate_limits import By, LimitStatus, address_subject, count_request, find_refusal
from chalicelib.table.reads import prefetch


class Admission:
    """The limits of one request: `begin` and `begin_session` start counting, `enforce` waits for the counts and refuses
    the request."""

    def __init__(self, endpoint: Endpoint, info: RequestInfo) -> None:
        self._endpoint = endpoint
        self._request = info
        self._pending: list[Future[LimitStatus]] = []
        self._statuses: list[LimitStatus] = []

    def begin(self) -> None:
        """Count what is limited by address. Raises TooManyRequests for repeat offenders."""
        self._count(By.ADDRESS, address_subject(self._request.ip_address))

    def begin_session(self, principal: Principal) -> None:
        """Count what is limited by session, once that is known to be genuine."""
        self._count(By.SESSION, _session_subject(principal, self._request))

    def _count(self, by: By, subject: str) -> None:
        limits = [limit for limit in self._endpoint.limits if limit.by is by]
        self._statuses += filter(None, (find_refusal(limit, subject) for limit in limits))
        self._refuse()
        self._pending += [prefetch(count_request, limit, subject) for limit in limits]

    def enforce(self) -> None:
        """Raises TooManyRequests if a limit was reached. May be called repeatedly."""
        pending, self._pending = self._pending, []
        self._statuses += [future.result() for future in pending]
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


def _session_subject(principal: Principal, request: RequestInfo) -> str:
    match principal:
        case EmbedSession(verified=True):
            return f"{principal.organization_id}#{principal.end_user_id}"
        case Customer():
            return f"{principal.organization_id}#{principal.customer_id}"
        case EmbedSession():
            return f"{principal.organization_id}#{address_subject(request.ip_address)}"
        case _:
            return address_subject(request.ip_address)
