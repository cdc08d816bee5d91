"""An organization's free `branding` object, read with suspicion: what can't be used is as if it were not there."""

import re
from collections.abc import Mapping
from typing import NamedTuple

from chalicelib.tracking_pages.colours import Theme, dark_theme, light_theme
from chalicelib.tracking_pages.markup import clean

# Stricter than a URL parser on purpose: a Content-Security-Policy is made from the origin, so nothing that a browser
# and a parser might read differently (user names, backslashes, white space, quotes, separators) gets this far.
_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_LOGO = re.compile(
    rf"(?P<origin>https://{_LABEL}(?:\.{_LABEL})*(?::[0-9]{{1,5}})?)(?P<rest>(?:[/?][A-Za-z0-9._~:/?@!$&()*+,;=%-]*)?)",
    re.IGNORECASE | re.ASCII,
)
_LONGEST_URL = 1000
_LONGEST_NAME = 60


class Logo(NamedTuple):
    url: str
    origin: str


class Brand(NamedTuple):
    """`name` may be empty."""

    name: str
    logo: Logo | None
    light: Theme
    dark: Theme


def read_brand(branding: Mapping[str, object] | None) -> Brand:
    given = branding or {}
    colour = given.get("primary_color")
    return Brand(
        name=clean(given.get("company_name"), _LONGEST_NAME),
        logo=read_logo(given.get("logo_url")),
        light=light_theme(colour),
        dark=dark_theme(colour),
    )


def read_logo(value: object) -> Logo | None:
    """An https image on a named host; None for everything else."""
    if not isinstance(value, str) or len(value) > _LONGEST_URL:
        return None
    match = _LOGO.fullmatch(value.strip(" "))
    return Logo(url=match[0], origin=match["origin"].lower()) if match else None
