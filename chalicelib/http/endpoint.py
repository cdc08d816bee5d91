"""The declaration of an endpoint: the only place that states its method, path, rules and shapes.

Routing, authentication, scope and feature checks, validation, CORS and the OpenAPI document are derived from it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any, Literal, TypedDict, Unpack

from pydantic import BaseModel

from chalicelib.http.request import RequestInfo
from chalicelib.http.responses import Response
from chalicelib.http.spending import Spending
from chalicelib.kit.errors import ApiError
from chalicelib.organizations.features import Feature, Scope
from chalicelib.security.rate_limits import By, Limit

EMBED = ("/api/v1/embed", "/api/embed")
API = ("/api/v1",)
STOREFRONT = ("/storefront/v1",)
NO_PREFIX = ("",)


class Auth(Enum):
    """The type of credential that an endpoint takes. Any other is a 401."""

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


WRITES: Mapping[Auth, Limit] = {
    Auth.SESSION: Limit("session-write", 300, 60, By.SESSION),
    Auth.CUSTOMER: Limit("customer-write", 30, 60, By.SESSION),
}
"""Limits of every request but GETs by people who are not the organization itself."""

Handler = Callable[[Any], Response]
ProblemPage = Callable[[ApiError, RequestInfo, Mapping[str, str]], Response]
"""Renders an error as a page. Its arguments are the error, the request, and the unvalidated query."""
Envelope = Literal["data", "page", "list", "pageable", "bare"]
"""`pageable`: a list that is paged only if the request has `page`, `limit` or `cursor`."""

KB = 1024


@dataclass(frozen=True, slots=True)
class Endpoint:
    method: str
    path: str
    """Relative to the prefixes, with variables such as `{id}`. API Gateway wants variables at the same position to have
    the same name in all paths."""
    prefixes: tuple[str, ...]
    name: str
    """Unique. The handler's, unless several endpoints share one declaration."""
    handler: Handler
    auth: Auth
    summary: str
    tag: str
    spends: Spending | None = None
    """The most that one request makes the system spend. A test fails for an endpoint without it."""
    scope: Scope | None = None
    feature: Feature | tuple[Feature, ...] | None = None
    """The feature that must be enabled; of several, any one suffices."""
    body: type[BaseModel] | None = None
    query: type[BaseModel] | None = None
    headers: tuple[tuple[str, str], ...] = ()
    """Required request headers besides the credential: name and description."""
    response: Any = None
    """The pydantic type inside the envelope."""
    envelope: Envelope = "data"
    extra: tuple[tuple[str, Any], ...] = ()
    """Additional members next to `data`: name and type."""
    status: int = 200
    errors: tuple[int, ...] = ()
    """Error statuses beyond those that follow from the declaration (401, 403, 404 with a path id, 413, 422)."""
    also: tuple[int, ...] = ()
    """Additional success statuses."""
    max_bytes: int = 256 * KB
    lenient_json: bool = False
    """Repair defects inside the body rather than reject it; see `chalicelib.http.lenient`."""
    raw_body: bool = False
    """The handler reads `raw_body` and `raw_query` of the request: the bytes are signed, or no JSON."""
    content_type: str = "application/json"
    head: bool = False
    """Also answer HEAD requests: the headers of a GET, without its body."""
    with_stats: bool = False
    """Read the end user's counters in the same batch as the session."""
    prefetch: Callable[[str, str, Any], Any] | None = None
    """A read that needs only the organization, the end user and the query. It runs while the credential is verified, so
    that a list takes two round trips. The result is discarded if the credential is not genuine."""
    precheck: Callable[[Any, Mapping[str, str], Mapping[str, Any]], None] | None = None
    """A check before validation, such as whether the bridge type is allowed. Its arguments are the principal, the path
    variables and the unvalidated body."""
    active_embed: bool = False
    """Refuse API keys too while the embed is inactive. Sessions are always refused then."""
    hidden_while_inactive: bool = False
    """Respond with 404 rather than 403 while the embed is inactive."""
    upper_case_errors: bool = False
    """Use the storefront's error shape: upper-case codes, repeated at the top level."""
    problem_page: ProblemPage | None = None
    """Renders errors of an endpoint that people open in a browser."""
    limits: tuple[Limit, ...] = ()
    """Rate limits. They are counted during the first read and reported in the headers of every response."""
    idempotent: bool = False
    """Accepts an Idempotency-Key. For a POST that creates an object or a secret."""

    @property
    def methods(self) -> list[str]:
        return [self.method, "HEAD"] if self.head else [self.method]

    @property
    def features(self) -> tuple[Feature, ...]:
        return (self.feature,) if isinstance(self.feature, str) else self.feature or ()

    @property
    def paths(self) -> list[str]:
        return [prefix + self.path for prefix in self.prefixes]


class Declaration(TypedDict, total=False):
    """The optional fields of an Endpoint."""

    prefixes: tuple[str, ...]
    spends: Spending
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
    lenient_json: bool
    raw_body: bool
    content_type: str
    head: bool
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
    """The endpoints of one room, in the order of their declaration."""

    def __init__(self, tag: str, prefixes: tuple[str, ...] = EMBED) -> None:
        self.tag = tag
        self.prefixes = prefixes
        self.endpoints: list[Endpoint] = []

    def endpoint(
        self,
        method: str,
        path: str,
        *,
        auth: Auth,
        summary: str,
        name: str | None = None,
        **optional: Unpack[Declaration],
    ) -> Callable[[Handler], Handler]:
        """Declare the decorated handler as an endpoint. A structure test compares the type arguments of its `Request`
        with the principal, body and query declared here."""

        def declare(handler: Handler) -> Handler:
            fields: Declaration = {"prefixes": self.prefixes, **optional}
            if method != "GET" and auth in WRITES:
                fields["limits"] = (*fields.get("limits", ()), WRITES[auth])
            self.endpoints.append(
                Endpoint(
                    method=method,
                    path=path,
                    name=name or handler.__name__,
                    handler=handler,
                    auth=auth,
                    summary=summary,
                    tag=self.tag,
                    **fields,
                )
            )
            return handler

        return declare
