"""The settings that this project reads. Unknown settings are stored unchanged, for the organization's own use."""

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from chalicelib.kit import codec

if TYPE_CHECKING:
    from chalicelib.organizations.store import ConfigItem

MASK = "--------"
"""Shown instead of a stored secret. In a PATCH it means unchanged."""


_TYPES: dict[str, tuple[type, str]] = {
    "maxBridgesPerUser": (int, "a whole number"),
    "trackingPageTtlDays": (int, "a whole number"),
    "identityVerification": (str, "text"),
    "redactBridgeConfig": (bool, "true or false"),
    "storefrontEmails": (bool, "true or false"),
    "orderTrackingUrl": (str, "text"),
    "mailLanguage": (str, "text"),
    "merchantBranding": (bool, "true or false"),
    "trackingPageShowsItems": (bool, "true or false"),
    "webhookUrl": (str, "text"),
    "webhookSecret": (str, "text"),
}
LANGUAGES = ("en", "de", "es", "fr", "pt")
"""Languages of e-mails and pages. A test compares them with the translated texts."""
_RANGES = {"maxBridgesPerUser": (1, 1000), "trackingPageTtlDays": (1, 365)}


def normalise_numbers(settings: dict[str, Any]) -> dict[str, Any]:
    """The settings with known numbers as integers: `5.0` becomes 5."""
    return {name: codec.whole_number(value) if name in _RANGES else value for name, value in settings.items()}


def find_problems(settings: dict[str, Any]) -> list[tuple[str, str]]:
    """Field and message for each invalid setting. `null` removes a setting and is always valid."""
    return [
        (f"settings.{name}", problem)
        for name, value in settings.items()
        if name in _TYPES and value is not None and (problem := _problem(name, value))
    ]


def _problem(name: str, value: Any) -> str | None:
    expected, description = _TYPES[name]
    if type(value) is not expected:
        return f"must be {description}"
    return _value_problem(name, value)


def _value_problem(name: str, value: Any) -> str | None:
    if name in _RANGES:
        low, high = _RANGES[name]
        return None if low <= value <= high else f"must be from {low} to {high}"
    if name == "identityVerification":
        return None if value in ("off", "required") else "must be off or required"
    if name == "mailLanguage":
        return None if value in LANGUAGES else f"must be one of {', '.join(LANGUAGES)}"
    if name == "orderTrackingUrl":
        return None if _is_link_pattern(value) else "must be an https URL with {token} in it"
    if name == "webhookSecret" and value != MASK and not 16 <= len(value) <= 128:
        return "must have 16 to 128 characters"
    return None


def _is_link_pattern(value: str) -> bool:
    return re.fullmatch(r"https://[^\s/@<>\"'\\{}]+/[^\s<>\"'\\]*", value) is not None and "{token}" in value


@dataclass(frozen=True, slots=True)
class KnownSettings:
    """The known settings of a config, with their defaults."""

    max_bridges_per_user: int = 100
    tracking_page_ttl_days: int = 90
    identity_required: bool = False
    redact_bridge_config: bool = False
    storefront_emails: bool = False
    order_tracking_url: str | None = None
    """URL of the shop's own order tracking page, with `{token}` for the order's tracking token."""
    mail_language: str | None = None
    """Language of e-mails to customers. If it is not set, `mail.languages` chooses one."""
    merchant_branding: bool = False
    """Whether end users may change their own branding."""
    tracking_page_shows_items: bool = False
    """Whether tracking pages show the number and the items of the order."""
    webhook_url: str | None = None


def known_settings(config: "ConfigItem") -> KnownSettings:
    settings: dict[str, Any] = config.settings
    return KnownSettings(
        max_bridges_per_user=settings.get("maxBridgesPerUser", 100),
        tracking_page_ttl_days=settings.get("trackingPageTtlDays", 90),
        identity_required=settings.get("identityVerification") == "required",
        redact_bridge_config=settings.get("redactBridgeConfig", False),
        storefront_emails=settings.get("storefrontEmails", False),
        order_tracking_url=settings.get("orderTrackingUrl"),
        mail_language=settings.get("mailLanguage"),
        merchant_branding=settings.get("merchantBranding", False),
        tracking_page_shows_items=settings.get("trackingPageShowsItems", False),
        webhook_url=settings.get("webhookUrl"),
    )
