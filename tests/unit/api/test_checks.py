"""The order of checks, and the shape of errors."""

import re
import uuid
from typing import Any

import pytest
import time_machine
from botocore.client import BaseClient

from chalicelib.api.routing import endpoints
from chalicelib.http.endpoint import Auth, Endpoint
from chalicelib.kit import ids
from chalicelib.table import keys
from chalicelib.table.transaction import delete
from tests.support.factories import EMBED, SHIPSTATION, Acme, Service
from tests.support.gateway import Client, Reply

UNKNOWN = str(uuid.uuid4())
SITE, FOREIGN = "https://shop.example.com", "https://evil.example"


def reply_to_bad_everything(acme: Acme, repaired: int, token: str) -> Reply:
    """A request with every kind of fault, except the first `repaired` ones."""
    client = Client(token if repaired > 0 else "est_wrong")
    kind = "shipstation" if repaired > 4 else "shopify"
    acme.configure(is_active=repaired > 1, allowed_origins=[SITE], allowed_bridge_types=[kind])
    body = {**SHIPSTATION, "unknown": 1} if repaired < 6 else SHIPSTATION
    return client.post(f"{EMBED}/bridges", body, Origin=SITE if repaired > 2 else FOREIGN)


class TestTheOrderOfChecks:
    def test_for_a_session(self, acme: Acme) -> None:
        weak = acme.session(scopes=["orders:read"]).client.headers["Authorization"].removeprefix("Bearer ")
        strong = acme.session().client.headers["Authorization"].removeprefix("Bearer ")
        seen = [(r.status, r.code) for n in range(4) for r in [reply_to_bad_everything(acme, n, weak)]]
        seen += [(r.status, r.code) for n in (4, 5) for r in [reply_to_bad_everything(acme, n, strong)]]
        assert seen == [
            (401, "unauthorized"),
            (403, "embed_disabled"),
            (403, "origin_not_allowed"),
            (403, "insufficient_scope"),
            (403, "bridge_type_not_allowed"),
            (422, "validation_failed"),
        ]
        assert reply_to_bad_everything(acme, 6, strong).status == 201

    @pytest.mark.parametrize("path", [f"{EMBED}/bridges/{{}}", f"{EMBED}/bridges/{{}}/test"])
    def test_bridge_type_precedes_body_which_precedes_id(self, acme: Acme, path: str) -> None:
        session = acme.session()
        bridge = session.bridge()
        call = session.client.post if path.endswith("test") else session.client.patch
        acme.configure(allowed_bridge_types=["shopify"])
        assert call(path.format(bridge["id"]), {"wrong": 1}).code == "bridge_type_not_allowed"
        assert call(path.format(UNKNOWN), {"wrong": 1}).fields == ["wrong"]
        assert call(path.format("no-uuid"), {"wrong": 1}).fields == ["wrong"]
        for unknown in (UNKNOWN, "no-uuid", "x" * 3000):
            assert call(path.format(unknown), {}).code == "not_found"

    def test_feature_precedes_scope(self, acme: Acme) -> None:
        client = acme.session(scopes=["bridges:read"]).client
        optional = [e for e in endpoints() if e.auth is Auth.SESSION and e.features and e.features != ("bridges",)]
        for endpoint in optional:
            assert client.call(endpoint.method, _filled(endpoint), {}).code == "insufficient_scope", endpoint.path
        acme.configure(enabled_features=[])
        for endpoint in optional:
            assert client.call(endpoint.method, _filled(endpoint), {}).code == "feature_disabled", endpoint.path

    def test_the_body_is_not_validated_without_a_credential(self, acme: Acme) -> None:
        assert Client().post(f"{EMBED}/bridges", "{not json").status == 401
        assert Client().post(f"{EMBED}/bridges", "x" * 300_000).status == 401
        assert acme.session().client.post(f"{EMBED}/bridges", "x" * 300_000).status == 413


def _filled(endpoint: Endpoint) -> str:
    return re.sub("{[^}]*}", UNKNOWN, endpoint.paths[0])


