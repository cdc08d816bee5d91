"""A bridge's config: validation against the catalog, encryption at rest, and masking of secrets."""

import re
from collections.abc import Collection, Iterator, Mapping
from typing import Any, NamedTuple
from urllib.parse import unquote, urlsplit

from chalicelib.bridges.schemas import MAX_CONFIG_BYTES
from chalicelib.bridges.store import BridgeItem
from chalicelib.catalog.bridge_types import BridgeType, catalog
from chalicelib.kit import codec
from chalicelib.kit.errors import Invalid
from chalicelib.kit.said import Said
from chalicelib.organizations.masking import MASK
from chalicelib.privacy.identity import canonical_domain
from chalicelib.security import crypto

MIN_SECRET_LENGTH = 4
"""Shorter values are not masked in messages: they could match ordinary words."""

WOOCOMMERCE = "woocommerce"
WORDPRESS = re.compile(r"/+(?:wp-admin|wp-json|wp-login\.php|index\.php)(?=/)", re.IGNORECASE)
MAX_SHOP_BYTES = 600


def validate(bridge_type: BridgeType, config: dict[str, Any], *, changed: Collection[str] | None = None) -> None:
    """Check the fields that the catalog lists, or only those in `changed`: stored values are not checked again."""
    wrong: list[tuple[str, str]] = []
    for field in bridge_type.config_fields:
        if changed is not None and field["name"] not in changed:
            continue
        value = config.get(field["name"])
        if value is None or value == "":
            if field["required"] and not _is_replaced(bridge_type, field["name"], config):
                wrong.append((f"config.{field['name']}", Said.of("required", "is required")))
        elif not isinstance(value, str):
            wrong.append((f"config.{field['name']}", Said.of("text_expected", "must be text")))
    named = find_shop(bridge_type, config)
    if not wrong and named is not None and named.shop is None and (changed is None or named.field in changed):
        wrong.append((f"config.{named.field}", store_expected(named.example)))
    if wrong:
        raise Invalid(wrong)


def _is_replaced(bridge_type: BridgeType, field: str, config: Mapping[str, Any]) -> bool:
    others = bridge_type.alternatives.get(field, ())
    return bool(others) and all(config.get(name) for name in others)


class NamedShop(NamedTuple):
    field: str
    """The config's field that names the shop."""
    shop: str | None
    """Normalised; None if the value names none."""
    example: str


def store_expected(example: str) -> Said:
    return Said.of("store_expected", f"must name a store, such as {example}", expected=example)


def find_shop(bridge_type: BridgeType, config: Mapping[str, Any]) -> NamedShop | None:
    """How a config names its shop; None for types whose shops are not compared, and where the field is missing."""
    if bridge_type.oauth is not None:
        field, normalise = bridge_type.oauth.shop_field, bridge_type.oauth.normalise
        example = bridge_type.oauth.example + bridge_type.oauth.suffix
    elif bridge_type.consent_field is not None or bridge_type.id == WOOCOMMERCE:
        # A type that replaces the project's own may have been written before `consent_field`.
        field = bridge_type.consent_field or "storeUrl"
        normalise, example = normalise_store_url, "https://shop.example"
    else:
        return None
    value = config.get(field)
    return NamedShop(field, normalise(str(value)), example) if value not in (None, "") else None


def normalise_store_url(text: str) -> str | None:
    """Host and path of a store's URL in one spelling; None if it is no web address. Leaves out the scheme, `www.`, the
    default port, and what follows the store's own path in WordPress (`/wp-admin`, `/wp-json`, `/index.php`)."""
    address = text.strip()
    try:
        parts = urlsplit(address if "://" in address else f"https://{address}")
        port = parts.port
    except ValueError:
        return None
    host = canonical_domain(parts.hostname or "").removeprefix("www.")
    if parts.scheme.lower() not in ("http", "https") or not re.fullmatch(r"[^\s/@:]+", host):
        return None
    path = WORDPRESS.split(f"/{_decoded(parts.path)}/")[0]
    segments = "/".join(segment for segment in path.split("/") if segment)
    shop = f"{host}{f':{port}' if port not in (None, 80, 443) else ''}{f'/{segments}' if segments else ''}"
    # A shop is part of a key, which DynamoDB limits to 1024 bytes.
    return shop if len(shop.encode()) <= MAX_SHOP_BYTES else None


def _decoded(path: str) -> str:
    while (decoded := unquote(path)) != path:
        path = decoded
    return path


