"""The browser client: how it is served, and that it matches the API."""

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from chalicelib.api.routing import endpoints
from chalicelib.http.endpoint import Auth
from local import client_types
from tests.support.gateway import Client

ROOT = Path(__file__).parents[3]
CLIENT = ROOT / "chalicelib/storefront/client.js"


def node(*arguments: str) -> "subprocess.CompletedProcess[str]":
    found = shutil.which("node")
    if found is None:
        pytest.skip("no Node here")
    return subprocess.run([found, *arguments], capture_output=True, text=True, cwd=ROOT, timeout=120)


def leaves(group: dict[str, Any]) -> list[str]:
    return [call for value in group.values() for call in (leaves(value) if isinstance(value, dict) else [str(value)])]


class TestServing:
    def test_any_page_may_load_and_cache_the_module(self) -> None:
        reply = Client().get("/client.js", Origin="https://shop.example")
        assert reply.status == 200
        assert reply.headers["Content-Type"] == "text/javascript; charset=utf-8"
        assert reply.headers["Access-Control-Allow-Origin"] == "*"
        assert reply.headers["Cache-Control"].startswith("public")
        assert reply.text == CLIENT.read_text(encoding="utf-8")

    def test_the_declarations_are_beside_the_module(self) -> None:
        reply = Client().get("/client.d.ts", Origin="https://app.example")
        assert (reply.status, reply.headers["Content-Type"]) == (200, "text/plain; charset=utf-8")
        assert reply.text == CLIENT.with_name("client.d.ts").read_text(encoding="utf-8")

    def test_a_current_copy_is_not_sent_again(self) -> None:
        etag = Client().get("/client.js").headers["ETag"]
        assert Client().get("/client.js", If_None_Match=f'W/"other", W/{etag}').status == 304
        assert Client().get("/client.js", If_None_Match='"other"').status == 200


class TestReference:
    def test_behaviour_in_node(self) -> None:
        ran = node("--test", "tests/js/client.test.mjs")
        assert ran.returncode == 0, ran.stdout[-4000:]

    def test_every_call_is_an_endpoint(self) -> None:
        printed = node(
            "--input-type=module", "-e", f"import {{ calls }} from '{CLIENT}'; console.log(JSON.stringify(calls))"
        )
        paths = json.loads(Client().get("/openapi.json").text)["paths"]
        known = {f"{method.upper()} {shape(path)}" for path, methods in paths.items() for method in methods}
        assert [call for call in leaves(json.loads(printed.stdout)) if shape(call) not in known] == []

    def test_every_storefront_endpoint_is_a_call(self) -> None:
        expected = {f"{each.method} {path}" for each in endpoints() for path in each.paths if "/storefront/v1/" in path}
        assert expected == set(leaves(client_types.calls()["orders"]))

    def test_every_endpoint_of_a_session_is_a_call(self) -> None:
        known = {shape(call) for call in leaves(client_types.calls()["embed"])}
        expected = {
            f"{endpoint.method} {endpoint.paths[0]}" for endpoint in endpoints() if endpoint.auth is Auth.SESSION
        }
        assert sorted(call for call in expected if shape(call) not in known) == []

    def test_calls_of_other_credentials_than_a_session_are_known(self) -> None:
        session = {
            f"{each.method} {shape(path)}" for each in endpoints() if each.auth is Auth.SESSION for path in each.paths
        }
        other = {call for call in leaves(client_types.calls()["embed"]) if shape(call) not in session}
        public = {
            client_types.calls()["embed"]["config"]["get"],
            client_types.calls()["embed"]["trackingPages"]["view"],
        }
        assert other == public | {client_types.calls()["embed"]["createAutoSession"]}
        assert "PUBLIC = new Set([calls.embed.config.get, calls.embed.trackingPages.view])" in CLIENT.read_text()

    def test_the_declarations_are_current(self) -> None:
        assert client_types.TYPES.read_text() == client_types.declarations(), "run: make client-types"
        assert client_types.CONSOLE.read_text() == client_types.console_declarations(), "run: make client-types"


def shape(path: str) -> str:
    """Path variables by position, since their names differ."""
    return "/".join("{}" if part.startswith("{") else part for part in path.split("/"))
