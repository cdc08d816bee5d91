"""A handler's argument: the verified principal, the validated input, and metadata of the HTTP request."""

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import Any, Generic

from typing_extensions import TypeVar

from chalicelib.http.lenient import Repair
from chalicelib.kit.settings import settings
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
    """With lower-case names."""
    base_url: str
    """The URL under which the client reached this deployment, without a trailing slash."""

    @property
    def public_url(self) -> str:
        """The URL for links: the deployment's own if it has one."""
        return settings().public_base_url or self.base_url


@dataclass(slots=True)
class Request(Generic[P, B, Q]):
    """`Request[EmbedSession, OrderCreate, None]` has the principal that the endpoint's `auth` yields, then its body and
    query schemas. A structure test compares them with the declaration."""

    principal: P
    info: RequestInfo
    path: dict[str, str]
    body: B
    query: Q
    prefetched: "Future[Any] | None" = None
    """The result of the endpoint's `prefetch` read."""
    admit: Callable[[], None] = lambda: None
    """Raises TooManyRequests if a rate limit was reached. The API has already called it, except on public endpoints:
    there the limit is enforced after the handler, so that the first read need not wait. A public handler that writes
    must call it before writing."""

    raw_body: bytes = b""
    raw_query: dict[str, str] = field(default_factory=dict)
    """Both only for endpoints with `raw_body`."""
    repairs: list[Repair] = field(default_factory=list)
    """What was repaired in the body of an endpoint with `lenient_json`."""

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
        return Actor("api_key", principal.key_id, ip_address, principal.operator)
    if isinstance(principal, ServiceKey):
        return Actor("service", principal.key_id, ip_address)
    if isinstance(principal, Customer):
        return Actor("customer", principal.session_id, ip_address)
    return Actor("guest", None, ip_address)
