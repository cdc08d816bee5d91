"""Replaces Lambda's Invoke: the real handler is called in process with the payload as JSON.

boto3 itself runs unchanged up to the request that it would send.
"""

import io
import json
from types import SimpleNamespace
from typing import Any
from urllib.parse import unquote

from chalicelib.kit import aws

ADDRESSES = {
    "SEND_WEBHOOK_TESTS_FUNCTION": "send_webhook_tests",
    "WORK_ON_BRIDGES_FUNCTION": "work_on_bridges",
}
"""The invoked functions by environment variable, with their names in app.py."""


def install() -> None:
    """May be called repeatedly."""
    aws.client("lambda").meta.events.register("before-call.lambda.Invoke", _invoke, unique_id="in-process")


def _invoke(params: dict[str, Any], **_: Any) -> tuple[Any, dict[str, Any]]:
    """The status and payload of the response. Returning them keeps boto3 from sending the request."""
    return _in_process(params)


def _in_process(params: dict[str, Any]) -> tuple[Any, dict[str, Any]]:
    import app

    assert params["headers"]["X-Amz-Invocation-Type"] in ("RequestResponse", "Event")
    name = unquote(params["url_path"].split("/")[-2])
    failure = {}
    try:
        answer = getattr(app, name)(json.loads(params["body"]), None)
    except Exception as problem:
        answer = {"errorType": type(problem).__name__, "errorMessage": str(problem)}
        failure = {"FunctionError": "Unhandled"}
    payload = io.BytesIO(json.dumps(answer).encode())
    return SimpleNamespace(status_code=200), {"StatusCode": 200, "Payload": payload, **failure}
