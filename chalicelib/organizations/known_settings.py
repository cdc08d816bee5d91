"""The settings that this project reads. Unknown settings are stored unchanged, for the organization's own use.

SETTINGS is the only list of them: validation, defaults, the OpenAPI schema and docs/settings.md are derived from it.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from chalicelib.kit import codec
from chalicelib.organizations import action_policies, tracking_provider
from chalicelib.organizations.masking import MASK

if TYPE_CHECKING:
    from chalicelib.organizations.store import ConfigItem

LANGUAGES = ("en", "de", "es", "fr", "pt")
"""Languages of e-mails and pages. A test compares them with the translated texts."""
DEFAULT_STALLED_AFTER_HOURS = 72
SettingType = Literal["integer", "boolean", "string", "object", "array"]
_PYTHON_TYPES: dict[SettingType, tuple[type, str]] = {
    "integer": (int, "a whole number"),
    "boolean": (bool, "true or false"),
    "string": (str, "text"),
    "object": (dict, "an object"),
    "array": (list, "a list"),
}


@dataclass(frozen=True, slots=True)
class Setting:
    type: SettingType
    description: str
    default: int | bool | str | None = None
    """None if the setting has no effect until it is set."""
    minimum: int | None = None
    maximum: int | None = None
    """Bounds of a number, or of the length of a text."""
    choices: tuple[str, ...] = ()
    check: Callable[[Any], str | None] | None = None
    """A further check. Returns the problem."""

    def problem(self, value: Any) -> str | None:
        expected, name = _PYTHON_TYPES[self.type]
        if type(value) is not expected:
            return f"must be {name}"
        if self.choices and value not in self.choices:
            return f"must be one of {', '.join(self.choices)}"
        if self.minimum is not None and self.maximum is not None:
            size: int = len(str(value)) if self.type == "string" else int(str(value))
            if value != MASK and not self.minimum <= size <= self.maximum:
                unit = "must have {} to {} characters" if self.type == "string" else "must be from {} to {}"
                return unit.format(self.minimum, self.maximum)
        return self.check(value) if self.check is not None else None

    @property
    def schema(self) -> dict[str, Any]:
        schema: dict[str, Any] = {"type": self.type, "description": self.description}
        if self.choices:
            schema["enum"] = list(self.choices)
        if self.type == "array":
            schema["items"] = {"type": "string"}
        if self.minimum is not None and self.type == "integer":
            schema |= {"minimum": self.minimum, "maximum": self.maximum}
        return schema


LETTERS = ("shipped", "delivered")


def _check_letters(value: list[Any]) -> str | None:
    wrong = [each for each in value if each not in LETTERS]
    return f"may contain only {', '.join(LETTERS)}" if wrong else None


def _check_tracking_url(value: str) -> str | None:
    is_pattern = re.fullmatch(r"https://[^\s/@<>\"'\\{}]+/[^\s<>\"'\\]*", value) is not None and "{token}" in value
    return None if is_pattern else "must be an https URL with {token} in it"


SETTINGS: dict[str, Setting] = {
    "maxBridgesPerUser": Setting(
        "integer", "The maximum number of bridges per end user.", default=100, minimum=1, maximum=1000
    ),
    "syncIntervalMinutes": Setting(
        "integer",
        "Minutes between two looks of a connector at a shop. The shop's own webhooks are faster.",
        default=15,
        minimum=5,
        maximum=1440,
    ),
    "initialSyncDays": Setting(
        "integer",
        "Days of history that the first sync of a connector brings in. With 0, only what changes from then on.",
        default=60,
        minimum=0,
        maximum=365,
    ),
    "trackingPageTtlDays": Setting(
        "integer", "Days until a new tracking page expires.", default=90, minimum=1, maximum=365
    ),
    "identityVerification": Setting(
        "string",
        "With `required`, automatic sessions need a `userHash`. With `off`, anyone who knows the publishable key and "
        "an end user's `externalId` can open a session as that end user.",
        default="off",
        choices=("off", "required"),
    ),
    "redactBridgeConfig": Setting(
        "boolean", f"Show secrets in a bridge's config as `{MASK}` to sessions.", default=False
    ),
    "storefrontEmails": Setting("boolean", "Send customers an e-mail that confirms a new order.", default=False),
    "shopperEmails": Setting(
        "array",
        "E-mails that customers get on the way of an order: `shipped`, `delivered`. Once for each order, never for "
        "history. They can be unsubscribed from.",
        check=_check_letters,
    ),
    "actionPolicies": Setting(
        "object",
        "What end users may request for an order, by action type: `{enabled, autoApprove, windowMinutes, "
        "untilStatus}`. `windowMinutes` counts from the order, `untilStatus` is the last order status at which it may "
        "be requested. Without it, everything may be requested, and nothing is approved automatically.",
        check=action_policies.find_problem,
    ),
    "shopperActions": Setting(
        "object",
        "What shoppers may ask for until an order is shipped: `{cancel, addressChange}`, each true or false. An action "
        "request is made, to which `actionPolicies` apply. A shopper can always cancel an order that awaits payment.",
        check=action_policies.find_shopper_problem,
    ),
    "orderTrackingUrl": Setting(
        "string",
        "The shop's own order tracking page, which e-mails link to instead of this project's. `{token}` stands for the "
        "order's tracking token.",
        check=_check_tracking_url,
    ),
    "mailLanguage": Setting(
        "string",
        "The language of e-mails to customers. Without it, confirmations use the language of the destination country, "
        "and access codes that of the browser.",
        choices=LANGUAGES,
    ),
    "merchantBranding": Setting(
        "boolean", "End users may change the branding that their customers see.", default=False
    ),
    "trackingPageShowsItems": Setting("boolean", "Tracking pages show the order number and its items.", default=False),
    "trackingProvider": Setting(
        "object",
        "The service that follows shipments at their carriers: `{name, apiKey, webhookSecret}`. Merged field by field; "
        f"the two secrets are stored encrypted and read back as `{MASK}`.",
        check=tracking_provider.find_problem,
    ),
    "stalledAfterHours": Setting(
        "integer",
        "Hours without a scan after which a moving shipment counts as stalled (`shipment.stalled`).",
        default=DEFAULT_STALLED_AFTER_HOURS,
        minimum=24,
        maximum=720,
    ),
    "webhookUrl": Setting(
        "string", "The organization's own webhook, which receives the events of all end users. Must be an https URL."
    ),
    "webhookSecret": Setting(
        "string",
        f"The secret that signs the organization's webhook. Stored encrypted and read back as `{MASK}`. Without it, "
        "one is generated and shown once.",
        minimum=16,
        maximum=128,
    ),
    "webhookFilter": Setting(
        "object",
        "A condition on the data of events, in the language of alert rules. The organization's webhook receives only "
        "events for which it holds.",
    ),
}


def normalise_numbers(settings: dict[str, Any]) -> dict[str, Any]:
    """The settings with known numbers as integers: `5.0` becomes 5."""
    return {name: codec.whole_number(value) if _is_integer(name) else value for name, value in settings.items()}


def _is_integer(name: str) -> bool:
    return name in SETTINGS and SETTINGS[name].type == "integer"


def find_problems(settings: dict[str, Any]) -> list[tuple[str, str]]:
    """Field and message for each invalid setting. `null` removes a setting and is always valid."""
    return [
        (f"settings.{name}", problem)
        for name, value in settings.items()
        if name in SETTINGS and value is not None and (problem := SETTINGS[name].problem(value))
    ]


def find_unknown(settings: dict[str, Any]) -> list[tuple[str, str]]:
    """Field and message for each unknown setting, with the most similar known one."""
    unknown = [name for name, value in settings.items() if name not in SETTINGS and value is not None]
    return [(f"settings.{name}"[:200], _unknown_message(name)) for name in unknown]


def _unknown_message(name: str) -> str:
    from difflib import get_close_matches  # needed for misspelt settings only

    by_letters = {_letters(known): known for known in SETTINGS}
    similar = get_close_matches(_letters(name[:100]), by_letters, n=1, cutoff=0.7)
    suggestion = f" Did you mean {by_letters[similar[0]]}?" if similar else ""
    return f"is not a known setting. It is stored, but has no effect.{suggestion}"


def _letters(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", name.lower())


def settings_schema(*, nullable: bool) -> dict[str, Any]:
    """The JSON schema of a config's settings. With `nullable`, each may be null, which removes it."""
    properties = {name: setting.schema for name, setting in SETTINGS.items()}
    if nullable:
        for schema in properties.values():
            schema["type"] = [schema["type"], "null"]
            if "enum" in schema:
                schema["enum"] = [*schema["enum"], None]
    return {"type": "object", "properties": properties, "additionalProperties": True}


