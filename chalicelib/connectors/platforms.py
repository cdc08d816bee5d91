"""The bundled platforms. A platform is imported when a bridge of its type is worked on: most processes need one."""

from functools import cache
from importlib import import_module

from chalicelib.connectors.platform import Platform

MODULES: dict[str, str] = {
    "shopify": "shopify.platform",
    "shipstation": "shipstation.platform",
    "woocommerce": "woocommerce.platform",
}
"""Bridge type -> module of this room that has its `PLATFORM`, such as `woocommerce.platform`."""


@cache
def find(bridge_type: str) -> Platform | None:
    """The platform of a bridge type, or None if no connector is bundled for it."""
    name = MODULES.get(bridge_type)
    if name is None:
        return None
    platform = import_module(f"chalicelib.connectors.{name}").PLATFORM
    assert isinstance(platform, Platform)
    return platform
