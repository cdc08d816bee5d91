"""The bridge types, and the services that this deployment named for them.

`catalog.json` describes the types of the project. A deployment adds its own types, or replaces some, with a file of the
same form: commands and packaging read it from the path in BRIDGE_TYPES, functions from the packaged `own_types.json`.

The project contains no address of a service. A type can be used only if the deployment names its service, with the
environment variables BRIDGE_SERVICES (`shopify=https://a.example,woocommerce=https://b.example/woo`) and
BRIDGE_SERVICE_URL (a base URL for all other types: theirs is `{base}/{type}`), or with `service_url` in its own types.
"""

import dataclasses
import json
import os
import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

OWN_TYPES = Path(__file__).with_name("own_types.json")
MAX_SHOP_LENGTH = 200
FIELD_TYPES = ("text", "url", "password")
CHANGES = ("cancel", "hold", "release", "address_change", "note")
"""What can be changed of an order at its source. Other requests are carried out by people."""
_ID = re.compile(r"[a-z][a-z0-9_-]{0,49}", re.ASCII)
_TEXTS = ("name", "description", "icon", "category", "docs_url")
_OPTIONAL = {"account_fields", "alternatives", "service_url", "oauth", "connector", "changes", "tasks", "consent_field"}
_KEPT = ("oauth", "connector", "changes", "consent_field")
"""What a type has that replaces one of the project: its routes and its connector are still there."""
_SWITCHES = ("webhook_support", "connector", "tasks")
_LOOPBACK = ("localhost", "127.0.0.1", "::1")


class InvalidCatalog(ValueError):
    """The deployment's bridge types or services are not valid. The message names the entry and the problem."""


@dataclass(frozen=True, slots=True)
class OAuth:
    """How a platform with OAuth names its shops."""

    shop_field: str
    """The config's field that holds the shop."""
    pattern: str
    """A regular expression for the whole of a shop's name in lower case, without the suffix."""
    example: str
    suffix: str = ""
    """What follows the name, and may be omitted by people: `.myshopify.com`."""

    def normalise(self, text: str) -> str | None:
        """`mystore.myshopify.com` for `mystore`, `https://MyStore.myshopify.com/` and similar spellings, otherwise
        None."""
        shop = text.strip().lower().removeprefix("https://").removeprefix("http://").removesuffix("/")
        name = shop.removesuffix(self.suffix)
        # A shop is part of a key, which DynamoDB limits to 1024 bytes.
        is_shop = len(shop) <= MAX_SHOP_LENGTH and re.fullmatch(self.pattern, name, re.ASCII)
        return name + self.suffix if is_shop else None


@dataclass(frozen=True, slots=True)
class BridgeType:
    id: str
    name: str
    description: str
    icon: str
    category: str
    auth_methods: tuple[str, ...]
    config_fields: tuple[dict[str, Any], ...]
    webhook_support: bool
    docs_url: str
    account_fields: tuple[str, ...]
    """Plain fields that identify the shop or account. Changing one requires all credentials again."""
    service_url: str | None
    """None if the deployment named no service."""
    oauth: OAuth | None = None
    alternatives: Mapping[str, tuple[str, ...]] = dataclasses.field(default_factory=dict)
    """Fields that together replace a required field."""
    connector: bool = False
    """The project has a connector for this type (`chalicelib.connectors`)."""
    changes: tuple[str, ...] = ()
    """The types of action requests that the connector can carry out at the platform."""
    consent_field: str | None = None
    """The config's field that names the shop, for connectors where merchants can agree at the shop instead of entering
    keys. For types with OAuth it is OAuth's own."""
    tasks: bool = False
    """The service takes tasks: docs/bridge-services.md."""

    @property
    def is_bundled(self) -> bool:
        """The connector does the work. A service that the deployment names replaces it."""
        return self.connector and self.service_url is None

    @property
    def is_available(self) -> bool:
        """Whether bridges of this type can be created and tested."""
        return self.connector or self.service_url is not None

    @property
    def takes_tasks(self) -> bool:
        return self.is_bundled or (self.tasks and self.service_url is not None)

    def can_apply(self, action_type: str) -> bool:
        """Whether an approved request is carried out at the source. A service says itself what it can't do."""
        if self.is_bundled:
            return action_type in self.changes
        return self.takes_tasks and action_type in CHANGES

    @property
    def secret_fields(self) -> frozenset[str]:
        return frozenset(field["name"] for field in self.config_fields if field["type"] == "password")

    @property
    def plain_fields(self) -> frozenset[str]:
        """Fields that may be shown. Fields outside the catalog were stored by a service and may hold a token."""
        return frozenset(field["name"] for field in self.config_fields) - self.secret_fields


