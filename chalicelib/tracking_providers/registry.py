"""The providers there are: the modules of `bundled`. Adding a module is all that a new provider takes."""

from importlib import import_module
from pkgutil import iter_modules

from chalicelib.tracking_providers import bundled
from chalicelib.tracking_providers.provider import Provider


def names() -> tuple[str, ...]:
    """Without importing the providers: requests that only check a setting need none of them."""
    return tuple(sorted(module.name for module in iter_modules(bundled.__path__)))


def find(name: str) -> Provider | None:
    if name not in names():
        return None
    provider: Provider = import_module(f"{bundled.__name__}.{name}").PROVIDER
    return provider
