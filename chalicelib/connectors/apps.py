"""The deployment's own credentials at platforms, such as those of its Shopify app."""

from collections.abc import Mapping


def credentials(_: str) -> Mapping[str, str]:
    """For a bridge type, empty if the deployment has none."""
    return {}
