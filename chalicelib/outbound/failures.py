"""Why a call failed, in a word that programs branch on and a sentence that end users read."""

import http.client
import ssl
from typing import Literal

from chalicelib.outbound.budget import ResponseTooLarge

ErrorClass = Literal[
    "address_not_allowed",
    "dns",
    "connect_timeout",
    "connection_refused",
    "connection_failed",
    "connection_reset",
    "tls",
    "timeout",
    "invalid_response",
    "redirect",
    "http_4xx",
    "http_5xx",
]
"""Part of the API: people filter by these words, and programs branch on them."""


class SendFailed(Exception):
    """There was no complete response."""

    def __init__(self, error_class: ErrorClass, error: str) -> None:
        self.error_class = error_class
        self.error = error


def not_connected(error: BaseException | None) -> SendFailed:
    match error:
        case TimeoutError():
            return SendFailed("connect_timeout", "Connection timed out")
        case ConnectionRefusedError():
            return SendFailed("connection_refused", "Connection refused")
    return SendFailed("connection_failed", _reason(error) or "The host could not be reached")


def tls_failed(error: BaseException | None) -> SendFailed:
    match error:
        case TimeoutError():
            return SendFailed("timeout", "The TLS handshake timed out")
        case ssl.SSLCertVerificationError():
            return SendFailed("tls", f"The certificate was not accepted: {error.verify_message}")
        case ConnectionError():
            return SendFailed("connection_reset", "Connection closed during the TLS handshake")
    return SendFailed("tls", "The TLS handshake failed")


def no_response(error: OSError | http.client.HTTPException, seconds: float) -> SendFailed:
    match error:
        case TimeoutError():
            return SendFailed("timeout", f"No response within {seconds:g} seconds")
        case http.client.RemoteDisconnected():
            return SendFailed("connection_reset", "Connection closed without a response")
        case ConnectionError():
            return SendFailed("connection_reset", "Connection reset")
        case ssl.SSLError():
            return SendFailed("tls", "The secure connection broke")
        case ResponseTooLarge() | http.client.LineTooLong():
            return SendFailed("invalid_response", "The response headers are too long")
        case http.client.HTTPException():
            return SendFailed("invalid_response", "The response is not valid HTTP")
    return SendFailed("connection_failed", _reason(error) or "The connection broke")


def _reason(error: BaseException | None) -> str | None:
    """The operating system's message, such as `Network is unreachable`."""
    return error.strerror if isinstance(error, OSError) else None
