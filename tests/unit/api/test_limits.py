"""Rate limits of public and guest routes: counting, headers, refusals, and the next window."""

from collections.abc import Iterator
from typing import Any

import pytest
import time_machine

from chalicelib.alerts.service import DRY_RUN_LIMITS
from chalicelib.api.routing import endpoints
from chalicelib.bridges import connectivity
from chalicelib.http.endpoint import Auth, Endpoint
from chalicelib.kit import ids
from chalicelib.security.rate_limits import (
    By,
    CounterItem,
    Limit,
    TenantLimits,
    _counter,
    address_subject,
    refused_until,
)
from chalicelib.sessions.service import NEW_PER_ADDRESS, NEW_PER_ORGANIZATION, PER_END_USER
from chalicelib.sessions.store import SLOTS
from chalicelib.table.connection import table
from chalicelib.table.transaction import update
from chalicelib.webhooks import operations
from tests.support.account import everything
from tests.support.factories import EMBED, SHIPSTATION, Acme, Session
from tests.support.gateway import Client, Reply

ADDRESS = "203.0.113.1"
UNKNOWN_TOKEN = ids.random_text(24)
WEBHOOK = {"url": "https://93.184.216.34/hook", "events": ["order.created"]}
# Static content without a rate limit in the table.
STATIC = {
    "health", "openapi", "docs", "docs_asset", "get_client", "get_client_types", "get_components", "get_asset",
    "open_console", "open_gallery",
}  # fmt: skip
BY_GUESTS = (Auth.PUBLIC, Auth.PUBLISHABLE_KEY, Auth.SHOP)
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
def test_public_routes_are_limited_by_address(endpoint: Endpoint) -> None:
    assert {limit.by for limit in endpoint.limits} == {By.ADDRESS}


def test_whatever_a_person_can_change_is_limited_by_session() -> None:
    changing = [e for e in endpoints() if e.auth in (Auth.SESSION, Auth.CUSTOMER) and e.method != "GET"]
    assert len(changing) > 20
    assert {limit.by for endpoint in changing for limit in endpoint.limits} == {By.SESSION}
    assert all(endpoint.limits for endpoint in changing)


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


class TestBySession:
    """Changes by end users and customers, counted while the request reads and enforced before it writes."""

    def limit(self) -> Limit:
        return limit_of("create_bridge", By.SESSION)

    def test_an_end_user_has_one_limit_for_all_sessions_and_addresses(self, acme: Acme) -> None:
        one, two, other = acme.session("one"), acme.session("one"), acme.session("other")
        leave(self.limit(), 1, f"{acme.organization_id}#{one.end_user_id}")
        assert limit_headers(one.client.post(f"{EMBED}/bridges", SHIPSTATION)) == ["300", "0", "50"]
        two.client.ip = "198.51.100.9"
        refused = two.client.post(f"{EMBED}/bridges", SHIPSTATION)
        assert (refused.status, refused.code, refused.headers["Retry-After"]) == (429, "rate_limited", "50")
        assert other.client.post(f"{EMBED}/bridges", SHIPSTATION).status == 201
        assert len(one.client.get(f"{EMBED}/bridges").data) == 1

    def test_reading_does_not_count(self, acme: Acme) -> None:
        session = acme.session()
        leave(self.limit(), 0, f"{acme.organization_id}#{session.end_user_id}")
        assert session.client.get(f"{EMBED}/bridges").status == 200

    def test_unverified_sessions_count_by_address_and_use_up_nothing_of_the_merchants(self, acme: Acme) -> None:
        merchant = acme.session("m")
        guests = [Client(acme.auto(name).data["token"]) for name in ("m", "somebody else")]
        leave(self.limit(), 1, f"{acme.organization_id}#{ADDRESS}")
        statuses = [guest.post(f"{EMBED}/bridges", SHIPSTATION).status for guest in guests]
        assert statuses == [201, 429]
        assert merchant.client.post(f"{EMBED}/bridges", SHIPSTATION).status == 201
        guests[1].ip = "198.51.100.9"
        assert guests[1].post(f"{EMBED}/bridges", SHIPSTATION).status == 201

    @pytest.mark.parametrize("headers", [{}, {"Idempotency_Key": "once"}])
    def test_a_refused_change_writes_nothing(self, acme: Acme, headers: dict[str, str]) -> None:
        session = acme.session()
        leave(self.limit(), 0, f"{acme.organization_id}#{session.end_user_id}")
        before = everything()
        for path, body in (("bridges", SHIPSTATION), ("webhooks", WEBHOOK)):
            assert session.client.post(f"{EMBED}/{path}", body, **headers).status == 429
        assert everything() == before

    def test_repeat_offenders_are_not_counted_again(self, acme: Acme, monkeypatch: pytest.MonkeyPatch) -> None:
        session = acme.session()
        leave(self.limit(), 0, f"{acme.organization_id}#{session.end_user_id}")
        assert session.client.post(f"{EMBED}/bridges", SHIPSTATION).status == 429
        made = calls_of(monkeypatch)
        assert session.client.post(f"{EMBED}/bridges", SHIPSTATION).status == 429
        assert made == ["BatchGetItem"]


