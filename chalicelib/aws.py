"""Clients of the other services: made when first needed, since most functions need one or none of them."""

from functools import cache
from typing import Any

import botocore.session
from botocore.config import Config

_CONFIG = Config(connect_timeout=2, read_timeout=10, retries={"mode": "standard", "total_max_attempts": 4})


@cache
def client(service: str) -> Any:
    return botocore.session.get_session().create_client(service, config=_CONFIG)