def merge(item: BridgeItem, sent: dict[str, Any]) -> dict[str, Any]:
    """The stored config with the fields that were sent. MASK means unchanged, null removes a field.

    A change of the shop or account must bring all credentials. Otherwise a caller who cannot read the stored ones could
    have them sent to a host of their choice. What a service stored for the old account is dropped.
    """
    changed = {name: value for name, value in sent.items() if value != MASK}
    stored = decrypt(item)
    if changes_account(item.type, stored, changed):
        _require_credentials(item.type, stored, changed)
        plain = _plain_fields(item.type)
        stored = {name: value for name, value in stored.items() if name in plain}
    config = {name: value for name, value in {**stored, **changed}.items() if value is not None}
    if len(codec.dumps(config).encode()) > MAX_CONFIG_BYTES:
        raise Invalid([("config", f"would be larger than {MAX_CONFIG_BYTES} bytes")])
    bridge_type = catalog().get(item.type)
    if bridge_type is not None and item.status != "pending_oauth":
        validate(bridge_type, config, changed=changed.keys())
    return config


def encrypt(organization_id: str, bridge_id: str, config: dict[str, Any]) -> str:
    return crypto.encrypt(codec.dumps(config), organization_id, f"bridge:{bridge_id}")


def decrypt(item: BridgeItem) -> dict[str, Any]:
    text = crypto.decrypt(item.config, item.organization_id, f"bridge:{item.id}")
    config: dict[str, Any] = codec.loads(text)
    return config


def mask(bridge_type: str, config: dict[str, Any]) -> dict[str, Any]:
    """The config with every value masked, except fields that the catalog lists as plain text. All values are masked if
    the catalog no longer has the type."""
    plain = _plain_fields(bridge_type)
    return {name: value if name in plain else MASK for name, value in config.items()}


def mask_secrets(message: str, bridge_type: str, config: dict[str, Any]) -> str:
    """The message with all secrets of the config masked. A service's messages may quote its input, and they are stored,
    shown and sent to webhooks."""
    plain = _plain_fields(bridge_type)
    secrets = {text for name, value in config.items() if name not in plain for text in _texts(value)}
    for secret in sorted(secrets, key=len, reverse=True):
        if len(secret) >= MIN_SECRET_LENGTH:
            message = message.replace(secret, MASK)
    return message


def mask_stored_secrets(message: str | None, item: BridgeItem) -> str | None:
    """As `mask_secrets`, with the stored config. Decrypting it may call KMS; without a message nothing is decrypted."""
    return None if message is None else mask_secrets(message, item.type, decrypt(item))


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for entry in value.values():
            yield from _texts(entry)
    elif isinstance(value, list):
        for entry in value:
            yield from _texts(entry)


def is_unchanged(item: BridgeItem, sent: dict[str, Any]) -> bool:
    """Whether the fields that were sent leave the config as it is. A secret counts as unchanged only if it is MASK, so
    that the result does not confirm guesses."""
    stored, plain = decrypt(item), _plain_fields(item.type)
    return all(value == MASK or (name in plain and value == stored.get(name)) for name, value in sent.items())


def changes_account(bridge_type: str, stored: dict[str, Any], changed: dict[str, Any]) -> bool:
    """Whether the change leads to another host or account. Another spelling of the same one does not."""
    found = catalog().get(bridge_type)
    # A type that left the catalog has no service either, so its config is sent nowhere.
    fields = found.account_fields if found is not None else ()
    suffix = found.oauth.suffix if found is not None and found.oauth is not None else ""
    return any(
        name in changed and _canonical(changed[name], suffix) != _canonical(stored.get(name), suffix) for name in fields
    )


def _canonical(value: Any, suffix: str) -> str:
    """One spelling of a host, URL or account. Keeps the scheme: plain http is another destination than https."""
    text = str(value or "").strip().rstrip("/").lower()
    return text.removeprefix("https://").removesuffix(suffix)


def _require_credentials(bridge_type: str, stored: dict[str, Any], changed: dict[str, Any]) -> None:
    found = catalog().get(bridge_type)
    secrets = found.secret_fields if found is not None else frozenset()
    missing = sorted(name for name in secrets if name in stored and not changed.get(name))
    if missing:
        again = Said.of("needed_again", "must be sent again when the shop or account changes")
        raise Invalid([(f"config.{name}", again) for name in missing])


def _plain_fields(bridge_type: str) -> frozenset[str]:
    found = catalog().get(bridge_type)
    return found.plain_fields if found is not None else frozenset()
