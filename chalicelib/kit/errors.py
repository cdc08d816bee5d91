"""Every error a caller can get, in one tree.

ApiError
├── BadRequest              400
├── Unauthorized            401
├── Forbidden               403
├── NotFound                404
├── Conflict                409
├── Gone                    410
├── PayloadTooLarge         413
├── Invalid                 422  (with the fields)
├── TooManyRequests         429  (with Retry-After)
└── Unavailable             503

Domains raise these with a stable code; `chalicelib.api.handler` renders them in the one error shape. docs/errors.md
documents every code, and a test compares the two.
"""

from collections.abc import Sequence
from typing import Any

from chalicelib.kit.said import coded


class ApiError(Exception):
    status = 500
    code = "internal_error"
    message = "Something went wrong on our side."
    details: Sequence[dict[str, Any]] = ()
    """`field` and `message` of each detail, and `code` and `values` where it has a code."""

    def __init__(self, message: str | None = None, code: str | None = None) -> None:
        self.message = message or self.message
        self.code = code or self.code
        super().__init__(self.message)


class BadRequest(ApiError):
    status = 400
    code = "bad_request"
    message = "The request could not be read."


class Unauthorized(ApiError):
    status = 401
    code = "unauthorized"
    message = "The credential is missing, unknown, expired or revoked."


class Forbidden(ApiError):
    status = 403
    code = "forbidden"
    message = "This credential is not allowed to do that."


class NotFound(ApiError):
    status = 404
    code = "not_found"
    message = "Not found."


class Conflict(ApiError):
    status = 409
    code = "conflict"
    message = "The request conflicts with the current state."


class Gone(ApiError):
    status = 410
    code = "gone"
    message = "This is no longer available."


class PayloadTooLarge(ApiError):
    status = 413
    code = "payload_too_large"
    message = "The request body is too large."


class Invalid(ApiError):
    """`details` lists each invalid field with a message."""

    status = 422
    code = "validation_failed"
    message = "The request is not valid."

    def __init__(self, details: Sequence[tuple[str, str]], message: str | None = None) -> None:
        super().__init__(message)
        self.details = [{"field": field, "message": text, **coded(text)} for field, text in details]


class TooManyRequests(ApiError):
    status = 429
    code = "rate_limited"
    message = "Too many requests. Try again later."

    def __init__(self, retry_after: int) -> None:
        super().__init__()
        self.retry_after = retry_after


class Unavailable(ApiError):
    status = 503
    code = "unavailable"
    message = "The service is busy. Try again in a moment."
