"""EasyPost as far as the feed uses it: trackers, and signed hooks."""

import hashlib
import hmac
import json
import unicodedata
from dataclasses import dataclass, field
from typing import Any
from unittest.mock import patch

from chalicelib.outbound.caller import Answer
from chalicelib.tracking_feeds import registering
from tests.support.factories import EMBED, Acme
from tests.support.gateway import Client, Reply

SECRET = "ﬀ-sécrèt"
KEY = "EZTK-test"
NUMBER = "9400 1000 0000 0000 0000 00"


def scan(at: str, status: str = "in_transit", **more: Any) -> dict[str, Any]:
    detail = {"object": "TrackingDetail", "message": f"{status} at {at}", "status": status, "datetime": at}
    return {**detail, "tracking_location": {"city": "AUSTIN", "state": "TX", "country": "US", "zip": "78701"}, **more}


def tracker(number: str, *scans: dict[str, Any], **more: Any) -> dict[str, Any]:
    last = scans[-1] if scans else {"status": "pre_transit", "datetime": "2026-03-01T08:00:00Z"}
    return {
        "id": f"trk_{number.replace(' ', '')}",
        "object": "Tracker",
        "tracking_code": number,
        "status": last["status"],
        "status_detail": "status_update",
        "signed_by": "JANE DOE",
        "carrier": "USPS",
        "updated_at": last["datetime"],
        "est_delivery_date": None,
        "tracking_details": list(scans),
        **more,
    }


@dataclass
class EasyPost:
    """Answers what registering asks. `faults` are statuses of the next answers."""

    trackers: dict[str, dict[str, Any]] = field(default_factory=dict)
    asked: list[dict[str, Any]] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)
    faults: list[int] = field(default_factory=list)

    def call(self, method: str, url: str, body: bytes | None, headers: Any, seconds: float) -> Answer:
        assert (method, url) == ("POST", "https://api.easypost.com/v2/trackers")
        self.asked.append(json.loads(body or b"{}")["tracker"])
        self.keys.append(headers["Authorization"])
        if self.faults:
            status = self.faults.pop(0)
            return Answer(status, {}, json.dumps({"error": {"message": "No such carrier."}}).encode())
        number = self.asked[-1]["tracking_code"]
        return Answer(201, {}, json.dumps(self.trackers.get(number, tracker(number))).encode())

    def installed(self) -> Any:
        return patch.object(registering, "_caller", lambda: self)


def configure(acme: Acme, **more: Any) -> str:
    """Name EasyPost as the provider. Returns the path it posts to."""
    provider = {"name": "easypost", "apiKey": KEY, "webhookSecret": SECRET, **more}
    config = acme.configure(settings={"trackingProvider": provider})
    return str(config["tracking_webhook_url"]).removeprefix("https://api.example.com")


def signature(body: bytes, secret: str = SECRET) -> str:
    key = unicodedata.normalize("NFKD", secret).encode()
    return f"hmac-sha256-hex={hmac.new(key, body, hashlib.sha256).hexdigest()}"


def post(path: str, result: dict[str, Any], *, sign: str | None = None, **event: Any) -> Reply:
    """Posts the event as EasyPost does, from an address of its own."""
    body = json.dumps({"description": "tracker.updated", "result": result, **event}, separators=(",", ": "))
    headers = {"X_Hmac_Signature": signature(body.encode()) if sign is None else sign}
    return Client(ip="198.51.100.7").post(path, body, **headers)


def shown(client: Client) -> list[dict[str, Any]]:
    """The tracking view of every shipment of the session."""
    shipment_ids = [row["id"] for row in client.get(f"{EMBED}/shipments").data]
    return [client.get(f"{EMBED}/tracking/{each}").data for each in shipment_ids]
