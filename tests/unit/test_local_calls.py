"""The calls of a local stack's functions, as they are recorded for `tests/e2e/test_roles.py`."""

import json
from typing import Any

import botocore.session
import pytest
from botocore.awsrequest import AWSRequest

from local import calls
from local.cloud import CREDENTIALS, REGION

Json = dict[str, Any]


def recorded(service: str, operation: str, given: Json, token: str | None = "relay_events") -> Json | None:
    """What is recorded of a call that a client really makes."""
    client = botocore.session.get_session().create_client(
        service,
        region_name=REGION,
        aws_access_key_id=CREDENTIALS["AWS_ACCESS_KEY_ID"],
        aws_secret_access_key=CREDENTIALS["AWS_SECRET_ACCESS_KEY"],
        aws_session_token=token,
    )
    found: list[Json | None] = []

    def look(request: AWSRequest, **_: Any) -> None:
        prepared = request.prepare()
        headers = {
            name.lower(): value.decode() if isinstance(value, bytes) else str(value)
            for name, value in prepared.headers.items()
        }
        body = prepared.body.encode() if isinstance(prepared.body, str) else prepared.body or b""
        path = "/" + prepared.url.split("/", 3)[3]
        found.append(calls.read(headers, path, body))
        raise InterruptedError

    client.meta.events.register_last("request-created", look)
    with pytest.raises(InterruptedError):
        client._make_api_call(operation, given)
    return found[0]


@pytest.mark.parametrize(
    ("service", "operation", "given"),
    [
        ("dynamodb", "GetItem", {"TableName": "t", "Key": {"pk": {"S": "a"}, "sk": {"S": "b"}}}),
        ("sqs", "SendMessage", {"QueueUrl": "http://localhost/1/events", "MessageBody": "{}"}),
        ("kms", "Decrypt", {"CiphertextBlob": b"x", "EncryptionContext": {"subject": "webhook:1"}}),
        ("lambda", "Invoke", {"FunctionName": "send-tests"}),
    ],
)
def test_a_call_is_recorded_with_its_function_and_arguments(service: str, operation: str, given: Json) -> None:
    call = recorded(service, operation, given)
    assert call is not None
    assert (call["function"], call["service"], call["operation"]) == ("relay_events", service, operation)
    assert json.loads(json.dumps(call["given"])) | {"CiphertextBlob": b"x"} == given | {"CiphertextBlob": b"x"}


def test_a_letter_is_recorded_by_its_action() -> None:
    letter = {"Source": "a@example.com", "Destination": {}, "Message": {"Subject": {"Data": "s"}, "Body": {}}}
    call = recorded("ses", "SendEmail", letter)
    assert call is not None
    assert (call["service"], call["operation"]) == ("ses", "SendEmail")


def test_calls_of_tests_and_commands_are_not_recorded() -> None:
    assert recorded("sqs", "SendMessage", {"QueueUrl": "http://localhost/1/q", "MessageBody": "{}"}, token=None) is None
