"""The declaration of an endpoint: the only place where its method, path, rules and shapes stand.

Routing, authentication, scope and feature checks, validation, CORS and the OpenAPI document all come from it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any, Literal

from pydantic import BaseModel

from chalicelib.errors import ApiError
from chalicelib.http.answers import Answer
from chalicelib.http.call import RequestInfo
from chalicelib.rate_limits import Limit

EMBED = ("/api/v1/embed", "/api/embed")
API = ("/api/v1",)
STOREFRONT = ("/storefront/v1",)
PLAIN = ("",)


class Auth(Enum):
    """Which credentials open an endpoint. Any other kind is a 401."""

    PUBLIC = "public"
    API_KEY = "api_key"
    SESSION = "session"
    API_KEY_OR_SERVICE = "api_key_or_service"
    SERVICE = "service"
    PUBLISHABLE_KEY = "publishable_key"
    """In the body's `key`."""
    SHOP = "shop"
    """The publishable key in `X-Api-Key`."""
    CUSTOMER = "customer"
    """`X-Api-Key` and a customer session."""


Handler = Callable[[Any], Answer]
ProblemPage = Callable[[ApiError, RequestInfo, Mapping[str, str]], Answer]
"""Of the error, the request and its query, which may be anything."""
Envelope = Literal["data", "page", "list", "pageable", "bare"]
"""`pageable`: a list that is paged only when asked."""

KB = 1024


@dataclass(frozen=True, slots=True)
class Endpoint:
    method: str
    path: str
    """Below the prefixes, with `{id}`-style variables; variables on one level share a name."""
    prefixes: tuple[str, ...]
    handler: Handler
    auth: Auth
    summary: str
    tag: str
    scope: str | None = None
    feature: str | tuple[str, ...] | None = None
    """The feature that must be on; of several, any one."""
    body: type[BaseModel] | None = None
    query: type[BaseModel] | None = None
    headers: tuple[tuple[str, str], ...] = ()
    """Request headers that it needs besides the credential: name and what it is."""
    response: Any = None
    """The pydantic type of what stands in the envelope."""
    envelope: Envelope = "data"
    beside: tuple[tuple[str, Any], ...] = ()
    """Further members next to `data`: name and type."""
    status: int = 200
    errors: tuple[int, ...] = ()
    """Statuses beyond those that follow from the declaration (401, 403, 404 with a path id, 413, 422)."""
    also: tuple[int, ...] = ()
    """Further statuses of success."""
    max_bytes: int = 256 * KB
    content_type: str = "application/json"
    with_stats: bool = False
    """Read the end user's counters in the batch that authenticates."""
    ahead: Callable[[str, str, Any], Any] | None = None
    """A read that needs only the organization, the end user and the query. It runs beside authentication, so that
    a list costs two round trips; what it brings is dropped unless the credential turns out to be genuine."""
    precheck: Callable[[Any], None] | None = None
    """A check on the caller that comes before validation: the bridge type."""
    active_embed: bool = False
    """Refused while the embed is inactive. Sessions always are; API keys administer on, except where this is set."""
    hidden_while_inactive: bool = False
    """A tracking view: while the embed is inactive it is not there (404), where other calls are refused (403)."""
    upper_case_errors: bool = False
    """The storefront's error shape."""
    problem_page: ProblemPage | None = None
    """How people are told of an error, where the endpoint is opened rather than called."""
    limits: tuple[Limit, ...] = ()
    """How often it may be called. Counted beside the first read, and told in every answer's headers."""
    idempotent: bool = False
    """Takes an Idempotency-Key: a POST that creates, or makes a new secret."""

    @property
    def name(self) -> str:
        return self.handler.__name__

    @property
    def features(self) -> tuple[str, ...]:
        return (self.feature,) if isinstance(self.feature, str) else self.feature or ()

    @property
    def paths(self) -> list[str]:
        return [prefix + self.path for prefix in self.prefixes]


class Routes:
    """The endpoints of one domain, in the order they are declared."""

    def __init__(self, tag: str, prefixes: tuple[str, ...] = EMBED) -> None:
        self.tag = tag
        self.prefixes = prefixes
        self.endpoints: list[Endpoint] = []

    def endpoint(
        self, method: str, path: str, *, auth: Auth, summary: str, **facts: Any
    ) -> Callable[[Handler], Handler]:
        def declare(handler: Handler) -> Handler:
            prefixes = facts.pop("prefixes", self.prefixes)
            self.endpoints.append(
                Endpoint(
                    method=method,
                    path=path,
                    prefixes=prefixes,
                    handler=handler,
                    auth=auth,
                    summary=summary,
                    tag=self.tag,
                    **facts,
                )
            )
            return handler

        return declare
