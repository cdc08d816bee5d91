"""The declaration of an endpoint: the only place where its method, path, rules and shapes stand.

Routing, authentication, scope and feature checks, validation, CORS and the OpenAPI document all come from it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any, Literal, TypedDict, Unpack

from pydantic import BaseModel

from chalicelib.http.request import RequestInfo
from chalicelib.http.responses import Response
from chalicelib.kit.errors import ApiError
from chalicelib.organizations.features import Feature, Scope
from chalicelib.security.rate_limits import Limit

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


Handler = Callable[[Any], Response]
ProblemPage = Callable[[ApiError, RequestInfo, Mapping[str, str]], Response]
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
    scope: Scope | None = None
    feature: Feature | tuple[Feature, ...] | None = None
    """The feature that must be on; of several, any one."""
    body: type[BaseModel] | None = None
    query: type[BaseModel] | None = None
    headers: tuple[tuple[str, str], ...] = ()
    """Request headers that it needs besides the credential: name and what it is."""
    response: Any = None
    """The pydantic type of what stands in the envelope."""
    envelope: Envelope = "data"
    extra: tuple[tuple[str, Any], ...] = ()
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
    prefetch: Callable[[str, str, Any], Any] | None = None
    """A read that needs only the organization, the end user and the query. It runs while the credential is checked, so
    that a list costs two round trips; the result is dropped unless the credential turns out to be genuine."""
    precheck: Callable[[Any, Mapping[str, str], Mapping[str, Any]], None] | None = None
    """A check that comes before validation, such as whether the bridge type is allowed. It is given the principal, the
    path's variables and the body as it was sent."""
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
    def features(self) -> tuple[Feature, ...]:
        return (self.feature,) if isinstance(self.feature, str) else self.feature or ()

    @property
    def paths(self) -> list[str]:
        return [prefix + self.path for prefix in self.prefixes]


class Declaration(TypedDict, total=False):
    """The fields of an Endpoint that a declaration may leave out."""

    prefixes: tuple[str, ...]
    scope: Scope
    feature: Feature | tuple[Feature, ...]
    body: type[BaseModel]
    query: type[BaseModel]
    headers: tuple[tuple[str, str], ...]
    response: Any
    envelope: Envelope
    extra: tuple[tuple[str, Any], ...]
    status: int
    errors: tuple[int, ...]
    also: tuple[int, ...]
    max_bytes: int
    content_type: str
    with_stats: bool
    prefetch: Callable[[str, str, Any], Any]
    precheck: Callable[[Any, Mapping[str, str], Mapping[str, Any]], None]
    active_embed: bool
    hidden_while_inactive: bool
    upper_case_errors: bool
    problem_page: ProblemPage
    limits: tuple[Limit, ...]
    idempotent: bool


class Routes:
    """The endpoints of one room, in the order they are declared."""

    def __init__(self, tag: str, prefixes: tuple[str, ...] = EMBED) -> None:
        self.tag = tag
        self.prefixes = prefixes
        self.endpoints: list[Endpoint] = []

    def endpoint(
        self, method: str, path: str, *, auth: Auth, summary: str, **optional: Unpack[Declaration]
    ) -> Callable[[Handler], Handler]:
        """Declare the decorated handler. Its `Request` is generic in the principal, body and query declared here; a
        structure test fails where the two differ."""

        def declare(handler: Handler) -> Handler:
            facts: Declaration = {"prefixes": self.prefixes, **optional}
            self.endpoints.append(
                Endpoint(method=method, path=path, handler=handler, auth=auth, summary=summary, tag=self.tag, **facts)
            )
            return handler

        return declare
