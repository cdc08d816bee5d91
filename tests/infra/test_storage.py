"""After a restore, parameters name the table and the key. Nothing may refer to the stack's own then."""

import json
import re
from typing import Any

from infra.policies import FOLDER
from infra.system import FUNCTIONS
from infra.template import build
from local.places import ROOT

TEMPLATE = build("production")
OWN = ("Table", "Key")
CONDITIONS = ("OwnsTable", "OwnsKey")
IN_TEXT = re.compile(r"\${(Table|Key)[.}]")


def references(value: Any, path: str) -> list[str]:
    """Where a value refers to the stack's own table or key outside of a condition's first branch."""
    if isinstance(value, list):
        return [found for number, each in enumerate(value) for found in references(each, f"{path}/{number}")]
    if not isinstance(value, dict):
        return []
    if "Fn::If" in value and value["Fn::If"][0] in CONDITIONS:
        return references(value["Fn::If"][2], f"{path}/else")
    text = value.get("Fn::Sub", "")
    text = text[0] if isinstance(text, list) else text
    if value.get("Ref") in OWN or (value.get("Fn::GetAtt") or [""])[0] in OWN or IN_TEXT.search(text):
        return [path]
    return [found for name, each in value.items() for found in references(each, f"{path}/{name}")]


def test_the_stack_has_its_own_unless_parameters_name_others() -> None:
    resources, conditions = TEMPLATE["Resources"], TEMPLATE["Conditions"]
    assert (resources["Table"]["Condition"], resources["Key"]["Condition"]) == CONDITIONS
    assert conditions["OwnsTable"] == {"Fn::Equals": [{"Ref": "ExistingTable"}, ""]}
    assert conditions["OwnsKey"] == {"Fn::Equals": [{"Ref": "ExistingKeyArn"}, ""]}
    for name in ("ExistingTable", "ExistingTableStream", "ExistingKeyArn"):
        assert TEMPLATE["Parameters"][name]["Default"] == ""


def test_every_reference_to_them_is_conditional() -> None:
    resources = {
        name: resource
        for name, resource in TEMPLATE["Resources"].items()
        if resource.get("Condition") not in CONDITIONS
    }
    policies = {each.name: json.loads((ROOT / FOLDER / f"{each.name}.json").read_text()) for each in FUNCTIONS}
    assert references([resources, TEMPLATE["Outputs"], policies], "") == []


def test_references_are_found() -> None:
    assert references({"a": [{"Ref": "Table"}], "b": {"Fn::Sub": "${Table.Arn}/x"}}, "") == ["/a/0", "/b"]
