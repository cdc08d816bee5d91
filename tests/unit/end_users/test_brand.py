"""The merchant's own brand for shoppers: set by the organization, or by the merchant where that is allowed."""

from typing import Any, ClassVar

import pytest

from chalicelib.organizations.brands import shopper_brand
from chalicelib.organizations.end_users import find
from tests.support.factories import EMBED, Acme
from tests.support.gateway import Client
from tests.support.races import at_once, requesting, statuses

OWN = f"{EMBED}/branding"
SENT = {"companyName": "Bean Shop", "primaryColor": "#7c2d12", "logoUrl": "https://beans.example/logo.png"}
STORED = {"company_name": "Bean Shop", "primary_color": "#7c2d12", "logo_url": "https://beans.example/logo.png"}
SUPPORT = {"email": "help@beans.example", "url": "https://beans.example/help", "phone": "+49 30 123456"}


def path(acme: Acme) -> str:
    return f"{EMBED}/users/{acme.session('m').end_user_id}"


class TestByTheOrganization:
    def test_is_stored_and_shown_with_the_end_user(self, acme: Acme) -> None:
        user = path(acme)
        reply = acme.server.patch(user, {"branding": SENT, "support": SUPPORT})
        assert reply.status == 200
        assert (reply.data["branding"], reply.data["support"]) == (STORED, SUPPORT)
        assert reply.data == acme.server.get(user).data
        assert acme.server.get(f"{EMBED}/users").data[0]["branding"] == STORED

    def test_replaces_one_field_at_a_time_and_null_removes_it(self, acme: Acme) -> None:
        user = path(acme)
        acme.server.patch(user, {"branding": SENT, "support": SUPPORT})
        assert acme.server.patch(user, {"support": {"email": "x@y.example"}}).data["support"] == {
            "email": "x@y.example",
            "url": None,
            "phone": None,
        }
        shown = acme.server.patch(user, {"branding": None}).data
        assert (shown["branding"], shown["support"]["email"]) == (None, "x@y.example")
        assert acme.server.patch(user, {"support": None}).data["support"] is None
        assert acme.server.patch(user, {}).data["support"] is None

    def test_is_an_event_that_names_the_fields_once(self, acme: Acme) -> None:
        user = path(acme)
        for _ in range(2):
            acme.server.patch(user, {"branding": SENT, "support": SUPPORT})
        events = acme.server.get(f"{EMBED}/events?event_type=end_user.updated").data
        assert [event["metadata"] for event in events] == [{"fields": ["branding", "support"]}]

    @pytest.mark.parametrize(
        ("body", "fields"),
        [
            ({"branding": "red"}, ["branding"]),
            ({"branding": {"primaryColor": "red"}}, ["branding"]),
            ({"branding": {"logoUrl": "http://beans.example/logo.png"}}, ["branding"]),
            ({"branding": {"x": "y" * 9000}}, ["branding"]),
            ({"support": {"email": "nobody"}}, ["support.email"]),
            ({"support": {"url": "http://beans.example"}}, ["support.url"]),
            ({"support": {"url": "javascript:alert(1)"}}, ["support.url"]),
            ({"support": {"phone": "call me"}}, ["support.phone"]),
            ({"support": {"fax": "1"}}, ["support.fax"]),
            ({"name": "New"}, ["name"]),
        ],
    )
    def test_rejects_what_a_page_could_not_show(self, acme: Acme, body: dict[str, Any], fields: list[str]) -> None:
        reply = acme.server.patch(path(acme), body)
        assert (reply.status, reply.fields) == (422, fields)

    def test_survives_a_new_session_and_ends_with_the_end_user(self, acme: Acme) -> None:
        user = path(acme)
        acme.server.patch(user, {"branding": SENT})
        acme.session("m", name="New name")
        assert acme.server.get(user).data["branding"] == STORED
        acme.server.delete(user)
        assert acme.server.patch(user, {"branding": SENT}).status == 404
        assert acme.server.get(f"{EMBED}/users/{acme.session('m').end_user_id}").data["branding"] is None

    def test_concurrent_changes_of_different_fields_both_hold(self, acme: Acme) -> None:
        user = path(acme)
        calls = [requesting(acme.server, "PATCH", user, body) for body in ({"branding": SENT}, {"support": SUPPORT})]
        assert statuses(at_once(calls)) == {200: 2}
        shown = acme.server.get(user).data
        assert (shown["branding"], shown["support"]) == (STORED, SUPPORT)


class TestByTheMerchant:
    def test_needs_the_setting(self, acme: Acme) -> None:
        reply = acme.session("m").client.patch(OWN, {"branding": SENT})
        assert (reply.status, reply.code) == (403, "feature_disabled")

    def test_of_a_server_session_changes_only_its_own(self, acme: Acme) -> None:
        acme.configure(settings={"merchantBranding": True})
        other = acme.session("other")
        client = acme.session("m").client
        assert client.patch(OWN, {"branding": SENT, "support": SUPPORT}).data == {
            "branding": STORED,
            "support": SUPPORT,
        }
        assert client.get(OWN).data["branding"] == STORED
        assert other.client.get(OWN).data == {"branding": None, "support": None}
        event = acme.server.get(f"{EMBED}/events?event_type=end_user.updated").data[0]
        assert event["metadata"] == {"fields": ["branding", "support"]}

    def test_needs_a_verified_session(self, acme: Acme) -> None:
        acme.configure(settings={"merchantBranding": True})
        acme.session("m")
        unverified = Client(acme.auto("m").data["token"])
        assert unverified.patch(OWN, {"branding": SENT}).code == "identity_unverified"
        verified = Client(acme.auto("m", userHash=acme.user_hash("m")).data["token"])
        assert verified.patch(OWN, {"branding": SENT}).status == 200

    def test_needs_the_scope(self, acme: Acme) -> None:
        acme.configure(settings={"merchantBranding": True})
        reader = acme.session("m", scopes=["bridges:read"]).client
        assert reader.get(OWN).status == 200
        assert reader.patch(OWN, {"branding": SENT}).code == "insufficient_scope"
        assert Client().get(OWN).status == Client().patch(OWN, {}).status == 401


class TestForShoppers:
    ORGANIZATION: ClassVar = {"company_name": "Acme", "support_email": "help@acme.example", "support_phone": None}

    def shown(self, acme: Acme, **body: Any) -> tuple[Any, Any]:
        user = path(acme)
        acme.server.patch(user, body)
        brand = shopper_brand(self.ORGANIZATION, find(acme.organization_id, user.rpartition("/")[2]))
        return brand.branding, brand.support

    def test_the_organization_s_is_used_by_default(self, acme: Acme) -> None:
        assert self.shown(acme) == (self.ORGANIZATION, {"email": "help@acme.example"})
        assert shopper_brand(self.ORGANIZATION, None).branding == self.ORGANIZATION

    def test_the_merchant_s_replaces_all_of_it(self, acme: Acme) -> None:
        assert self.shown(acme, branding=SENT) == (STORED, {})
        assert self.shown(acme, support=SUPPORT) == (STORED, SUPPORT)

    def test_a_merchant_s_contact_may_stand_alone(self, acme: Acme) -> None:
        assert self.shown(acme, support=SUPPORT) == (self.ORGANIZATION, SUPPORT)
