"""From an event to a letter: who gets one, how often, and what happens when SES refuses."""

import json
from datetime import timedelta
from typing import Any

import boto3
import pytest
import time_machine

from app import send_mail as send_mail_function
from chalicelib import clock
from chalicelib.mail.service import handle
from chalicelib.settings import settings
from infra.system import MAIL
from tests.support.factories import EMBED, Acme
from tests.support.pipeline import Pipeline, batch_of
from tests.support.storefront import (
    SHOP,
    Storefront,
    everything,
    letters_waiting,
    order_record,
    send_mail,
    sent,
)

SETTINGS = {"storefrontEmails": True}


def confirm(shop: Storefront, **more: Any) -> list[Any]:
    shop.order(**more)
    send_mail()
    return sent()


class TestConfirmation:
    def test_is_sent_when_switched_on(self, shop: Storefront) -> None:
        shop.acme.configure(settings=SETTINGS, branding={"company_name": "Blumen Müller"})
        (letter,) = confirm(shop)
        assert letter.destinations == {"ToAddresses": ["jane@example.com"]}
        assert letter.source == "=?utf-8?q?Blumen_M=C3=BCller?= <mail@example.com>"
        assert letter.subject == "Your order ORD-2026-0042"
        token = shop.customer().get(f"{SHOP}/orders").json
        token = shop.customer().get(f"{SHOP}/orders/ORD-2026-0042").json["trackingToken"]
        assert f'href="https://api.example.com/o/{shop.acme.organization_id}/{token}"' in letter.body

    def test_links_to_the_shops_own_page_where_it_names_one(self, shop: Storefront) -> None:
        shop.acme.configure(settings={**SETTINGS, "orderTrackingUrl": "https://shop.example/track?o={token}&x=1"})
        (letter,) = confirm(shop)
        token = shop.customer().get(f"{SHOP}/orders/ORD-2026-0042").json["trackingToken"]
        assert f'href="https://shop.example/track?o={token}&amp;x=1"' in letter.body

    @pytest.mark.parametrize(
        "url",
        ["http://shop.example/{token}", "https://shop.example/", "javascript:{token}", "https://u:p@h/{token}", 7],
    )
    def test_that_page_must_be_https_and_take_the_token(self, acme: Acme, url: Any) -> None:
        reply = acme.server.patch(f"{EMBED}/config", {"settings": {"orderTrackingUrl": url}})
        assert (reply.status, reply.fields) == (422, ["settings.orderTrackingUrl"])

    def test_is_not_sent_unless_switched_on(self, shop: Storefront) -> None:
        assert confirm(shop) == []

    def test_is_not_sent_when_switched_off_meanwhile(self, shop: Storefront) -> None:
        shop.acme.configure(settings=SETTINGS)
        shop.order()
        waiting = letters_waiting()
        shop.acme.configure(settings={"storefrontEmails": False})
        for message in waiting:
            handle(message)
        assert sent() == []

    def test_is_sent_once_for_an_order(self, shop: Storefront) -> None:
        shop.acme.configure(settings=SETTINGS)
        confirm(shop)
        shop.order(status="processing")
        send_mail()
        send_mail()
        assert len(sent()) == 1

    def test_is_not_sent_for_history(self, shop: Storefront) -> None:
        shop.acme.configure(settings=SETTINGS)
        assert confirm(shop, ordered_at=clock.in_seconds(-86401)) == []

    def test_is_not_sent_when_it_comes_too_late(self, shop: Storefront) -> None:
        shop.acme.configure(settings=SETTINGS)
        shop.order()
        waiting = letters_waiting()
        with time_machine.travel(clock.now() + timedelta(days=1)):
            for message in waiting:
                handle(message)
        assert (len(waiting), sent()) == (1, [])

    @pytest.mark.parametrize("more", [{"email": None}, {"email": "not an address"}, {"status": "cancelled"}])
    def test_is_not_sent_to_nobody_and_for_nothing(self, shop: Storefront, more: dict[str, Any]) -> None:
        shop.acme.configure(settings=SETTINGS)
        assert confirm(shop, **more) == []

    def test_nothing_a_customer_typed_is_repeated(self, shop: Storefront) -> None:
        shop.acme.configure(settings=SETTINGS)
        phish = "Visit https://evil.example"
        customer = {"name": phish, "email": "jane@example.com"}
        (letter,) = confirm(shop, customer=customer, notes=phish, shipping_address={"name": phish, "address1": phish})
        assert "evil" not in letter.body


class TestLanguage:
    def asked(self, shop: Storefront, accepted: str) -> str:
        body = {"orderNumber": "ORD-2026-0042", "email": "jane@example.com"}
        assert shop.client.post(f"{SHOP}/orders/access/request", body, Accept_Language=accepted).status == 200
        send_mail()
        return str(sent()[-1].subject)

    @pytest.mark.parametrize(
        ("accepted", "subject"),
        [
            ("de-AT,de;q=0.9,en;q=0.5", "Ihr Code für die Bestellung ORD-2026-0042"),
            ("tlh, fr;q=0.1", "Votre code pour la commande ORD-2026-0042"),
            ("tlh", "Your code for order ORD-2026-0042"),
        ],
    )
    def test_a_code_speaks_the_language_of_the_browser_that_asked(
        self, shop: Storefront, accepted: str, subject: str
    ) -> None:
        shop.order()
        assert self.asked(shop, accepted) == subject

    def test_a_code_speaks_the_organizations_language_where_the_browser_speaks_none_of_ours(
        self, shop: Storefront
    ) -> None:
        shop.acme.configure(settings={"mailLanguage": "es"})
        shop.order()
        assert self.asked(shop, "tlh") == "Tu código para el pedido ORD-2026-0042"

    @pytest.mark.parametrize(
        ("setting", "country", "subject"),
        [
            (None, "US", "Your order ORD-2026-0042"),
            (None, "AT", "Ihre Bestellung ORD-2026-0042"),
            (None, " br ", "Seu pedido ORD-2026-0042"),
            (None, "France", "Your order ORD-2026-0042"),
            (None, None, "Your order ORD-2026-0042"),
            ("fr", "AT", "Votre commande ORD-2026-0042"),
        ],
    )
    def test_a_confirmation_speaks_the_organizations_language_else_the_countrys(
        self, shop: Storefront, setting: str | None, country: str | None, subject: str
    ) -> None:
        shop.acme.configure(settings={**SETTINGS, "mailLanguage": setting})
        (letter,) = confirm(shop, shipping_address={"city": "Anytown", "country": country})
        assert letter.subject == subject

    @pytest.mark.parametrize("language", ["tlh", "EN", "", 7])
    def test_the_setting_is_one_of_five(self, acme: Acme, language: Any) -> None:
        reply = acme.server.patch(f"{EMBED}/config", {"settings": {"mailLanguage": language}})
        assert (reply.status, reply.fields) == (422, ["settings.mailLanguage"])


