"""The embed config: created by the first PATCH, changed field by field, effective at once."""

import hashlib
import hmac
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine

from chalicelib.api_keys.service import create_organization
from chalicelib.kit import clock
from chalicelib.operations.deletion import delete_organization
from chalicelib.organizations import configs
from tests.support.factories import EMBED, Acme
from tests.support.gateway import Client
from tests.support.races import at_once, requesting, statuses

pytestmark = pytest.mark.usefixtures("cloud")

ME, CONFIG = f"{EMBED}/config/me", f"{EMBED}/config"
NOW = datetime(2026, 1, 15, 10, 30, tzinfo=UTC)


@pytest.fixture
def newcomer() -> Client:
    """An organization without a config."""
    return Client(create_organization("Newcomer")[1])


class TestCreate:
    def test_needs_a_slug(self, newcomer: Client) -> None:
        assert newcomer.get(ME).code == "embed_not_configured"
        for body in ({}, {"is_active": False}):
            reply = newcomer.patch(CONFIG, body)
            assert (reply.status, reply.fields) == (422, ["slug"])

    def test_has_the_documented_defaults(self, newcomer: Client) -> None:
        created = newcomer.patch(CONFIG, {"slug": "newcomer"}).data
        assert created["publishable_key"].startswith("pk_live_")
        assert created["created_at"] == created["updated_at"]
        assert {name: created[name] for name in created if name not in VARYING} == {
            "slug": "newcomer",
            "branding": {},
            "allowed_origins": [],
            "allowed_bridge_types": [],
            "default_dispatcher_id": None,
            "settings": {},
            "enabled_features": ["bridges"],
            "is_active": True,
            "tracking_webhook_url": None,
        }
        assert newcomer.get(ME).data == created

    @pytest.mark.parametrize("slug", ["ab", "a" * 65, "Acme", "a_b", "a b", "ä-b-c", "abc\n", "", 7])
    def test_refuses_an_invalid_slug(self, newcomer: Client, slug: Any) -> None:
        assert newcomer.patch(CONFIG, {"slug": slug}).fields == ["slug"]

    def test_refuses_a_slug_that_is_taken(self, acme: Acme, newcomer: Client) -> None:
        reply = newcomer.patch(CONFIG, {"slug": acme.config["slug"]})
        assert (reply.status, reply.code) == (409, "slug_taken")
        assert newcomer.get(ME).status == 409

    def test_concurrent_requests_create_one(self, newcomer: Client) -> None:
        replies = at_once([requesting(newcomer, "PATCH", CONFIG, {"slug": "newcomer"}) for _ in range(6)])
        assert statuses(replies) == {200: 6}
        assert len({reply.data["publishable_key"] for reply in replies}) == 1

    def test_concurrent_organizations_get_a_slug_once(self) -> None:
        clients = [Client(create_organization("One of many")[1]) for _ in range(6)]
        replies = at_once([requesting(client, "PATCH", CONFIG, {"slug": "wanted"}) for client in clients])
        assert statuses(replies) == {200: 1, 409: 5}


VARYING = ("id", "organization_id", "publishable_key", "identity_secret", "created_at", "updated_at")


