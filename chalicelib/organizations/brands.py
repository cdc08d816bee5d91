"""Branding of the organization and of merchants: what may be stored, and which of the two a shopper sees."""

import re
from collections.abc import Mapping
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from pydantic.alias_generators import to_snake

from chalicelib.kit import codec
from chalicelib.organizations.store import EndUserItem

MAX_BRANDING_BYTES = 8 * 1024
SUPPORT_FIELDS = ("email", "url", "phone")
_COLOUR = re.compile(r"#([0-9a-fA-F]{3,4}|[0-9a-fA-F]{6}|[0-9a-fA-F]{8})", re.ASCII)


class ShopperBrand(NamedTuple):
    """What pages and e-mails for a shopper carry."""

    branding: Mapping[str, Any]
    support: Mapping[str, Any]
    """`email`, `url` and `phone` of whom to contact, as far as they are known."""


def shopper_brand(branding: Mapping[str, Any], end_user: EndUserItem | None) -> ShopperBrand:
    """The merchant's brand if there is one, otherwise the organization's `branding`. The two are never mixed: the
    organization's logo or contact would be wrong beside the merchant's name."""
    own_branding = end_user.branding if end_user else None
    own_support = end_user.support if end_user else None
    if own_branding:
        return ShopperBrand(own_branding, own_support or {})
    return ShopperBrand(branding, own_support or organization_support(branding))


def organization_support(branding: Mapping[str, Any]) -> dict[str, Any]:
    """The contact in the organization's branding: `support_email`, `support_url`, `support_phone`."""
    return {field: branding[f"support_{field}"] for field in SUPPORT_FIELDS if branding.get(f"support_{field}")}


def normalise_branding(values: dict[str, Any]) -> dict[str, Any]:
    """The branding as it is stored, with names in snake_case. ValueError if a colour, a URL or the size is invalid."""
    branding: dict[str, Any] = {}
    for sent_name, value in values.items():
        name = to_snake(sent_name)
        if branding.setdefault(name, value) != value:
            raise ValueError(f"{name} is present in both casings, with different values")
        if name.endswith(("color", "colour")) and value is not None:
            if not isinstance(value, str) or not _COLOUR.fullmatch(value):
                raise ValueError(f"{name} must be a CSS hex colour such as #4F46E5")
        elif name.endswith("url") and value is not None and not is_https_url(value):
            raise ValueError(f"{name} must be an https URL")
    if len(codec.dumps(branding).encode()) > MAX_BRANDING_BYTES:
        raise ValueError(f"must not be larger than {MAX_BRANDING_BYTES} bytes")
    return branding


def is_https_url(value: Any) -> bool:
    try:
        parts = urlsplit(value)
        return parts.scheme == "https" and bool(parts.hostname) and not re.search(r"[\s\"'<>\\]", value)
    except (ValueError, AttributeError, TypeError):
        return False
