"""The operators' commands on the local stack: as processes, against the packaged functions."""

import json
import re
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import requests

from local.stack import Stack, running

SHIPSTATION = {"type": "shipstation", "name": "Shop", "config": {"apiKey": "key-1", "apiSecret": "secret-1"}}
EMBED = "/api/v1/embed"


class Caller:
    def __init__(self, stack: Stack, token: str) -> None:
        self.stack, self.token = stack, token

    def call(self, method: str, path: str, body: Any = None) -> requests.Response:
        headers = {"Authorization": f"Bearer {self.token}"}
        return requests.request(method, f"{self.stack.base_url}{path}", json=body, headers=headers, timeout=30)

    def done(self, method: str, path: str, body: Any = None) -> Any:
        response = self.call(method, path, body)
        assert response.ok, response.text
        return response.json()["data"]


@pytest.fixture
def organization(stack: Stack) -> tuple[str, Caller]:
    return new_organization(stack)


def new_organization(stack: Stack) -> tuple[str, Caller]:
    printed = dict(line.split()[:2] for line in stack.command("org", "--name", "Operated").splitlines())
    return printed["organization_id"], Caller(stack, printed["api_key"])


def fill(server: Caller) -> str:
    """An order of a merchant; its number."""
    server.done(
        "PATCH", f"{EMBED}/config", {"slug": f"operated-{uuid.uuid4().hex[:8]}", "enabled_features": ["bridges"]}
    )
    session = server.done("POST", f"{EMBED}/sessions", {"externalId": "merchant-1", "scopes": ["bridges:write"]})
    bridge = Caller(server.stack, session["token"]).done("POST", f"{EMBED}/bridges", SHIPSTATION)
    number = f"OP-{uuid.uuid4().hex[:8]}"
    order = {"external_id": "1", "order_number": number, "customer": {"email": "jane@example.com"}}
    assert server.call("POST", f"/api/v1/bridges/{bridge['id']}/sync", {"orders": [order]}).ok
    return number


def items_naming(stack: Stack, text: str, table: str | None = None) -> list[str]:
    name = table or stack.environment["TABLE_NAME"]
    pages = stack.client("dynamodb").get_paginator("scan").paginate(TableName=name)
    return [row["pk"]["S"] for page in pages for row in page["Items"] if text in json.dumps(row)]


def test_an_organization_from_its_suspension_to_its_deletion(
    stack: Stack, organization: tuple[str, Caller], tmp_path: Path
) -> None:
    organization_id, server = organization
    number = fill(server)
    named = ("--organization", organization_id)
    listed = next(line for line in stack.command("orgs").splitlines() if line.startswith(organization_id))
    assert listed.split()[1:] == ["Operated", "active", "1", "1", "1", "0"]
    assert f"order {number}" in stack.command("trace", "--id", number)
    assert "all counters are correct" in stack.command("verify", *named)

    stack.command("suspend_org", *named)
    refused = server.call("GET", "/api/v1/api-keys")
    assert (refused.status_code, refused.json()["error"]["code"]) == (403, "organization_suspended")
    stack.command("suspend_org", *named, "--resume")
    assert server.call("GET", "/api/v1/api-keys").ok

    file = tmp_path / "operated.jsonl"
    stack.command("export_org", *named, "--file", str(file))
    assert number in file.read_text()
    assert "secret-1" not in file.read_text()

    printed = stack.command("delete_org", *named, "--yes")
    assert "the last one found nothing" in printed
    assert items_naming(stack, organization_id) == []
    assert server.call("GET", "/api/v1/api-keys").status_code == 401


@pytest.fixture
def other_stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """A stack of its own: once it serves another table, it does not return to the one it created."""
    with running(tmp_path_factory.mktemp("restored")) as started:
        yield started


def restore(stack: Stack) -> dict[str, str]:
    """The parameters with which the command says that another stage may serve the restored table."""
    printed = stack.command("restore", "--at", f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}")
    return dict(re.findall(r"(Existing\w+)=([^\s\"]+)", printed))


def test_a_restored_table_is_served_by_a_stage_that_names_it(other_stack: Stack) -> None:
    stack = other_stack
    organization_id, server = new_organization(stack)
    fill(server)
    secret = server.done("GET", f"{EMBED}/config/me")["identity_secret"]
    original, parameters = stack.environment["TABLE_NAME"], restore(stack)
    name = parameters["ExistingTable"]
    stack.deploy(**parameters)
    assert stack.environment["TABLE_NAME"] == name
    # Its secrets are readable, and what is written goes to it alone.
    assert server.done("GET", f"{EMBED}/config/me")["identity_secret"] == secret
    key = server.done("POST", "/api/v1/api-keys", {"name": "After the restore"})
    assert items_naming(stack, key["id"], original) == []
    assert items_naming(stack, key["id"], name) != []
    assert organization_id in stack.command("orgs")
    # The stack's own table is kept, and still has everything.
    assert items_naming(stack, organization_id, original) != []