class TestUpdate:
    def test_keeps_absent_fields(self, acme: Acme) -> None:
        before = acme.config
        after = acme.configure(branding={"primaryColor": "#059669"})
        assert after == {**before, "branding": {"primary_color": "#059669"}, "updated_at": after["updated_at"]}

    def test_merges_settings_and_replaces_everything_else(self, acme: Acme) -> None:
        acme.configure(settings={"a": 1, "b": {"c": 2}}, branding={"x": 1}, allowed_origins=["https://a.example"])
        after = acme.configure(settings={"b": {"d": 3}, "e": 4}, branding={"y": 1}, allowed_origins=[])
        assert after["settings"] == {"a": 1, "b": {"d": 3}, "e": 4}
        assert after["branding"] == {"y": 1}
        assert after["allowed_origins"] == []
        assert acme.configure(settings={"a": None})["settings"] == {"b": {"d": 3}, "e": 4}

    def test_loses_no_concurrent_setting(self, acme: Acme) -> None:
        replies = at_once([requesting(acme.server, "PATCH", CONFIG, {"settings": {f"s{n}": n}}) for n in range(8)])
        assert statuses(replies) == {200: 8}
        assert acme.server.get(ME).data["settings"] == {f"s{n}": n for n in range(8)}

    def test_changes_the_slug(self, acme: Acme, newcomer: Client) -> None:
        old = acme.config["slug"]
        acme.configure(slug="moved")
        assert Client().get(f"{CONFIG}?slug=moved").status == 200
        assert Client().get(f"{CONFIG}?slug={old}").status == 404

    def test_a_former_slug_stays_the_organizations_for_a_year(self, acme: Acme, newcomer: Client) -> None:
        old = acme.config["slug"]
        acme.configure(slug="moved")
        assert newcomer.patch(CONFIG, {"slug": old}).code == "slug_taken"
        acme.configure(slug=old)
        assert Client().get(f"{CONFIG}?slug={old}").status == 200
        assert newcomer.patch(CONFIG, {"slug": "moved"}).code == "slug_taken"
        with time_machine.travel(clock.now() + timedelta(days=366)):
            assert newcomer.patch(CONFIG, {"slug": "moved"}).status == 200

    def test_a_slug_outlives_its_organization_by_a_year(self, acme: Acme, newcomer: Client) -> None:
        first, second = acme.config["slug"], "moved"
        acme.configure(slug=second)
        delete_organization(acme.organization_id, sleep=lambda _: None)
        for slug in (first, second):
            assert newcomer.patch(CONFIG, {"slug": slug}).code == "slug_taken"
        with time_machine.travel(clock.now() + timedelta(days=366)):
            assert newcomer.patch(CONFIG, {"slug": second}).status == 200

    def test_always_enables_bridges(self, acme: Acme) -> None:
        assert acme.configure(enabled_features=["data_room", "data_room"])["enabled_features"] == [
            "bridges",
            "data_room",
        ]
        assert acme.configure(enabled_features=[])["enabled_features"] == ["bridges"]

    @pytest.mark.parametrize(
        ("name", "value"),
        [
            ("maxBridgesPerUser", 0),
            ("maxBridgesPerUser", 1001),
            ("maxBridgesPerUser", True),
            ("maxBridgesPerUser", "5"),
            ("maxBridgesPerUser", 1.5),
            ("trackingPageTtlDays", 0),
            ("trackingPageTtlDays", 366),
            ("identityVerification", "on"),
            ("redactBridgeConfig", "yes"),
            ("storefrontEmails", 1),
            ("webhookUrl", "http://198.51.100.7/"),
            ("webhookUrl", "https://127.0.0.1/"),
            ("webhookUrl", "https://user:pass@93.184.216.34/"),
            ("webhookUrl", 1),
            ("webhookSecret", "short"),
            ("webhookSecret", "x" * 129),
        ],
    )
    def test_validates_known_settings(self, acme: Acme, name: str, value: Any) -> None:
        reply = acme.server.patch(CONFIG, {"settings": {name: value}})
        assert (reply.status, reply.fields) == (422, [f"settings.{name}"])
        assert acme.server.get(ME).data["settings"] == {}

    @pytest.mark.parametrize(
        ("field", "value"),
        [
            ("branding", {"primaryColor": "red; } body { display: none"}),
            ("branding", {"accent_colour": "#12345"}),
            ("branding", {"primary_color": 7}),
            ("branding", {"logo_url": "http://plain.example/logo.png"}),
            ("branding", {"logoUrl": "javascript:alert(1)"}),
            ("branding", {"logo_url": 'https://x.example/"onload=1'}),
            ("branding", {"primaryColor": "#111", "primary_color": "#222"}),
            ("branding", {"text": "x" * 8192}),
            ("branding", []),
            ("settings", {"text": "x" * 8192}),
            ("allowed_origins", ["*"]),
            ("allowed_origins", ["https://a.example/path"]),
            ("allowed_origins", ["https://*.*.example"]),
            ("allowed_origins", ["ftp://a.example"]),
            ("allowed_bridge_types", ["ebay"]),
            ("enabled_features", ["teleport"]),
            ("is_active", "true"),
        ],
    )
    def test_validates_every_field(self, acme: Acme, field: str, value: Any) -> None:
        reply = acme.server.patch(CONFIG, {field: value})
        assert reply.status == 422
        assert [name.split(".")[0] for name in reply.fields] == [field]

    def test_caps_the_size_of_merged_settings(self, acme: Acme) -> None:
        acme.configure(settings={"a": "x" * 5000})
        reply = acme.server.patch(CONFIG, {"settings": {"b": "x" * 5000}})
        assert (reply.status, reply.fields) == (422, ["settings"])

    def test_normalises_origins(self, acme: Acme) -> None:
        sent = ["HTTPS://A.example:443/", "https://a.example", "http://localhost:3000", "https://*.b.example"]
        assert acme.configure(allowed_origins=sent)["allowed_origins"] == [
            "https://a.example",
            "http://localhost:3000",
            "https://*.b.example",
        ]

    def test_needs_the_scope(self, acme: Acme) -> None:
        key = acme.server.post("/api/v1/api-keys", {"name": "Sync", "scopes": ["bridges:sync"]}).data["key"]
        assert Client(key).patch(CONFIG, {}).code == "insufficient_scope"
        assert Client(key).get(ME).code == "insufficient_scope"


