"""From an event to an e-mail: who gets one, how often, and what happens when SES refuses."""

import json
import re
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
import time_machine
from botocore.exceptions import ClientError

from app import send_mail as send_mail_function
from chalicelib.kit import aws, clock
from chalicelib.kit.settings import settings
from chalicelib.mail import limits
from chalicelib.mail.messages import to_tags
from chalicelib.mail.service import handle
from chalicelib.security.rate_limits import Limit
from infra.system import FUNCTIONS, MAIL
from tests.support.account import client, everything
from tests.support.factories import EMBED, Acme
from tests.support.pipeline import Pipeline, batch_of
from tests.support.races import at_once
from tests.support.storefront import (
    SHOP,
    Storefront,
    code_in,
    order_record,
    queued_emails,
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
        (email,) = confirm(shop)
        assert email.destinations == {"ToAddresses": ["jane@example.com"]}
        assert email.source == "=?utf-8?q?Blumen_M=C3=BCller?= <mail@example.com>"
        assert email.subject == "Your order ORD-2026-0042"
        token = shop.customer().get(f"{SHOP}/orders").json
        token = shop.customer().get(f"{SHOP}/orders/ORD-2026-0042").json["trackingToken"]
        assert f'href="https://api.example.com/o/{shop.acme.organization_id}/{token}"' in email.body

    def test_has_the_merchants_brand_if_there_is_one(self, shop: Storefront) -> None:
        shop.acme.configure(
            settings=SETTINGS, branding={"company_name": "Acme Fulfillment", "primary_color": "#112233"}
        )
        own = {"company_name": "Tulip & Co", "primary_color": "#AA0000"}
        path = f"{EMBED}/users/{shop.session.end_user_id}"
        assert shop.acme.server.patch(path, {"branding": own}).status == 200
        (email,) = confirm(shop)
        assert email.source == "Tulip & Co <mail@example.com>"
        assert "#aa0000" in email.body
        assert "Acme" not in email.body
        shop.client.post(f"{SHOP}/orders/access/request", {"orderNumber": "ORD-2026-0042", "email": "jane@example.com"})
        send_mail()
        assert sent()[-1].source == "Tulip & Co <mail@example.com>"

    def test_links_to_the_shops_own_page_where_it_names_one(self, shop: Storefront) -> None:
        shop.acme.configure(settings={**SETTINGS, "orderTrackingUrl": "https://shop.example/track?o={token}&x=1"})
        (email,) = confirm(shop)
        token = shop.customer().get(f"{SHOP}/orders/ORD-2026-0042").json["trackingToken"]
        assert f'href="https://shop.example/track?o={token}&amp;x=1"' in email.body

    @pytest.mark.parametrize(
        "url",
        ["http://shop.example/{token}", "https://shop.example/", "javascript:{token}", "https://u:p@h/{token}", 7],
    )
    def test_the_shops_page_must_be_https_and_take_the_token(self, acme: Acme, url: Any) -> None:
        reply = acme.server.patch(f"{EMBED}/config", {"settings": {"orderTrackingUrl": url}})
        assert (reply.status, reply.fields) == (422, ["settings.orderTrackingUrl"])

    def test_is_not_sent_unless_switched_on(self, shop: Storefront) -> None:
        assert confirm(shop) == []

    def test_is_not_sent_when_switched_off_meanwhile(self, shop: Storefront) -> None:
        shop.acme.configure(settings=SETTINGS)
        shop.order()
        waiting = queued_emails()
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

    def test_is_not_sent_when_its_message_is_late(self, shop: Storefront) -> None:
        shop.acme.configure(settings=SETTINGS)
        shop.order()
        waiting = queued_emails()
        with time_machine.travel(clock.now() + timedelta(days=1)):
            for message in waiting:
                handle(message)
        assert (len(waiting), sent()) == (1, [])

    @pytest.mark.parametrize("ordered_at", [None, "", "2027-05-01T10:00:00Z"])
    def test_is_not_sent_for_an_order_whose_age_is_unknown(self, shop: Storefront, ordered_at: str | None) -> None:
        shop.acme.configure(settings=SETTINGS)
        assert confirm(shop, ordered_at=ordered_at) == []

    def test_is_not_sent_without_a_time_of_the_order(self, shop: Storefront) -> None:
        shop.acme.configure(settings=SETTINGS)
        record = order_record("1001")
        del record["ordered_at"]
        shop.sync([record])
        shop.sync([{**record, "notes": "x"}])
        send_mail()
        assert sent() == []

    @pytest.mark.parametrize(
        "more",
        [
            *({"status": status} for status in ("shipped", "delivered", "cancelled", "returned", "refunded")),
            {"fulfillment_status": "fulfilled"},
            {"payment_status": "refunded"},
        ],
    )
    def test_is_not_sent_for_an_order_that_is_past_news(self, shop: Storefront, more: dict[str, Any]) -> None:
        shop.acme.configure(settings=SETTINGS)
        assert confirm(shop, **more) == []

    def test_is_not_sent_for_an_order_that_was_shipped_meanwhile(self, shop: Storefront) -> None:
        shop.acme.configure(settings=SETTINGS)
        shop.order()
        shop.order(status="shipped")
        send_mail()
        assert sent() == []

    def test_goes_to_the_domain_as_it_is_spelled(self, shop: Storefront) -> None:
        shop.acme.configure(settings=SETTINGS)
        (email,) = confirm(shop, email="Greta <Greta@Straße-Laden.example>")
        assert email.destinations == {"ToAddresses": ["Greta@xn--strae-laden-y6a.example"]}

    @pytest.mark.parametrize("more", [{"email": None}, {"email": "not an address"}, {"status": "cancelled"}])
    def test_is_not_sent_without_an_address_or_for_a_cancelled_order(
        self, shop: Storefront, more: dict[str, Any]
    ) -> None:
        shop.acme.configure(settings=SETTINGS)
        assert confirm(shop, **more) == []

    def test_nothing_a_customer_typed_is_repeated(self, shop: Storefront) -> None:
        shop.acme.configure(settings=SETTINGS)
        phish = "Visit https://evil.example"
        customer = {"name": phish, "email": "jane@example.com"}
        (email,) = confirm(shop, customer=customer, notes=phish, shipping_address={"name": phish, "address1": phish})
        assert "evil" not in email.body


class TestLanguage:
    def request_code(self, shop: Storefront, accepted: str) -> str:
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
    def test_a_code_is_in_the_language_of_the_browser_that_requested_it(
        self, shop: Storefront, accepted: str, subject: str
    ) -> None:
        shop.order()
        assert self.request_code(shop, accepted) == subject

    def test_a_code_is_in_the_organizations_language_if_the_browser_has_none_of_ours(self, shop: Storefront) -> None:
        shop.acme.configure(settings={"mailLanguage": "es"})
        shop.order()
        assert self.request_code(shop, "tlh") == "Tu código para el pedido ORD-2026-0042"

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
    def test_a_confirmation_is_in_the_organizations_language_or_the_countrys(
        self, shop: Storefront, setting: str | None, country: str | None, subject: str
    ) -> None:
        shop.acme.configure(settings={**SETTINGS, "mailLanguage": setting})
        (email,) = confirm(shop, shipping_address={"city": "Anytown", "country": country})
        assert email.subject == subject

    @pytest.mark.parametrize("language", ["tlh", "EN", "", 7])
    def test_the_setting_is_one_of_five(self, acme: Acme, language: Any) -> None:
        reply = acme.server.patch(f"{EMBED}/config", {"settings": {"mailLanguage": language}})
        assert (reply.status, reply.fields) == (422, ["settings.mailLanguage"])


class TestFailure:
    def refused(self) -> None:
        client("ses").delete_identity(Identity="mail@example.com")

    def accepted(self) -> None:
        client("ses").verify_email_identity(EmailAddress="mail@example.com")

    def run(self, bodies: list[dict[str, Any]]) -> list[str]:
        answer = send_mail_function(batch_of(*bodies), None)
        return [failure["itemIdentifier"] for failure in answer["batchItemFailures"]]

    def test_returns_to_the_queue_until_ses_recovers(self, shop: Storefront) -> None:
        shop.acme.configure(settings=SETTINGS)
        shop.sync([order_record("1"), order_record("2")])
        shop.client.post(f"{SHOP}/orders/access/request", {"orderNumber": "1", "email": "jane@example.com"})
        waiting = queued_emails()
        self.refused()
        assert len(self.run(waiting)) == len(waiting) == 3
        self.accepted()
        assert self.run(waiting) == []
        assert self.run(waiting) == []
        assert len(sent()) == 3

    def test_permanent_refusal_ends_among_the_dead_letters_and_can_be_sent_from_there(self, shop: Storefront) -> None:
        """SQS with the redrive policy of the mail queue, and without the wait between two tries."""
        sqs = client("sqs")
        dead = sqs.create_queue(QueueName="mail-dead")["QueueUrl"]
        arn = sqs.get_queue_attributes(QueueUrl=dead, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
        redrive = json.dumps({"deadLetterTargetArn": arn, "maxReceiveCount": MAIL.max_receive_count})
        queue = sqs.create_queue(
            QueueName="mail-tried", Attributes={"RedrivePolicy": redrive, "VisibilityTimeout": "0"}
        )
        shop.order()
        body = {"orderNumber": "ORD-2026-0042", "email": "jane@example.com"}
        assert shop.client.post(f"{SHOP}/orders/access/request", body).status == 200
        (message,) = queued_emails()
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

    @pytest.mark.parametrize(("refusals", "sent_emails"), [(3, 1), (4, 0)])
    def test_throttling_is_retried_for_a_while(
        self, shop: Storefront, monkeypatch: pytest.MonkeyPatch, refusals: int, sent_emails: int
    ) -> None:
        waits: list[int] = []
        left = [refusals]
        ses = aws.client("ses")
        real = ses.send_email

        def send_email(**given: Any) -> Any:
            if left[0]:
                left[0] -= 1
                error = {"Error": {"Code": "Throttling", "Message": "Maximum sending rate exceeded."}}
                raise ClientError(error, "SendEmail")
            return real(**given)

        monkeypatch.setattr(ses, "send_email", send_email)
        monkeypatch.setattr("chalicelib.mail.sending.back_off", waits.append)
        shop.acme.configure(settings=SETTINGS)
        shop.order()
        assert len(self.run(queued_emails())) == 1 - sent_emails
        assert (len(sent()), len(waits)) == (sent_emails, 3)

    def test_boto3_does_not_retry_an_e_mail_after_a_timeout(self) -> None:
        """SES may have taken it: only the queue tries again, and it counts. A batch of ten such ends in time."""
        config = aws.client("ses").meta.config
        (function,) = [each for each in FUNCTIONS if each.queue is MAIL]
        assert config.retries["total_max_attempts"] == 1
        assert MAIL.batch_size * (config.connect_timeout + config.read_timeout) < function.timeout_seconds

    def test_one_bad_message_does_not_hold_up_the_others(self, shop: Storefront) -> None:
        shop.acme.configure(settings=SETTINGS)
        shop.order()
        assert len(self.run([{"kind": "order_confirmation"}, *queued_emails()])) == 1
        assert len(sent()) == 1

    def test_the_response_to_a_code_request_does_not_contain_the_code(self, shop: Storefront) -> None:
        shop.order()
        self.refused()
        reply = shop.client.post(
            f"{SHOP}/orders/access/request", {"orderNumber": "ORD-2026-0042", "email": "jane@example.com"}
        )
        assert reply.status == 200


class TestBounce:
    """What the bounce rule puts among the dead letters, and what happens when it is sent back to the queue."""

    def bounced(self, number: int = -1) -> dict[str, Any]:
        """The rule's message for an e-mail that SES accepted."""
        email = sent()[number]
        (message,) = [each for each in queued_emails() if each["kind"] == "order_confirmation"]
        tags = {tag["Name"]: [tag["Value"]] for tag in to_tags(message)}
        return {
            "bounced": {"ses_message_id": email.id, "type": "Permanent", "subtype": "General"},
            "tags": {"ses:configuration-set": ["mail"], "ses:source-ip": ["192.0.2.1"], **tags},
        }

    def test_every_e_mail_is_identified_by_tags_that_ses_accepts(
        self, shop: Storefront, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        shop.acme.configure(settings=SETTINGS)
        shop.order()
        shop.client.post(f"{SHOP}/orders/access/request", {"orderNumber": "ORD-2026-0042", "email": "jane@example.com"})
        seen: list[dict[str, Any]] = []
        ses = aws.client("ses")
        real = ses.send_email

        def send_email(**given: Any) -> Any:
            seen.append(given)
            return real(**given)

        monkeypatch.setattr(ses, "send_email", send_email)
        send_mail()
        assert {given["ConfigurationSetName"] for given in seen} == {settings().mail_configuration_set}
        assert [{tag["Name"]: tag["Value"] for tag in given["Tags"]} for given in seen] == queued_emails()
        texts = [text for given in seen for tag in given["Tags"] for text in tag.values()]
        assert [text for text in texts if not re.fullmatch(r"[\w-]{1,256}", text, re.ASCII)] == []

    def test_sent_back_to_the_queue_it_is_sent_once_more(self, shop: Storefront) -> None:
        shop.acme.configure(settings=SETTINGS)
        confirm(shop)
        message = self.bounced()
        handle(message)
        handle(message)
        assert len(sent()) == 2
        handle(self.bounced())
        assert len(sent()) == 3

    def test_it_goes_to_the_orders_current_address(self, shop: Storefront) -> None:
        shop.acme.configure(settings=SETTINGS)
        confirm(shop, customer={"name": "Jane Doe", "email": "jane@exmaple.com"})
        shop.order()
        message = self.bounced()
        handle(message)
        handle(message)
        addressed = [email.destinations["ToAddresses"] for email in sent()]
        assert addressed == [["jane@exmaple.com"], ["jane@example.com"]]

    def test_sent_back_twice_at_once_it_is_sent_once(self, shop: Storefront) -> None:
        shop.acme.configure(settings=SETTINGS)
        confirm(shop)
        message = self.bounced()
        at_once([partial(handle, message)] * 8)
        assert len(sent()) == 2

    def test_a_redelivered_message_sends_nothing(self, shop: Storefront) -> None:
        shop.acme.configure(settings=SETTINGS)
        confirm(shop)
        handle(self.bounced())
        send_mail()
        assert len(sent()) == 2

    def test_sent_back_too_late_it_is_not_sent(self, shop: Storefront) -> None:
        shop.acme.configure(settings=SETTINGS)
        confirm(shop)
        message = self.bounced()
        with time_machine.travel(clock.now() + timedelta(days=1)):
            handle(message)
        assert len(sent()) == 1

    def test_a_code_sent_back_is_replaced_within_the_hour_and_dropped_later(self, shop: Storefront) -> None:
        shop.order()
        body = {"orderNumber": "ORD-2026-0042", "email": "jane@example.com"}
        shop.client.post(f"{SHOP}/orders/access/request", body)
        send_mail()
        (asked,) = queued_emails()
        tags = {tag["Name"]: [tag["Value"]] for tag in to_tags(asked)}
        first = code_in(sent()[0])
        handle({"bounced": {"ses_message_id": sent()[0].id}, "tags": tags})
        second = code_in(sent()[1])
        verified = shop.client.post(f"{SHOP}/orders/access/verify", {**body, "code": second})
        assert (first != second, verified.status) == (True, 200)
        with time_machine.travel(clock.now() + timedelta(hours=1)):
            handle({"bounced": {"ses_message_id": sent()[1].id}, "tags": tags})
        assert len(sent()) == 2


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
        waiting = queued_emails()
        shop.acme.configure(is_active=False)
        for message in waiting:
            handle(message)
        assert sent() == []

    def test_the_record_of_an_e_mail_does_not_contain_it(self, shop: Storefront) -> None:
        shop.acme.configure(settings=SETTINGS)
        confirm(shop)
        notes = [row for row in everything() if row["sk"]["S"].startswith("SENT#")]
        assert len(notes) == 1
        assert "sent_at" in notes[0]
        assert "jane" not in str(notes)


class TestLimits:
    """Beyond a limit nothing is sent; neither shop nor guest learns of it."""

    @pytest.mark.parametrize(
        ("limit", "reason"),
        [
            ("CONFIRMATIONS_PER_CUSTOMER", "too_many_for_recipient"),
            ("CONFIRMATIONS_PER_ADDRESS", "too_many_for_recipient"),
            ("CONFIRMATIONS_PER_BRIDGE", "too_many_of_bridge"),
            ("CONFIRMATIONS_PER_ORGANIZATION", "too_many_of_organization"),
        ],
    )
    def test_confirmations_are_limited(
        self, shop: Storefront, limit: str, reason: str, monkeypatch: pytest.MonkeyPatch, capsys: Any
    ) -> None:
        monkeypatch.setattr(limits, limit, Limit(limit, 2, 86400))
        shop.acme.configure(settings=SETTINGS)
        shop.sync([order_record(f"N-{n}") for n in range(4)])
        for _ in range(2):
            send_mail()
        assert len(sent()) == 2
        assert capsys.readouterr().out.count(f'"reason": "{reason}"') == 2

    def test_of_one_recipient_leaves_others(self, shop: Storefront, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(limits, "CONFIRMATIONS_PER_CUSTOMER", Limit("customer", 1, 86400))
        shop.acme.configure(settings=SETTINGS)
        shop.sync([order_record("N-1"), order_record("N-2"), order_record("N-3", "john@example.com")])
        send_mail()
        assert sorted(str(email.destinations["ToAddresses"][0]) for email in sent()) == [
            "jane@example.com",
            "john@example.com",
        ]

    def test_one_address_is_one_over_all_organizations_and_spellings(
        self, shop: Storefront, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(limits, "CONFIRMATIONS_PER_ADDRESS", Limit("address", 1, 86400))
        other = Storefront(Acme.create())
        for one, email in ((shop, "jane@example.com"), (other, "Jane@Example.com.")):
            one.acme.configure(settings=SETTINGS)
            one.sync([order_record("N-1", email)])
        send_mail()
        assert len(sent()) == 1
