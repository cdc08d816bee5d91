"""Clients of AWS services other than DynamoDB, and calls of this project's other functions.

Clients are created on first use: most functions need one or none of them.
"""

from collections.abc import Mapping
from functools import cache
from typing import Any

import botocore.session
from botocore.config import Config

from chalicelib.kit import codec

MAX_CONNECTIONS = 32
"""At least as many as the threads that call one service at the same time (`table.reads`). With fewer, the surplus
threads would open a connection for each call and discard it."""
_CONFIG = Config(
    connect_timeout=2,
    read_timeout=10,
    retries={"mode": "standard", "total_max_attempts": 4},
    max_pool_connections=MAX_CONNECTIONS,
)
# No retries where a repeated call would repeat the work.
_ONCE = {"total_max_attempts": 1}
_CONFIGS = {
    # Longer than the invoked function's timeout, shorter than the API function's.
    "lambda": Config(connect_timeout=2, read_timeout=24, retries=_ONCE),
    # After a timeout the e-mail may have been sent. The queue retries, with a maximum receive count. Ten messages that
    # all take this long still finish within the function's minute.
    "ses": Config(connect_timeout=1, read_timeout=4, retries=_ONCE),
}


class InvocationFailed(Exception):
    """The function could not be called, or it failed. It may have done part of its work."""


@cache
def client(service: str) -> Any:
    return botocore.session.get_session().create_client(service, config=_CONFIGS.get(service, _CONFIG))


def invoke(function: str, payload: Mapping[str, Any]) -> Any:
    """The result of another function of this project, which has rights that the caller lacks."""
    lambda_client = client("lambda")
    try:
        response = lambda_client.invoke(
            FunctionName=function, InvocationType="RequestResponse", Payload=codec.dumps(payload).encode()
        )
        result = response["Payload"].read()
        if "FunctionError" not in response:
            return codec.loads(result)
    except Exception as failure:
        raise InvocationFailed(function) from failure
    finally:
        # A connection kept while this process is frozen may be dead by the next call, and calls are not retried.
        lambda_client.close()
    raise InvocationFailed(function)


def invoke_later(function: str, payload: Mapping[str, Any]) -> None:
    """Have another function do something, without waiting for it. Raises InvocationFailed."""
    try:
        client("lambda").invoke(FunctionName=function, InvocationType="Event", Payload=codec.dumps(payload).encode())
    except Exception as failure:
        raise InvocationFailed(function) from failure
    finally:
        client("lambda").close()
