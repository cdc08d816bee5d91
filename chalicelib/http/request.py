"""What a handler is given: the verified caller, the validated input, and facts about the request."""

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Any, Generic

from typing_extensions import TypeVar

from chalicelib.organizations.principals import Actor, ApiKey, Customer, EmbedSession, Principal, ServiceKey

P = TypeVar("P", bound=Principal)
B = TypeVar("B", default=None)
Q = TypeVar("Q", default=None)


@dataclass(frozen=True, slots=True)
class RequestInfo:
    request_id: str
    method: str
    route: str
    ip_address: str
    origin: str | None
    headers: dict[str, str]
    """Names in lower case."""
    base_url: str
    """Where this deployment was reached, without a trailing slash."""


@dataclass(slots=True)
class Request(Generic[P, B, Q]):
    """What a handler is given. `Request[EmbedSession, OrderCreate, None]`: the principal that the endpoint's `auth`
    yields, then its body and query schemas. A structure test compares them with the declaration."""

    principal: P
    info: RequestInfo
    path: dict[str, str]
    body: B
    query: Q
    prefetched: "Future[Any] | None" = None
    """The result of the endpoint's `prefetch` read."""
    admit: Callable[[], None] = lambda: None
    """Raises TooManyRequests where a limit was reached. All but public endpoints are past that; those are refused when
    they are done, so that their first read waits for nothing, and one that writes calls this before it does."""

    @property
    def id(self) -> str:
        """The `{id}` of the path."""
        return self.path["id"]

    @property
    def actor(self) -> Actor:
        return actor_of(self.principal, self.info.ip_address)


def actor_of(principal: Principal, ip_address: str) -> Actor:
    if isinstance(principal, EmbedSession):
        return Actor("session", principal.session_id, ip_address)
    if isinstance(principal, ApiKey):
        return Actor("api_key", principal.key_id, ip_address)
    if isinstance(principal, ServiceKey):
        return Actor("service", principal.key_id, ip_address)
    if isinstance(principal, Customer):
        return Actor("customer", principal.session_id, ip_address)
    return Actor("guest", None, ip_address)
