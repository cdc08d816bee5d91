"""Records the AWS calls of a local stack's functions, so that tests can check them against the functions' roles.

The local cloud itself lets every call pass. Each function gets its name as session token, which the cloud ignores and
every call carries. Written for the pinned ministack version.
"""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote

from ministack.core import lambda_runtime
from ministack.services import lambda_svc

Headers = dict[str, str]
SERVICES = {"DynamoDB_20120810": "dynamodb", "AmazonSQS": "sqs", "TrentService": "kms", "AmazonSSM": "ssm"}
"""Of the calls that name their operation in a header, with their arguments as JSON."""
INVOCATIONS = "/2015-03-31/functions/"
TOKEN = "x-amz-security-token"


def name_functions() -> None:
    credentials: Callable[[dict[str, Any]], dict[str, str]] = lambda_runtime.execution_credentials

    def named(config: dict[str, Any]) -> dict[str, str]:
        variables = config.get("Environment", {}).get("Variables", {})
        return {**credentials(config), "AWS_SESSION_TOKEN": variables.get("FUNCTION", "")}

    for module in (lambda_runtime, lambda_svc):
        module.execution_credentials = named


def read(headers: Headers, path: str, body: bytes) -> dict[str, Any] | None:
    """The call of a function: its `function`, `service`, `operation` and `given` arguments."""
    function = headers.get(TOKEN)
    if not function:
        return None
    service, operation, given = _what(headers, path, body)
    return {"function": function, "service": service, "operation": operation, "given": given}


def _what(headers: Headers, path: str, body: bytes) -> tuple[str, str, dict[str, Any]]:
    prefix, _, operation = headers.get("x-amz-target", "").partition(".")
    if operation:
        return SERVICES.get(prefix, prefix), operation, json.loads(body)
    if path.startswith(INVOCATIONS):
        return "lambda", "Invoke", {"FunctionName": unquote(path.removeprefix(INVOCATIONS).partition("/")[0])}
    form = dict(parse_qsl(body.decode()))
    return "ses", form.get("Action", path), form


class Recorder:
    """Appends each call as a line of JSON."""

    def __init__(self, file: Path) -> None:
        self._file = file.open("a", encoding="utf-8")

    def record(self, scope: dict[str, Any], body: bytes) -> None:
        headers = {name.decode().lower(): value.decode("latin-1") for name, value in scope["headers"]}
        call = read(headers, scope["path"], body)
        if call is not None:
            self._file.write(json.dumps(call) + "\n")
            self._file.flush()
