"""A suspended organization: refused everywhere, silent, and complete again when it is resumed."""

import json
import re
import uuid
from datetime import timedelta
from typing import Any

import pytest
import time_machine

from chalicelib.action_requests.service import expire_due as expire_requests
from chalicelib.api.routing import endpoints
from chalicelib.bridges.oauth import sweep_due
from chalicelib.http.endpoint import Auth, Endpoint
from chalicelib.kit import clock
from chalicelib.kit.errors import NotFound
from chalicelib.organizations import configs, suspension
from chalicelib.organizations.store import find_organization
from chalicelib.table import keys
from chalicelib.table.transaction import delete
from chalicelib.tracking_pages.service import expire_due as expire_pages
from tests.support import world as make
from tests.support.factories import EMBED, Acme, Service
from tests.support.gateway import Client, Reply
from tests.support.hooks import Merchant
from tests.support.pipeline import Pipeline
from tests.support.receivers import Receiver, answer
from tests.support.storefront import send_mail, sent, verify_sender
from tests.support.world import EMAIL, NUMBER, World

OWN = [each for each in endpoints() if each.auth not in (Auth.PUBLIC, Auth.SERVICE)]


def is_refused(reply: Reply) -> bool:
    return reply.status == 403 and reply.code.lower() == suspension.REASON


def logged(capsys: pytest.CaptureFixture[str], event: str) -> list[dict[str, Any]]:
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines() if line.startswith("{")]
    return [line for line in lines if line.get("event") == event]


@pytest.fixture
def world(acme: Acme) -> World:
    return World.of(acme)