@cache
def catalog() -> dict[str, BridgeType]:
    """All bridge types by id. Raises InvalidCatalog."""
    entries = _entries()
    services = parse_services(os.environ.get("BRIDGE_SERVICES", ""), entries)
    base = os.environ.get("BRIDGE_SERVICE_URL", "")
    if base:
        services = {name: f"{_service_url(base, 'BRIDGE_SERVICE_URL')}/{name}" for name in entries} | services
    return {name: _bridge_type(entry, services.get(name)) for name, entry in entries.items()}


def has_connector(type_id: str) -> bool:
    """Whether bridges of the type are worked on by a connector of the project."""
    found = catalog().get(type_id)
    return found is not None and found.is_bundled


def oauth_types() -> dict[str, tuple[str, OAuth]]:
    """Name and OAuth of the types that have OAuth, by id. Raises InvalidCatalog. Routes are declared from it, on
    import: unlike `catalog`, it neither reads the services nor keeps a result."""
    return {key: (entry["name"], OAuth(**entry["oauth"])) for key, entry in _entries().items() if entry.get("oauth")}


def consent_types() -> dict[str, tuple[str, str]]:
    """Name and field of the shop, by id, of the types with a `consent_field`. As `oauth_types`."""
    return {
        key: (entry["name"], entry["consent_field"]) for key, entry in _entries().items() if entry.get("consent_field")
    }


def _entries() -> dict[str, dict[str, Any]]:
    entries = {entry["id"]: entry for entry in json.loads(Path(__file__).with_name("catalog.json").read_text())}
    own_types = Path(os.environ.get("BRIDGE_TYPES") or OWN_TYPES)
    if own_types.exists():
        for entry in parse_types(own_types.read_text(encoding="utf-8")):
            replaced = entries.get(entry["id"], {})
            kept = {name: replaced[name] for name in _KEPT if name in replaced}
            entries[entry["id"]] = {**kept, **entry}
    return entries


def parse_types(text: str) -> list[dict[str, Any]]:
    """The entries of a file of bridge types. Raises InvalidCatalog."""
    try:
        entries = json.loads(text)
    except ValueError as error:
        raise InvalidCatalog(f"The bridge types are not JSON: {error}") from None
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise InvalidCatalog("The bridge types must be a list of objects.")
    for position, entry in enumerate(entries):
        _check(entry, f"Bridge type {entry.get('id', f'number {position + 1}')!r}")
    ids = [entry["id"] for entry in entries]
    if len(set(ids)) != len(ids):
        raise InvalidCatalog("The bridge types contain an id twice.")
    return entries


def parse_services(text: str, types: Iterable[str]) -> dict[str, str]:
    """Service URLs by bridge type, from `type=url,type=url`. Raises InvalidCatalog."""
    services: dict[str, str] = {}
    for pair in filter(None, re.split(r"[,\s]+", text)):
        name, _, url = pair.partition("=")
        if name not in set(types):
            raise InvalidCatalog(f"BRIDGE_SERVICES names {name!r}, which is not a bridge type.")
        services[name] = _service_url(url, f"BRIDGE_SERVICES, {name}")
    return services


def _check(entry: Mapping[str, Any], where: str) -> None:
    expected = {"id", "auth_methods", "config_fields", "webhook_support", *_TEXTS}
    if missing := expected - entry.keys():
        raise InvalidCatalog(f"{where} lacks {', '.join(sorted(missing))}.")
    if unknown := entry.keys() - expected - _OPTIONAL:
        raise InvalidCatalog(f"{where} has the unknown fields {', '.join(sorted(unknown))}.")
    if not isinstance(entry["id"], str) or not _ID.fullmatch(entry["id"]):
        raise InvalidCatalog(f"{where} needs an id of lower-case letters, digits, - and _.")
    if wrong := [name for name in _TEXTS if not isinstance(entry[name], str) or len(entry[name]) > 300]:
        raise InvalidCatalog(f"{where} needs text of up to 300 characters in {', '.join(wrong)}.")
    if wrong := [name for name in _SWITCHES if not isinstance(entry.get(name, False), bool)]:
        raise InvalidCatalog(f"{where} needs true or false in {', '.join(wrong)}.")
    if wrong := [name for name in ("auth_methods", "changes") if not _is_list_of_text(entry.get(name, []))]:
        raise InvalidCatalog(f"{where} needs a list of words in {wrong[0]}.")
    _check_fields(entry["config_fields"], where)
    plain = {field["name"] for field in entry["config_fields"] if field["type"] != "password"}
    accounts = entry.get("account_fields", [])
    if not _is_list_of_text(accounts) or not plain.issuperset(accounts):
        raise InvalidCatalog(f"{where} may list only its own plain fields in account_fields.")
    if entry.get("consent_field", "") not in {"", *plain}:
        raise InvalidCatalog(f"{where} may name only one of its own plain fields as consent_field.")
    _check_alternatives(entry, where)
    if entry.get("service_url") is not None:
        _service_url(entry["service_url"], where)
    _check_oauth(entry, plain, where)