class TestAutoSessions:
    """Anyone can claim an external id, so nothing of theirs may be used up by somebody else."""

    def test_each_end_user_has_a_limit_of_their_own(self, acme: Acme) -> None:
        leave(PER_END_USER, 1, f"{acme.organization_id}#busy#{ADDRESS}")
        assert [acme.auto("busy").status for _ in range(2)] == [200, 429]
        assert acme.auto("another").status == 200

    def test_a_stranger_leaves_the_merchants(self, acme: Acme) -> None:
        acme.session("m")
        leave(PER_END_USER, 0, f"{acme.organization_id}#m#{ADDRESS}")
        body = {"key": acme.publishable_key, "externalId": "m"}
        assert acme.auto("m").status == 429
        assert Client(ip="198.51.100.9").post(f"{EMBED}/sessions/auto", body).status == 200
        assert acme.auto("m", userHash=acme.user_hash("m")).status == 200

    def test_strangers_make_few_new_end_users(self, acme: Acme) -> None:
        leave(NEW_PER_ADDRESS, 1, f"{acme.organization_id}#{ADDRESS}")
        assert [acme.auto(name).status for name in ("first", "second", "first")] == [200, 429, 200]
        assert acme.auto("second", userHash=acme.user_hash("second")).status == 200
        assert acme.session("third").created["token"]
        leave(NEW_PER_ORGANIZATION, 0, acme.organization_id)
        body = {"key": acme.publishable_key, "externalId": "fourth"}
        assert Client(ip="198.51.100.9").post(f"{EMBED}/sessions/auto", body).status == 429
        assert acme.server.get(f"{EMBED}/users").json["pagination"]["total"] == 3

    def test_unverified_ones_displace_each_other_before_verified_ones(self, acme: Acme, time: Any) -> None:
        verified = Client(acme.auto("m", userHash=acme.user_hash("m")).data["token"])
        time.shift(1)
        first = Client(acme.auto("m").data["token"])
        time.shift(1)
        for n in range(SLOTS - 1):
            assert acme.auto("m", name=f"{n}").status == 200
        assert [client.get(f"{EMBED}/bridges").status for client in (verified, first)] == [200, 401]

    def test_strangers_with_one_idempotency_key_get_different_sessions(self, acme: Acme) -> None:
        body = {"key": acme.publishable_key, "externalId": "m"}
        replies = [
            Client(ip=ip).post(f"{EMBED}/sessions/auto", body, Idempotency_Key="1")
            for ip in (ADDRESS, ADDRESS, "198.51.100.9")
        ]
        one, again, strangers = [reply.data["token"] for reply in replies]
        assert one == again != strangers


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
            made = session.bridge() if kind == "bridge" else session.client.post(f"{EMBED}/webhooks", WEBHOOK).data
            thing = made["id"]
            return session.client.post(f"{EMBED}/{kind}s/{thing}/test")

        leave(limits.per_end_user, 1, f"{acme.organization_id}#{one.end_user_id}")
        assert test(one).status == 200
        refused = test(one)
        assert (refused.status, refused.code, refused.headers["Retry-After"]) == (429, "rate_limited", "50")
        assert test(two).status == 200
        leave(limits.per_organization, 1, acme.organization_id)
        assert [test(session).status for session in (one, two, three)] == [429, 200, 429]
        assert test(Acme.create().session()).status == 200

    def test_dry_runs_of_rules_are_limited(self, acme: Acme) -> None:
        session = acme.session()
        body = {"name": "Any", "eventType": "order.created", "condition": {}}
        rule = session.client.post(f"{EMBED}/alerts/rules", body).data["id"]
        leave(DRY_RUN_LIMITS.per_end_user, 1, f"{acme.organization_id}#{session.end_user_id}")
        statuses = [session.client.post(f"{EMBED}/alerts/rules/{rule}/test").status for _ in range(2)]
        assert statuses == [200, 429]

    def test_whatever_sends_is_limited_by_the_host_that_is_called(
        self, acme: Acme, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(operations, "invoke", lambda *_: {"success": True, "statusCode": 200, "error": ""})
        host = "93.184.216.34"
        elsewhere = {**WEBHOOK, "url": "https://8.8.8.8/hook"}
        for name, path, body, status in (
            ("one", "test", None, 200),
            ("two", "replay", {"since": "2026-01-15"}, 202),
            ("three", "", {"url": f"https://{host}/other"}, 200),
        ):
            client = acme.session(name).client
            hook, other = (client.post(f"{EMBED}/webhooks", each).data["id"] for each in (WEBHOOK, elsewhere))
            limits = operations.TEST_LIMITS if path == "test" else operations.REDELIVERY_LIMITS
            leave(limits.per_host, 1, host)
            method = "POST" if path else "PATCH"

            def call(webhook_id: str, given: Any = body, path: str = path, method: str = method) -> Reply:
                return client.call(method, f"{EMBED}/webhooks/{webhook_id}/{path}".rstrip("/"), given)  # noqa: B023

            other_body = {"url": "https://8.8.8.8/other"} if method == "PATCH" else body
            assert [call(hook).status, call(hook).status, call(other, other_body).status] == [status, 429, status]
            refused_until().clear()


class TestGuests:
    @pytest.mark.parametrize("path", ["request", "verify"])
    def test_remaining_requests_do_not_reveal_whether_the_order_exists(self, acme: Acme, path: str) -> None:
        client = Client(X_Api_Key=acme.publishable_key)
        body = {"orderNumber": "ORD-1", "email": "jane@example.com", "code": "000000"}
        if path == "request":
            body.pop("code")
        left = [limit_headers(client.post(f"/storefront/v1/orders/access/{path}", body)) for _ in range(6)]
        assert left == [["600", str(599 - n), "50"] for n in range(6)]

    def test_refusals_have_the_storefronts_error_shape(self, acme: Acme) -> None:
        leave(limit_of("request_access_code"), 0)
        reply = Client(X_Api_Key=acme.publishable_key).post("/storefront/v1/orders/access/request", {})
        assert (reply.status, reply.json["code"], reply.headers["Retry-After"]) == (429, "RATE_LIMITED", "50")

    def test_one_address_does_not_use_up_a_shop(self, acme: Acme) -> None:
        client = Client(X_Api_Key=acme.publishable_key)
        leave(limit_of("track_order"), 0)
        assert client.get("/storefront/v1/orders/track/unknown").status == 429
        client.ip = "198.51.100.9"
        assert client.get("/storefront/v1/orders/track/unknown").status == 404
