"""Which language a letter is in: one of the five that the pages for people have.

A code answers a request, so it speaks the language of the browser that asked. A confirmation answers nobody: the
organization's setting decides, else the country that the order goes to, where it has one language that we speak.
"""

from typing import Any, Final

from chalicelib.organizations.known_settings import known
from chalicelib.organizations.store import ConfigItem
from chalicelib.tracking_pages.languages import DEFAULT

_COUNTRIES: Final = {
    "de": "AT DE LI",
    "es": "AR BO CL CO CR CU DO EC ES GT HN MX NI PA PE PR PY SV UY VE",
    "fr": "FR MC",
    "pt": "AO BR MZ PT",
}
_OF_COUNTRY: Final = {country: language for language, codes in _COUNTRIES.items() for country in codes.split()}


def of_code(config: ConfigItem, asked_in: str | None) -> str:
    """`asked_in`: what the browser that asked prefers, if it is one of ours."""
    return asked_in or known(config).mail_language or DEFAULT


def of_confirmation(config: ConfigItem, country: Any) -> str:
    """`country`: where the order goes, as its source writes it; only codes of two letters are understood."""
    return known(config).mail_language or _OF_COUNTRY.get(str(country or "").strip().upper(), DEFAULT)
