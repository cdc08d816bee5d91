"""The project's modules as syntax trees, their imports, and the rooms and floors they belong to."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

from local.places import ROOT

CODE = ("app.py", "chalicelib", "infra", "local")


@dataclass(frozen=True)
class Import:
    module: str
    names: tuple[str, ...]
    """The imported names; empty if the module itself is imported."""
    only_for_types: bool


@dataclass(frozen=True)
class Module:
    path: Path

    @property
    def name(self) -> str:
        return ".".join(self.path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")

    @property
    def parts(self) -> list[str]:
        return self.name.split(".")

    @property
    def room(self) -> str:
        return room_of(self.name)

    @property
    def layer(self) -> str:
        return self.parts[-1]

    @cached_property
    def text(self) -> str:
        return self.path.read_text()

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.text)

    @cached_property
    def imports(self) -> list[Import]:
        for_types = {
            id(node)
            for test in ast.walk(self.tree)
            if isinstance(test, ast.If) and isinstance(test.test, ast.Name) and test.test.id == "TYPE_CHECKING"
            for node in ast.walk(test)
        }
        return [found for node in ast.walk(self.tree) for found in _imports(node, id(node) in for_types)]


def _imports(node: ast.AST, only_for_types: bool) -> Iterator[Import]:
    if isinstance(node, ast.Import):
        for alias in node.names:
            yield Import(alias.name, (), only_for_types)
    elif isinstance(node, ast.ImportFrom) and node.module:
        names = tuple(alias.name for alias in node.names)
        yield Import(node.module, names, only_for_types)
        for name in names:
            if _is_module(f"{node.module}.{name}"):
                yield Import(f"{node.module}.{name}", (), only_for_types)


def room_of(name: str) -> str:
    """`table` for `chalicelib.table.keys`, `infra` for `infra.package`."""
    parts = name.split(".")
    return parts[1] if parts[0] == "chalicelib" and len(parts) > 1 else parts[0]


@cache
def _is_module(name: str) -> bool:
    path = ROOT.joinpath(*name.split("."))
    return path.with_suffix(".py").exists() or (path / "__init__.py").exists()


@cache
def modules() -> tuple[Module, ...]:
    files = [path for part in CODE for path in ([ROOT / part] if part.endswith(".py") else (ROOT / part).rglob("*.py"))]
    return tuple(Module(path) for path in sorted(files))


def floors() -> list[str]:
    """The rooms from the top floor to the bottom, as the table in docs/architecture.md lists them."""
    page = (ROOT / "docs/architecture.md").read_text()
    return re.findall(r"^\| `(\w+)` \|", page, re.MULTILINE)


def imports() -> list[tuple[str, str]]:
    """Importing and imported module, within the project. Imports for types count too."""
    known = {module.name for module in modules()}
    return [
        (module.name, found.module)
        for module in modules()
        for found in module.imports
        if found.module in known and found.module != module.name
    ]
