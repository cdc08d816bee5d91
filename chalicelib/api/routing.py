"""Every route of the API, and the module that declares it.

A cold start handles one request, so a packaged function imports only the room that declares the requested route:
packaging writes all routes to routes.json, and each is resolved on its first call. Without that file, as in tests and
while packaging, every room is imported.
"""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pathlib import Path

from chalicelib.http.endpoint import Endpoint, Routes

PACKAGED = Path(__file__).with_name("routes.json")
MODULES = (
    "config.routes",
    "sessions.routes",
    "bridges.routes",
    "connectors.routes",
    "connectors.hook_routes",
    "connectors.consent_routes",
    "tracking_feeds.routes",
    "end_users.routes",
    "events.routes",
    "api_keys.routes",
    "sync.routes",
    "orders.routes",
    "shipments.routes",
    "insights.routes",
    "webhooks.routes",
    "alerts.routes",
    "notifications.routes",
    "action_requests.routes",
    "tracking_pages.routes",
    "organization_reads.routes",
    "organization_reads.webhook_routes",
    "customers.routes",
    "erasure.routes",
    "storefront.routes",
    "storefront.public_routes",
    "mail.routes",
    "screens.routes",
    "api.routes",
)
"""In the order in which the OpenAPI document lists them."""


@dataclass(frozen=True, slots=True)
class Route:
    name: str
    methods: list[str]
    paths: list[str]
    endpoint: Callable[[], Endpoint]


@cache
def endpoints() -> tuple[Endpoint, ...]:
    """Every declared endpoint. Imports all rooms."""
    return tuple(endpoint for name in MODULES for endpoint in _declared_in(f"chalicelib.{name}"))


def routes() -> list[Route]:
    """All routes, from routes.json if it exists."""
    if PACKAGED.exists():
        return read(PACKAGED.read_text(encoding="utf-8"))
    return [Route(each.name, each.methods, each.paths, _known(each)) for each in endpoints()]


def write() -> str:
    """The contents of routes.json."""
    rows = [[each.handler.__module__, each.name, each.methods, each.paths] for each in endpoints()]
    return json.dumps(rows, separators=(",", ":"))


def read(text: str) -> list[Route]:
    return [Route(name, methods, paths, _lazy(module, name)) for module, name, methods, paths in json.loads(text)]


def _declared_in(module: str) -> Iterable[Endpoint]:
    declared = [part for part in vars(import_module(module)).values() if isinstance(part, Routes)]
    return [endpoint for routes in declared for endpoint in routes.endpoints]


def _known(endpoint: Endpoint) -> Callable[[], Endpoint]:
    return lambda: endpoint


def _lazy(module: str, name: str) -> Callable[[], Endpoint]:
    @cache
    def load() -> Endpoint:
        return next(each for each in _declared_in(module) if each.name == name)

    return load
