"""Clients of the other services: made when first needed, since most functions need one or none of them."""

from functools import cache
from typing import Any

import botocore.session
from botocore.config import Config

MAX_CONNECTIONS = 32
"""At least as many as there are threads that call one service side by side (`table.reads`, and who waits for them):
others would make a connection for each call, and throw it away."""
_CONFIG = Config(
    connect_timeout=2,
    read_timeout=10,
    retries={"mode": "standard", "total_max_attempts": 4},
    max_pool_connections=MAX_CONNECTIONS,
)
# A function is waited for longer than it may run, and less than the API's may; asked twice it would do its work twice.
_ONCE = {"total_max_attempts": 1}
_CONFIGS = {
    "lambda": Config(connect_timeout=2, read_timeout=24, retries=_ONCE),
    # A letter whose answer is late may be on its way: the queue tries again, which counts and gives up in the end. Ten
    # of a batch that all take this long still end within the function's minute.
    "ses": Config(connect_timeout=1, read_timeout=4, retries=_ONCE),
}


@cache
def client(service: str) -> Any:
    return botocore.session.get_session().create_client(service, config=_CONFIGS.get(service, _CONFIG))
