"""The page to unsubscribe from letters: it asks, and says when it is done."""

from chalicelib.mail.letter_texts import TEXTS
from chalicelib.mail.unsubscribing import Subscription
from chalicelib.organizations.brands import ShopperBrand
from chalicelib.tracking_pages import icons, languages
from chalicelib.tracking_pages.branding import read_brand, read_contact
from chalicelib.tracking_pages.components import render_contact, render_hero
from chalicelib.tracking_pages.document import RenderedPage, render_document
from chalicelib.tracking_pages.markup import Html, element


def render(wanted: Subscription, brand: ShopperBrand, language: str, *, done: bool) -> RenderedPage:
    texts, own = TEXTS[language], read_brand(brand.branding)
    name = own.name or "–"
    if done:
        headline, sentence, card = texts.done_headline, texts.done_text.format(name=name), None
    else:
        sentences = {"shipped": texts.page_shipped, "delivered": texts.page_delivered}
        headline, sentence = texts.page_headline, sentences[wanted.kind].format(name=name)
        card = _form(texts.page_button)
    hero = render_hero(icons.CHECK if done else icons.ENVELOPE, headline, sentence)
    contact = render_contact(read_contact(brand.support), languages.TEXTS[language])
    return render_document(own, language, headline, "success" if done else "moving", hero, [card, contact])


def _form(label: str) -> Html:
    button = element("button", label, type="submit", class_="button")
    return element("section", element("form", button, method="post"), class_="card advice")
