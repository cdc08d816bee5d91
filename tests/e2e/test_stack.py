"""The stack itself: the gateway's own responses, preflights, and data across restarts."""

import json
import uuid

import pytest
import requests

from local.cloud_server import FrontDoor
from local.stack import Stack

ORIGIN = {"Origin": "https://portal.example"}


def test_health_is_served_by_the_function(stack: Stack) -> None:
    response = requests.get(f"{stack.base_url}/health", timeout=30)

    assert response.status_code == 200
    assert "data" in response.json() or "status" in response.json()


@pytest.mark.parametrize("path", ["/no/such/path", "/api/v1/embed/no/such", "/api/v1/embed/config/rotate"])
@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE"])
def test_unknown_paths_have_the_usual_error_shape(stack: Stack, method: str, path: str) -> None:
    response = requests.request(method, f"{stack.base_url}{path}", headers=ORIGIN, timeout=30)

    assert response.status_code == 404
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    error = response.json()["error"]
    assert error["code"] == "not_found"
    assert error["message"]
    assert error["request_id"]


@pytest.mark.parametrize("path", ["/health", "/api/v1/embed/bridges", "/api/v1/embed/no/such", "/no/such/path"])
def test_preflight_succeeds_for_any_origin(stack: Stack, path: str) -> None:
    headers = {**ORIGIN, "Access-Control-Request-Method": "GET", "Access-Control-Request-Headers": "authorization"}
    response = requests.options(f"{stack.base_url}{path}", headers=headers, timeout=30)

    assert response.ok
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert "GET" in response.headers["Access-Control-Allow-Methods"]
    assert "authorization" in response.headers["Access-Control-Allow-Headers"].lower()


@pytest.mark.parametrize("path", ["/api/v1/embed/config", "/api/embed/config"])
def test_a_body_over_the_limit_is_refused_in_the_same_shape(stack: Stack, api_key: str, path: str) -> None:
    body = {"slug": "x" * 300_000}
    headers = ORIGIN | {"Authorization": f"Bearer {api_key}"}
    response = requests.patch(f"{stack.base_url}{path}", json=body, headers=headers, timeout=30)

    assert response.status_code == 413
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert response.json()["error"].keys() >= {"code", "message", "request_id"}


def test_the_source_address_cannot_be_forged(stack: Stack) -> None:
    front_door = FrontDoor(stack.ports.api, stack.place.state / "unused")
    scope = {
        "raw_path": b"/a%2Fb",
        "client": ("127.0.0.9", 1),
        "headers": [(b"X-Forwarded-For", b"203.0.113.1"), (b"accept", b"*/*")],
    }

    addressed = front_door.addressed_to_gateway(scope)

    assert addressed["headers"] == [(b"accept", b"*/*"), (b"x-forwarded-for", b"127.0.0.9")]
    assert addressed["path"].endswith("/a%2Fb")


def test_a_deployment_changes_routes_and_keeps_the_data(stack: Stack, api_key: str) -> None:
    template = stack.place.artefact / "sam.json"
    whole = template.read_text()
    fewer = json.loads(whole)
    del fewer["Resources"]["RestAPI"]["Properties"]["DefinitionBody"]["paths"]["/health"]
    try:
        template.write_text(json.dumps(fewer))
        stack.deploy()
        gone = requests.get(f"{stack.base_url}/health", timeout=30)
        kept = requests.get(
            f"{stack.base_url}/api/v1/api-keys", headers={"Authorization": f"Bearer {api_key}"}, timeout=30
        )
    finally:
        template.write_text(whole)
        stack.deploy()

    assert (gone.status_code, gone.json()["error"]["code"]) == (404, "not_found")
    assert kept.ok
    assert requests.get(f"{stack.base_url}/health", timeout=30).ok


def test_data_survives_a_restart(stack: Stack) -> None:
    key = {"pk": {"S": f"TEST#{uuid.uuid4()}"}, "sk": {"S": "restart"}}
    table = stack.environment["TABLE_NAME"]
    stack.client("dynamodb").put_item(TableName=table, Item=key)

    stack.restart()

    assert stack.client("dynamodb").get_item(TableName=table, Key=key)["Item"] == key
    assert stack.environment["TABLE_NAME"] == table
    assert requests.get(f"{stack.base_url}/health", timeout=30).ok
