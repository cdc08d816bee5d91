"""Letters about an order on its way: once for each order and kind, none for history, and none to who has had enough."""

from collections.abc import Iterator
from datetime import timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from functools import partial
from typing import Any

import pytest
import time_machine

from chalicelib.kit import clock, ids
from chalicelib.mail.letter_texts import TEXTS
from chalicelib.mail.messages import to_tags
from chalicelib.mail.service import handle
from chalicelib.organizations.known_settings import LANGUAGES
from tests.support.account import everything
from tests.support.background import clean_up
from tests.support.factories import EMBED, Acme
from tests.support.gateway import Client
from tests.support.races import at_once
from tests.support.storefront import ADDRESS, Storefront, queued_emails, send_mail, sent, verify_sender

NOW = "2026-03-10T12:00:00Z"


@pytest.fixture
def shop(acme: Acme) -> Iterator[Storefront]:
    acme.configure(settings={"shopperEmails": ["shipped", "delivered"]})
    with time_machine.travel(NOW):
        verify_sender()
        yield Storefront(acme)


def ship(shop: Storefront, status: str = "in_transit", number: int = 1, **more: Any) -> None:
    record = {"external_id": f"S-{number}", "order_external_id": "ext-N-1", "status": status, "ship_date": "2026-03-10"}
    shop.sync([], [{**record, **more}])


def letters() -> list[EmailMessage]:
    """Those that have headers of their own, as mail programs read them."""
    raw = [each.raw_data for each in sent() if hasattr(each, "raw_data")]
    return [message_from_bytes(each.encode(), policy=policy.default) for each in raw]


def subjects() -> list[str]:
    send_mail()
    return [str(each["Subject"]) for each in letters()]


def unsubscribe_path(letter: EmailMessage) -> str:
    return str(letter["List-Unsubscribe"]).strip("<>").removeprefix("https://api.example.com")


class TestSending:
    def test_once_for_each_order_and_kind(self, shop: Storefront) -> None:
        shop.order("N-1")
        ship(shop, "label_created")
        assert subjects() == []
        ship(shop)
        ship(shop, number=2)
        assert subjects() == ["Your order N-1 is on its way"]
        ship(shop, "delivered")
        ship(shop, "delivered", number=2)
        assert subjects() == ["Your order N-1 is on its way", "Your order N-1 has arrived"]
        assert len(subjects()) == 2

    def test_two_workers_at_once_send_one(self, shop: Storefront) -> None:
        shop.order("N-1")
        ship(shop)
        at_once([send_mail] * 4)
        assert len(letters()) == 1

    def test_only_the_kinds_that_are_on(self, shop: Storefront) -> None:
        shop.acme.configure(settings={"shopperEmails": ["delivered"]})
        shop.order("N-1")
        ship(shop)
        assert queued_emails() == []
        for wrong in (["sent"], "shipped", [1]):
            assert shop.acme.server.patch(f"{EMBED}/config", {"settings": {"shopperEmails": wrong}}).status == 422

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_in_the_brand_and_language(self, shop: Storefront, language: str) -> None:
        shop.acme.configure(settings={"mailLanguage": language}, branding={"company_name": "Acme Supply"})
        shop.acme.server.patch(
            f"{EMBED}/users/{shop.session.end_user_id}", {"branding": {"company_name": "Jane's Mugs"}}
        )
        shop.order("N-1")
        ship(shop)
        send_mail()
        (letter,) = letters()
        assert str(letter["Subject"]) == TEXTS[language].shipped_subject.format(number="N-1")
        html = letter.get_body(("html",)).get_content()  # type: ignore[union-attr]
        assert "Jane" in html
        assert "Acme Supply" not in html
        assert TEXTS[language].unsubscribe in html

    def test_in_the_language_of_the_destination(self, shop: Storefront) -> None:
        shop.order("N-1", shipping_address={**ADDRESS, "country": "BR"})
        ship(shop)
        assert subjects() == [TEXTS["pt"].shipped_subject.format(number="N-1")]


class TestBounced:
    """The rule puts a bounced letter's tags among the dead letters, from where they can be sent back to the queue."""

    def bounced(self) -> dict[str, Any]:
        (message,) = queued_emails()
        tags = {tag["Name"]: [tag["Value"]] for tag in to_tags(message)}
        return {"bounced": {"ses_message_id": sent()[-1].id, "type": "Permanent", "subtype": "General"}, "tags": tags}

    def test_it_is_sent_once_more_when_it_is_sent_back(self, shop: Storefront) -> None:
        shop.order("N-1")
        ship(shop)
        send_mail()
        message = self.bounced()
        at_once([partial(handle, message)] * 4)
        send_mail()
        assert len(letters()) == 2

    def test_it_is_not_once_the_customer_has_unsubscribed(self, shop: Storefront) -> None:
        shop.order("N-1")
        ship(shop)
        send_mail()
        Client().post(unsubscribe_path(letters()[0]), "List-Unsubscribe=One-Click")
        handle(self.bounced())
        assert len(letters()) == 1


class TestHistory:
    @pytest.mark.parametrize(
        ("status", "more"),
        [
            ("in_transit", {"ship_date": "2026-03-01"}),
            ("in_transit", {"ship_date": None}),
            ("delivered", {"actual_delivery": "2026-03-05"}),
            ("delivered", {}),
        ],
    )
    def test_what_was_so_when_it_first_came_is_not_told(
        self, shop: Storefront, status: str, more: dict[str, Any]
    ) -> None:
        shop.order("N-1")
        ship(shop, status, **more)
        assert subjects() == []

    def test_what_came_shipped_today_is(self, shop: Storefront) -> None:
        shop.order("N-1")
        ship(shop, ship_date="2026-03-10")
        assert len(subjects()) == 1

    @pytest.mark.parametrize("ordered_at", [None, "2025-11-01"])
    def test_an_order_without_an_age_or_long_past(self, shop: Storefront, ordered_at: str | None) -> None:
        shop.order("N-1", ordered_at=ordered_at)
        ship(shop, "label_created")
        ship(shop)
        assert subjects() == []

    @pytest.mark.parametrize("status", ["cancelled", "refunded", "delivered"])
    def test_an_order_that_is_over(self, shop: Storefront, status: str) -> None:
        shop.order("N-1", status=status)
        ship(shop, ship_date="2026-03-10")
        assert subjects() == []


