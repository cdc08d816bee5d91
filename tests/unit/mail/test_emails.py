"""The content of e-mails to customers, and what hostile texts cannot do."""

import re
from decimal import Decimal
from html.parser import HTMLParser
from typing import Any

import pytest

from chalicelib.mail import emails
from chalicelib.mail.emails import Email
from chalicelib.mail.sending import UndeliverableAddress, recipient, sender
from chalicelib.mail.texts import TEXTS
from chalicelib.mail.wording import order_number, without_links
from chalicelib.organizations.known_settings import LANGUAGES
from chalicelib.tracking_pages.languages import TEXTS as PAGES

BRANDING = {"company_name": "Acme Fulfillment", "primary_color": "#4F46E5", "logo_url": "https://cdn.example/logo.png"}
ORDER: dict[str, Any] = {
    "orderNumber": "1001",
    "currency": "USD",
    "items": [{"productName": "Widget", "quantity": 2, "totalPrice": Decimal("45.00")}],
    "shippingTotal": Decimal("9.99"),
    "discountTotal": Decimal(0),
    "taxTotal": Decimal("4.99"),
    "grandTotal": Decimal("1059.98"),
    "email": "jane@example.com",
}
HOSTILE = "</h1><script>alert(1)</script>\r\nBcc: victim@example.com\r\n<img src=x onerror=alert(1)>\u202e"


