"""EasyPost: trackers are created by one call, and every change of one is posted as an event with the whole tracker."""

import hashlib
import hmac
import unicodedata
from base64 import b64encode
from collections.abc import Mapping
from typing import Any, Final

from chalicelib.kit import codec
from chalicelib.tracking_providers.provider import Call, Forged, NotTracked, Provider, Refused, Report, Unavailable

TRACKERS: Final = "https://api.easypost.com/v2/trackers"
SIGNATURE: Final = "x-hmac-signature"
SCHEME: Final = "hmac-sha256-hex="
HTTP_REFUSED: Final = (401, 402, 403)
"""402: the account has to be paid for."""
HTTP_LATER: Final = (408, 425, 429)

STATUSES: Final[Mapping[str, str | None]] = {
    "unknown": None,
    "pre_transit": "label_created",
    "in_transit": "in_transit",
    "out_for_delivery": "out_for_delivery",
    "delivered": "delivered",
    "available_for_pickup": "available_for_pickup",
    "return_to_sender": "returned",
    "failure": "exception",
    "cancelled": "cancelled",
    # The tracker itself failed, which says nothing of the parcel.
    "error": None,
}
"""Every status that EasyPost publishes, in our words."""
PROBLEMS: Final = frozenset({"damaged", "delivery_exception", "lost", "refused", "transit_exception"})
"""Details with which a parcel in transit has an exception."""
CARRIERS: Final[Mapping[str, str]] = {
    "australia_post": "AustraliaPost",
    "canada_post": "CanadaPost",
    "dhl": "DHLExpress",
    "dhl_ecommerce": "DhlEcs",
    "dhl_express": "DHLExpress",
    "dpd": "DPD",
    "dpd_uk": "DPDUK",
    "evri": "Evri",
    "fedex": "FedEx",
    "gls": "GLS",
    "ontrac": "OnTrac",
    "purolator": "Purolator",
    "royal_mail": "RoyalMail",
    "ups": "UPS",
    "usps": "USPS",
}
"""Our slugs as EasyPost spells them. It recognises the carriers of other numbers by itself."""


def _register(api_key: str, number: str, carrier: str | None) -> Call:
    tracker = {"tracking_code": number}
    if (name := CARRIERS.get(carrier or "")) is not None:
        tracker["carrier"] = name
    credentials = b64encode(f"{api_key}:".encode()).decode()
    return Call("POST", TRACKERS, {"Authorization": f"Basic {credentials}"}, {"tracker": tracker})


def _read_answer(status: int, body: bytes) -> Report | None:
    if status in HTTP_REFUSED:
        raise Refused
    if status in HTTP_LATER or status >= 500:
        raise Unavailable
    answer = _decode(body)
    if not 200 <= status < 300:
        error = answer.get("error")
        message = _text(error.get("message")) if isinstance(error, dict) else None
        raise NotTracked(message or f"HTTP {status}")
    return _report(answer)


def _read_hook(headers: Mapping[str, str], body: bytes, secret: str) -> Report | None:
    # EasyPost normalises the secret before it signs; a secret in another form would never match.
    key = unicodedata.normalize("NFKD", secret).encode()
    expected = SCHEME + hmac.new(key, body, hashlib.sha256).hexdigest()
    if not hmac.compare_digest(expected.encode(), headers.get(SIGNATURE, "").encode("utf-8", "replace")):
        raise Forged
    event = _decode(body)
    result = event.get("result")
    is_about_tracker = str(event.get("description", "")).startswith("tracker.")
    return _report(result) if is_about_tracker and isinstance(result, dict) else None


def _decode(body: bytes) -> dict[str, Any]:
    try:
        value = codec.loads(body)
    except (ValueError, RecursionError):
        return {}
    return value if isinstance(value, dict) else {}


def _report(tracker: Mapping[str, Any]) -> Report | None:
    number = tracker.get("tracking_code")
    if not isinstance(number, str) or not number.strip():
        return None
    is_return = tracker.get("is_return") is True
    details = [each for each in tracker.get("tracking_details") or [] if isinstance(each, dict)]
    checkpoints = [_checkpoint(each, is_return) for each in details if each.get("datetime")]
    status = _status(tracker, is_return)
    ends = [str(each["checkpoint_time"]) for each in checkpoints if each["status"] == "delivered"]
    return Report(
        number=number.strip(),
        carrier=_text(tracker.get("carrier")),
        status=status,
        at=_text(tracker.get("updated_at")) or max((str(each["checkpoint_time"]) for each in checkpoints), default=""),
        checkpoints=checkpoints,
        estimated_delivery=_day(tracker.get("est_delivery_date")),
        actual_delivery=max(ends) if status == "delivered" and ends else None,
    )


def _status(said: Mapping[str, Any], is_return: bool) -> str | None:
    """A word that EasyPost does not publish says nothing."""
    status = STATUSES.get(str(said.get("status")))
    if status == "in_transit" and said.get("status_detail") in PROBLEMS:
        return "exception"
    # A return ends where the parcel once began.
    return "returned" if status == "delivered" and is_return else status


def _checkpoint(detail: Mapping[str, Any], is_return: bool) -> dict[str, Any]:
    place = detail.get("tracking_location")
    place = place if isinstance(place, dict) else {}
    checkpoint = {
        "status": _status(detail, is_return) or _text(detail.get("status")) or "unknown",
        "checkpoint_time": detail["datetime"],
        "status_detail": _text(detail.get("message")),
        "city": _text(place.get("city")),
        "state": _text(place.get("state")),
        "country": _text(place.get("country")),
        "postal_code": _text(place.get("zip")),
        "carrier_status_code": _text(detail.get("carrier_code")),
    }
    return {name: value for name, value in checkpoint.items() if value is not None}


def _day(value: Any) -> str | None:
    """The expected delivery. EasyPost writes a day as its midnight in UTC."""
    text = _text(value)
    return text.partition("T")[0] if text and text.rstrip("Z").endswith("T00:00:00") else text


def _text(value: Any) -> str | None:
    return value.strip() or None if isinstance(value, str) else None


PROVIDER: Final = Provider(register=_register, read_answer=_read_answer, read_hook=_read_hook)
