"""Credentials open only what they are for: unverified sessions, keys with fewer scopes, other types."""

import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Sequence
from uuid import UUID

from chalicelib.api.routing import endpoints
from chalicelib.http.endpoint import Auth, Endpoint
from chalicelib.kit import ids
from chalicelib.organizations.features import API_KEY_SCOPES, SESSION_SCOPES, satisfies
from tests.support.factories import EMBED, Acme, Service
from tests.support.gateway import Client

WEBHOOK = {"url": "https://93.184.216.34/hook", "events": ["order.created"]}


class TestIdentityRequiredLater:
    def test_ends_unverified_sessions_with_the_next_request(self, acme: Acme) -> None:
        guest = Client(acme.auto("m").data["token"])
        verified = Client(acme.auto("m", userHash=acme.user_hash("m")).data["token"])
        server = acme.session("m").client
        acme.configure(settings={"identityVerification": "required"})
        statuses = [client.get(f"{EMBED}/bridges").status for client in (guest, verified, server)]
        assert statuses == [401, 200, 200]


class TestIdempotencyKey:
    def test_shows_no_webhook_secret_to_an_unverified_session(self, acme: Acme) -> None:
        first = acme.session("m").client.post(f"{EMBED}/webhooks", WEBHOOK, Idempotency_Key="1")
        guest = Client(acme.auto("m").data["token"]).post(f"{EMBED}/webhooks", WEBHOOK, Idempotency_Key="1")
        assert guest.data["secret"] != first.data["secret"]
        again = acme.session("m").client.post(f"{EMBED}/webhooks", WEBHOOK, Idempotency_Key="1")
        assert again.json == first.json

    def test_returns_no_api_key_to_a_key_with_fewer_scopes(self, acme: Acme) -> None:
        small = acme.server.post("/api/v1/api-keys", {"name": "Small", "scopes": ["keys:manage"]}).data["key"]
        first = acme.server.post("/api/v1/api-keys", {"name": "CI"}, Idempotency_Key="1")
        other = Client(small).post("/api/v1/api-keys", {"name": "CI"}, Idempotency_Key="1")
        assert first.data["scopes"] == ["bridges:sync", "embed:manage", "keys:manage"]
        assert other.data["scopes"] == ["keys:manage"]

    def test_of_another_end_user_or_organization_is_another_key(self, acme: Acme) -> None:
        clients = [acme.session("a").client, acme.session("b").client, Acme.create().session("a").client]
        replies = [client.post(f"{EMBED}/webhooks", WEBHOOK, Idempotency_Key="1") for client in clients]
        assert len({reply.data["id"] for reply in replies}) == 3


OPENED_BY = {
    Auth.API_KEY: {"api_key"},
    Auth.SESSION: {"session"},
    Auth.SERVICE: {"service"},
    Auth.API_KEY_OR_SERVICE: {"api_key", "service"},
    Auth.CUSTOMER: {"customer"},
}


def one_of_each(acme: Acme) -> dict[str, str]:
    customer = acme.server.post("/api/v1/storefront/customer-sessions", {"email": "a@b.example"}).data["token"]
    return {
        "api_key": acme.api_key,
        "session": acme.session().created["token"],
        "service": Service("shopify").key,
        "customer": customer,
        "publishable": acme.publishable_key,
        "order": ids.new_credential("oat_", ids.new_id()),
        "tracking hooks": ids.new_credential("trk_", acme.organization_id),
    }


def weaker_key(acme: Acme, scopes: list[str]) -> Client:
    return Client(acme.server.post("/api/v1/api-keys", {"name": "Weaker", "scopes": scopes}).data["key"])


class TestCredentialTypes:
    def test_are_not_exchangeable_on_any_route(self, acme: Acme) -> None:
        """Calls every route with every type of credential, for an object that does not exist."""
        tokens = one_of_each(acme)
        guarded = [endpoint for endpoint in endpoints() if endpoint.auth in OPENED_BY]
        assert len(guarded) > 50
        for endpoint in guarded:
            path = re.sub("{[^}]*}", ids.new_id(), endpoint.paths[0])
            for credential_type in tokens.keys() - OPENED_BY[endpoint.auth]:
                reply = Client(tokens[credential_type], X_Api_Key=acme.publishable_key).call(endpoint.method, path)
                assert reply.status == 401, (endpoint.name, credential_type)
            for credential_type in OPENED_BY[endpoint.auth] if endpoint.method == "GET" else ():
                reply = Client(tokens[credential_type], X_Api_Key=acme.publishable_key).call(endpoint.method, path)
                assert reply.status != 401, (endpoint.name, credential_type)

    def test_grant_only_their_scopes_on_any_route(self, acme: Acme) -> None:
        by_key = [e for e in endpoints() if e.auth in (Auth.API_KEY, Auth.API_KEY_OR_SERVICE)]
        assert all(endpoint.scope for endpoint in by_key)
        by_session = [endpoint for endpoint in endpoints() if endpoint.auth is Auth.SESSION]
        kinds: list[tuple[list[Endpoint], Sequence[str], Callable[[list[str]], Client]]] = [
            (by_key, API_KEY_SCOPES, lambda held: weaker_key(acme, held)),
            (by_session, sorted(SESSION_SCOPES), lambda held: acme.session(scopes=held).client),
        ]
        for guarded, scopes, client_with in kinds:
            for scope in {endpoint.scope for endpoint in guarded if endpoint.scope}:
                client = client_with([held for held in scopes if not satisfies([held], scope)])
                for endpoint in (each for each in guarded if each.scope == scope):
                    reply = client.call(endpoint.method, re.sub("{[^}]*}", ids.new_id(), endpoint.paths[0]))
                    assert (reply.status, reply.code) == (403, "insufficient_scope"), endpoint.name

    def test_cannot_replace_the_publishable_key(self, acme: Acme) -> None:
        for credential_type, token in one_of_each(acme).items():
            opened = Client().post(f"{EMBED}/sessions/auto", {"key": token, "externalId": "x"})
            tracked = Client(X_Api_Key=token).get("/storefront/v1/orders/track/unknown")
            expected = (200, 404) if credential_type == "publishable" else (401, 401)
            assert (opened.status, tracked.status) == expected, credential_type

    def test_of_one_shop_are_refused_by_another(self, acme: Acme) -> None:
        token = acme.server.post("/api/v1/storefront/customer-sessions", {"email": "a@b.example"}).data["token"]
        other = Acme.create().publishable_key
        assert Client(token, X_Api_Key=other).get("/storefront/v1/orders").status == 401

    def test_with_changed_ids_are_refused(self, acme: Acme) -> None:
        """The ids in a token select the rows to read. The hash covers the whole token, so changed ids find no match."""
        own, other = acme.session("own"), acme.session("other")
        raw = urlsafe_b64decode(own.created["token"][4:] + "==")
        forged = "est_" + urlsafe_b64encode(raw[:-16] + UUID(other.end_user_id).bytes).rstrip(b"=").decode()
        assert Client(forged).get(f"{EMBED}/bridges").status == 401
        assert Client(forged).get(f"{EMBED}/orders").status == 401