@dataclass(frozen=True, slots=True)
class KnownSettings:
    """The known settings of a config, with their defaults; SETTINGS describes them."""

    max_bridges_per_user: int
    sync_interval_minutes: int
    initial_sync_days: int
    tracking_page_ttl_days: int
    identity_required: bool
    redact_bridge_config: bool
    storefront_emails: bool
    shopper_emails: tuple[str, ...]
    order_tracking_url: str | None
    mail_language: str | None
    merchant_branding: bool
    tracking_page_shows_items: bool
    stalled_after_hours: int
    webhook_url: str | None
    webhook_filter: dict[str, Any] | None


def known_settings(config: "ConfigItem") -> KnownSettings:
    def value(name: str) -> Any:
        return config.settings.get(name, SETTINGS[name].default)

    return KnownSettings(
        max_bridges_per_user=value("maxBridgesPerUser"),
        sync_interval_minutes=value("syncIntervalMinutes"),
        initial_sync_days=value("initialSyncDays"),
        tracking_page_ttl_days=value("trackingPageTtlDays"),
        identity_required=value("identityVerification") == "required",
        redact_bridge_config=value("redactBridgeConfig"),
        storefront_emails=value("storefrontEmails"),
        shopper_emails=tuple(value("shopperEmails") or ()),
        order_tracking_url=value("orderTrackingUrl"),
        mail_language=value("mailLanguage"),
        merchant_branding=value("merchantBranding"),
        tracking_page_shows_items=value("trackingPageShowsItems"),
        stalled_after_hours=value("stalledAfterHours"),
        webhook_url=value("webhookUrl"),
        webhook_filter=value("webhookFilter"),
    )