class TestOrganizationWebhook:
    URL = "https://93.184.216.34/hook"

    def test_gets_a_secret_that_is_shown_once(self, acme: Acme) -> None:
        shown = acme.configure(settings={"webhookUrl": self.URL})["settings"]["webhookSecret"]
        assert shown.startswith("whsec_")
        assert acme.server.get(ME).data["settings"] == {"webhookUrl": self.URL, "webhookSecret": "--------"}
        assert acme.configure(settings={"other": 1})["settings"]["webhookSecret"] == "--------"

    def test_keeps_a_given_secret(self, acme: Acme) -> None:
        given = "a secret of twenty characters"
        before_url = acme.configure(settings={"webhookSecret": given})["settings"]
        assert before_url == {"webhookSecret": "--------"}
        acme.configure(settings={"webhookUrl": self.URL})
        assert self.secret(acme) == given
        acme.configure(settings={"webhookSecret": "--------", "webhookUrl": f"{self.URL}/2"})
        assert self.secret(acme) == given

    def test_always_has_a_secret(self, acme: Acme) -> None:
        first = acme.configure(settings={"webhookUrl": self.URL})["settings"]["webhookSecret"]
        second = acme.configure(settings={"webhookSecret": None})["settings"]["webhookSecret"]
        assert second.startswith("whsec_")
        assert second != first

    def test_can_be_removed(self, acme: Acme) -> None:
        acme.configure(settings={"webhookUrl": self.URL})
        assert acme.configure(settings={"webhookUrl": None, "webhookSecret": None})["settings"] == {}

    @staticmethod
    def secret(acme: Acme) -> str:
        from chalicelib.security import crypto

        config = configs.find(acme.organization_id)
        assert config is not None
        assert config.webhook_secret is not None
        return crypto.decrypt(config.webhook_secret, acme.organization_id, "organization-webhook")