class TestCredentials:
    @pytest.mark.parametrize("endpoint", OWN, ids=lambda endpoint: endpoint.name)
    def test_every_route_refuses_every_credential(self, world: World, endpoint: Endpoint) -> None:
        client = world.rightful(endpoint)
        suspension.suspend(world.acme.organization_id)
        path = re.sub(r"{\w+}", str(uuid.uuid4()), endpoint.paths[0])
        body = {"key": world.acme.publishable_key} if endpoint.auth is Auth.PUBLISHABLE_KEY else {}
        assert is_refused(client.call(endpoint.method, path, None if endpoint.method == "GET" else body))

    def test_services_are_refused_for_its_bridges_alone(self, world: World, capsys: pytest.CaptureFixture[str]) -> None:
        service = Service("shipstation")
        own, foreign = world.owner.bridge()["id"], world.strangers_user.bridge()["id"]
        suspension.suspend(world.acme.organization_id)
        order = {"orders": [{"external_id": "1"}]}
        assert is_refused(service.client.get(f"/api/v1/bridges/{own}"))
        assert is_refused(service.client.post(f"/api/v1/bridges/{own}/sync", order))
        refusals = logged(capsys, "service_refused")
        assert [(line["organization_id"], line["reason"]) for line in refusals] == 2 * [
            (world.acme.organization_id, suspension.REASON)
        ]
        assert service.client.post(f"/api/v1/bridges/{foreign}/sync", order).status == 200
        assert [bridge["id"] for bridge in service.client.get("/api/v1/bridges").data] == [foreign]

    def test_a_flow_that_an_end_user_began_is_not_completed(self, world: World) -> None:
        started = world.owner.client.post(f"{EMBED}/bridges/shopify/oauth/start", {"shopDomain": "mystore"})
        assert started.status < 300, started.text
        state = re.search(r"state=([^&]+)", started.data["authUrl"])
        assert state is not None
        suspension.suspend(world.acme.organization_id)
        body = {"state": state[1], "shop": "mystore.myshopify.com", "config": {"accessToken": "shpat_1"}}
        complete = next(each for each in endpoints() if each.auth is Auth.SERVICE)
        service = Service("shopify").client
        assert is_refused(service.post(complete.paths[0], body))
        suspension.resume(world.acme.organization_id)
        assert service.post(complete.paths[0], body).status < 300

    def test_before_the_first_config_too(self, cloud: None) -> None:
        from chalicelib.api_keys.service import create_organization

        organization_id, key = create_organization("New")
        suspension.suspend(organization_id)
        assert is_refused(Client(key).get("/api/v1/api-keys"))
        assert is_refused(Client(key).patch(f"{EMBED}/config", {"slug": "new"}))
        suspension.resume(organization_id)
        assert Client(key).patch(f"{EMBED}/config", {"slug": "new"}).status == 200

    def test_other_organizations_and_shoppers_are_not_affected(self, world: World) -> None:
        shop = world.shop
        token = shop.customer(EMAIL).get(f"/storefront/v1/orders/{NUMBER}").json["trackingToken"]
        page = world.owner.client.post(f"{EMBED}/tracking-pages", {"shipmentId": world.listed("shipments")}).data
        suspension.suspend(world.acme.organization_id)
        assert world.stranger.server.get(f"{EMBED}/config/me").status == 200
        assert Client().get(f"{EMBED}/tracking-pages/view/{page['token']}").status == 200
        assert Client().get(f"/o/{world.acme.organization_id}/{token}").status == 200

    def test_a_concurrent_change_of_the_config_does_not_undo_it(
        self, acme: Acme, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        from chalicelib.config import service

        save = service._save

        def suspended_meanwhile(*arguments: Any) -> None:
            monkeypatch.setattr(service, "_save", save)
            suspension.suspend(acme.organization_id)
            save(*arguments)

        monkeypatch.setattr(service, "_save", suspended_meanwhile)
        acme.server.patch(f"{EMBED}/config", {"branding": {"name": "Acme"}})
        assert suspension.is_suspended(configs.find(acme.organization_id))


class TestState:
    def test_is_kept_from_the_first_suspension(self, acme: Acme, time: time_machine.Traveller) -> None:
        first = suspension.suspend(acme.organization_id)
        time.shift(60)
        assert suspension.suspend(acme.organization_id) == first
        organization = find_organization(acme.organization_id)
        assert organization is not None
        assert organization.suspended_at == first
        for _ in range(2):
            suspension.resume(acme.organization_id)
        assert not suspension.is_suspended(configs.find(acme.organization_id))

    def test_needs_an_organization(self, cloud: None) -> None:
        for change in (suspension.suspend, suspension.resume):
            with pytest.raises(NotFound):
                change(str(uuid.uuid4()))

    def test_works_without_a_config(self, acme: Acme) -> None:
        delete(keys.config(acme.organization_id))
        suspension.suspend(acme.organization_id)
        assert is_refused(acme.server.get("/api/v1/api-keys"))


class TestDeliveries:
    def test_wait_and_go_on_after_the_suspension(
        self,
        pipeline: Pipeline,
        merchant: Merchant,
        time: time_machine.Traveller,
        capsys: pytest.CaptureFixture[str],
    ) -> None:
        merchant.again()
        with Receiver(answer(200)) as receiver:
            hook = merchant.webhook(receiver.url)
            suspension.suspend(merchant.acme.organization_id)
            published = [merchant.publish() for _ in range(3)]
            pipeline.run()
            lines = logged(capsys, "delivery_deferred")
            assert {line["event_id"] for line in lines} == set(published)
            assert {(line["reason"], line["webhook_id"]) for line in lines} == {(suspension.REASON, hook.id)}
            for _ in range(20):
                time.shift(60)
                pipeline.retry()
                pipeline.run()
            assert receiver.requests == []
            suspension.resume(merchant.acme.organization_id)
            for _ in range(6):
                time.shift(60)
                pipeline.retry()
                pipeline.run()
            assert {request.headers["webhook-id"] for request in receiver.requests} == {
                delivery.sk for delivery in hook.deliveries
            }
            assert len(receiver.requests) == 3

    def test_retries_that_fall_due_wait_too(
        self, pipeline: Pipeline, merchant: Merchant, time: time_machine.Traveller
    ) -> None:
        merchant.again()
        with Receiver(answer(503)) as receiver:
            merchant.webhook(receiver.url)
            merchant.publish()
            pipeline.run()
            before = len(receiver.requests)
            assert before >= 1
            suspension.suspend(merchant.acme.organization_id)
            for _ in range(120):
                time.shift(60)
                pipeline.retry()
                pipeline.run()
            assert len(receiver.requests) == before
            suspension.resume(merchant.acme.organization_id)
            for _ in range(6):
                time.shift(60)
                pipeline.retry()
                pipeline.run()
            assert len(receiver.requests) > before


class TestSilence:
    def test_alerts_are_not_evaluated(
        self, pipeline: Pipeline, merchant: Merchant, capsys: pytest.CaptureFixture[str]
    ) -> None:
        rule = merchant.rule(deliveryMethod="in_app")
        suspension.suspend(merchant.acme.organization_id)
        event_id = merchant.publish()
        pipeline.run()
        [line] = logged(capsys, "rule_not_evaluated")
        assert (line["reason"], line["rule_id"], line["event_id"]) == (suspension.REASON, rule["id"], event_id)
        suspension.resume(merchant.acme.organization_id)
        assert merchant.session.client.get(f"{EMBED}/alerts/notifications").data == []

    def test_no_email_is_sent(self, world: World, capsys: pytest.CaptureFixture[str]) -> None:
        verify_sender()
        world.acme.configure(settings={"storefrontEmails": True})
        assert world.shop
        suspension.suspend(world.acme.organization_id)
        send_mail()
        assert sent() == []
        [line] = logged(capsys, "email_not_sent")
        assert (line["reason"], line["organization_id"]) == (suspension.REASON, world.acme.organization_id)
        assert line["order_id"]
        suspension.resume(world.acme.organization_id)
        send_mail()
        assert len(sent()) == 1


class TestScheduledWork:
    """What falls due goes on: it sends nothing, and everything is as it would be when the organization is resumed."""

    def test_requests_and_pages_expire_and_abandoned_bridges_are_swept(self, world: World) -> None:
        make.request(world)
        make.page(world)
        started: Any = world.owner.client.post(f"{EMBED}/bridges/shopify/oauth/start", {"shopDomain": "mystore"})
        suspension.suspend(world.acme.organization_id)
        with time_machine.travel(clock.now() + timedelta(days=100)):
            assert [run().handled for run in (expire_requests, expire_pages, sweep_due)] == [1, 1, 1]
            suspension.resume(world.acme.organization_id)
            user = world.acme.session("owner").client
            assert [each["status"] for each in user.get(f"{EMBED}/action-requests").data] == ["expired"]
            assert [each["is_active"] for each in user.get(f"{EMBED}/tracking-pages").data] == [False]
            assert started.data["bridgeId"] not in [each["id"] for each in user.get(f"{EMBED}/bridges").data]
