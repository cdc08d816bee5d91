"""Line icons, 24 by 24, in the colour of the text they accompany. They are hidden from screen readers."""

from typing import Final
from urllib.parse import quote

from chalicelib.tracking_pages.colours import Rgb, as_hex
from chalicelib.tracking_pages.markup import Html


def _svg(path: str) -> Html:
    return Html(
        '<svg viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.75" stroke-linecap="round" '
        f'stroke-linejoin="round" aria-hidden="true" focusable="false"><path d="{path}"/></svg>'
    )


_SHIPMENT_PATH: Final = "M12 3 20 7.2v9.6L12 21l-8-4.2V7.2zM4.2 7.3 12 11.5l7.8-4.2M12 11.5V21M8 5.1l8 4.3v3.2"

SHIPMENT: Final = _svg(_SHIPMENT_PATH)
LABEL: Final = _svg("M6 3h12v18l-3-2-3 2-3-2-3 2zM9.5 8h5M9.5 12h5")
TRUCK: Final = _svg(
    "M2.5 6.5h11v10h-11zM13.5 10h4l3.5 3.5v3h-7.5M9 18.2a1.8 1.8 0 1 1-3.6 0 1.8 1.8 0 0 1 3.6 0z"
    "M18.6 18.2a1.8 1.8 0 1 1-3.6 0 1.8 1.8 0 0 1 3.6 0z"
)
PIN: Final = _svg(
    "M12 21.2s-7-6-7-11.4a7 7 0 0 1 14 0c0 5.4-7 11.4-7 11.4zM14.5 9.8a2.5 2.5 0 1 1-5 0 2.5 2.5 0 0 1 5 0z"
)
CHECK: Final = _svg("m5 12.8 4.6 4.6L19.2 7.2")
ALERT: Final = _svg("M12 4.2 21 19.8H3zM12 10.2v4.3M12 17.2v.05")
RETURN: Final = _svg("M9 7 4.5 11.5 9 16M5 11.5h9.5a5 5 0 0 1 0 10H12")
CROSS: Final = _svg("M7 7l10 10M17 7 7 17")
CLOCK: Final = _svg("M20.5 12a8.5 8.5 0 1 1-17 0 8.5 8.5 0 0 1 17 0zM12 7.5V12l3 2")
LOCK: Final = _svg("M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3")
ENVELOPE: Final = _svg("M3.5 6h17v12h-17zM4 6.7l8 6.3 8-6.3")
SEARCH: Final = _svg("M17 10.8a6.2 6.2 0 1 1-12.4 0 6.2 6.2 0 0 1 12.4 0zM15.4 15.2 20 20")


def favicon(background: Rgb, line: Rgb) -> str:
    """The shipment icon as a `data:` URL, so that browsers don't request an icon from the server."""
    return "data:image/svg+xml," + quote(
        "<svg xmlns='http://www.w3.org/2000/svg' viewBox='-6 -6 36 36'>"
        f"<rect x='-6' y='-6' width='36' height='36' rx='9' fill='{as_hex(background)}'/>"
        f"<path d='{_SHIPMENT_PATH}' fill='none' stroke='{as_hex(line)}' stroke-width='2' "
        "stroke-linejoin='round'/></svg>",
        safe=" '/:=",
    )
