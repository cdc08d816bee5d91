"""Request bodies: JSON, size, casing and unknown fields, whatever the endpoint."""

import json

import pytest

from tests.support.factories import EMBED, SHIPSTATION, Acme

SESSIONS = f"{EMBED}/sessions"


class TestJson:
    @pytest.mark.parametrize(
        "body",
        [
            "{",
            "[]",
            "null",
            '"text"',
            "1",
            "NaN",
            '{"a": NaN}',
            '{"a": Infinity}',
            '{"a": 1}x',
            "[" * 100_000,
        ],
    )
    def test_that_is_invalid_or_not_an_object_is_refused(self, acme: Acme, body: str) -> None:
        reply = acme.server.post(SESSIONS, body)
        assert (reply.status, reply.code) == (400, "invalid_json")

    @pytest.mark.parametrize("body", [None, "", " \n"])
    def test_that_is_empty_is_an_empty_object(self, acme: Acme, body: str | None) -> None:
        reply = acme.server.post(SESSIONS, body)
        assert (reply.status, reply.fields) == (422, ["externalId"])
        assert acme.server.patch(f"{EMBED}/config", body).status == 200

    def test_that_is_deep_is_refused(self, acme: Acme) -> None:
        body = '{"externalId": "x", "metadata": ' + '{"a":' * 40 + "1" + "}" * 41
        assert acme.server.post(SESSIONS, body).code == "invalid_json"

    @pytest.mark.parametrize("text", ["\\ud800", "a\\udfffb", "\\udc00\\ud800"])
    def test_with_an_unpaired_surrogate_is_refused(self, acme: Acme, text: str) -> None:
        for body in (f'{{"externalId": "{text}"}}', f'{{"externalId": "x", "metadata": {{"{text}": 1}}}}'):
            assert acme.server.post(SESSIONS, body).code == "invalid_json"

    def test_with_escaped_surrogate_pairs_is_accepted(self, acme: Acme) -> None:
        reply = acme.server.post(SESSIONS, json.dumps({"externalId": "x", "name": "Zoë 🦊"}))
        assert reply.data["endUser"]["name"] == "Zoë 🦊"

    def test_over_the_limit_is_too_large(self, acme: Acme) -> None:
        reply = acme.server.post(SESSIONS, '{"externalId": "' + "x" * 256 * 1024 + '"}')
        assert (reply.status, reply.code) == (413, "payload_too_large")

    def test_keeps_its_decimals(self, acme: Acme) -> None:
        text = '{"a":0.1,"b":12345678901234567890.123456789,"c":[1.50,{"d":1e2}],"e":1.0}'
        acme.server.post(SESSIONS, '{"externalId": "x", "metadata": ' + text + "}")
        acme.server.patch(f"{EMBED}/config", '{"settings": {"mine": ' + text + "}}")
        assert text.replace("1e2", "1E+2") in acme.server.get(f"{EMBED}/users").text
        assert text.replace("1e2", "1E+2") in acme.server.get(f"{EMBED}/config/me").text


