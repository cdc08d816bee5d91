"""Bridges for their end user."""

import json
from typing import Any
from unittest.mock import patch

import pytest

from chalicelib.bridges.store import BridgeItem, find_bridge
from chalicelib.catalog.bridge_types import BridgeType, catalog
from chalicelib.table.transaction import put
from tests.support.factories import EMBED, SHIPSTATION, Acme, Session
from tests.support.gateway import Reply
from tests.support.races import at_once, requesting, statuses

BRIDGES = f"{EMBED}/bridges"
MASKED = {"apiKey": "--------", "apiSecret": "--------"}


def stored(acme: Acme, session: Session, bridge_id: str) -> BridgeItem:
    item = find_bridge(acme.organization_id, session.end_user_id, bridge_id)
    assert item is not None
    return item


def events(acme: Acme) -> list[str]:
    logged = [event["event_type"] for event in acme.server.get(f"{EMBED}/events").data]
    return [event for event in reversed(logged) if event.startswith("bridge.")]


class TestCreate:
    def test_response_is_as_documented(self, acme: Acme) -> None:
        acme.configure(default_dispatcher_id="dispatcher-7")
        session = acme.session()
        reply = session.client.post(BRIDGES, SHIPSTATION)
        assert reply.status == 201
        shown = reply.data
        assert shown == {
            "id": shown["id"],
            "organization_id": acme.organization_id,
            "type": "shipstation",
            "name": "My ShipStation",
            "config": SHIPSTATION["config"],
            "status": "active",
            "end_user_id": session.end_user_id,
            "dispatcher_id": "dispatcher-7",
            "last_sync_at": None,
            "error_message": None,
            "created_at": shown["created_at"],
            "updated_at": shown["created_at"],
            # What a connector does; this type has a service.
            "next_run_at": None,
            "running": False,
            "progress": None,
            "error_code": None,
            "reconnect_required": False,
            "push_fulfillments": False,
        }
        assert session.client.get(BRIDGES).data == [
            {name: shown[name] for name in LISTED},
        ]
        assert events(acme) == ["bridge.created", "bridge.connected"]

    @pytest.mark.parametrize(
        ("change", "field"),
        [
            ({"type": "ebay"}, "type"),
            ({"type": 5}, "type"),
            ({"name": ""}, "name"),
            ({"name": None}, "name"),
            ({"config": {}}, "config.apiKey"),
            ({"config": {"apiKey": "", "apiSecret": "b"}}, "config.apiKey"),
            ({"config": {"apiKey": None, "apiSecret": "b"}}, "config.apiKey"),
            ({"config": {"apiKey": "a", "apiSecret": 1}}, "config.apiSecret"),
            ({"type": "shopify", "config": {"shopDomain": "acme"}}, "config.accessToken"),
            ({"type": "shopify", "config": {"shopDomain": "acme", "clientId": "a"}}, "config.accessToken"),
            ({"config": {"apiKey": 1, "apiSecret": "b"}}, "config.apiKey"),
            ({"config": "secret"}, "config"),
            ({"config": {"apiKey": "é" * 2000, "apiSecret": "b"}}, "config"),
            ({"status": "paused"}, "status"),
        ],
    )
    def test_refuses(self, acme: Acme, change: dict[str, Any], field: str) -> None:
        reply = acme.session().client.post(BRIDGES, {**SHIPSTATION, **change})
        assert (reply.status, reply.fields[0]) == (422, field)

    @pytest.mark.parametrize(
        ("bridge_type", "config"),
        [
            ("shipstation", {"apiKey": "a"}),
            ("shopify", {"shopDomain": "acme", "accessToken": "a"}),
            ("shopify", {"shopDomain": "acme", "clientId": "a", "clientSecret": "b"}),
        ],
    )
    def test_takes_what_replaces_a_required_field(self, acme: Acme, bridge_type: str, config: dict[str, str]) -> None:
        assert (
            acme.session().client.post(BRIDGES, {"type": bridge_type, "name": "Mine", "config": config}).status == 201
        )

    def test_takes_a_config_as_large_as_one_kms_call(self, acme: Acme) -> None:
        config = {"apiKey": "k", "apiSecret": "x" * (4000 - len('{"apiKey":"k","apiSecret":""}'))}
        assert acme.session().bridge(config=config)["config"] == config

    def test_requires_a_type_that_config_and_session_allow(self, acme: Acme) -> None:
        for config, session, allowed in [
            ([], [], True),
            (["shipstation"], [], True),
            ([], ["shipstation"], True),
            (["shopify"], [], False),
            ([], ["shopify"], False),
            (["shopify"], ["shipstation"], False),
        ]:
            acme.configure(allowed_bridge_types=config)
            client = acme.session(allowedBridgeTypes=session).client
            shown = [kind["id"] for kind in client.get(f"{EMBED}/bridge-types").data]
            assert ("shipstation" in shown) == allowed
            assert client.post(BRIDGES, SHIPSTATION).status == (201 if allowed else 403)

    def test_stops_at_the_limit_under_concurrency(self, acme: Acme) -> None:
        acme.configure(settings={"maxBridgesPerUser": 3})
        session = acme.session()
        replies = at_once([requesting(session.client, "POST", BRIDGES, SHIPSTATION) for _ in range(20)])
        assert statuses(replies) == {201: 3, 409: 17}
        assert {reply.code for reply in replies if reply.status == 409} == {"limit_reached"}
        assert len(session.client.get(BRIDGES).data) == 3
        assert acme.server.get(f"{EMBED}/users").data[0]["bridge_count"] == 3

    def test_is_possible_again_after_a_deletion(self, acme: Acme) -> None:
        acme.configure(settings={"maxBridgesPerUser": 1})
        session = acme.session()
        bridge = session.bridge()
        assert session.client.post(BRIDGES, SHIPSTATION).code == "limit_reached"
        session.client.delete(f"{BRIDGES}/{bridge['id']}")
        assert session.client.post(BRIDGES, SHIPSTATION).status == 201

    def test_keeps_the_config_encrypted_for_this_bridge_alone(self, acme: Acme) -> None:
        session = acme.session()
        one, other = (session.bridge(config={"apiKey": n, "apiSecret": f"hush-{n}"}) for n in ("1", "2"))
        item = stored(acme, session, one["id"])
        assert "hush" not in item.config
        item.config = stored(acme, session, other["id"]).config
        assert put(item)
        reply = session.client.patch(f"{BRIDGES}/{one['id']}", {"name": "Swapped"})
        assert reply.status == 500
        assert "hush" not in reply.text


