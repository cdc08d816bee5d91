"""Evaluates the policy of each function against every AWS call that tests make through its handler.

`install` wraps the handlers that app.py names and the API, so that a call is known to be made by a function, and notes
the calls that IAM would refuse. Calls that tests make beside the handlers belong to no function.
"""

import ast
import importlib
import re
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from functools import cache, wraps
from typing import Any

from botocore.client import BaseClient

from infra import policies
from infra.storage import INDEX_ARNS, KEY_ARN, STREAM_ARN, TABLE_ARN
from infra.system import FUNCTIONS, QUEUES
from local.places import ROOT
from tests.support import run_costs

Json = dict[str, Any]
LEADING_KEYS = "dynamodb:LeadingKeys"
KEYED = ("GetItem", "PutItem", "UpdateItem", "DeleteItem")
IN_TRANSACTIONS = {
    "ConditionCheck": "ConditionCheckItem",
    "Put": "PutItem",
    "Update": "UpdateItem",
    "Delete": "DeleteItem",
}
KNOWN = {str(TABLE_ARN): "table", str(INDEX_ARNS): "table/index/*", str(STREAM_ARN): "stream", str(KEY_ARN): "key"}
_doing = threading.local()

denied: list[str] = []
"""Calls that IAM would refuse, since the list was last cleared."""


@dataclass(frozen=True)
class Access:
    """What one statement must allow."""

    action: str
    resource: str
    keys: dict[str, list[str]] = field(default_factory=dict)
    """Condition keys with their values."""


def is_allowed(policy: Json, access: Access) -> bool:
    return any(_applies(statement, access) for statement in policy["Statement"] if statement["Effect"] == "Allow")


def _applies(statement: Json, access: Access) -> bool:
    return (
        access.action in statement["Action"]
        and any(fnmatchcase(access.resource, _name(resource)) for resource in statement["Resource"])
        and all(
            _holds(operator, access.keys.get(key), [wanted] if isinstance(wanted, str) else wanted)
            for operator, conditions in statement.get("Condition", {}).items()
            for key, wanted in conditions.items()
        )
    )


def _holds(operator: str, values: list[str] | None, wanted: list[str]) -> bool:
    match operator:
        case "ForAllValues:StringLike":
            return all(any(fnmatchcase(value, pattern) for pattern in wanted) for value in values or ())
        case "StringLike":
            return values is not None and any(fnmatchcase(values[0], pattern) for pattern in wanted)
        case "StringEquals":
            return values is not None and values[0] in wanted
    raise NotImplementedError(operator)


def _name(resource: Any) -> str:
    """A resource of a policy by the name that `accesses` uses."""
    if (known := KNOWN.get(str(resource))) is not None:
        return known
    if isinstance(resource, dict) and "Fn::GetAtt" in resource:
        return str(resource["Fn::GetAtt"][0])
    text = resource["Fn::Sub"] if isinstance(resource, dict) else resource
    return str(text).rpartition(":")[2]


def accesses(service: str, operation: str, given: Json) -> list[Access]:
    """What IAM checks for a call."""
    match service, operation:
        case "dynamodb", "Scan":
            # Only a test that looks at the table while a function works: the product's code may not contain a scan.
            return []
        case "dynamodb", _:
            return list(_table_accesses(operation, given))
        case "kms", _:
            context = {f"kms:EncryptionContext:{name}": [value] for name, value in given["EncryptionContext"].items()}
            return [Access(f"kms:{operation}", "key", context)]
        case "sqs", _:
            name = given["QueueUrl"].rpartition("/")[2]
            action = f"sqs:{operation.removesuffix('Batch')}"
            return [Access(action, queue.logical_id) for queue in QUEUES if queue.name == name]
        case "lambda", "Invoke":
            invoked = given["FunctionName"]
            return [Access("lambda:InvokeFunction", each.logical_id) for each in FUNCTIONS if each.name == invoked]
        case "ses", "SendEmail" | "SendRawEmail":
            used = ["identity/sender", "configuration-set/${MailConfigurationSet}"]
            return [Access(f"ses:{operation}", resource) for resource in used]
    return [Access(f"{service}:{operation}", "?")]


