"""Rules for the code itself."""

import ast
import re
from types import NoneType
from typing import get_args, get_type_hints

import pytest

from chalicelib.api.openapi import document
from chalicelib.api.routing import endpoints
from chalicelib.http.endpoint import Auth, Endpoint
from chalicelib.organizations.principals import Anonymous, ApiKey, Customer, EmbedSession, ServiceKey, Shop
from local.places import ROOT
from local.rooms import Module, modules

MAX_LINES = 300
ONE_PLACE = {"chalicelib.table.keys"}
"""Exempt from the length limit: all key text is in one file by design."""
# A quoted key prefix: capital letters and a hash sign.
KEY_TEXT = re.compile(r"""f?["'][A-Z]{2,}#""")


def functions(module: Module) -> dict[str, ast.FunctionDef]:
    return {node.name: node for node in module.tree.body if isinstance(node, ast.FunctionDef)}


def statements(function: ast.FunctionDef) -> list[ast.stmt]:
    """The statements of the body, except docstring and imports."""
    return [
        node
        for node in function.body
        if not isinstance(node, ast.Import | ast.ImportFrom)
        and not (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant))
    ]


class TestFiles:
    def test_are_short(self) -> None:
        lengths = {module.name: len(module.text.splitlines()) for module in modules() if module.name not in ONE_PLACE}
        assert {name: length for name, length in lengths.items() if length > MAX_LINES} == {}

    def test_have_no_todo_comments(self) -> None:
        assert [module.name for module in modules() if re.search(r"\b(TODO|FIXME|XXX)\b", module.text)] == []


class TestTable:
    def test_is_never_scanned(self) -> None:
        assert [module.name for module in modules() if re.search(r"\.scan\(|\"Scan\"", module.text)] == []

    def test_key_text_is_in_one_file(self) -> None:
        found = [module.name for module in modules() if KEY_TEXT.search(module.text)]
        assert found == ["chalicelib.table.keys"]


class TestTriggers:
    def test_are_one_line_and_imports(self) -> None:
        [app] = [module for module in modules() if module.name == "app"]
        triggers = {name: function for name, function in functions(app).items() if function.decorator_list}
        assert len(triggers) >= 10
        assert {name: len(statements(function)) for name, function in triggers.items()} == dict.fromkeys(triggers, 1)


HANDLERS = [
    (module, function)
    for module in modules()
    if module.layer.endswith("routes")
    for function in ast.walk(module.tree)
    if isinstance(function, ast.FunctionDef)
    if any("endpoint" in ast.unparse(decorator) for decorator in function.decorator_list)
]


class TestHandlers:
    @pytest.mark.parametrize(("module", "function"), HANDLERS, ids=lambda part: getattr(part, "name", ""))
    def test_are_short(self, module: Module, function: ast.FunctionDef) -> None:
        assert len(statements(function)) <= 5, module.name
        assert not any(isinstance(node, ast.For | ast.While | ast.With) for node in ast.walk(function))

    def test_are_all_declared_as_endpoints(self) -> None:
        # A handler that is declared once for each bridge type has the name of its endpoint only at run time.
        names = {(endpoint.handler.__module__, endpoint.handler.__code__.co_name) for endpoint in endpoints()}
        assert {(module.name, function.name) for module, function in HANDLERS} == names


PRINCIPALS = {
    Auth.PUBLIC: Anonymous,
    Auth.API_KEY: ApiKey,
    Auth.SESSION: EmbedSession,
    Auth.API_KEY_OR_SERVICE: ApiKey | ServiceKey,
    Auth.SERVICE: ServiceKey,
    Auth.PUBLISHABLE_KEY: Shop,
    Auth.SHOP: Shop,
    Auth.CUSTOMER: Customer,
}


class TestEndpoints:
    @pytest.mark.parametrize("endpoint", endpoints(), ids=lambda endpoint: endpoint.name)
    def test_declare_the_types_of_their_handler(self, endpoint: Endpoint) -> None:
        (taken,) = [kind for name, kind in get_type_hints(endpoint.handler).items() if name != "return"]
        # A type variable's default is None itself; a written None is its type.
        typed = tuple(None if argument is NoneType else argument for argument in get_args(taken))
        assert typed == (PRINCIPALS[endpoint.auth], endpoint.body, endpoint.query)

    def test_have_unique_names_and_routes(self) -> None:
        names = [endpoint.name for endpoint in endpoints()]
        routes = [(endpoint.method, path) for endpoint in endpoints() for path in endpoint.paths]
        assert len(names) == len(set(names))
        assert len(routes) == len(set(routes))

    def test_name_path_variables_of_one_level_alike(self) -> None:
        named: dict[str, set[str]] = {}
        for path in (path for endpoint in endpoints() for path in endpoint.paths):
            parts = path.split("/")
            for depth, part in enumerate(parts):
                if part.startswith("{"):
                    named.setdefault("/".join(parts[:depth]), set()).add(part)
        assert {level: names for level, names in named.items() if len(names) > 1} == {}

    @pytest.mark.parametrize("endpoint", endpoints(), ids=lambda endpoint: endpoint.name)
    def test_declare_credential_and_scope(self, endpoint: Endpoint) -> None:
        if endpoint.auth in (Auth.API_KEY, Auth.API_KEY_OR_SERVICE):
            assert endpoint.scope in ("embed:manage", "keys:manage", "bridges:sync")
        if endpoint.auth is Auth.SESSION and endpoint.path not in ("/bridge-types", "/session"):
            assert endpoint.scope
            assert endpoint.features
        assert endpoint.summary
        if endpoint.content_type == "application/json" and endpoint.envelope != "bare":
            assert endpoint.response is not None

    def test_are_documented(self) -> None:
        documented = document(endpoints(), {})["paths"]
        missing = [
            f"{endpoint.method} {endpoint.paths[0]}"
            for endpoint in endpoints()
            if endpoint.content_type == "application/json"
            and endpoint.method.lower() not in documented.get(endpoint.paths[0], {})
        ]
        assert missing == []


class TestProject:
    def test_names_nothing_of_the_developers_machine(self) -> None:
        files = [path for path in ROOT.rglob("*.py") if not {".venv", ".build", ".local"} & set(path.parts)]
        home = re.compile(r"[\"' (]/(work|root)/")
        own = ROOT / "tests/structure/test_code.py"
        assert [str(path) for path in files if path != own and home.search(path.read_text())] == []