class TestFailure:
    def refused(self) -> None:
        boto3.client("ses").delete_identity(Identity="mail@example.com")

    def accepted(self) -> None:
        boto3.client("ses").verify_email_identity(EmailAddress="mail@example.com")

    def run(self, bodies: list[dict[str, Any]]) -> list[str]:
        answer = send_mail_function(batch_of(*bodies), None)
        return [failure["itemIdentifier"] for failure in answer["batchItemFailures"]]

    def test_goes_back_to_the_queue_and_is_sent_when_ses_is_back(self, shop: Storefront) -> None:
        shop.acme.configure(settings=SETTINGS)
        shop.sync([order_record("1"), order_record("2")])
        shop.client.post(f"{SHOP}/orders/access/request", {"orderNumber": "1", "email": "jane@example.com"})
        waiting = letters_waiting()
        self.refused()
        assert len(self.run(waiting)) == len(waiting) == 3
        self.accepted()
        assert self.run(waiting) == []
        assert self.run(waiting) == []
        assert len(sent()) == 3

    def test_what_ses_goes_on_refusing_ends_among_the_dead_letters_and_can_be_sent_from_there(
        self, shop: Storefront
    ) -> None:
        """SQS with the redrive policy of the mail queue, and without the wait between two tries."""
        sqs = boto3.client("sqs")
        dead = sqs.create_queue(QueueName="mail-dead")["QueueUrl"]
        arn = sqs.get_queue_attributes(QueueUrl=dead, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
        redrive = json.dumps({"deadLetterTargetArn": arn, "maxReceiveCount": MAIL.max_receive_count})
        queue = sqs.create_queue(
            QueueName="mail-tried", Attributes={"RedrivePolicy": redrive, "VisibilityTimeout": "0"}
        )
        shop.order()
        body = {"orderNumber": "ORD-2026-0042", "email": "jane@example.com"}
        assert shop.client.post(f"{SHOP}/orders/access/request", body).status == 200
        (message,) = letters_waiting()
        sqs.send_message(QueueUrl=queue["QueueUrl"], MessageBody=json.dumps(message))
        self.refused()
        tries = 0
        while received := sqs.receive_message(QueueUrl=queue["QueueUrl"]).get("Messages"):
            tries += 1
            assert len(self.run([json.loads(received[0]["Body"])])) == 1
        (buried,) = sqs.receive_message(QueueUrl=dead)["Messages"]
        assert (tries, sent(), "jane" in buried["Body"]) == (MAIL.max_receive_count, [], False)
        self.accepted()
        assert self.run([json.loads(buried["Body"])]) == []
        assert len(sent()) == 1

    def test_one_bad_message_holds_up_nobody(self, shop: Storefront) -> None:
        shop.acme.configure(settings=SETTINGS)
        shop.order()
        assert len(self.run([{"kind": "order_confirmation"}, *letters_waiting()])) == 1
        assert len(sent()) == 1

    def test_asking_for_a_code_never_shows_it(self, shop: Storefront) -> None:
        shop.order()
        self.refused()
        reply = shop.client.post(
            f"{SHOP}/orders/access/request", {"orderNumber": "ORD-2026-0042", "email": "jane@example.com"}
        )
        assert reply.status == 200


class TestQueue:
    def test_events_reach_it_through_the_stream_and_carry_no_address(self, shop: Storefront) -> None:
        shop.acme.configure(settings=SETTINGS)
        pipeline = Pipeline()
        shop.order()
        shop.client.post(f"{SHOP}/orders/access/request", {"orderNumber": "ORD-2026-0042", "email": "jane@example.com"})
        pipeline.dispatch()
        messages = pipeline.take(settings().mail_queue_url)
        assert len(messages["Records"]) == 2
        assert "jane" not in str(messages)
        assert send_mail_function(messages, None) == {"batchItemFailures": []}
        assert len(sent()) == 2

    def test_an_inactive_embed_sends_nothing(self, shop: Storefront) -> None:
        shop.acme.configure(settings=SETTINGS)
        shop.order()
        waiting = letters_waiting()
        shop.acme.configure(is_active=False)
        for message in waiting:
            handle(message)
        assert sent() == []

    def test_what_was_sent_is_noted_without_the_letter(self, shop: Storefront) -> None:
        shop.acme.configure(settings=SETTINGS)
        confirm(shop)
        notes = [row for row in everything() if row["sk"]["S"].startswith("SENT#")]
        assert len(notes) == 1
        assert "sent_at" in notes[0]
        assert "jane" not in str(notes)