class TestFields:
    def test_are_accepted_in_both_casings(self, acme: Acme) -> None:
        for body in (
            {"externalId": "a", "ttlSeconds": 60, "allowedBridgeTypes": ["shopify"]},
            {"external_id": "a", "ttl_seconds": 60, "allowed_bridge_types": ["shopify"]},
        ):
            assert acme.server.post(SESSIONS, body).status == 201
        for change in ({"allowedOrigins": ["https://a.example"]}, {"allowed_origins": ["https://a.example"]}):
            assert acme.server.patch(f"{EMBED}/config", change).data["allowed_origins"] == ["https://a.example"]

    def test_in_both_casings_at_once_must_agree(self, acme: Acme) -> None:
        same = {"externalId": "a", "external_id": "a"}
        assert acme.server.post(SESSIONS, same).status == 201
        reply = acme.server.post(SESSIONS, {**same, "external_id": "b"})
        assert (reply.status, reply.fields) == (422, ["externalId"])

    @pytest.mark.parametrize("name", ["colour", "ExternalId", "external-id", "__class__", ""])
    def test_that_are_unknown_are_named(self, acme: Acme, name: str) -> None:
        reply = acme.server.post(SESSIONS, {"externalId": "a", name: 1})
        assert reply.status == 422
        assert reply.fields == [name or "body"]

    def test_are_listed_up_to_a_limit(self, acme: Acme) -> None:
        """Errors for a megabyte of unknown fields would exceed 6 MB, the limit of a Lambda response."""
        path = f"/api/v1/bridges/{acme.session().bridge()['id']}/sync"
        many = "{" + ",".join(f'"{number:x}":1' for number in range(100_000)) + "}"
        reply = acme.server.post(path, many)
        assert (reply.status, len(reply.fields)) == (422, 100)
        long = acme.server.post(path, {"x" * 900_000: 1})
        assert (long.status, [len(field) for field in long.fields]) == (422, [200])

    def test_are_unknown_where_no_body_is_expected(self, acme: Acme) -> None:
        session = acme.session()
        path = f"{EMBED}/bridges/{session.bridge()['id']}"
        assert session.client.call("DELETE", path, {"force": True}).fields == ["force"]
        assert session.client.call("DELETE", path, {}).status == 200

    @pytest.mark.parametrize(
        ("field", "value"),
        [
            ("externalId", 1),
            ("externalId", None),
            ("externalId", ""),
            ("externalId", "x" * 256),
            ("email", "nobody"),
            ("metadata", []),
            ("metadata", {"a": "x" * 16384}),
            ("scopes", "bridges:read"),
            ("scopes", ["bridges:fly"]),
            ("scopes", ["embed:manage"]),
            ("allowedBridgeTypes", ["ebay"]),
            ("ttlSeconds", 59),
            ("ttlSeconds", 86401),
            ("ttlSeconds", "60"),
            ("ttlSeconds", True),
            ("ttlSeconds", 3600.5),
            ("ttlSeconds", None),
        ],
    )
    def test_with_invalid_values_are_named_but_not_quoted(self, acme: Acme, field: str, value: object) -> None:
        reply = acme.server.post(SESSIONS, {"externalId": "a", field: value})
        assert reply.status == 422
        assert reply.fields[0].split(".")[0] == field

    @pytest.mark.parametrize("number", ["3600", "3600.0", "3600.00", "3.6e3", "36E2"])
    def test_integers_may_have_a_decimal_point(self, acme: Acme, number: str) -> None:
        assert acme.server.post(SESSIONS, f'{{"externalId": "a", "ttlSeconds": {number}}}').status == 201

    @pytest.mark.parametrize("number", ["3600.5", "1e300", "59.0", "86401.0", "3600.0000001"])
    def test_other_numbers_are_not_integers(self, acme: Acme, number: str) -> None:
        reply = acme.server.post(SESSIONS, f'{{"externalId": "a", "ttlSeconds": {number}}}')
        assert (reply.status, reply.fields) == (422, ["ttlSeconds"])

    def test_integers_in_every_body_may_have_a_decimal_point(self, acme: Acme) -> None:
        config = acme.server.patch(f"{EMBED}/config", {"settings": {"maxBridgesPerUser": 5.0, "own": 1.0}})
        assert config.data["settings"]["maxBridgesPerUser"] == 5
        assert '"maxBridgesPerUser":5,' in config.text.replace(" ", "")
        acme.server.patch(f"{EMBED}/config", {"enabled_features": ["smart_alerts"]})
        rule = {"name": "a", "eventType": "order.created", "condition": {}, "cooldownMinutes": 30.0}
        created = acme.session(scopes=["alerts:write"]).client.post(f"{EMBED}/alerts/rules", rule)
        assert (created.status, created.data["cooldown_minutes"]) == (201, 30)
        customer = {"email": "jane@example.com", "ttlSeconds": 60.0}
        assert acme.server.post("/api/v1/storefront/customer-sessions", customer).status == 201

    def test_that_are_secret_are_not_quoted(self, acme: Acme) -> None:
        config = {"apiKey": ["hush-hush"], "apiSecret": {"a": "hush-hush"}}
        reply = acme.session().client.post(f"{EMBED}/bridges", {**SHIPSTATION, "config": config})
        assert reply.fields == ["config.apiKey", "config.apiSecret"]
        assert "hush" not in reply.text

    def test_of_a_change_may_be_null_only_if_nullable(self, acme: Acme) -> None:
        reply = acme.server.patch(f"{EMBED}/config", {"is_active": None})
        assert (reply.status, reply.fields) == (422, ["is_active"])
        assert acme.server.patch(f"{EMBED}/config", {"default_dispatcher_id": None}).status == 200
