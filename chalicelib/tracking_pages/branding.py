"""Reads a `branding` object, which is free-form and untrusted. Values that can't be used safely are ignored."""

import re
from collections.abc import Mapping
from typing import NamedTuple

from chalicelib.tracking_pages.colours import Theme, dark_theme, light_theme
from chalicelib.tracking_pages.markup import clean

# Deliberately stricter than a URL parser. The origin ends up in the Content-Security-Policy, so anything that a parser
# and a browser may read differently (user names, backslashes, white space, quotes, separators) is rejected.
_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_HTTPS_URL = re.compile(
    rf"(?P<origin>https://{_LABEL}(?:\.{_LABEL})*(?::[0-9]{{1,5}})?)(?P<rest>(?:[/?][A-Za-z0-9._~:/?@!$&()*+,;=%-]*)?)",
    re.IGNORECASE | re.ASCII,
)
_MAX_URL_LENGTH = 1000
_MAX_NAME_LENGTH = 60
_MAX_CONTACT_LENGTH = 300
_EMAIL = re.compile(r"[A-Za-z0-9._+'-]{1,64}@[A-Za-z0-9.-]{1,255}")
_PHONE = re.compile(r"\+?[0-9][0-9 ()./-]{2,30}")


class Logo(NamedTuple):
    url: str
    origin: str


class Contact(NamedTuple):
    """Whom shoppers ask. At least one is not None."""

    email: str | None
    phone: str | None
    url: str | None


class Brand(NamedTuple):
    name: str
    """Empty where there is none."""
    logo: Logo | None
    light: Theme
    dark: Theme


def read_brand(branding: Mapping[str, object] | None) -> Brand:
    values = branding or {}
    colour = values.get("primary_color")
    return Brand(
        name=clean(values.get("company_name"), _MAX_NAME_LENGTH),
        logo=read_logo(values.get("logo_url")),
        light=light_theme(colour),
        dark=dark_theme(colour),
    )


def read_logo(value: object) -> Logo | None:
    """None unless `value` is the https URL of an image on a named host."""
    match = _match_url(value, _MAX_URL_LENGTH)
    return Logo(url=match[0], origin=match["origin"].lower()) if match else None


def read_contact(support: Mapping[str, object]) -> Contact | None:
    """The valid ones of `email`, `phone` and `url`."""
    email, phone = (
        _match_text(support.get(field), pattern) for field, pattern in (("email", _EMAIL), ("phone", _PHONE))
    )
    url = _match_url(support.get("url"), _MAX_CONTACT_LENGTH)
    contact = Contact(email, phone, url[0] if url else None)
    return contact if any(contact) else None


def _match_url(value: object, max_length: int) -> re.Match[str] | None:
    if not isinstance(value, str) or len(value) > max_length:
        return None
    return _HTTPS_URL.fullmatch(value.strip(" "))


def _match_text(value: object, pattern: re.Pattern[str]) -> str | None:
    match = pattern.fullmatch(value.strip()) if isinstance(value, str) and len(value) <= _MAX_CONTACT_LENGTH else None
    return match[0] if match else None
