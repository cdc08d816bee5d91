"""DynamoDB's short path: the same results as botocore's own, over HTTP, and botocore's own after anything unusual."""

import json
import time
import zlib
from pathlib import Path
from typing import Any

import boto3
import pytest
import time_machine
from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.client import BaseClient
from botocore.config import Config
from botocore.credentials import Credentials
from botocore.exceptions import ClientError, EndpointConnectionError, SSLError

from chalicelib.table import short_path
from chalicelib.table.connection import table
from tests.support import account, in_process, receivers
from tests.support.certificates import Authority
from tests.support.receivers import Behaviour, Line, Receiver
from tests.unit.table.test_in_process import CALLS, SEVERAL, TABLE

KEY = {"Key": {"pk": {"S": "A"}, "sk": {"S": "1"}}, "TableName": "t"}
FOUND = json.dumps({"Item": {"pk": {"S": "A"}}}).encode()
CREDENTIALS = Credentials("AKIDEXAMPLE", "secret", "a/token")


def client(
    url: str, *, short: bool = True, ca: str | None = None, credentials: Credentials | None = CREDENTIALS
) -> Any:
    config = Config(parameter_validation=False, retries={"total_max_attempts": 4, "mode": "standard"})
    made = boto3.client("dynamodb", endpoint_url=url, config=config, verify=ca)
    if short:
        short_path.register(made, credentials, ca)
    return made


