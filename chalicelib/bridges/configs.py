"""A bridge's config: what a type asks for, encrypted at rest, covered where it may not be read back."""

from collections.abc import Collection
from typing import Any

from chalicelib import codec, crypto
from chalicelib.bridges.catalog import BridgeType, catalog
from chalicelib.bridges.schemas import MAX_CONFIG_BYTES
from chalicelib.bridges.store import BridgeItem
from chalicelib.config.known_settings import MASK
from chalicelib.errors import Invalid


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
