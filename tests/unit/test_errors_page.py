"""docs/errors.md has every code that the code can give, and no other."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from chalicelib.api.error_codes import CODES
from chalicelib.kit import errors
from infra.gateway import RESPONSES

ROOT = Path(__file__).parents[2]
STATUS_OF = {name: kind.status for name, kind in vars(errors).items() if hasattr(kind, "status")}


def codes_of(tree: ast.Module, statuses: dict[str, int]) -> Iterator[tuple[str, int]]:
    """Codes of error classes, and codes passed as the second argument where one is raised."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef):
            bases = [statuses[base.id] for base in node.bases if isinstance(base, ast.Name) and base.id in statuses]
            set_here = {
                target.id: statement.value.value
                for statement in node.body
                if isinstance(statement, ast.Assign) and isinstance(statement.value, ast.Constant)
                for target in statement.targets
                if isinstance(target, ast.Name)
            }
            if "code" in set_here and (bases or "status" in set_here):
                yield str(set_here["code"]), int(str(set_here.get("status", *bases[:1] or [0])))
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in statuses:
            given = [*node.args[1:2], *(word.value for word in node.keywords if word.arg == "code")]
            for argument in given:
                if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
                    yield argument.value, statuses[node.func.id]


def codes_in_the_code() -> dict[str, int]:
    found = {kind.code: kind.status for kind in vars(errors).values() if hasattr(kind, "code")}
    for file in sorted((ROOT / "chalicelib").rglob("*.py")):
        if file.name != "errors.py":
            found |= dict(codes_of(ast.parse(file.read_text()), STATUS_OF))
    by_the_gateway = {code: int(status) for status, code, _ in RESPONSES.values() if status}
    return {**by_the_gateway, **found}


def test_the_list_is_complete_and_true() -> None:
    assert {code: status for code, (status, _) in CODES.items()} == codes_in_the_code()


def test_the_page_is_the_list() -> None:
    page = (ROOT / "docs" / "errors.md").read_text()
    rows = re.findall(r"^\| (\d{3}) \| `(\w+)` \| (.+) \|$", page, re.MULTILINE)
    assert rows == [(str(status), code, words) for code, (status, words) in CODES.items()]
