"""DynamoDB's errors, and which of them are worth a retry."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from pynamodb.exceptions import PynamoDBException

from chalicelib.kit.errors import Unavailable

P = ParamSpec("P")
R = TypeVar("R")
TRANSIENT = {
    "TransactionConflict",
    "ThrottlingError",
    "ProvisionedThroughputExceeded",
    "TransactionInProgressException",
    "TransactionConflictException",
    "ThrottlingException",
    "ProvisionedThroughputExceededException",
    "RequestLimitExceeded",
    "InternalServerError",
}


def code_of(error: Exception) -> str:
    """DynamoDB's error code, or an empty string if there was no response. pynamodb's property of the same purpose
    fails on botocore errors without a response."""
    response = getattr(getattr(error, "cause", None) or error, "response", None) or {}
    return str(response.get("Error", {}).get("Code", ""))


def is_transient(error: Exception) -> bool:
    """Whether a retry may succeed: DynamoDB was throttling or busy, or did not respond."""
    code = code_of(error)
    return not code or code in TRANSIENT


def raise_unavailable(call: Callable[P, R]) -> Callable[P, R]:
    """Decorates reads: a transient error that outlasted botocore's retries is raised as Unavailable."""

    @wraps(call)
    def reading(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return call(*args, **kwargs)
        except PynamoDBException as error:
            if is_transient(error):
                raise Unavailable from error
            raise

    return reading
