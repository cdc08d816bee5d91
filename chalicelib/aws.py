"""Clients of the other services: made when first needed, since most functions need one or none of them."""

from functools import cache
from typing import Any

import botocore.session
from botocore.config import Config

_CONFIG = Config(connect_timeout=2, read_timeout=10, retries={"mode": "standard", "total_max_attempts": 4})
# A function is waited for longer than it may run, and less than the API's may; asked twice it would do its work twice.
_CONFIGS = {"lambda": Config(connect_timeout=2, read_timeout=24, retries={"total_max_attempts": 1})}


@cache
def client(service: str) -> Any:
    return botocore.session.get_session().create_client(service, config=_CONFIGS.get(service, _CONFIG))
