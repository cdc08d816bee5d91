"""The roles of the functions allow every AWS call that the functions made in all other tests of this folder."""

import json
from typing import Any

import requests

from infra.system import FUNCTIONS, QUEUES
from local.deployment import stack_name
from local.stack import Stack
from tests.support import iam

Json = dict[str, Any]


def names(stack: Stack) -> dict[str, str]:
    """The names in infra/system.py of the stack's queues and functions."""
    listed = stack.client("cloudformation").describe_stack_resources(StackName=stack_name("local"))["StackResources"]
    known = {each.logical_id: each.name for each in (*QUEUES, *FUNCTIONS)}
    return {
        each["PhysicalResourceId"]: known[each["LogicalResourceId"]]
        for each in listed
        if each["LogicalResourceId"] in known
    }


def by_name(given: Json, known: dict[str, str]) -> Json:
    return {name: known[value] if name in ("QueueUrl", "FunctionName") else value for name, value in given.items()}


def test_every_call_is_allowed(stack: Stack, api_key: str) -> None:
    assert stack.calls is not None
    listed = requests.get(
        f"{stack.base_url}/api/v1/embed/events", headers={"Authorization": f"Bearer {api_key}"}, timeout=30
    )
    assert listed.status_code == 200
    known = names(stack)
    refused, seen = set(), set()
    for line in stack.calls.read_text().splitlines():
        call = json.loads(line)
        seen.add((call["function"], call["service"]))
        refused.update(
            iam.refusals(call["function"], call["service"], call["operation"], by_name(call["given"], known))
        )
    assert refused == set(), "infra/system.py: the function needs this permission, or should not make the call"
    assert ("api_handler", "dynamodb") in seen