@pytest.fixture(autouse=True)
def own_attempts(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many attempts botocore made itself. Nothing pauses."""
    made: list[int] = []
    whole = BaseClient._make_request

    def counting(*arguments: Any) -> Any:
        made.append(1)
        return whole(*arguments)

    monkeypatch.setattr(BaseClient, "_make_request", counting)
    monkeypatch.setattr(time, "sleep", lambda _: None)
    return made


def dynamodb(line: Line) -> None:
    """Answers as the local cloud does."""
    while (request := line.read_request()) is not None:
        handler = in_process.DYNAMODB[request.headers["x-amz-target"].split(".")[1]]
        status, headers, body = in_process.answer_of(handler, json.loads(request.body))
        headers = {**headers, "Content-Length": str(len(body)), "x-amz-crc32": str(zlib.crc32(body))}
        head = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
        line.write(f"HTTP/1.1 {status} -\r\n{head}\r\n".encode() + body)


def test_every_call_answers_as_botocores_own_path(own_attempts: list[int]) -> None:
    own = results(short=False)
    assert len(own_attempts) == len(own)
    own_attempts.clear()
    assert results(short=True) == own
    # What is left to botocore is what the local cloud refuses as invalid.
    assert 0 < len(own_attempts) == sum("Validation" in text or "NotFound" in text for _, text in own)


def results(*, short: bool) -> list[tuple[str, str]]:
    found = []
    with account.new(), Receiver(dynamodb) as server:
        caller = client(server.url.removesuffix("/hook"), short=short)
        for name, call in [*((name, {"TableName": TABLE, **call}) for name, call in CALLS), *SEVERAL]:
            try:
                answer = getattr(caller, name)(**call)
            except ClientError as refused:
                answer = {"type": type(refused).__name__, "text": str(refused), **refused.response}
                answer["status"] = answer["ResponseMetadata"]["HTTPStatusCode"]
            answer = {name: value for name, value in answer.items() if name not in ("ResponseMetadata", "__type")}
            answer.pop("message", None)
            answer.pop("Message", None)
            found.append((name, json.dumps(answer, sort_keys=True)))
        # One connection for all.
        assert server.connections <= 2
    return found


@pytest.mark.parametrize("token", ["a/token", None])
def test_the_signature_is_botocores(token: str | None) -> None:
    url, body = "https://dynamodb.eu-central-1.amazonaws.com/", b'{"a":1}'
    headers = {"X-Amz-Target": "DynamoDB_20120810.GetItem", "Content-Type": "application/x-amz-json-1.0"}
    with time_machine.travel("2026-02-03T04:05:06Z", tick=False):
        request = AWSRequest("POST", url, {**headers, "User-Agent": "x"}, body)
        SigV4Auth(Credentials("AKIDEXAMPLE", "secret", token), "dynamodb", "eu-central-1").add_auth(request)
        host = {"Host": "dynamodb.eu-central-1.amazonaws.com"}
        signed = short_path.sign({**headers, **host}, body, "eu-central-1", "AKIDEXAMPLE", "secret", token)
    assert signed == {name: value for name, value in request.headers.items() if name in signed}
    assert ("X-Amz-Security-Token" in signed) == (token is not None)


def refusal(code: str, status: int = 400) -> Behaviour:
    body = json.dumps({"__type": f"com.amazonaws#{code}", "message": "no"}).encode()
    return receivers.answer(status, body, close=True)


UNUSUAL: dict[str, Behaviour] = {
    "throttled": refusal("ProvisionedThroughputExceededException"),
    "an error of the server": refusal("InternalServerError", 500),
    "no response": receivers.say(b""),
    "half a response": receivers.say(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n{"),
    "not JSON": receivers.answer(200, b"<html>", close=True),
    "a damaged body": receivers.answer(200, FOUND, close=True, x_amz_crc32="1"),
}


@pytest.mark.parametrize("behaviour", UNUSUAL.values(), ids=UNUSUAL)
def test_botocore_repeats_what_went_wrong(behaviour: Behaviour, own_attempts: list[int]) -> None:
    with Receiver(receivers.answers(behaviour, receivers.answer(200, FOUND, close=True))) as server:
        assert client(server.url.removesuffix("/hook")).get_item(**KEY)["Item"] == {"pk": {"S": "A"}}
        assert (len(server.requests), len(own_attempts)) == (2, 1)


def test_attempts_are_bounded_as_before() -> None:
    with Receiver(UNUSUAL["throttled"]) as server:
        with pytest.raises(ClientError, match="ProvisionedThroughputExceeded"):
            client(server.url.removesuffix("/hook")).get_item(**KEY)
        assert len(server.requests) == 5


def test_nobody_listening_is_botocores_error() -> None:
    with Receiver(dynamodb) as server:
        url = server.url.removesuffix("/hook")
    with pytest.raises(EndpointConnectionError):
        client(url).get_item(**KEY)


def test_credentials_are_read_for_every_call() -> None:
    credentials = Credentials("FIRST", "secret")
    with Receiver(receivers.answer(200, FOUND)) as server:
        caller = client(server.url.removesuffix("/hook"), credentials=credentials)
        caller.get_item(**KEY)
        credentials.access_key, credentials.token = "SECOND", "new"
        caller.get_item(**KEY)
        first, second = server.requests
    assert "Credential=FIRST/" in first.headers["authorization"]
    assert "Credential=SECOND/" in second.headers["authorization"]
    assert second.headers["x-amz-security-token"] == "new"


@pytest.mark.parametrize("reason", ["a proxy", "no credentials"])
def test_what_only_botocore_can_do_stays_its_own(
    reason: str, monkeypatch: pytest.MonkeyPatch, own_attempts: list[int]
) -> None:
    with Receiver(receivers.answer(200, FOUND)) as server:
        url = server.url.removesuffix("/hook")
        if reason == "a proxy":
            monkeypatch.setenv("http_proxy", url)
            url = "http://dynamodb.invalid"
        client(url, credentials=None if reason == "no credentials" else CREDENTIALS).get_item(**KEY)
        assert (len(server.requests), len(own_attempts)) == (1, 1)


@pytest.mark.parametrize(("name", "trusted"), [("localhost", True), ("other.example", True), ("localhost", False)])
def test_a_server_must_show_a_certificate_for_its_name(
    name: str, *, trusted: bool, tmp_path: Path, own_attempts: list[int]
) -> None:
    authority = Authority(tmp_path)
    with Receiver(receivers.answer(200, FOUND), tls=authority.server_context(name)) as server:
        caller = client(f"https://localhost:{server.port}", ca=authority.ca_file if trusted else None)
        if trusted and name == "localhost":
            assert caller.get_item(**KEY)["Item"]
            assert own_attempts == []
        else:
            with pytest.raises(SSLError):
                caller.get_item(**KEY)
            assert server.requests == []


def test_the_tables_client_takes_it(own_attempts: list[int], monkeypatch: pytest.MonkeyPatch) -> None:
    with Receiver(dynamodb) as server, account.new():
        monkeypatch.setenv("AWS_ENDPOINT_URL_DYNAMODB", server.url.removesuffix("/hook"))
        table.cache_clear()
        try:
            assert "Item" not in table().connection.get_item(table().table_name, "A", "1")
        finally:
            table.cache_clear()
        assert (len(server.requests), own_attempts) == (1, [])
