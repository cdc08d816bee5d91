"""Who may sync which bridge, and what a sync changes on the bridge itself."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.support.account import everything
from tests.support.factories import EMBED, SHIPSTATION, Acme, Service
from tests.support.gateway import Client
from tests.support.orders import Merchant, counted, order


@pytest.fixture
def merchant(acme: Acme) -> Merchant:
    return Merchant.of(acme)


def path(merchant: Merchant) -> str:
    return f"/api/v1/bridges/{merchant.bridge_id}/sync"


class TestAuthorization:
    def test_the_service_of_the_bridges_type(self, merchant: Merchant) -> None:
        service = Service("shipstation")
        assert service.client.post(path(merchant), {"orders": [order()]}).data["orders"] == counted(created=1)

    def test_not_another_types_service(self, merchant: Merchant) -> None:
        assert Service("shopify").client.post(path(merchant), {}).status == 404

    def test_not_another_organization(self, merchant: Merchant) -> None:
        assert Acme.create().server.post(path(merchant), {}).status == 404

    def test_not_a_key_without_the_scope(self, merchant: Merchant) -> None:
        made = merchant.acme.server.post("/api/v1/api-keys", {"name": "narrow", "scopes": ["embed:manage"]}).data
        reply = Client(made["key"]).post(path(merchant), {})
        assert (reply.status, reply.code) == (403, "insufficient_scope")

    def test_not_a_session_and_not_without_credentials(self, merchant: Merchant) -> None:
        assert merchant.client.post(path(merchant), {}).status == 401
        assert Client().post(path(merchant), {}).status == 401

    def test_no_such_bridge(self, merchant: Merchant) -> None:
        for unknown in ("0b51a2f0-9f0e-4d5a-8f6e-000000000000", "nonsense"):
            assert merchant.acme.server.post(f"/api/v1/bridges/{unknown}/sync", {}).status == 404

    def test_even_while_the_embed_is_off(self, merchant: Merchant) -> None:
        merchant.acme.configure(is_active=False)
        assert merchant.try_sync(orders=[order()]).status == 200


class TestState:
    def test_a_paused_bridge_is_a_conflict(self, merchant: Merchant) -> None:
        merchant.client.patch(f"{EMBED}/bridges/{merchant.bridge_id}", {"status": "paused"})
        reply = merchant.try_sync(orders=[order()], status="active")
        assert (reply.status, reply.code) == (409, "bridge_paused")
        assert merchant.orders()["pagination"]["total"] == 0

    def test_an_orphaned_bridge_is_a_conflict(self, merchant: Merchant) -> None:
        merchant.acme.server.delete(f"{EMBED}/users/{merchant.session.end_user_id}")
        reply = merchant.try_sync(orders=[order()])
        assert (reply.status, reply.code) == (409, "bridge_orphaned")

    def test_a_pending_bridge_is_a_conflict(self, acme: Acme) -> None:
        session = acme.session()
        started = session.client.post(f"{EMBED}/bridges/shopify/oauth/start", {"shopDomain": "mystore"}).data
        reply = Merchant(acme, session, started["bridgeId"]).try_sync(orders=[order()])
        assert (reply.status, reply.code) == (409, "bridge_pending")

    def test_a_deleted_bridge_is_gone(self, merchant: Merchant) -> None:
        merchant.client.delete(f"{EMBED}/bridges/{merchant.bridge_id}")
        assert merchant.try_sync(orders=[order()]).status == 404


class TestReporting:
    def bridge(self, merchant: Merchant) -> Any:
        return merchant.client.get(f"{EMBED}/bridges").data[0]

    def test_completed_sets_the_time_and_logs_the_counts(self, merchant: Merchant) -> None:
        assert self.bridge(merchant)["last_sync_at"] is None
        merchant.sync(order(), completed=True)
        assert self.bridge(merchant)["last_sync_at"] is not None
        (event,) = merchant.events("bridge.sync_completed")
        assert event["metadata"]["orders"] == counted(created=1)

    def test_without_completed_neither_happens(self, merchant: Merchant) -> None:
        merchant.sync(order())
        assert self.bridge(merchant)["last_sync_at"] is None
        assert merchant.events("bridge.sync_completed") == []

    @pytest.mark.parametrize("status", ["error", "disconnected"])
    def test_a_failing_source(self, merchant: Merchant, status: str) -> None:
        merchant.sync(status=status, errorMessage="Key revoked")
        shown = self.bridge(merchant)
        assert (shown["status"], shown["error_message"]) == (status, "Key revoked")
        assert len(merchant.events("bridge.disconnected")) == 1
        merchant.sync(status=status, errorMessage="Key revoked")
        assert len(merchant.events("bridge.disconnected")) == 1
        merchant.sync(status="active")
        shown = self.bridge(merchant)
        assert (shown["status"], shown["error_message"]) == ("active", None)
        assert len(merchant.events("bridge.connected")) == 2

    @pytest.mark.parametrize("status", ["error", None])
    def test_an_error_message_never_contains_config_secrets(self, merchant: Merchant, status: str | None) -> None:
        config: Any = SHIPSTATION["config"]
        secrets = list(config.values())
        body: dict[str, Any] = {"errorMessage": f"401 for {secrets}", **({"status": status} if status else {})}
        for _ in range(2):
            merchant.sync(**body)
            shown = self.bridge(merchant)["error_message"]
            assert shown == f"401 for {['--------'] * len(secrets)}"
        assert not [row for row in everything() if any(secret in str(row) for secret in secrets)]

    def test_without_a_message_nothing_is_decrypted(self, merchant: Merchant, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("chalicelib.bridges.configs.decrypt", lambda _: pytest.fail("decrypted"))
        merchant.sync(order(), status="error", completed=True)

    def test_a_sync_cannot_pause(self, merchant: Merchant) -> None:
        assert merchant.try_sync(status="paused").status == 422

    def test_an_empty_call_writes_nothing(self, merchant: Merchant, writes: Callable[[], int]) -> None:
        before = writes()
        merchant.sync()
        assert writes() == before
