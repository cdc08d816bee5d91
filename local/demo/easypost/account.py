"""An account with its trackers and webhooks, in one JSON file.

Numbers that begin with EZ are EasyPost's test numbers: the digit after it says where their journey ends.
"""

import hashlib
import hmac
import secrets
import unicodedata
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from local.demo.server import SavedData

Thing = dict[str, Any]
ROUTE = (("LOS ANGELES", "CA"), ("PHOENIX", "AZ"), ("DENVER", "CO"), ("CHICAGO", "IL"), ("NEW YORK", "NY"))
UNTIL_DELIVERED = ("in_transit", "in_transit", "in_transit", "out_for_delivery", "delivered")
JOURNEYS: dict[str, tuple[str, ...]] = {
    "1": (),
    "2": UNTIL_DELIVERED[:3],
    "3": UNTIL_DELIVERED[:4],
    "4": UNTIL_DELIVERED,
    "5": (*UNTIL_DELIVERED[:4], "return_to_sender"),
    "6": (*UNTIL_DELIVERED[:3], "failure"),
    "7": (),
}
"""By the digit of a test number: the statuses of its scans."""
MESSAGES = {
    "in_transit": "Departed Facility",
    "out_for_delivery": "Out for Delivery",
    "delivered": "Delivered, Front Door",
    "return_to_sender": "Returned to Sender",
    "failure": "Parcel is Lost",
}
DAYS_TO_DELIVER = 2


def signature(secret: str, body: bytes) -> str:
    """The value of `X-Hmac-Signature`: EasyPost normalises the secret before it signs."""
    key = unicodedata.normalize("NFKD", secret).encode()
    return f"hmac-sha256-hex={hmac.new(key, body, hashlib.sha256).hexdigest()}"


def scan(at: str, status: str, message: str, place: tuple[str, str]) -> Thing:
    city, state = place
    return {
        "object": "TrackingDetail",
        "message": message,
        "status": status,
        "status_detail": "status_update",
        "datetime": at,
        "source": "USPS",
        "tracking_location": {"object": "TrackingLocation", "city": city, "state": state, "country": "US", "zip": None},
    }


def event(tracker: Thing, description: str = "tracker.updated") -> Thing:
    """What a webhook is sent: an event with the whole tracker."""
    return {
        "id": f"evt_{secrets.token_hex(16)}",
        "object": "Event",
        "mode": "test",
        "description": description,
        "created_at": now(),
        "result": tracker,
    }


def now() -> str:
    return _text(datetime.now(UTC))


def _text(moment: datetime) -> str:
    return f"{moment:%Y-%m-%dT%H:%M:%SZ}"


class Account(SavedData):
    def __init__(self, file: Path | None = None) -> None:
        api_key = f"EZTK{secrets.token_hex(16)}"
        super().__init__(file, {"api_key": api_key, "trackers": {}, "webhooks": [], "asked": []})

    def follow(self, number: str, carrier: str | None) -> tuple[Thing, bool]:
        """The tracker of a number, and whether it is new. The same number is followed once."""
        with self.lock:
            self.data["asked"].append(number)
            known = self.data["trackers"].get(number)
            if known is not None:
                self.save()
                return known, False
            at = now()
            tracker: Thing = {
                "id": f"trk_{secrets.token_hex(16)}",
                "object": "Tracker",
                "mode": "test",
                "tracking_code": number,
                "status": "unknown" if number.startswith("EZ7") else "pre_transit",
                "status_detail": "status_update",
                "created_at": at,
                "updated_at": at,
                "signed_by": None,
                "weight": None,
                "est_delivery_date": None,
                "shipment_id": None,
                "carrier": carrier or "USPS",
                "tracking_details": [],
                "is_return": False,
                "public_url": f"https://track.easypost.com/{number}",
            }
            self.data["trackers"][number] = tracker
            self.save()
            return tracker, True

    def advance(self, number: str) -> Thing | None:
        """Make the next scan of a parcel's journey. None if there is no such parcel, or its journey is over."""
        with self.lock:
            tracker = self.data["trackers"].get(number)
            journey = journey_of(number)
            made = len(tracker["tracking_details"]) if tracker is not None else len(journey)
            if made >= len(journey):
                return None
            status, at = journey[made], datetime.now(UTC)
            tracker["tracking_details"].append(scan(_text(at), status, MESSAGES[status], ROUTE[made]))
            tracker |= {"status": status, "updated_at": _text(at)}
            if tracker["est_delivery_date"] is None:
                expected = at + timedelta(days=DAYS_TO_DELIVER)
                tracker["est_delivery_date"] = f"{expected:%Y-%m-%d}T00:00:00Z"
            if status == "delivered":
                tracker["signed_by"] = "J DOE"
            self.save()
            return dict(tracker)

    def moving(self) -> list[str]:
        """The test numbers whose journey goes on."""
        trackers = self.data["trackers"]
        return [
            number
            for number in trackers
            if number.startswith("EZ") and len(trackers[number]["tracking_details"]) < len(journey_of(number))
        ]

    def add_webhook(self, url: str, secret: str | None) -> Thing:
        webhook: Thing = {"id": f"hook_{secrets.token_hex(16)}", "object": "Webhook", "mode": "test", "url": url}
        webhook |= {"disabled_at": None, "secret": secret}
        with self.lock:
            self.data["webhooks"].append(webhook)
            self.save()
        return webhook

    def disable(self, webhook: Thing) -> None:
        with self.lock:
            webhook["disabled_at"] = now()
            self.save()


def journey_of(number: str) -> tuple[str, ...]:
    return JOURNEYS.get(number[2:3], UNTIL_DELIVERED) if number.startswith("EZ") else UNTIL_DELIVERED
