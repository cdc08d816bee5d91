"""A tracking page as it would look: the organization's saved brand in another colour, with a shipment that is made up.

The caller chooses nothing but the colour, so that nobody can make this address show a page in their own words.
"""

from datetime import timedelta
from typing import Final

from chalicelib.kit import clock
from chalicelib.organizations import configs
from chalicelib.screens.pages import Page
from chalicelib.tracking_pages.page import render

_SHIPMENT: Final = {
    "tracking_number": "1Z999AA10123456784",
    "carrier": "ups",
    "carrier_name": "UPS",
    "service": "ground",
    "status": "in_transit",
}
_CHECKPOINTS: Final = (
    ("label_created", "Shipping label created", "Los Angeles, CA", 4),
    ("picked_up", "Picked up by carrier", "Los Angeles, CA", 3),
    ("in_transit", "Arrived at sorting facility", "Denver, CO", 2),
    ("in_transit", "Arrived at sorting facility", "Chicago, IL", 1),
)
"""Status, words, place, and how many days ago."""


def tracking_page(slug: str, colour: str, language: str) -> Page:
    """Of an unknown organization, or with a colour that is none, it is the page of somebody without a brand."""
    config = configs.find_by_slug(slug) if slug else None
    branding = {**(config.branding if config else {}), **({"primary_color": colour} if colour else {})}
    now = clock.now()
    shipment = {
        **_SHIPMENT,
        "ship_date": clock.timestamp(now - timedelta(days=3))[:10],
        "estimated_delivery": clock.timestamp(now + timedelta(days=2))[:10],
        "actual_delivery": None,
    }
    checkpoints = [
        {
            "status": status,
            "status_detail": words,
            "location": place,
            "checkpoint_time": clock.timestamp(now - timedelta(days=days)),
        }
        for status, words, place, days in _CHECKPOINTS
    ]
    view = {"shipment": shipment, "checkpoints": checkpoints, "branding": branding}
    page = render(view, language=language, now=clock.timestamp(now))
    policy = page.headers["Content-Security-Policy"].replace("frame-ancestors 'none'", "frame-ancestors 'self'")
    return Page(page.html, 200, {**page.headers, "Content-Security-Policy": policy})
