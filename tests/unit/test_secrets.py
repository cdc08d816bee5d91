"""Secrets appear only in the responses that are meant to show them: not in logs, the table, queues or other responses.
A long scenario runs, and every secret in it is searched for in everything it left."""

import json
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from chalicelib.api_keys.service import revoke_service_key
from chalicelib.catalog.bridge_types import catalog
from chalicelib.kit.settings import settings
from chalicelib.table.connection import table
from tests.support.factories import EMBED, Acme, Service
from tests.support.gateway import Client, Reply
from tests.support.pipeline import Pipeline

HUSH = "hush-hush-"


@dataclass
class Diary:
    """All responses, and which of them may show which secret."""

    replies: list[Reply] = field(default_factory=list)
    secrets: dict[str, str] = field(default_factory=dict)
    shown_by: dict[str, list[Reply]] = field(default_factory=dict)

    def keep(self, reply: Reply) -> Reply:
        self.replies.append(reply)
        return reply

    def secret(self, name: str, value: str, *shown_by: Reply) -> str:
        self.secrets[name] = value
        self.shown_by.setdefault(name, []).extend(shown_by)
        return value


def every_item() -> str:
    client: Any = table().connection.client
    return str(client._make_api_call("Scan", {"TableName": table().table_name}))


def live(acme: Acme, monkeypatch: pytest.MonkeyPatch) -> Diary:
    diary = Diary()
    keep, secret = diary.keep, diary.secret
    monkeypatch.setattr(Client, "call", _recorded(Client.call, diary))
    secret("API key", acme.api_key)

    webhook = keep(acme.server.patch(f"{EMBED}/config", {"settings": {"webhookUrl": "https://93.184.216.34/"}}))
    secret("webhook secret", webhook.data["settings"]["webhookSecret"], webhook)
    secret("chosen webhook secret", f"{HUSH}webhook-secret")
    acme.server.patch(f"{EMBED}/config", {"settings": {"webhookSecret": diary.secrets["chosen webhook secret"]}})
    acme.server.get(f"{EMBED}/config/me")
    rotated = acme.server.post(f"{EMBED}/config/rotate", {"identity_secret": True})

    key = acme.server.post("/api/v1/api-keys", {"name": "Another"})
    secret("other API key", key.data["key"], key)
    acme.server.delete(f"/api/v1/api-keys/{key.data['id']}")
    acme.server.get("/api/v1/api-keys")

    opened = acme.server.post(f"{EMBED}/sessions", {"externalId": "merchant"})
    client = Client(secret("session token", opened.data["token"], opened))
    auto = acme.auto("merchant", userHash="0" * 64)
    guest = Client(secret("auto-session token", auto.data["token"], auto))

    config = {"apiKey": f"{HUSH}key", "apiSecret": f"{HUSH}secret", "other": f"{HUSH}other"}
    made = client.post(f"{EMBED}/bridges", {"type": "shipstation", "name": "B", "config": config})
    path = f"{EMBED}/bridges/{made.data['id']}"
    changed = client.patch(path, {"config": {"apiKey": f"{HUSH}new-key"}})
    guest.patch(path, {"name": "C"})
    acme.server.get("/api/v1/bridges")
    acme.server.get(f"/api/v1/bridges/{made.data['id']}")
    acme.server.patch(f"/api/v1/bridges/{made.data['id']}", {"name": "D"})
    service, shops = Service("shipstation"), Service("shopify")
    seen = [service.client.get("/api/v1/bridges"), service.client.get(f"/api/v1/bridges/{made.data['id']}")]
    secret("bridge key", config["apiKey"], made)
    secret("new bridge key", f"{HUSH}new-key", changed, *seen)
    secret("bridge secret", config["apiSecret"], made, changed, *seen)
    secret("field the catalog does not know", config["other"], made, changed, *seen)
    for name, value in (("service key", service.key), ("signing secret", service.signing_secret)):
        secret(name, value)

    monkeypatch.setenv("BRIDGE_SERVICE_URL", "http://127.0.0.1:1")
    catalog.cache_clear()
    client.post(f"{path}/test")
    client.post(f"{EMBED}/bridges", {"type": "shipstation", "name": "", "config": config})
    client.post(f"{EMBED}/bridges", {"type": "shipstation", "name": "E", "config": {"apiKey": [HUSH]}})
    client.post(f"{EMBED}/bridges", f'{{"config": "{HUSH}broken"')
    begun = client.post(f"{EMBED}/bridges/shopify/oauth/start", {"shopDomain": "mystore"})
    state = parse_qs(urlsplit(begun.data["authUrl"]).query)["state"][0]
    secret("OAuth state", state, begun)
    complete = {"state": state, "shop": "mystore", "config": {"accessToken": f"{HUSH}token"}}
    shops.client.post("/api/v1/bridges/shopify/oauth/complete", complete)
    shops.client.post("/api/v1/bridges/shopify/oauth/complete", complete)
    secret("access token", f"{HUSH}token")

    merchant = acme.session("merchant").client
    hook = {"url": "https://93.184.216.34/", "events": ["order.created"]}
    opened_hook = merchant.post(f"{EMBED}/webhooks", hook)
    secret("end user's webhook secret", opened_hook.data["secret"], opened_hook)
    merchant.post(f"{EMBED}/webhooks", {**hook, "secret": f"{HUSH}0123456789"})
    turned = merchant.post(f"{EMBED}/webhooks/{opened_hook.data['id']}/rotate-secret")
    secret("rotated webhook secret", turned.data["secret"], turned)
    rule = {"name": "R", "eventType": "order.created", "condition": {}, "deliveryMethod": "webhook"}
    made_rule = merchant.post(f"{EMBED}/alerts/rules", {**rule, "webhookUrl": hook["url"]})
    secret("rule's webhook secret", made_rule.data["webhookSecret"], made_rule)
    merchant.get(f"{EMBED}/webhooks")
    merchant.get(f"{EMBED}/alerts/rules")
    customer = acme.server.post("/api/v1/storefront/customer-sessions", {"email": "jane@example.com"})
    secret("customer's token", customer.data["token"], customer)
    revoke_service_key(shops.key)
    shops.client.get("/api/v1/bridges")

    once = {"Idempotency_Key": "same"}
    repeated = [acme.server.post(f"{EMBED}/sessions", {"externalId": "merchant"}, **once) for _ in range(2)]
    secret("repeated session token", repeated[0].data["token"], *repeated)

    monkeypatch.setattr("chalicelib.bridges.service.new_item", _broken)
    client.post(f"{EMBED}/bridges", {"type": "shipstation", "name": "F", "config": config})
    Client("est_" + HUSH).get(f"{EMBED}/bridges")
    acme.server.get(f"{EMBED}/events?limit=100")
    acme.server.delete(path.replace(f"{EMBED}", "/api/v1"))
    acme.server.delete(f"{EMBED}/users/{opened.data['endUser']['id']}")
    secret("identity secret", rotated.data["identity_secret"], rotated)
    catalog.cache_clear()
    return diary


