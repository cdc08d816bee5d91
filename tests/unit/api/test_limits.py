"""Rate limits of public and guest routes: counting, headers, refusals, and the next window."""

from collections.abc import Iterator
from typing import Any

import pytest
import time_machine

from chalicelib.api.admission import refused_until
from chalicelib.api.routing import endpoints
from chalicelib.bridges import connectivity
from chalicelib.http.endpoint import Auth, Endpoint
from chalicelib.kit import ids
from chalicelib.security.rate_limits import By, CounterItem, Limit, TenantLimits, _counter, address_subject
from chalicelib.sessions.service import PER_END_USER
from chalicelib.table.connection import table
from chalicelib.table.transaction import update
from chalicelib.webhooks import operations
from tests.support.factories import EMBED, Acme, Session
from tests.support.gateway import Client, Reply

ADDRESS = "203.0.113.1"
UNKNOWN_TOKEN = ids.random_text(24)
NO_ID = "550e8400-e29b-41d4-a716-446655440000"
# Static content without a rate limit in the table.
STATIC = {
    "health", "openapi", "docs", "docs_asset", "get_client", "get_client_types", "get_components", "get_asset",
    "open_gallery",
}  # fmt: skip
BY_GUESTS = (Auth.PUBLIC, Auth.PUBLISHABLE_KEY, Auth.SHOP)
# `storefront.access` limits them by address, e-mail and order, without showing it in the response.
CODES = {"request_access_code", "verify_access_code"}
GUEST_ENDPOINTS = [e for e in endpoints() if e.auth in BY_GUESTS and e.name not in STATIC]


@pytest.fixture(autouse=True)
def time() -> Iterator[Any]:
    """A time ten seconds into a minute."""
    with time_machine.travel("2026-01-15T12:00:10Z", tick=False) as traveller:
        yield traveller


def limit_of(name: str, by: By = By.ADDRESS) -> Limit:
    (endpoint,) = [endpoint for endpoint in endpoints() if endpoint.name == name]
    (limit,) = [limit for limit in endpoint.limits if limit.by is by]
    return limit


def leave(limit: Limit, remaining: int, subject: str = ADDRESS) -> None:
    """Use up the limit except for `remaining` requests."""
    update(_counter(limit, subject)[0], [CounterItem.spent.set(limit.max_requests - remaining)])


def limit_headers(reply: Reply) -> list[str | None]:
    return [reply.headers.get(f"RateLimit-{name}") for name in ("Limit", "Remaining", "Reset")]


