"""The deployment's own credentials at platforms, such as those of its Shopify app.

They are in an SSM parameter (a SecureString), whose name is a parameter of the deployment, as JSON:
`{"shopify": {"client_id": "…", "client_secret": "…"}}`. They are in no table, environment or log.
"""

import time
from collections.abc import Mapping
from dataclasses import dataclass, field

from chalicelib.kit import codec, log
from chalicelib.kit.aws import client
from chalicelib.kit.settings import settings

KEPT_S = 300.0
"""A secret that is changed at the platform works within this time."""

Credentials = Mapping[str, str]


@dataclass
class _Known:
    by_type: Mapping[str, Credentials] = field(default_factory=dict)
    until: float = 0.0


_known = _Known()


def credentials(bridge_type: str) -> Credentials:
    """For a bridge type, empty if the deployment has none."""
    if not settings().platform_credentials:
        return {}
    if _known.until < time.monotonic():
        _read()
    return _known.by_type.get(bridge_type, {})


def _read() -> None:
    try:
        found = client("ssm").get_parameter(Name=settings().platform_credentials, WithDecryption=True)
        value = codec.loads(found["Parameter"]["Value"])
        _known.by_type = {str(name): {key: str(text) for key, text in each.items()} for name, each in value.items()}
        _known.until = time.monotonic() + KEPT_S
    except Exception as failure:
        # Shops with credentials of their own go on. What was known may still be right.
        log.error("platform_credentials_unreadable", failure)