class Elements(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.names: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.append(tag)
        self.attributes += attrs
        self.elements.append((tag, {name: value or "" for name, value in attrs}))


class TestAccessCode:
    def email(self, number: str = "1001", **branding: Any) -> Email:
        return emails.access_code(emails.sender_identity({**BRANDING, **branding}, "Acme"), "en", number, "048213", 10)

    def test_shows_the_code_in_text_and_html(self) -> None:
        email = self.email()
        assert email.subject == "Your code for order 1001"
        for body in (email.text, email.html):
            assert "048213" in body
            assert "10 minutes" in body
            assert "Acme Fulfillment" in body

    def test_has_the_organizations_branding(self) -> None:
        html = self.email().html
        assert "#4f46e5" in html
        assert "https://cdn.example/logo.png" in html

    def test_without_branding_the_sender_has_the_organizations_name(self) -> None:
        assert emails.sender_identity({}, "Acme").name == "Acme"
        assert emails.sender_identity(None, "").name == "Your order"

    def test_hostile_texts_stay_text(self) -> None:
        plain = self.email()
        attacked = self.email(HOSTILE, company_name=HOSTILE, primary_color="red;}</style>", logo_url="javascript:x")
        assert Elements(attacked.html).names == [name for name in Elements(plain.html).names if name != "img"]
        assert "\n" not in attacked.subject
        assert "\r" not in attacked.subject
        assert not any("javascript" in (value or "") for _, value in Elements(attacked.html).attributes)


class TestConfirmation:
    def email(self, url: str | None = "https://api.example.com/o/x", **order: Any) -> Email:
        return emails.order_confirmation(emails.sender_identity(BRANDING, "Acme"), "en", {**ORDER, **order}, url)

    def test_lists_what_was_ordered_and_links_to_the_tracking(self) -> None:
        email = self.email()
        assert "2 × Widget   $45.00" in email.text
        assert "Tax   $4.99" in email.text
        assert "Total   $1,059.98" in email.text
        assert "Discount" not in email.text
        assert "https://api.example.com/o/x" in email.text
        assert ("href", "https://api.example.com/o/x") in Elements(email.html).attributes

    def test_has_no_link_without_a_tracking_url(self) -> None:
        email = self.email(None)
        assert "Track" not in email.text
        assert "a" not in Elements(email.html).names

    def test_hostile_texts_stay_text(self) -> None:
        items = [{"productName": HOSTILE, "quantity": 1, "totalPrice": Decimal("1.00")}]
        attacked = self.email(orderNumber=HOSTILE, items=items, currency=HOSTILE)
        assert Elements(attacked.html).names == Elements(self.email().html).names
        assert not any(line.startswith("Bcc") for line in attacked.text.splitlines())

    def test_a_very_long_order_is_cut(self) -> None:
        items = [{"productName": "W" * 5000, "quantity": 1, "totalPrice": Decimal("1.00")}] * 1000
        email = self.email(items=items)
        assert "and 950 more" in email.text
        assert len(email.html) < 60_000


class TestSyncedTexts:
    """Whoever connects a shop chooses these texts, and the address that they are sent to."""

    @pytest.mark.parametrize("number", ["1001", "#1001", "ORD-2026-0042", "2026/0042", "114-3941689-8772232", "A 17"])
    def test_an_order_number_is_shown_as_it_is(self, number: str) -> None:
        assert order_number(number) == number

    @pytest.mark.parametrize(
        ("number", "shown"),
        [
            ("https://evil.example/win?1", "…"),
            ("Your prize 1000 EUR waits", "Yourprize1000EURwait"),
            ("evil.example/1", "evilexample1"),
            ("No digits", "Nodigits"),
            ("1" * 500, "1" * 20),
            ("…", "–"),
            (None, "–"),
        ],
    )
    def test_anything_else_is_cut_to_letters_and_digits(self, number: Any, shown: str) -> None:
        expected = shown if shown != "…" else "–"
        assert order_number(number) == expected

    @pytest.mark.parametrize(
        ("title", "shown"),
        [
            ("Mug, 2.5 l", "Mug, 2.5 l"),
            ("Claim it at https://evil.example/x now", "Claim it at … now"),
            ("WWW.evil.example", "…"),
            ("see evil.example/x", "see evil. example/x"),
            ("see evil\u3002example", "see evil. example"),
            ("javascript:alert(1)", "…"),
            ("ev\u200bil.exa\u200bmple", "evil. example"),
        ],
    )
    def test_titles_have_no_links(self, title: str, shown: str) -> None:
        assert without_links(title, 120) == shown
        items = [{"productName": title, "quantity": 1, "totalPrice": Decimal("1.00")}]
        email = TestConfirmation().email(items=items)
        assert shown in email.text
        assert re.findall(r"https?://[^\s\"<]+", email.text) == ["https://api.example.com/o/x"]


class TestFrame:
    """What Outlook on Windows needs, which renders e-mails with Word."""

    EMAILS = (
        emails.access_code(emails.sender_identity(BRANDING, "Acme"), "en", "1001", "048213", 10),
        emails.order_confirmation(emails.sender_identity(BRANDING, "Acme"), "en", ORDER, "https://api.example.com/o/x"),
    )

    @pytest.mark.parametrize("email", EMAILS)
    def test_only_cells_have_padding_and_only_tables_and_cells_a_background(self, email: Email) -> None:
        for tag, attributes in Elements(email.html).elements:
            style = attributes.get("style", "").replace("padding:0;", "")
            assert tag == "td" or "padding" not in style
            if "background" in style:
                assert tag in ("body", "table", "td")
                assert f"background:{attributes['bgcolor']}" in style

    @pytest.mark.parametrize("email", EMAILS)
    def test_layout_tables_are_presentational_and_the_card_has_a_width(self, email: Email) -> None:
        tables = [attributes for tag, attributes in Elements(email.html).elements if tag == "table"]
        data_tables = [table for table in tables if table.get("role") != "presentation"]
        assert len(data_tables) == ("Widget" in email.html)
        assert [table["width"] for table in tables[:2]] == ["100%", "560"]
        assert tables[1]["align"] == "center"
        assert "div" not in Elements(email.html).names


class TestLanguages:
    @pytest.mark.parametrize("language", TEXTS)
    def test_every_e_mail_is_complete_in_every_language(self, language: str) -> None:
        identity = emails.sender_identity(BRANDING, "Acme")
        code = emails.access_code(identity, language, "1001", "048213", 10)
        order = emails.order_confirmation(identity, language, ORDER, "https://api.example.com/o/x")
        for email, parts in ((code, ("048213", "10", "1001")), (order, ("2 × Widget", "https://api.example.com/o/x"))):
            assert f'lang="{language}"' in email.html
            for body in (email.text, email.html):
                assert "{" not in body
                assert all(part in body for part in (*parts, "Acme Fulfillment"))

    def test_every_language_has_texts_of_its_own(self) -> None:
        assert set(TEXTS) == set(PAGES) == set(LANGUAGES)
        sentences = [texts.code_intro for texts in TEXTS.values()]
        assert len(set(sentences)) == len(sentences)
        for texts in TEXTS.values():
            assert all(texts)

    @pytest.mark.parametrize(
        ("language", "currency", "written"),
        [
            ("en", "USD", "$1,059.90"),
            ("de", "EUR", "1.059,90\u00a0€"),
            ("fr", "EUR", "1\u202f059,90\u00a0€"),
            ("pt", "JPY", "JP¥\u00a01.060"),
            ("en", "KWD", "KWD\u00a01,059.900"),
            ("en", None, "1,059.90"),
        ],
    )
    def test_amounts_are_written_as_language_and_currency_have_it(
        self, language: str, currency: str | None, written: str
    ) -> None:
        order = {**ORDER, "grandTotal": Decimal("1059.9"), "currency": currency}
        email = emails.order_confirmation(emails.sender_identity(BRANDING, "Acme"), language, order, None)
        assert f"{TEXTS[language].total}   {written}\n" in email.text


class TestSender:
    def test_the_name_stands_before_our_address(self) -> None:
        assert sender("Acme Fulfillment") == "Acme Fulfillment <mail@example.com>"

    def test_names_are_quoted_and_encoded(self) -> None:
        assert sender('Smith, "Jo" <x@y.z>') == '"Smith, \\"Jo\\" <x@y.z>" <mail@example.com>'
        assert sender("Blumen Müller") == "=?utf-8?q?Blumen_M=C3=BCller?= <mail@example.com>"

    @pytest.mark.parametrize("name", [HOSTILE, "Ä" * 60, "名" * 60, "x\nBcc: a@b.c"])
    def test_a_name_is_one_ascii_line(self, name: str) -> None:
        header = sender(name)
        assert header.isascii()
        assert header.isprintable()
        assert header.endswith("<mail@example.com>")
        assert all(len(word) <= 76 for word in header.split(" ") if word.startswith("=?"))


class TestRecipient:
    def test_a_domain_is_written_in_ascii(self) -> None:
        assert recipient(" jane@bücher.example ") == "jane@xn--bcher-kva.example"

    def test_a_domain_with_a_sharp_s_is_not_another_domain(self) -> None:
        assert recipient("greta@straße-laden.example") == "greta@xn--strae-laden-y6a.example"

    def test_a_stored_display_name_is_left_out(self) -> None:
        assert recipient("Jane <Jane@b.c>") == "Jane@b.c"

    @pytest.mark.parametrize(
        "email",
        [
            "",
            "jane",
            "@example.com",
            "jane@",
            "a@b.c,d@e.f",
            "a b@c.d",
            "a@b@c.d",
            "Jane <a@b.c>, Eve <e@f.g>",
            "Jane <a@b.c\r\nBcc: e@f.g>",
            "jäne@b.c",
            "a@b.c\r\nX: y",
        ],
    )
    def test_anything_but_a_single_address_is_refused(self, email: str) -> None:
        with pytest.raises(UndeliverableAddress):
            recipient(email)
