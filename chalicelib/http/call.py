"""What a handler is given: the verified caller, the validated input, and facts about the request."""

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from chalicelib.principals import Actor, ApiKey, Customer, EmbedSession, Principal, ServiceKey

P = TypeVar("P", bound=Principal)


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
class Call(Generic[P]):
    who: P
    request: RequestInfo
    path: dict[str, str]
    raw_body: Any = None
    """The body as it was sent, for an endpoint's `precheck`; not validated."""
    body: Any = None
    """An instance of the endpoint's body schema."""
    query: Any = None
    """An instance of the endpoint's query schema."""
    ahead: "Future[Any] | None" = None
    """What the endpoint's `ahead` read brings; see `Endpoint`."""
    admit: Callable[[], None] = lambda: None
    """Raises TooManyRequests where a limit was reached. All but public endpoints are past that; those are refused when
    they are done, so that their first read waits for nothing, and one that writes calls this before it does."""

    @property
    def actor(self) -> Actor:
        return actor_of(self.who, self.request.ip_address)


def actor_of(who: Principal, ip_address: str) -> Actor:
    if isinstance(who, EmbedSession):
        return Actor("session", who.session_id, ip_address)
    if isinstance(who, ApiKey):
        return Actor("api_key", who.key_id, ip_address)
    if isinstance(who, ServiceKey):
        return Actor("service", who.key_id, ip_address)
    if isinstance(who, Customer):
        return Actor("customer", who.session_id, ip_address)
    return Actor("guest", None, ip_address)
