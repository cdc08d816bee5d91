"""A bridge's config: what a type asks for, encrypted at rest, covered where it may not be read back."""

from collections.abc import Collection, Iterator
from typing import Any

from chalicelib.bridges.schemas import MAX_CONFIG_BYTES
from chalicelib.bridges.store import BridgeItem
from chalicelib.catalog.bridge_types import BridgeType, catalog
from chalicelib.kit import codec
from chalicelib.kit.errors import Invalid
from chalicelib.organizations.known_settings import MASK
from chalicelib.security import crypto

SHORTEST_SECRET = 4
"""Of what is covered in messages; shorter values would take ordinary words out."""


def check(kind: BridgeType, config: dict[str, Any], *, changed: Collection[str] | None = None) -> None:
    """Only the fields in `changed`, where it is given: what else is stored stays as it was let in."""
    wrong: list[tuple[str, str]] = []
    for field in kind.config_fields:
        if changed is not None and field["name"] not in changed:
            continue
        value = config.get(field["name"])
        if value is None or value == "":
            if field["required"]:
                wrong.append((f"config.{field['name']}", "is required"))
        elif not isinstance(value, str):
            wrong.append((f"config.{field['name']}", "must be text"))
    if wrong:
        raise Invalid(wrong)


def merged(item: BridgeItem, sent: dict[str, Any]) -> dict[str, Any]:
    changed = {name: value for name, value in sent.items() if value != MASK}
    config = {name: value for name, value in {**decrypt(item), **changed}.items() if value is not None}
    if len(codec.dumps(config).encode()) > MAX_CONFIG_BYTES:
        raise Invalid([("config", f"would be larger than {MAX_CONFIG_BYTES} bytes")])
    kind = catalog().get(item.type)
    if kind is not None and item.status != "pending_oauth":
        check(kind, config, changed=changed.keys())
    return config


def encrypt(organization_id: str, bridge_id: str, config: dict[str, Any]) -> str:
    return crypto.encrypt(codec.dumps(config), organization_id, f"bridge:{bridge_id}")


def decrypt(item: BridgeItem) -> dict[str, Any]:
    text = crypto.decrypt(item.config, item.organization_id, f"bridge:{item.id}")
    config: dict[str, Any] = codec.loads(text)
    return config


def masked(bridge_type: str, config: dict[str, Any]) -> dict[str, Any]:
    """The config with everything covered that the catalog does not know as plain; all of it where it does not know the
    type any more."""
    plain = _plain_fields(bridge_type)
    return {name: value if name in plain else MASK for name, value in config.items()}


def without_secrets(message: str, bridge_type: str, config: dict[str, Any]) -> str:
    """A service may quote what it was given, and its messages are kept, shown and sent on to webhooks."""
    plain = _plain_fields(bridge_type)
    secrets = {text for name, value in config.items() if name not in plain for text in _texts(value)}
    for secret in sorted(secrets, key=len, reverse=True):
        if len(secret) >= SHORTEST_SECRET:
            message = message.replace(secret, MASK)
    return message


def without_own_secrets(message: str | None, item: BridgeItem) -> str | None:
    """The same with the config that is stored: a call to KMS where it is not in memory, and none without a message."""
    return None if message is None else without_secrets(message, item.type, decrypt(item))


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for entry in value.values():
            yield from _texts(entry)
    elif isinstance(value, list):
        for entry in value:
            yield from _texts(entry)


def require_secrets(item: BridgeItem, sent: dict[str, Any]) -> None:
    """Who may not read the stored secrets may not have them sent elsewhere either: another store URL comes with
    secrets of its own."""
    stored, plain = decrypt(item), _plain_fields(item.type)
    if all(sent[name] in (MASK, stored.get(name)) for name in sent.keys() & plain):
        return
    kept = [name for name in stored if name not in plain and sent.get(name, MASK) == MASK]
    if kept:
        raise Invalid([(f"config.{name}", "must be sent again where the rest changes") for name in kept])


def _plain_fields(bridge_type: str) -> frozenset[str]:
    kind = catalog().get(bridge_type)
    return kind.plain_fields if kind is not None else frozenset()
