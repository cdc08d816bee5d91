"""Names chosen by callers are part of keys. None of them reaches another owner's item or causes a 500."""

from urllib.parse import quote

import pytest

from chalicelib.organizations import configs
from chalicelib.privacy.identity import customer_id
from tests.support.factories import EMBED, Acme
from tests.support.gateway import Client
from tests.support.orders import Merchant, order, shipment

ODD = ["#", "a#b", "\x00", "\x1f", "\x1f\x1f", "-", "..", "%23", "é" * 255, "😀" * 255, "İ" * 255, "$.:{}[]"]


class TestExternalIds:
    def test_of_end_users_are_compared_exactly(self, acme: Acme) -> None:
        names = ["m", "M", " m", "m ", "m#", "#m", "m\x00", "\u212a", "k", "é", "e\u0301", "😀" * 255]
        users = [acme.session(name).end_user_id for name in names]
        assert len(set(users)) == len(names)
        for name, user in zip(names, users, strict=True):
            found = acme.server.get(f"{EMBED}/users?external_id={quote(name)}").data
            assert [each["id"] for each in found] == [user]

    @pytest.mark.parametrize("name", ODD)
    def test_of_records_break_no_sync(self, acme: Acme, name: str) -> None:
        merchant = Merchant.of(acme)
        odd = order(external_id=name, order_number=name, line_items=[{"title": name, "sku": name}])
        parcel = shipment(external_id=name, order_external_id=name, carrier=name, tracking_number=name)
        reply = merchant.try_sync(orders=[odd, order(2)], shipments=[parcel])
        assert reply.status == 200, reply.text
        # A blank id is an error of that record only.
        assert reply.data["orders"]["created"] >= 1
        for listed in merchant.orders()["data"]:
            assert merchant.client.get(f"{EMBED}/orders/{listed['id']}").status == 200
        assert merchant.client.get(f"{EMBED}/orders?search={quote(name)}").status in (200, 422)


class TestPaths:
    @pytest.mark.parametrize("name", ["#", "a#b", "\x00", "-", "x" * 3000, "😀" * 600])
    def test_with_invalid_ids_are_not_found(self, acme: Acme, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
        looked_up: list[str] = []
        monkeypatch.setattr(configs, "find", lambda organization_id: looked_up.append(organization_id))
        part = quote(name, safe="")
        for path in (f"/t/{part}", f"/o/{part}/{part}", f"{EMBED}/tracking-pages/view/{part}"):
            assert Client().get(path).status == 404
        # DynamoDB refuses partition keys of more than 2,048 bytes.
        assert looked_up == []

    @pytest.mark.parametrize("cursor", ["AA", "fn5-", "77-9", "9I-_vw", "QlIj", "V1Ij"])
    def test_a_cursor_stays_within_the_callers_list(self, acme: Acme, cursor: str) -> None:
        mine, theirs = Merchant.of(acme, "mine"), Merchant.of(acme, "theirs")
        theirs.sync(order(), shipments=[shipment()])
        for path in ("orders", "orders?status=pending", "shipments", "action-requests", "tracking-pages"):
            mark = "&" if "?" in path else "?"
            reply = mine.client.get(f"{EMBED}/{path}{mark}cursor={cursor}")
            assert (reply.status, reply.data) == (200, [])


class TestCustomers:
    @pytest.mark.usefixtures("cloud")
    @pytest.mark.parametrize("lookalike", ["\u0138im", "к\u0456m", "k\u0131m", "k\u0130m", "ｋim", "kím"])
    def test_a_lookalike_letter_is_a_different_address(self, lookalike: str) -> None:
        organization_id = "6f9619ff-8b86-4011-b42d-00c04fc964ff"
        kim = customer_id(organization_id, "kim@example.com")
        assert customer_id(organization_id, f"{lookalike}@example.com") != kim
        assert customer_id(organization_id, " Kim@Example.COM ") == kim
        # Unicode normalises the Kelvin sign to the letter K.
        assert customer_id(organization_id, "\u212aim@example.com") == kim
