"""The settings this project knows. Others are kept as they are, for the organization's own use."""

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from chalicelib.kit import codec

if TYPE_CHECKING:
    from chalicelib.organizations.store import ConfigItem

MASK = "--------"
"""Stands for a secret that is set but not shown; sent back, it means unchanged."""


_TYPES: dict[str, tuple[type, str]] = {
    "maxBridgesPerUser": (int, "a whole number"),
    "trackingPageTtlDays": (int, "a whole number"),
    "identityVerification": (str, "text"),
    "redactBridgeConfig": (bool, "true or false"),
    "storefrontEmails": (bool, "true or false"),
    "orderTrackingUrl": (str, "text"),
    "mailLanguage": (str, "text"),
    "webhookUrl": (str, "text"),
    "webhookSecret": (str, "text"),
}
LANGUAGES = ("en", "de", "es", "fr", "pt")
"""Of letters and pages for people; a test holds this against their texts."""
_RANGES = {"maxBridgesPerUser": (1, 1000), "trackingPageTtlDays": (1, 365)}


def with_whole_numbers(settings: dict[str, Any]) -> dict[str, Any]:
    """The known numbers among the settings sent as whole ones, `5.0` included."""
    return {name: codec.whole(value) if name in _RANGES else value for name, value in settings.items()}


def problems(settings: dict[str, Any]) -> list[tuple[str, str]]:
    """What is wrong with the settings sent; `null` removes one and is always right."""
    return [
        (f"settings.{name}", problem)
        for name, value in settings.items()
        if name in _TYPES and value is not None and (problem := _problem(name, value))
    ]


def _problem(name: str, value: Any) -> str | None:
    wanted, words = _TYPES[name]
    if type(value) is not wanted:
        return f"must be {words}"
    return _refused(name, value)


def _refused(name: str, value: Any) -> str | None:
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
class Known:
    """The known settings of a config with their defaults."""

    max_bridges_per_user: int = 100
    tracking_page_ttl_days: int = 90
    identity_required: bool = False
    redact_bridge_config: bool = False
    storefront_emails: bool = False
    order_tracking_url: str | None = None
    """Where the shop's own page tracks an order; `{token}` in it stands for the order's tracking token."""
    mail_language: str | None = None
    """Of letters to customers; where it is not set, see `mail.languages`."""
    webhook_url: str | None = None


def known(config: "ConfigItem") -> Known:
    settings: dict[str, Any] = config.settings
    return Known(
        max_bridges_per_user=settings.get("maxBridgesPerUser", 100),
        tracking_page_ttl_days=settings.get("trackingPageTtlDays", 90),
        identity_required=settings.get("identityVerification") == "required",
        redact_bridge_config=settings.get("redactBridgeConfig", False),
        storefront_emails=settings.get("storefrontEmails", False),
        order_tracking_url=settings.get("orderTrackingUrl"),
        mail_language=settings.get("mailLanguage"),
        webhook_url=settings.get("webhookUrl"),
    )