def _broken(*given: Any) -> None:
    raise RuntimeError(f"broken by {given}")


def _recorded(call: Any, diary: Diary) -> Any:
    def recorded(self: Client, *arguments: Any, **headers: str) -> Reply:
        reply: Reply = call(self, *arguments, **headers)
        return diary.keep(reply)

    return recorded


@pytest.fixture
def diary(acme: Acme, monkeypatch: pytest.MonkeyPatch) -> Diary:
    return live(acme, monkeypatch)


class TestSecrets:
    def test_are_not_in_the_log(
        self, acme: Acme, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
    ) -> None:
        diary = live(acme, monkeypatch)
        logged = "".join(capfd.readouterr())
        assert logged.count("\n") > 20
        assert "RuntimeError" in logged
        assert {name for name, value in diary.secrets.items() if value in logged} == set()
        assert HUSH not in logged

    def test_are_not_in_the_table(self, diary: Diary) -> None:
        items = every_item()
        assert "bridge.created" in items
        assert {name for name, value in diary.secrets.items() if value in items} == set()
        assert HUSH not in items

    def test_are_not_in_queue_messages(self, diary: Diary) -> None:
        pipeline = Pipeline()
        pipeline.relay()
        sent = ""
        while batch := pipeline.take(settings().events_queue_url)["Records"]:
            sent += json.dumps(batch)
        assert "bridge.created" in sent
        assert {name for name, value in diary.secrets.items() if value in sent} == set()
        assert HUSH not in sent

    def test_are_in_no_other_response(self, diary: Diary) -> None:
        assert {500, 404, 422, 400, 401} <= {reply.status for reply in diary.replies} | {404}
        for name, value in diary.secrets.items():
            for reply in diary.replies:
                if value in reply.text or value in str(reply.headers):
                    assert reply in diary.shown_by[name], (name, reply)

    def test_are_in_the_response_that_shows_them(self, diary: Diary) -> None:
        for name, replies in diary.shown_by.items():
            assert all(diary.secrets[name] in reply.text for reply in replies), name
