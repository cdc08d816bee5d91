"""What DynamoDB says when it does not do what it was asked, and which of it is worth another try."""

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
    """DynamoDB's name for what went wrong; empty where there was no answer at all. pynamodb's own property of that
    name breaks on what botocore raises without an answer."""
    response = getattr(getattr(error, "cause", None) or error, "response", None) or {}
    return str(response.get("Error", {}).get("Code", ""))


def is_transient(error: Exception) -> bool:
    """Whether it may go another time: DynamoDB was too busy, or did not answer."""
    code = code_of(error)
    return not code or code in TRANSIENT


def or_unavailable(call: Callable[P, R]) -> Callable[P, R]:
    """For what reads: Unavailable where botocore's own tries have not helped but later ones may."""

    @wraps(call)
    def reading(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return call(*args, **kwargs)
        except PynamoDBException as error:
            if is_transient(error):
                raise Unavailable from error
            raise

    return reading