def _check_oauth(entry: Mapping[str, Any], plain: Collection[str], where: str) -> None:
    if "oauth" not in entry:
        return
    oauth = entry["oauth"]
    expected = {"shop_field", "pattern", "example"}
    is_complete = (
        isinstance(oauth, dict)
        and expected <= oauth.keys() <= expected | {"suffix"}
        and all(isinstance(value, str) for value in oauth.values())
    )
    if not is_complete:
        raise InvalidCatalog(f"{where} needs text in shop_field, pattern, example and, if it has one, suffix of oauth.")
    if "oauth" not in entry["auth_methods"]:
        raise InvalidCatalog(f"{where} has oauth, so its auth_methods must list oauth.")
    if oauth["shop_field"] not in plain:
        raise InvalidCatalog(f"{where} may name only one of its own plain fields as oauth's shop_field.")
    example = oauth["example"] + oauth.get("suffix", "")
    try:
        is_example = OAuth(**oauth).normalise(oauth["example"]) == OAuth(**oauth).normalise(example) == example
    except re.error as error:
        raise InvalidCatalog(f"{where} needs a regular expression in oauth's pattern: {error}") from None
    if not is_example:
        raise InvalidCatalog(f"{where} needs an example that matches oauth's pattern, and a suffix in lower case.")


def _check_fields(fields: Any, where: str) -> None:
    if not isinstance(fields, list) or not all(isinstance(field, dict) for field in fields):
        raise InvalidCatalog(f"{where} needs a list of objects in config_fields.")
    for field in fields:
        is_complete = (
            field.keys() == {"name", "label", "type", "required"}
            and isinstance(field["name"], str)
            and isinstance(field["label"], str)
            and field["type"] in FIELD_TYPES
            and isinstance(field["required"], bool)
        )
        if not is_complete:
            raise InvalidCatalog(
                f"{where} needs name, label, type ({', '.join(FIELD_TYPES)}) and required (true or false) in each "
                "config field."
            )


def _check_alternatives(entry: Mapping[str, Any], where: str) -> None:
    alternatives = entry.get("alternatives", {})
    names = {field["name"] for field in entry["config_fields"]}
    is_map = isinstance(alternatives, dict) and all(_is_list_of_text(others) for others in alternatives.values())
    if not is_map or not names.issuperset(
        [*alternatives, *(name for others in alternatives.values() for name in others)]
    ):
        raise InvalidCatalog(f"{where} may list only its own config fields in alternatives.")


def _is_list_of_text(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(entry, str) for entry in value)


def _service_url(url: Any, where: str) -> str:
    """The URL without a trailing slash. https only, but for loopback hosts, which local services have."""
    try:
        parts = urlsplit(url if isinstance(url, str) else "")
        host, _ = parts.hostname, parts.port
    except ValueError:
        raise InvalidCatalog(f"{where} needs a valid service URL.") from None
    is_local = parts.scheme == "http" and host in _LOOPBACK
    if not host or not (parts.scheme == "https" or is_local) or parts.username or parts.query or parts.fragment:
        raise InvalidCatalog(f"{where} needs a service URL with https, without user, query and fragment.")
    return str(url).rstrip("/")


def _bridge_type(entry: Mapping[str, Any], service_url: str | None) -> BridgeType:
    plain = [field["name"] for field in entry["config_fields"] if field["type"] != "password"]
    own = entry.get("service_url")
    return BridgeType(
        **{
            **entry,
            "auth_methods": tuple(entry["auth_methods"]),
            "changes": tuple(entry.get("changes", ())),
            "config_fields": tuple(entry["config_fields"]),
            "alternatives": {name: tuple(others) for name, others in entry.get("alternatives", {}).items()},
            "account_fields": tuple(entry.get("account_fields", plain)),
            "service_url": service_url or (_service_url(own, entry["id"]) if own else None),
            "oauth": OAuth(**entry["oauth"]) if entry.get("oauth") else None,
        }
    )