class TestBesideTheConfirmation:
    def test_an_order_that_comes_shipped_gets_one_of_both(self, shop: Storefront) -> None:
        shop.acme.configure(settings={"storefrontEmails": True})
        shop.order("N-1")
        ship(shop, ship_date="2026-03-10")
        send_mail()
        assert len(sent()) == 1
        send_mail()
        assert len(sent()) == 1

    def test_whichever_worker_is_first(self, shop: Storefront) -> None:
        shop.acme.configure(settings={"storefrontEmails": True})
        shop.order("N-1")
        ship(shop, ship_date="2026-03-10")
        at_once([partial(handle, one) for one in queued_emails()])
        assert len(sent()) == 1

    def test_a_confirmation_that_comes_after_the_letter_is_dropped(self, shop: Storefront) -> None:
        shop.acme.configure(settings={"storefrontEmails": True})
        shop.order("N-1")
        ship(shop, ship_date="2026-03-10")
        confirmation, letter = sorted(queued_emails(), key=lambda message: str(message["kind"]))
        assert (confirmation["kind"], letter["kind"]) == ("order_confirmation", "shipped")
        handle(letter)
        handle(confirmation)
        assert (len(letters()), len(sent())) == (1, 1)

    def test_later_both_go(self, shop: Storefront) -> None:
        shop.acme.configure(settings={"storefrontEmails": True})
        shop.order("N-1")
        ship(shop, "label_created")
        send_mail()
        with time_machine.travel(clock.now() + timedelta(hours=5)):
            ship(shop)
            send_mail()
        assert len(sent()) == 2


class TestUnsubscribing:
    def test_get_shows_and_post_does(self, shop: Storefront) -> None:
        shop.order("N-1")
        ship(shop)
        send_mail()
        (letter,) = letters()
        assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        path = unsubscribe_path(letter)
        assert path in letter.get_body(("plain",)).get_content()  # type: ignore[union-attr]
        for _ in range(2):
            page = Client().get(path)
            assert (page.status, 'method="post"' in page.text) == (200, True)
        assert not [row for row in everything() if row["pk"]["S"].startswith("UNSUB#")]
        for _ in range(2):
            assert Client().post(path, "List-Unsubscribe=One-Click").status == 200
        shop.sync(
            [
                {
                    "external_id": "ext-N-2",
                    "order_number": "N-2",
                    "customer": {"email": "Jane@Example.com"},
                    "ordered_at": clock.timestamp(),
                    "status": "processing",
                }
            ]
        )
        ship(shop, number=2, order_external_id="ext-N-2", ship_date="2026-03-10")
        assert subjects() == ["Your order N-1 is on its way"]
        ship(shop, "delivered", actual_delivery="2026-03-10")
        assert subjects()[1:] == ["Your order N-1 has arrived"]

    def test_it_outlives_the_customers_erasure_and_names_nobody(self, shop: Storefront) -> None:
        shop.order("N-1")
        ship(shop)
        send_mail()
        Client().post(unsubscribe_path(letters()[0]), "List-Unsubscribe=One-Click")
        assert shop.acme.server.post("/api/v1/customers/erase", {"email": "jane@example.com"}).status == 202
        clean_up()
        with time_machine.travel("2026-03-11T12:00:00Z"):
            shop.order("N-1", ordered_at="2026-03-11T11:00:00Z", external_id="ext-N-9")
            ship(shop, number=9, order_external_id="ext-N-9", ship_date="2026-03-11")
            assert len(subjects()) == 1
        rows = [row for row in everything() if row["pk"]["S"].startswith("UNSUB#")]
        assert len(rows) == 1
        assert "jane" not in str(rows).lower()

    def test_other_merchants_of_the_organization_still_write(self, shop: Storefront) -> None:
        shop.order("N-1")
        ship(shop)
        send_mail()
        Client().post(unsubscribe_path(letters()[0]), "List-Unsubscribe=One-Click")
        other = Storefront(shop.acme, "merchant-2")
        other.order("N-1")
        ship(other)
        assert len(subjects()) == 2

    def test_access_codes_still_come(self, shop: Storefront) -> None:
        shop.order("N-1")
        ship(shop)
        send_mail()
        Client().post(unsubscribe_path(letters()[0]), "List-Unsubscribe=One-Click")
        shop.client.post("/storefront/v1/orders/access/request", {"orderNumber": "N-1", "email": "jane@example.com"})
        send_mail()
        assert len(sent()) == 2

    def test_a_token_that_we_did_not_make(self, shop: Storefront) -> None:
        shop.order("N-1")
        ship(shop)
        send_mail()
        path = unsubscribe_path(letters()[0])
        other = "A" if path[-20] != "A" else "B"
        for wrong in (f"{path[:-20]}{other}{path[-19:]}", path[:-1], "/unsubscribe/x", f"/unsubscribe/{ids.new_id()}"):
            for reply in (Client().get(wrong), Client().post(wrong, "")):
                assert (reply.status, reply.headers["Content-Type"]) == (404, "text/html; charset=utf-8")
        assert not [row for row in everything() if row["pk"]["S"].startswith("UNSUB#")]