def calls_of(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    made: list[str] = []
    client: Any = table().connection.client
    original = client._make_api_call

    def recorded(name: str, given: Any) -> Any:
        made.append(name)
        return original(name, given)

    monkeypatch.setattr(client, "_make_api_call", recorded)
    return made


@pytest.mark.parametrize("endpoint", GUEST_ENDPOINTS, ids=lambda endpoint: endpoint.name)
def test_public_routes_are_limited_by_address_and_by_key(endpoint: Endpoint) -> None:
    by_address = set() if endpoint.name in CODES else {By.ADDRESS}
    by_key = set() if endpoint.auth is Auth.PUBLIC else {By.CREDENTIAL}
    assert {limit.by for limit in endpoint.limits} == by_address | by_key


class TestByAddress:
    def test_responses_report_what_is_left(self, acme: Acme) -> None:
        path = f"{EMBED}/config?slug={acme.config['slug']}"
        assert limit_headers(Client().get(path)) == ["600", "599", "50"]
        assert limit_headers(Client().get(path)) == ["600", "598", "50"]
        assert limit_headers(Client(ip="203.0.113.2").get(path)) == ["600", "599", "50"]
        assert limit_headers(Client().get(f"{EMBED}/config?slug=unknown")) == ["600", "597", "50"]

    def test_requests_over_the_limit_are_refused_until_the_window_ends(self, acme: Acme, time: Any) -> None:
        path = f"{EMBED}/config?slug={acme.config['slug']}"
        leave(limit_of("get_public_config"), 1)
        assert Client().get(path).status == 200
        for _ in range(2):
            reply = Client().get(path)
            assert (reply.status, reply.code) == (429, "rate_limited")
            assert reply.headers["Retry-After"] == "50"
            assert limit_headers(reply) == ["600", "0", "50"]
        assert Client(ip="203.0.113.2").get(path).status == 200
        time.shift(50)
        assert limit_headers(Client().get(path)) == ["600", "599", "60"]

    def test_repeat_offenders_cost_no_dynamodb_call(self, acme: Acme, monkeypatch: pytest.MonkeyPatch) -> None:
        leave(limit_of("view_tracking_page"), 0)
        assert Client().get(f"{EMBED}/tracking-pages/view/{UNKNOWN_TOKEN}").status == 429
        made = calls_of(monkeypatch)
        assert Client().get(f"{EMBED}/tracking-pages/view/{UNKNOWN_TOKEN}").status == 429
        assert Client().get(f"/t/{UNKNOWN_TOKEN}").status == 429
        assert made == []

    def test_the_limit_holds_across_processes(self, acme: Acme) -> None:
        leave(limit_of("create_auto_session"), 1)
        assert acme.auto().status == 200
        refused_until().clear()
        assert acme.auto().status == 429

    def test_a_wrong_credential_counts_and_is_refused_like_any_other(self, acme: Acme) -> None:
        leave(limit_of("create_auto_session"), 1)
        assert Client().post(f"{EMBED}/sessions/auto", {"key": "pk_live_x", "externalId": "a"}).status == 401
        assert Client().post(f"{EMBED}/sessions/auto", {"key": "pk_live_x", "externalId": "a"}).status == 429

    def test_forwarding_headers_are_ignored(self, acme: Acme) -> None:
        leave(limit_of("create_auto_session"), 0)
        assert acme.auto(X_Forwarded_For="198.51.100.7", Forwarded="for=198.51.100.7").status == 429

    @pytest.mark.parametrize(
        ("one", "other", "same"),
        [
            ("2001:db8::1", "2001:db8::ffff:1", True),
            ("2001:db8::1", "2001:db8:0:1::1", False),
            ("203.0.113.1", "203.0.113.2", False),
            ("fe80::1%x/y", "fe80::1%x/y", True),
            ("", "", True),
        ],
    )
    def test_ipv6_addresses_count_by_network(self, one: str, other: str, same: bool) -> None:
        assert (address_subject(one) == address_subject(other)) is same


class TestByKey:
    def test_a_key_is_limited_from_wherever_it_is_used(self, acme: Acme) -> None:
        key = acme.publishable_key
        leave(limit_of("create_auto_session", By.CREDENTIAL), 1, ids.credential_hash(key))
        replies = [
            Client(ip=f"198.51.100.{n}").post(f"{EMBED}/sessions/auto", {"key": key, "externalId": f"u{n}"})
            for n in (1, 2)
        ]
        assert [reply.status for reply in replies] == [200, 429]
        assert limit_headers(replies[0]) == ["6000", "0", "50"]

    def test_an_invented_key_does_not_use_up_a_real_one(self, acme: Acme) -> None:
        invented = acme.publishable_key[:-1] + "!"
        leave(limit_of("create_auto_session", By.CREDENTIAL), 0, ids.credential_hash(invented))
        body = {"key": invented, "externalId": "a"}
        assert Client().post(f"{EMBED}/sessions/auto", body).status == 429
        assert acme.auto().status == 200


class TestByEndUser:
    def test_each_end_user_has_a_limit_of_their_own(self, acme: Acme) -> None:
        leave(PER_END_USER, 1, f"{acme.organization_id}#busy")
        assert [acme.auto("busy").status for _ in range(2)] == [200, 429]
        assert acme.auto("another").status == 200


class TestTenantLimits:
    """Tests of webhooks and bridges occupy a function while another server responds."""

    @pytest.mark.parametrize("kind", ["webhook", "bridge"])
    def test_are_limited_by_end_user_and_by_organization(
        self, acme: Acme, kind: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(operations, "invoke", lambda *_: {"success": True, "statusCode": 200, "error": ""})
        limits: TenantLimits = {"webhook": operations.TEST_LIMITS, "bridge": connectivity.LIMITS}[kind]
        one, two, three = acme.session("one"), acme.session("two"), acme.session("three")

        def test(session: Session) -> Reply:
            thing = session.bridge()["id"] if kind == "bridge" else NO_ID
            return session.client.post(f"{EMBED}/{kind}s/{thing}/test")

        leave(limits.per_end_user, 1, f"{acme.organization_id}#{one.end_user_id}")
        assert test(one).status == 200
        refused = test(one)
        assert (refused.status, refused.code, refused.headers["Retry-After"]) == (429, "rate_limited", "50")
        assert test(two).status == 200
        leave(limits.per_organization, 1, acme.organization_id)
        assert [test(session).status for session in (one, two, three)] == [429, 200, 429]
        assert test(Acme.create().session()).status == 200


class TestGuests:
    @pytest.mark.parametrize("path", ["request", "verify"])
    def test_remaining_requests_do_not_reveal_whether_the_order_exists(self, acme: Acme, path: str) -> None:
        client = Client(X_Api_Key=acme.publishable_key)
        body = {"orderNumber": "ORD-1", "email": "jane@example.com", "code": "000000"}
        if path == "request":
            body.pop("code")
        left = [limit_headers(client.post(f"/storefront/v1/orders/access/{path}", body)) for _ in range(6)]
        assert left == [["6000", str(5999 - n), "50"] for n in range(6)]

    def test_refusals_have_the_storefronts_error_shape(self, acme: Acme) -> None:
        key = ids.credential_hash(acme.publishable_key)
        leave(limit_of("request_access_code", By.CREDENTIAL), 0, key)
        reply = Client(X_Api_Key=acme.publishable_key).post("/storefront/v1/orders/access/request", {})
        assert (reply.status, reply.json["code"], reply.headers["Retry-After"]) == (429, "RATE_LIMITED", "50")
