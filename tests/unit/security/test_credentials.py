"""Credentials that are good for less than they claim: sessions without proof, keys with fewer scopes, other kinds."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from uuid import UUID

import pytest

from tests.support.factories import EMBED, Acme, Service
from tests.support.gateway import Client

WEBHOOK = {"url": "https://93.184.216.34/hook", "events": ["order.created"]}


class TestIdentityRequiredLater:
    def test_ends_sessions_that_nobody_vouched_for_with_the_next_request(self, acme: Acme) -> None:
        guest = Client(acme.auto("m").data["token"])
        vouched = Client(acme.auto("m", userHash=acme.user_hash("m")).data["token"])
        server = acme.session("m").client
        acme.configure(settings={"identityVerification": "required"})
        statuses = [client.get(f"{EMBED}/bridges").status for client in (guest, vouched, server)]
        assert statuses == [401, 200, 200]


class TestIdempotencyKey:
    def test_shows_a_webhooks_secret_to_nobody_who_could_not_vouch_for_himself(self, acme: Acme) -> None:
        first = acme.session("m").client.post(f"{EMBED}/webhooks", WEBHOOK, Idempotency_Key="1")
        guest = Client(acme.auto("m").data["token"]).post(f"{EMBED}/webhooks", WEBHOOK, Idempotency_Key="1")
        assert guest.data["secret"] != first.data["secret"]
        again = acme.session("m").client.post(f"{EMBED}/webhooks", WEBHOOK, Idempotency_Key="1")
        assert again.json == first.json

    def test_hands_no_key_to_a_key_with_fewer_scopes(self, acme: Acme) -> None:
        small = acme.server.post("/api/v1/api-keys", {"name": "Small", "scopes": ["keys:manage"]}).data["key"]
        first = acme.server.post("/api/v1/api-keys", {"name": "CI"}, Idempotency_Key="1")
        other = Client(small).post("/api/v1/api-keys", {"name": "CI"}, Idempotency_Key="1")
        assert first.data["scopes"] == ["bridges:sync", "embed:manage", "keys:manage"]
        assert other.data["scopes"] == ["keys:manage"]

    def test_of_another_end_user_or_organization_is_another_key(self, acme: Acme) -> None:
        clients = [acme.session("a").client, acme.session("b").client, Acme.create().session("a").client]
        replies = [client.post(f"{EMBED}/webhooks", WEBHOOK, Idempotency_Key="1") for client in clients]
        assert len({reply.data["id"] for reply in replies}) == 3


class TestKindsOfCredential:
    @pytest.mark.parametrize(
        ("method", "path", "wanted"),
        [
            ("GET", f"{EMBED}/config/me", "api_key"),
            ("GET", "/api/v1/api-keys", "api_key"),
            ("GET", f"{EMBED}/bridges", "session"),
            ("GET", "/api/v1/bridges", "api_key service"),
            ("POST", "/api/v1/bridges/shopify/oauth/complete", "service"),
            ("GET", "/storefront/v1/orders", "customer"),
        ],
    )
    def test_are_not_exchangeable(self, acme: Acme, method: str, path: str, wanted: str) -> None:
        customer = acme.server.post("/api/v1/storefront/customer-sessions", {"email": "a@b.example"}).data["token"]
        tokens = {
            "api_key": acme.api_key,
            "session": acme.session().created["token"],
            "service": Service("shopify").key,
            "customer": customer,
            "publishable": acme.publishable_key,
        }
        body = {"state": "x", "shop": "x", "config": {}} if method == "POST" else None
        for kind, token in tokens.items():
            reply = Client(token, X_Api_Key=acme.publishable_key).call(method, path, body)
            assert (reply.status == 401) == (kind not in wanted.split()), kind

    def test_of_one_shop_open_no_other(self, acme: Acme) -> None:
        token = acme.server.post("/api/v1/storefront/customer-sessions", {"email": "a@b.example"}).data["token"]
        other = Acme.create().publishable_key
        assert Client(token, X_Api_Key=other).get("/storefront/v1/orders").status == 401

    def test_that_name_somebody_else_are_worth_nothing(self, acme: Acme) -> None:
        """The ids in a token say where to look; the hash is of the whole token, so changed ids find nothing."""
        mine, theirs = acme.session("mine"), acme.session("theirs")
        raw = urlsafe_b64decode(mine.created["token"][4:] + "==")
        forged = "est_" + urlsafe_b64encode(raw[:-16] + UUID(theirs.end_user_id).bytes).rstrip(b"=").decode()
        assert Client(forged).get(f"{EMBED}/bridges").status == 401
        assert Client(forged).get(f"{EMBED}/orders").status == 401
