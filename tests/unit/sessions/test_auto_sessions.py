"""Sessions created with the publishable key: scopes, verification and rate limits."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from chalicelib.organizations.features import scopes_of
from chalicelib.security.rate_limits import Limit
from tests.support.factories import EMBED, SHIPSTATION, Acme
from tests.support.gateway import Client

pytestmark = pytest.mark.usefixtures("cloud")

AUTO = f"{EMBED}/sessions/auto"


class TestCreate:
    def test_returns_the_scopes_of_all_enabled_features(self, acme: Acme) -> None:
        acme.configure(enabled_features=["bridges", "data_room"])
        reply = acme.auto("user_1", name="Store Owner")
        assert reply.status == 200
        assert set(reply.data) == {"token", "expiresAt", "scopes", "enabledFeatures", "portalUrl"}
        assert reply.data["scopes"] == [
            "bridges:read",
            "bridges:write",
            "orders:read",
            "shipments:read",
            "tracking:read",
        ]
        assert reply.data["enabledFeatures"] == ["bridges", "data_room"]
        assert Client(reply.data["token"]).get(f"{EMBED}/bridges").status == 200

    def test_with_all_features_has_every_scope_once(self, acme: Acme) -> None:
        scopes = acme.auto().data["scopes"]
        assert scopes == scopes_of(acme.config["enabled_features"])
        assert len(scopes) == len(set(scopes)) == 11

    def test_requires_key_and_external_id(self) -> None:
        assert Client().post(AUTO).fields == ["key", "externalId"]
        assert Client().post(AUTO, {"key": None, "externalId": "x"}).fields == ["key"]

    @pytest.mark.parametrize("key", ["", "pk_live_", "pk_live_x", "pk_live_" + "A" * 64, "é" * 40, "x" * 5000])
    def test_an_unknown_key_is_rejected(self, key: str) -> None:
        assert Client().post(AUTO, {"key": key, "externalId": "x"}).code == "unauthorized"

    def test_another_type_of_key_is_named(self) -> None:
        assert Client().post(AUTO, {"key": "oh_x", "externalId": "x"}).code == "wrong_credential"

    def test_accepts_no_scopes_lifetime_or_metadata(self, acme: Acme) -> None:
        assert acme.auto(scopes=["orders:read"]).fields == ["scopes"]
        assert acme.auto(ttlSeconds=86400).fields == ["ttlSeconds"]
        assert acme.auto(metadata={}).fields == ["metadata"]


class TestVerification:
    def test_an_unverified_session_changes_nothing_stored(self, acme: Acme) -> None:
        before = acme.session("m", name="Real", email="real@store.com").created["endUser"]
        assert acme.auto("m", name="Fake", email="fake@evil.example").status == 200
        assert acme.auto("m", name="Fake", userHash="0" * 64).status == 200
        user = acme.server.get(f"{EMBED}/users/{before['id']}").data
        assert (user["name"], user["email"]) == ("Real", "real@store.com")

    def test_a_new_end_user_is_stored_with_the_name(self, acme: Acme) -> None:
        acme.auto("new", name="New")
        assert acme.server.get(f"{EMBED}/users").data[0]["name"] == "New"

    def test_a_verified_session_changes_name_and_email(self, acme: Acme) -> None:
        acme.session("m", name="Old")
        assert acme.auto("m", name="New", userHash=acme.user_hash("m").upper()).status == 200
        assert acme.server.get(f"{EMBED}/users").data[0]["name"] == "New"

    def test_is_enforced_where_required(self, acme: Acme) -> None:
        acme.configure(settings={"identityVerification": "required"})
        for sent in ({}, {"userHash": "0" * 64}, {"userHash": "é"}, {"userHash": acme.user_hash("somebody else")}):
            reply = acme.auto("m", **sent)
            assert (reply.status, reply.code) == (403, "identity_unverified")
        assert acme.auto("m", userHash=acme.user_hash("m")).status == 200
        assert [user["external_id"] for user in acme.server.get(f"{EMBED}/users").data] == ["m"]

    def test_an_unverified_session_reads_no_secrets(self, acme: Acme) -> None:
        bridge = acme.session("m").bridge()
        path = f"{EMBED}/bridges/{bridge['id']}"
        guest = Client(acme.auto("m").data["token"])
        masked = {"apiKey": "--------", "apiSecret": "--------"}
        assert guest.patch(path, {"name": "Mine"}).data["config"] == masked
        assert guest.post(f"{EMBED}/bridges", SHIPSTATION).data["config"] == masked
        verified = Client(acme.auto("m", userHash=acme.user_hash("m")).data["token"])
        assert verified.patch(path, {"name": "Mine"}).data["config"] == bridge["config"]


class TestRateLimits:
    def test_apply_per_end_user(self, acme: Acme, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("chalicelib.sessions.service.PER_END_USER", Limit("auto-session-user", 3, 60))
        with time_machine.travel(datetime(2026, 1, 15, 10, 30, 15, tzinfo=UTC), tick=False) as travel:
            replies = [acme.auto("m") for _ in range(4)]
            assert [reply.status for reply in replies] == [200] * 3 + [429]
            assert replies[-1].code == "rate_limited"
            assert replies[-1].headers["Retry-After"] == "45"
            assert acme.auto("somebody else").status == 200
            travel.shift(timedelta(seconds=45))
            assert acme.auto("m").status == 200
