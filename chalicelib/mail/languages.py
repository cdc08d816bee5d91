"""The language of an e-mail: one of the five that the pages for shoppers have.

An access code is in the language of the browser that requested it. A confirmation is in the organization's language
if the settings name one, otherwise in that of the destination country.
"""

from typing import Any, Final

from chalicelib.organizations.known_settings import known_settings
from chalicelib.organizations.store import ConfigItem
from chalicelib.tracking_pages.languages import DEFAULT

_COUNTRIES: Final = {
    "de": "AT DE LI",
    "es": "AR BO CL CO CR CU DO EC ES GT HN MX NI PA PE PR PY SV UY VE",
    "fr": "FR MC",
    "pt": "AO BR MZ PT",
}
"""Countries where this language alone is common."""
_BY_COUNTRY: Final = {country: language for language, codes in _COUNTRIES.items() for country in codes.split()}


def code_language(config: ConfigItem, browser_language: str | None) -> str:
    return browser_language or known_settings(config).mail_language or DEFAULT


def confirmation_language(config: ConfigItem, country: Any) -> str:
    """`country` as the source writes it; only two-letter codes are understood."""
    return known_settings(config).mail_language or _BY_COUNTRY.get(str(country or "").strip().upper(), DEFAULT)