LISTED = (
    *("id", "name", "type", "status", "last_sync_at", "error_message", "created_at", "updated_at"),
    *("next_run_at", "running", "progress", "error_code", "reconnect_required", "push_fulfillments"),
)


class TestUpdate:
    def test_merges_the_config(self, acme: Acme) -> None:
        session = acme.session()
        path = f"{BRIDGES}/{session.bridge()['id']}"
        changed = session.client.patch(path, {"name": "Renamed", "config": {"apiKey": "new", "region": "eu"}}).data
        assert changed["config"] == {"apiKey": "new", "apiSecret": "secret-1", "region": "eu"}
        assert changed["name"] == "Renamed"
        assert session.client.patch(path, {"config": {"region": None}}).data["config"] == {
            "apiKey": "new",
            "apiSecret": "secret-1",
        }

    def test_treats_the_mask_as_unchanged(self, acme: Acme) -> None:
        acme.configure(settings={"redactBridgeConfig": True})
        session = acme.session()
        bridge = session.bridge()
        assert bridge["config"] == MASKED
        path = f"{BRIDGES}/{bridge['id']}"
        assert session.client.patch(path, {"config": {**MASKED, "apiKey": "new"}}).data["config"] == MASKED
        acme.configure(settings={"redactBridgeConfig": False})
        assert session.client.patch(path, {}).data["config"] == {"apiKey": "new", "apiSecret": "secret-1"}

    @pytest.mark.parametrize(
        ("change", "field"),
        [
            ({"status": "error"}, "status"),
            ({"status": "pending_oauth"}, "status"),
            ({"status": None}, "status"),
            ({"type": "shopify"}, "type"),
            ({"end_user_id": None}, "end_user_id"),
            ({"config": {"apiKey": None}}, "config.apiKey"),
            ({"config": {"apiKey": ""}}, "config.apiKey"),
            ({"config": {"note": "x" * 3990}}, "config"),
        ],
    )
    def test_refuses(self, acme: Acme, change: dict[str, Any], field: str) -> None:
        session = acme.session()
        reply = session.client.patch(f"{BRIDGES}/{session.bridge()['id']}", change)
        assert (reply.status, reply.fields) == (422, [field])

    def test_records_connected_and_disconnected(self, acme: Acme) -> None:
        session = acme.session()
        path = f"{BRIDGES}/{session.bridge()['id']}"
        for status in ("paused", "paused", "active"):
            assert session.client.patch(path, {"status": status}).data["status"] == status
        told = [event for event in events(acme) if event.endswith("connected")]
        assert told == ["bridge.connected", "bridge.disconnected", "bridge.connected"]

    def test_without_fields_changes_nothing(self, acme: Acme) -> None:
        session = acme.session()
        bridge = session.bridge()
        assert session.client.patch(f"{BRIDGES}/{bridge['id']}", {}).data == bridge

    def test_loses_no_concurrent_change(self, acme: Acme) -> None:
        session = acme.session()
        path = f"{BRIDGES}/{session.bridge()['id']}"
        bodies = [{"config": {f"field{n}": str(n)}} for n in range(8)]
        replies = at_once([requesting(session.client, "PATCH", path, body) for body in bodies])
        assert statuses(replies) == {200: 8}
        assert set(session.client.patch(path, {}).data["config"]) == {
            "apiKey",
            "apiSecret",
            *(f"field{n}" for n in range(8)),
        }


