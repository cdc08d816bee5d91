"""JSON that parsers interpret differently or that cannot be stored is refused, and never causes an internal error."""

import base64
from typing import Any

import pytest

from tests.support.factories import EMBED, Acme
from tests.support.gateway import Client, Reply, _app

SESSIONS = f"{EMBED}/sessions"


def post_bytes(client: Client, raw: bytes) -> Reply:
    """A binary body, as API Gateway passes it."""
    event: dict[str, Any] = client.event("POST", SESSIONS, "")
    event |= {"body": base64.b64encode(raw).decode(), "isBase64Encoded": True}
    answer = _app()(event, None)
    return Reply(answer["statusCode"], answer["headers"], answer["body"])


@pytest.mark.parametrize(
    "number",
    [
        "1e999999",
        "-1E+400",
        "1e-999999",
        "9" * 301,
        "9" * 5000,
        "-" + "9" * 5000,
        "1." + "0" * 5000,
        "0e99999999999999999999",
    ],
)
@pytest.mark.parametrize("body", ['{"externalId":"x","ttlSeconds":%s}', '{"externalId":"x","metadata":{"a":[%s]}}'])
def test_numbers_beyond_a_double_are_refused(acme: Acme, body: str, number: str) -> None:
    reply = acme.server.post(SESSIONS, body % number)
    assert (reply.status, reply.code) == (400, "invalid_json")


def test_numbers_within_a_double_are_kept(acme: Acme) -> None:
    numbers = f"[1e300, 1e-300, {'9' * 300}, 0.{'1' * 200}]"
    assert acme.server.post(SESSIONS, f'{{"externalId":"x","metadata":{{"a":{numbers}}}}}').status == 201
    assert acme.server.get(f"{EMBED}/users").data[0]["metadata"]["a"][2] == int("9" * 300)


@pytest.mark.parametrize("body", ['{"externalId":"a","externalId":"b"}', '{"externalId":"a","metadata":{"a":1,"a":1}}'])
def test_duplicate_names_are_refused(acme: Acme, body: str) -> None:
    reply = acme.server.post(SESSIONS, body)
    assert (reply.status, reply.code) == (400, "invalid_json")


@pytest.mark.parametrize(
    "raw",
    [
        b'{"externalId":"\xed\xa0\x80"}',
        b'{"externalId":"\xff"}',
        '{"externalId":"x"}'.encode("utf-16"),
        '{"externalId":"x"}'.encode("utf-32-le"),
        b"\x00",
    ],
)
def test_invalid_utf8_is_refused(acme: Acme, raw: bytes) -> None:
    reply = post_bytes(acme.server, raw)
    assert (reply.status, reply.code) == (400, "invalid_json")


def test_a_byte_order_mark_is_ignored(acme: Acme) -> None:
    assert post_bytes(acme.server, b'\xef\xbb\xbf{"externalId":"x"}').status == 201


def test_control_characters_are_preserved_except_in_names(acme: Acme) -> None:
    text = "a\x00b\x1f\x7f\u202e\ufffe"
    created = acme.server.post(SESSIONS, {"externalId": text, "name": text, "metadata": {text: text}}).data
    assert created["endUser"]["externalId"] == text
    assert created["endUser"]["name"] == "a b"
    assert acme.server.get(f"{EMBED}/users/{created['endUser']['id']}").data["metadata"] == {text: text}
