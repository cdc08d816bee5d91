"""Requests that only a real gateway can judge: HEAD, and the bridge types that the stack's parameters name."""

import requests

from local.stack import Stack

TIMEOUT_S = 30


def test_head_is_served_without_a_body(stack: Stack) -> None:
    for path in ("/health", "/openapi.json", "/docs"):
        reply = requests.head(f"{stack.base_url}{path}", timeout=TIMEOUT_S)

        assert (reply.status_code, reply.content) == (200, b""), path
        assert reply.headers["X-Request-Id"]


def test_the_document_names_the_deployment(stack: Stack) -> None:
    document = requests.get(f"{stack.base_url}/openapi.json", timeout=TIMEOUT_S).json()

    assert document["servers"][0]["url"] == stack.base_url


def test_types_without_a_service_are_not_offered(stack: Stack) -> None:
    printed = dict(line.split()[:2] for line in stack.command("org", "--name", "Types").splitlines())
    embed = f"{stack.base_url}/api/v1/embed"
    server = {"Authorization": f"Bearer {printed['api_key']}"}
    config = requests.patch(f"{embed}/config", json={"slug": "types"}, headers=server, timeout=TIMEOUT_S)
    assert config.status_code == 200, config.text
    opened = requests.post(f"{embed}/sessions", json={"externalId": "merchant"}, headers=server, timeout=TIMEOUT_S)
    session = {"Authorization": f"Bearer {opened.json()['data']['token']}"}

    offered = requests.get(f"{embed}/bridge-types", headers=session, timeout=TIMEOUT_S).json()["data"]
    amazon = {"type": "amazon", "name": "Amazon", "config": {}}
    refused = requests.post(f"{embed}/bridges", json=amazon, headers=session, timeout=TIMEOUT_S)

    assert {each["id"] for each in offered} == {"shopify", "shipstation", "woocommerce", "bigcommerce"}
    assert (refused.status_code, refused.json()["error"]["code"]) == (409, "bridge_type_unavailable")