class TestDelete:
    def test_hides_the_bridge_and_cannot_be_repeated(self, acme: Acme) -> None:
        session = acme.session()
        path = f"{BRIDGES}/{session.bridge()['id']}"
        assert session.client.delete(path).json == {"success": True}
        assert session.client.get(BRIDGES).data == []
        for reply in (session.client.delete(path), session.client.patch(path, {}), session.client.post(f"{path}/test")):
            assert reply.code == "not_found"
        assert acme.server.get("/api/v1/bridges").json["pagination"]["total"] == 0
        assert events(acme)[-2:] == ["bridge.disconnected", "bridge.deleted"]

    def test_of_a_paused_bridge_disconnects_it_too(self, acme: Acme) -> None:
        session = acme.session()
        path = f"{BRIDGES}/{session.bridge()['id']}"
        session.client.patch(path, {"status": "paused"})
        session.client.delete(path)
        assert events(acme).count("bridge.disconnected") == 2

    def test_concurrent_requests_delete_once(self, acme: Acme) -> None:
        session = acme.session()
        path = f"{BRIDGES}/{session.bridge()['id']}"
        session.bridge()
        replies = at_once([requesting(session.client, "DELETE", path) for _ in range(6)])
        assert statuses(replies) == {200: 1, 404: 5}
        assert acme.server.get(f"{EMBED}/users").data[0]["bridge_count"] == 1
        assert acme.server.get("/api/v1/bridges").json["pagination"]["total"] == 1

    def test_concurrent_with_an_update_leaves_nothing_half_done(self, acme: Acme) -> None:
        session = acme.session()
        path = f"{BRIDGES}/{session.bridge()['id']}"
        calls = [requesting(session.client, "PATCH", path, {"status": s}) for s in ("paused", "active", "paused")]
        at_once([*calls, requesting(session.client, "DELETE", path)])
        assert session.client.get(BRIDGES).data == []
        for status in ("active", "paused"):
            assert acme.server.get(f"/api/v1/bridges?status={status}").json["pagination"]["total"] == 0


class TestTypes:
    def test_are_shown_as_documented(self, acme: Acme) -> None:
        shown = acme.session(scopes=[]).client.get(f"{EMBED}/bridge-types").data
        assert {kind["id"] for kind in shown} >= {"shopify", "shipstation", "woocommerce", "bigcommerce", "amazon"}
        for kind in shown:
            assert set(kind) == {
                "id",
                "name",
                "description",
                "icon",
                "category",
                "auth_methods",
                "config_fields",
                "webhook_support",
                "docs_url",
                "consent_field",
            }
            assert all(set(field) == {"name", "label", "type", "required"} for field in kind["config_fields"])

    def test_removed_from_the_catalog_break_nothing(self, acme: Acme) -> None:
        session = acme.session()
        bridge = session.bridge()
        path, admin_path = f"{BRIDGES}/{bridge['id']}", f"/api/v1/bridges/{bridge['id']}"
        left: dict[str, BridgeType] = {name: kind for name, kind in catalog().items() if name != "shipstation"}

        def in_every_way() -> list[Reply]:
            return [
                session.client.get(BRIDGES),
                session.client.patch(path, {"name": "Old", "config": {"apiKey": "x"}}),
                session.client.post(f"{path}/test"),
                acme.server.get("/api/v1/bridges"),
                acme.server.get(admin_path),
                acme.server.patch(admin_path, {"status": "paused"}),
                session.client.delete(path),
            ]

        with patch("chalicelib.catalog.bridge_types.catalog", lambda: left), _catalog_everywhere(left):
            replies = in_every_way()
        assert statuses(replies) == {200: 6, 409: 1}
        assert replies[2].code == "bridge_type_unavailable"
        assert json.loads(replies[4].text)["data"]["config"] == MASKED


def _catalog_everywhere(entries: dict[str, BridgeType]) -> Any:
    from contextlib import ExitStack

    stack = ExitStack()
    for module in ("configs", "service", "connectivity"):
        stack.enter_context(patch(f"chalicelib.bridges.{module}.catalog", lambda: entries))
    return stack
