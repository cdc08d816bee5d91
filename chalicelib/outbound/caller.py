"""Calls of platforms' APIs: any method, whole bodies up to a limit, redirects only within the same host."""

import http.client
import time
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from chalicelib.kit.settings import settings
from chalicelib.kit.version import VERSION
from chalicelib.outbound.budget import Budget, ResponseTooLarge
from chalicelib.outbound.exchange import Exchanges, Limits
from chalicelib.outbound.failures import SendFailed
from chalicelib.outbound.stand_ins import HostMap, stand_in

USER_AGENT = f"OrderlyEmbed/{VERSION}"
MAX_REDIRECTS = 3
MAX_HEADER_BYTES = 65_536
REDIRECTS = (301, 302, 303, 307, 308)


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    headers: dict[str, str]
    """Names in lower case; of several with one name, the first."""
    body: bytes


class Caller:
    """Thread-safe. Use one per process: it keeps connections alive.

    Servers that stand in for a host (`hosts`) may be on loopback.
    """

    def __init__(self, exchanges: Exchanges, *, max_bytes: int, allow_loopback: bool, hosts: HostMap = ()) -> None:
        self._exchanges = exchanges
        self._max_bytes = max_bytes
        self._allow_loopback = allow_loopback
        self._hosts = hosts

    @classmethod
    def new(cls, *, seconds: float, max_bytes: int, allow_loopback: bool, hosts: HostMap = ()) -> "Caller":
        limits = Limits(total=seconds, connect=min(10.0, seconds))
        return cls(Exchanges(limits), max_bytes=max_bytes, allow_loopback=allow_loopback, hosts=hosts)

    @classmethod
    def of_stage(cls, *, seconds: float, max_bytes: int) -> "Caller":
        """For hosts of platforms, which servers on this machine stand in for on the local stage."""
        found = settings()
        return cls.new(
            seconds=seconds, max_bytes=max_bytes, allow_loopback=found.allow_loopback, hosts=found.platform_hosts
        )

    def call(self, method: str, url: str, body: bytes | None, headers: Mapping[str, str], seconds: float) -> Answer:
        """The response, whatever its status; `seconds` bound the whole call with its redirects. Raises SendFailed."""
        budget = Budget(time.monotonic() + seconds, MAX_HEADER_BYTES + self._max_bytes)
        for _ in range(MAX_REDIRECTS):
            answer = self._once(method, url, body, headers, budget)
            location = answer.headers.get("location")
            if method != "GET" or answer.status not in REDIRECTS or not location:
                return answer
            target = urljoin(url, location)
            if _origin(target) != _origin(url):
                return answer
            url = target
        raise SendFailed("redirect", "Redirected too often")

    def _once(self, method: str, url: str, body: bytes | None, headers: Mapping[str, str], budget: Budget) -> Answer:
        def read(response: http.client.HTTPResponse) -> tuple[Answer, bool]:
            try:
                content = response.read(self._max_bytes + 1)
            except http.client.IncompleteRead as error:
                raise SendFailed(
                    "connection_reset", "The connection closed before the response was complete"
                ) from error
            if len(content) > self._max_bytes:
                raise ResponseTooLarge
            found = {name.lower(): value for name, value in reversed(response.headers.items())}
            return Answer(response.status, found, content), response.isclosed() or response.length == 0

        local = stand_in(url, self._hosts)
        may_repeat = method in ("GET", "HEAD")
        if local is not None:
            headers = {**headers, "Host": urlsplit(url).netloc}
        return self._exchanges.make(
            method,
            local or url,
            body,
            headers,
            budget,
            read,
            allow_loopback=self._allow_loopback or local is not None,
            may_repeat=may_repeat,
        )


def _origin(url: str) -> tuple[str, str | None, int | None]:
    parts = urlsplit(url)
    return parts.scheme, parts.hostname, parts.port