class TestCredentials:
    def test_of_the_wrong_type_are_refused(self, acme: Acme) -> None:
        session = acme.session()
        service = Service("shipstation")
        tokens = {
            "key": acme.api_key,
            "session": session.created["token"],
            "service": service.key,
            "publishable": acme.publishable_key,
        }
        takes = {
            f"GET {EMBED}/bridges": {"session"},
            f"GET {EMBED}/users": {"key"},
            "GET /api/v1/bridges": {"key", "service"},
            "GET /api/v1/api-keys": {"key"},
        }
        for route, opened_by in takes.items():
            method, path = route.split(" ")
            replies = {kind: Client(token).call(method, path) for kind, token in tokens.items()}
            assert {kind for kind, reply in replies.items() if reply.status == 200} == opened_by, route
            assert {reply.code for reply in replies.values() if reply.status != 200} == {"wrong_credential"}

    def test_of_the_wrong_type_are_named_with_the_right_one(self, acme: Acme) -> None:
        def message(reply: Reply) -> str:
            assert (reply.status, reply.code.lower()) == (401, "wrong_credential")
            return str(reply.json["error"]["message"])

        session, key = acme.session().created["token"], acme.publishable_key
        assert message(Client(acme.api_key).get(f"{EMBED}/bridges")) == (
            "This route takes an embed session (est_…), but an API key (oh_…) was sent."
        )
        assert message(Client(session).get("/api/v1/bridges")) == (
            "This route takes an API key (oh_…) or a service key (svc_…), but an embed session (est_…) was sent."
        )
        assert message(Client(X_Api_Key=key).get(f"{EMBED}/bridges")) == (
            "This route takes an embed session (est_…), but a publishable key (pk_live_…) in X-Api-Key was sent."
        )
        assert message(Client(session).get("/storefront/v1/orders")) == (
            "This route takes a publishable key (pk_live_…) in X-Api-Key, but an embed session (est_…) in "
            "Authorization was sent."
        )
        assert message(Client(session, X_Api_Key=key).get("/storefront/v1/orders")) == (
            "This route takes a customer session (cst_…), but an embed session (est_…) was sent."
        )
        assert message(Client().post(f"{EMBED}/sessions/auto", {"key": acme.api_key, "externalId": "x"})) == (
            "This route takes a publishable key (pk_live_…) in the body's key, but an API key (oh_…) was sent."
        )

    def test_that_are_missing_are_requested_by_type(self) -> None:
        reply = Client().get(f"{EMBED}/bridges")
        assert reply.code == "unauthorized"
        assert reply.json["error"]["message"] == "Send an embed session (est_…) as `Authorization: Bearer …`."

    @pytest.mark.parametrize("tail", ["", "A", "!", " x"])
    def test_that_are_malformed_are_refused(self, acme: Acme, tail: str) -> None:
        for token in (f"{acme.api_key}{tail or 'x'}", acme.api_key[: -1 - len(tail)], "oh_", "", "est_" + "A" * 290):
            expected = "wrong_credential" if token.startswith("est_") else "unauthorized"
            assert Client(token).get(f"{EMBED}/config/me").code == expected

    def test_with_another_scheme_are_refused(self, acme: Acme) -> None:
        assert Client(Authorization=f"Basic {acme.api_key}").get(f"{EMBED}/config/me").status == 401
        assert Client(Authorization=acme.api_key).get(f"{EMBED}/config/me").status == 401
        assert Client(authorization=f"bearer  {acme.api_key} ").get(f"{EMBED}/config/me").status == 200

    def test_session_config_and_end_user_are_read_live_in_one_round_trip(
        self, acme: Acme, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        session = acme.session()
        reads: list[tuple[str, Any]] = []
        whole = BaseClient._make_api_call

        def noted(client: BaseClient, name: str, parameters: Any) -> Any:
            reads.append((name, parameters))
            return whole(client, name, parameters)

        monkeypatch.setattr(BaseClient, "_make_api_call", noted)
        assert session.client.get(f"{EMBED}/bridge-types").status == 200
        [(name, parameters)] = reads
        [wanted] = parameters["RequestItems"].values()
        assert (name, wanted["ConsistentRead"], len(wanted["Keys"])) == ("BatchGetItem", True, 3)

    def test_end_with_the_objects_they_depend_on(self, acme: Acme) -> None:
        session = acme.session(ttlSeconds=60)
        listing = f"{EMBED}/bridges"
        assert session.client.get(listing).status == 200
        with time_machine.travel(61 + _now(), tick=False):
            assert session.client.get(listing).status == 401
        delete(keys.config(acme.organization_id))
        assert session.client.get(listing).status == 401
        assert acme.server.get(f"{EMBED}/config/me").code == "embed_not_configured"
        assert acme.server.post(f"{EMBED}/sessions", {"externalId": "x"}).code == "embed_not_configured"


def _now() -> float:
    from chalicelib.kit import clock

    return clock.now().timestamp()


class TestWhileTheEmbedIsInactive:
    def test_keys_administer_but_sessions_are_refused(self, acme: Acme) -> None:
        session = acme.session()
        acme.configure(is_active=False)
        assert session.client.get(f"{EMBED}/bridges").code == "embed_disabled"
        assert acme.server.post(f"{EMBED}/sessions", {}).code == "embed_disabled"
        assert acme.auto().code == "embed_disabled"
        assert acme.server.get(f"{EMBED}/users").status == 200
        assert acme.server.get("/api/v1/bridges").status == 200
        assert Client().get(f"{EMBED}/config?slug={acme.config['slug']}").status == 404
        acme.configure(is_active=True)
        assert session.client.get(f"{EMBED}/bridges").status == 200


class TestErrors:
    def test_have_one_shape(self, acme: Acme) -> None:
        session = acme.session()
        for reply in (
            Client().get(f"{EMBED}/bridges"),
            session.client.post(f"{EMBED}/bridges", "[]"),
            session.client.patch(f"{EMBED}/bridges/{UNKNOWN}", {}),
            session.client.post(f"{EMBED}/bridges", {}),
        ):
            error = reply.json["error"]
            assert set(reply.json) == {"error"}
            assert re.fullmatch("[a-z_]+", error["code"])
            assert error["message"]
            assert error["request_id"] == reply.headers["X-Request-Id"]
            assert set(error) - {"details"} == {"code", "message", "request_id"}
            assert reply.headers["Content-Type"] == "application/json"
            assert "Access-Control-Allow-Origin" in reply.headers or reply.headers["Vary"] == "Origin"

    def test_of_internal_origin_reveal_only_the_request_id(
        self, acme: Acme, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        def broken(*_: Any) -> None:
            raise RuntimeError("secret-detail")

        monkeypatch.setattr("chalicelib.bridges.service.list_bridges", broken)
        reply = acme.session().client.get(f"{EMBED}/bridges")
        assert (reply.status, reply.code) == (500, "internal_error")
        assert "secret-detail" not in reply.text
        assert "Traceback" not in reply.text
        logged = capsys.readouterr().out
        assert reply.headers["X-Request-Id"] in logged
        assert "RuntimeError" in logged
        assert "secret-detail" not in logged

    def test_look_alike_under_both_prefixes(self, acme: Acme) -> None:
        client = acme.session().client
        assert client.get("/api/embed/bridges").json == client.get("/api/v1/embed/bridges").json
        assert Client().get("/api/embed/bridges").code == "unauthorized"


class TestQueries:
    @pytest.mark.parametrize("query", ["page=0", "page=-1", "page=abc", "page=1.5", "page=", "limit=0", "limit="])
    def test_pages_and_limits_are_positive(self, acme: Acme, query: str) -> None:
        reply = acme.server.get(f"{EMBED}/users?{query}")
        assert (reply.status, reply.fields) == (422, [query.split("=")[0]])

    @pytest.mark.parametrize(
        ("query", "limit"), [("", 20), ("limit=7", 7), ("limit=101", 100), ("limit=9" + "9" * 40, 100)]
    )
    def test_limits_are_clamped(self, acme: Acme, query: str, limit: int) -> None:
        assert acme.server.get(f"{EMBED}/users?{query}").json["pagination"]["limit"] == limit

    @pytest.mark.parametrize("page", ["2147483648", "9" * 30])
    def test_pages_beyond_everything_are_empty(self, acme: Acme, page: str) -> None:
        acme.session()
        reply = acme.server.get(f"{EMBED}/users?page={page}")
        assert reply.status == 200
        assert reply.data == []
        assert reply.json["pagination"]["total"] == 1
        assert not reply.json["pagination"]["hasMore"]

    def test_unknown_parameters_are_ignored_and_empty_filters_absent(self, acme: Acme) -> None:
        acme.session().bridge()
        reply = acme.server.get("/api/v1/bridges?color=blue&status=&type=&end_user_id=&cursor=")
        assert reply.json["pagination"]["total"] == 1

    @pytest.mark.parametrize(
        "query", ["status=broken", "end_user_id=nobody", "cursor=%21", "cursor=%C3%A4", "page=1&cursor=YQ"]
    )
    def test_contradictory_parameters_are_refused(self, acme: Acme, query: str) -> None:
        reply = acme.server.get(f"/api/v1/bridges?{query}")
        assert (reply.status, reply.fields) == (422, [query.split("&")[-1].split("=")[0]])

    def test_filters_are_named_as_they_were_sent(self, acme: Acme) -> None:
        for endpoint in endpoints():
            if endpoint.query is not None and "status" in endpoint.query.model_fields and "{" not in endpoint.path:
                client = acme.server if endpoint.auth is not Auth.SESSION else acme.session().client
                owner = f"&end_user_id={ids.new_id()}" if "end_user_id" in endpoint.query.model_fields else ""
                reply = client.get(f"{endpoint.paths[0]}?status=broken{owner}")
                assert (reply.status, reply.fields) == (422, ["status"]), endpoint.name

    def test_an_empty_list_has_no_pages(self, acme: Acme) -> None:
        assert acme.server.get(f"{EMBED}/users").json["pagination"] == {
            "page": 1,
            "limit": 20,
            "total": 0,
            "totalPages": 0,
            "hasMore": False,
            "nextCursor": None,
        }
