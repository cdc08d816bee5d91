"""Sample views in the shape of `PublicView`, and a parser for the pages rendered from them."""

from collections.abc import Sequence
from html.parser import HTMLParser
from typing import Any

NOW = "2026-01-18T12:00:00.000Z"
BRANDING: dict[str, Any] = {
    "primary_color": "#4F46E5",
    "logo_url": "https://cdn.acme.example/logo.svg",
    "company_name": "Acme Fulfillment",
}
STATUSES = (
    "pending", "label_created", "picked_up", "in_transit", "out_for_delivery", "available_for_pickup", "delivered",
    "attempt_failed", "exception", "returned", "cancelled",
)  # fmt: skip


def checkpoint(status: str, detail: str | None, location: str | None, time: str, **others: Any) -> dict[str, Any]:
    return {
        "id": "0b7d7c9e-6b7e-4d6e-9d2c-0f1d5c7f2a11",
        "status": status,
        "status_detail": detail,
        "location": location,
        "city": None,
        "state": None,
        "country": "US",
        "latitude": 41.8781,
        "longitude": -87.6298,
        "checkpoint_time": time,
        **others,
    }


ON_THE_ROAD = (
    checkpoint("label_created", "Shipping label created", "Los Angeles, CA", "2026-01-14T18:05:00.000Z"),
    checkpoint("picked_up", "Picked up by carrier", "Los Angeles, CA", "2026-01-15T14:00:00.000Z"),
    checkpoint("in_transit", "Departed facility", "Los Angeles, CA", "2026-01-15T22:41:00.000Z"),
    checkpoint("in_transit", "Arrived at sorting facility", "Denver, CO", "2026-01-16T19:10:00.000Z"),
    checkpoint("in_transit", "Departed facility", "Denver, CO", "2026-01-17T01:32:00.000Z"),
    checkpoint("in_transit", "Arrived at sorting facility", "Chicago, IL", "2026-01-18T08:00:00.000Z"),
)
WITH_THE_DRIVER = (
    *ON_THE_ROAD,
    checkpoint("out_for_delivery", "On vehicle for delivery", "Evanston, IL", "2026-01-20T13:12:00.000Z"),
)
ARRIVED = (*WITH_THE_DRIVER, checkpoint("delivered", "Signed by J SMITH", "Evanston, IL", "2026-01-20T19:47:00.000Z"))
HELD_UP = (
    *ON_THE_ROAD,
    checkpoint("exception", "Severe weather, expect a day more", "Chicago, IL", "2026-01-19T06:20:00.000Z"),
)


def view(
    status: str = "in_transit",
    checkpoints: Sequence[dict[str, Any]] = ON_THE_ROAD,
    branding: dict[str, Any] | None = None,
    **shipment: Any,
) -> dict[str, Any]:
    return {
        "shipment": {
            "id": "7d1f0f58-31fb-4c4b-9a3f-24e1f3c8e0aa",
            "tracking_number": "1Z999AA10123456784",
            "carrier": "ups",
            "carrier_name": "UPS",
            "service": "ground",
            "status": status,
            "ship_date": "2026-01-15",
            "estimated_delivery": "2026-01-20",
            "actual_delivery": None,
            **shipment,
        },
        "checkpoints": list(checkpoints),
        "branding": BRANDING if branding is None else branding,
    }


def many_checkpoints(count: int, **fields: Any) -> list[dict[str, Any]]:
    """Oldest first, four hours apart, within one year."""
    return [
        checkpoint(
            **{
                "status": "in_transit",
                "detail": "Arrived at sorting facility",
                "location": "Chicago, IL",
                "time": f"2026-{1 + n // 168:02d}-{1 + n // 6 % 28:02d}T{n % 6 * 4:02d}:30:00.000Z",
                **fields,
            }
        )
        for n in range(count)
    ]


class Document(HTMLParser):
    """The elements, attributes and visible text of a page. Fails if elements are not properly nested."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self._open: list[str] = []
        self.feed(html)
        self.close()
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert len(attrs) == len(dict(attrs)), f"{tag} repeats an attribute"
        self.elements.append((tag, dict(attrs)))
        if tag not in {"meta", "link", "img"}:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        if not {"style", "script"} & set(self._open):
            self.text += data

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.elements if name == tag]

    def addresses(self) -> set[str]:
        """All attribute values that could make a browser send a request."""
        names = ("src", "href", "srcset", "poster", "data", "action", "background", "style")
        return {value for _, attributes in self.elements for name in names if (value := attributes.get(name))}