def _table_accesses(operation: str, given: Json) -> Iterator[Access]:
    def of(action: str, *partitions: str, resource: str = "table") -> Access:
        return Access(f"dynamodb:{action}", resource, {LEADING_KEYS: list(partitions)})

    match operation:
        case "Query":
            index = given.get("IndexName")
            yield of("Query", _partition(given), resource=f"table/index/{index}" if index else "table")
        case "BatchGetItem":
            (tables,) = given["RequestItems"].values()
            yield of(operation, *(key["pk"]["S"] for key in tables["Keys"]))
        case "BatchWriteItem":
            (requests,) = given["RequestItems"].values()
            written = [
                one["PutRequest"]["Item"] if "PutRequest" in one else one["DeleteRequest"]["Key"] for one in requests
            ]
            yield of(operation, *(key["pk"]["S"] for key in written))
        case "TransactWriteItems":
            for each in given["TransactItems"]:
                ((kind, write),) = each.items()
                yield of(IN_TRANSACTIONS[kind], (write.get("Key") or write["Item"])["pk"]["S"])
        case _ if operation in KEYED:
            yield of(operation, (given.get("Key") or given["Item"])["pk"]["S"])
        case _:
            yield Access(f"dynamodb:{operation}", "table")


def _partition(query: Json) -> str:
    condition = query["KeyConditionExpression"]
    names = {alias for alias, name in query["ExpressionAttributeNames"].items() if name.endswith("pk")}
    for alias, value in re.findall(r"(#\w+) = (:\w+)", condition):
        if alias in names:
            return str(query["ExpressionAttributeValues"][value]["S"])
    raise AssertionError(condition)


@cache
def _policy(function: str) -> Json:
    (found,) = [each for each in FUNCTIONS if each.name == function]
    return policies.policy(found)


@contextmanager
def acting(function: str | None) -> Iterator[None]:
    """Calls of this thread, and of pools that it hands work to, are the function's."""
    before = getattr(_doing, "function", None)
    _doing.function = function
    try:
        yield
    finally:
        _doing.function = before


def handlers() -> dict[str, tuple[str, str]]:
    """Module and name of what each function in app.py calls."""
    tree = ast.parse((ROOT / "app.py").read_text())
    found = {}
    for function in tree.body:
        if isinstance(function, ast.FunctionDef):
            imports = [node for node in ast.walk(function) if isinstance(node, ast.ImportFrom)]
            (one,) = [each for each in imports if each.module != "chalicelib.kit.queues"]
            # Next to the handler, there may be its options.
            (name,) = [each.name for each in one.names if not each.name.isupper()]
            found[function.name] = (str(one.module), name)
    return found


def install() -> None:
    """To be called before anything imports a handler by name."""
    for function, (module_name, name) in handlers().items():
        module = importlib.import_module(module_name)
        setattr(module, name, run_costs.measured(function, _as_function(function, getattr(module, name))))
    whole, submit = BaseClient._make_api_call, ThreadPoolExecutor.submit

    def make_api_call(client: BaseClient, operation: str, given: Json) -> Any:
        function = getattr(_doing, "function", None)
        if function is not None:
            _check(function, client.meta.service_model.service_name, operation, given)
        return run_costs.call(whole, client, operation, given)

    def submit_as_caller(pool: ThreadPoolExecutor, call: Callable[..., Any], /, *arguments: Any, **named: Any) -> Any:
        function = getattr(_doing, "function", None)
        return submit(pool, run_costs.within(_as_function(function, call)), *arguments, **named)

    setattr(BaseClient, "_make_api_call", make_api_call)  # noqa: B010 - not for type checkers
    setattr(ThreadPoolExecutor, "submit", submit_as_caller)  # noqa: B010


def _as_function(function: str | None, call: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(call)
    def called(*arguments: Any, **named: Any) -> Any:
        with acting(function):
            return call(*arguments, **named)

    return called


def _check(function: str, service: str, operation: str, given: Json) -> None:
    denied.extend(refusals(function, service, operation, given))


def refusals(function: str, service: str, operation: str, given: Json) -> list[str]:
    """What of the function's call IAM would refuse."""
    return [
        f"{function}: {access.action} on {access.resource} {access.keys}"
        for access in accesses(service, operation, given)
        if not is_allowed(_policy(function), access)
    ]
