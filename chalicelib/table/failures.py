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

INVALID = {"ValidationException", "ValidationError", "ItemCollectionSizeLimitExceeded"}


def code_of(error: Exception) -> str:
    """DynamoDB's error code, or an empty string if there was no response. pynamodb's property of the same purpose
    fails on botocore errors without a response."""
    response = getattr(getattr(error, "cause", None) or error, "response", None) or {}
    return str(response.get("Error", {}).get("Code", ""))


def is_transient(error: Exception) -> bool:
    """Whether a retry may succeed: DynamoDB was throttling or busy, or did not respond."""
    code = code_of(error)
    return not code or code in TRANSIENT


def is_invalid(error: Exception) -> bool:
    """Whether DynamoDB refuses what is written, however often it is tried: an item or a key is too large, say."""
    reasons = getattr(error, "cancellation_reasons", None) or []
    return code_of(error) in INVALID or any(reason is not None and reason.code in INVALID for reason in reasons)


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
