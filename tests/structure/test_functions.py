"""Everything that lists the functions lists the same ones: app.py, infra/system.py, .chalice/config.json, policies."""

import ast
import json

import pytest

from infra import policies
from infra.system import FUNCTIONS, Function
from local.places import ROOT

NAMES = {function.name for function in FUNCTIONS}
BUILT_IN = {"api_handler"}
"""Chalice declares it for the routes."""


def differences(found: set[str]) -> dict[str, list[str]]:
    return {"missing": sorted(NAMES - found), "not in FUNCTIONS of infra/system.py": sorted(found - NAMES)}


NONE = differences(NAMES)


def test_app_has_a_trigger_for_each() -> None:
    body = ast.parse((ROOT / "app.py").read_text()).body
    triggers = {node.name for node in body if isinstance(node, ast.FunctionDef) and node.decorator_list}
    assert differences(triggers | BUILT_IN) == NONE, "triggers in app.py"


def test_the_configuration_names_the_policy_of_each() -> None:
    configured = json.loads((ROOT / ".chalice/config.json").read_text())["lambda_functions"]
    assert differences(set(configured)) == NONE, "lambda_functions in .chalice/config.json"
    assert configured == {name: {"iam_policy_file": f"policies/{name}.json"} for name in configured}


def test_each_has_a_policy() -> None:
    files = {path.stem for path in (ROOT / policies.FOLDER).glob("*.json")}
    assert differences(files) == NONE, "files in .chalice/policies: run `make policies`, and delete what is left over"


@pytest.mark.parametrize("function", FUNCTIONS, ids=lambda function: function.name)
def test_the_policy_is_current(function: Function) -> None:
    file = ROOT / policies.FOLDER / f"{function.name}.json"
    assert (file.read_text() if file.exists() else None) == policies.render(function), "run: make policies"
