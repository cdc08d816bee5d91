"""Routes as the gateway is told of them: before anything of their domains is imported, where packaging wrote them down.

A function that has just started answers one request. It imports the domain of that request and no other.
"""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pathlib import Path

from chalicelib.http.endpoint import Endpoint, Routes

WRITTEN = Path(__file__).with_name("routes.json")
"""Only in the package. Without it, as in tests and while packaging, every domain is imported at once."""


@dataclass(frozen=True, slots=True)
class Route:
    name: str
    method: str
    paths: list[str]
    endpoint: Callable[[], Endpoint]


def write(endpoints: Iterable[Endpoint]) -> str:
    rows = [[each.handler.__module__, each.name, each.method, each.paths] for each in endpoints]
    return json.dumps(rows, separators=(",", ":"))


def read(text: str) -> list[Route]:
    return [Route(name, method, paths, _loader(module, name)) for module, name, method, paths in json.loads(text)]


def every_route() -> list[Route]:
    if WRITTEN.exists():
        return read(WRITTEN.read_text(encoding="utf-8"))
    from chalicelib.routing import ENDPOINTS

    return [Route(each.name, each.method, each.paths, _known(each)) for each in ENDPOINTS]


def _known(endpoint: Endpoint) -> Callable[[], Endpoint]:
    return lambda: endpoint


def _loader(module: str, name: str) -> Callable[[], Endpoint]:
    @cache
    def load() -> Endpoint:
        declared = [part for part in vars(import_module(module)).values() if isinstance(part, Routes)]
        return next(each for routes in declared for each in routes.endpoints if each.name == name)

    return load