class TestPublic:
    def test_shows_slug_branding_and_types_and_nothing_else(self, acme: Acme) -> None:
        acme.configure(allowed_bridge_types=["shopify"], branding={"companyName": "Acme"}, settings={"secret": 1})
        shown = Client().get(f"{CONFIG}?slug={acme.config['slug']}").data
        assert shown == {
            "slug": acme.config["slug"],
            "branding": {"company_name": "Acme"},
            "allowedBridgeTypes": [
                {"id": "shopify", "name": "Shopify", "icon": "shopify-icon", "category": "ecommerce"}
            ],
        }

    def test_of_an_unrestricted_config_shows_all_types(self, acme: Acme) -> None:
        shown = Client().get(f"{CONFIG}?slug={acme.config['slug']}").data
        assert {"shopify", "shipstation", "woocommerce", "bigcommerce", "amazon"} <= {
            kind["id"] for kind in shown["allowedBridgeTypes"]
        }

    @pytest.mark.parametrize("slug", ["nobody", "x" * 4000, "%00", "A-B-C", "a%23b"])
    def test_with_an_unknown_slug_is_not_found(self, slug: str) -> None:
        assert Client().get(f"{CONFIG}?slug={slug}").status == 404

    def test_needs_a_slug(self) -> None:
        assert Client().get(CONFIG).fields == ["slug"]
        assert Client().get(f"{CONFIG}?slug=").fields == ["slug"]


class TestRotate:
    @pytest.mark.parametrize("body", [{}, {"publishable_key": False}, {"publishableKey": "yes"}, {"all": True}])
    def test_requires_what_to_rotate(self, acme: Acme, body: dict[str, Any]) -> None:
        assert acme.server.post(f"{CONFIG}/rotate", body).status == 422

    def test_replaces_one_and_keeps_the_other(self, acme: Acme) -> None:
        before = acme.config
        after = acme.server.post(f"{CONFIG}/rotate", {"publishable_key": True}).data
        assert after["publishable_key"] != before["publishable_key"]
        assert after["identity_secret"] == before["identity_secret"]

    def test_lets_old_publishable_keys_work_for_a_day(self) -> None:
        with time_machine.travel(NOW, tick=False) as travel:
            acme = Acme.create()
            keys = [acme.publishable_key]
            for hours in (0, 10, 10):
                travel.shift(timedelta(hours=hours))
                keys.append(acme.server.post(f"{CONFIG}/rotate", {"publishable_key": True}).data["publishable_key"])
            assert [self.works(key) for key in keys] == [True, True, True, True]
            travel.shift(timedelta(hours=4))
            assert [self.works(key) for key in keys] == [False, True, True, True]
            travel.shift(timedelta(hours=10))
            assert [self.works(key) for key in keys] == [False, False, True, True]
            travel.shift(timedelta(hours=10))
            assert [self.works(key) for key in keys] == [False, False, False, True]

    def test_lets_old_identity_secrets_work_for_a_day(self) -> None:
        with time_machine.travel(NOW, tick=False) as travel:
            acme = Acme.create(settings={"identityVerification": "required"})
            old = acme.config["identity_secret"]
            new = acme.server.post(f"{CONFIG}/rotate", {"identitySecret": True}).data["identity_secret"]
            assert self.vouched(acme, old) == self.vouched(acme, new) == 200
            travel.shift(timedelta(hours=24))
            assert (self.vouched(acme, old), self.vouched(acme, new)) == (403, 200)

    def test_concurrent_rotations_lose_no_key(self, acme: Acme) -> None:
        body = {"publishable_key": True}
        replies = at_once([requesting(acme.server, "POST", f"{CONFIG}/rotate", body) for _ in range(5)])
        keys = {acme.publishable_key, *(reply.data["publishable_key"] for reply in replies)}
        assert len(keys) == 6
        assert all(self.works(key) for key in keys)

    @staticmethod
    def works(publishable_key: str) -> bool:
        body = {"key": publishable_key, "externalId": "merchant"}
        return Client().post(f"{EMBED}/sessions/auto", body).status == 200

    @staticmethod
    def vouched(acme: Acme, secret: str) -> int:
        user_hash = hmac.new(secret.encode(), b"merchant", hashlib.sha256).hexdigest()
        return acme.auto("merchant", userHash=user_hash).status
