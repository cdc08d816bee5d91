"""Opens a tracking page by its token in two round trips.

The first reads the token. The second counts the view and, at the same time, reads what the page shows: the config (so
that switching off the embed or the feature takes effect at once), the end user and the shipment. An unknown token stops
after the first, which makes guessing cheap to refuse; the timing reveals nothing, because tokens have 144 random bits.

There is a third round trip where the page shows the order (`settings.trackingPageShowsItems`). If the embed or the
feature is off, or the shipment is gone, the third takes the counted view back.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from chalicelib.kit import clock
from chalicelib.kit.errors import NotFound
from chalicelib.organizations import end_users
from chalicelib.organizations.brands import shopper_brand
from chalicelib.organizations.known_settings import known_settings
from chalicelib.organizations.store import ConfigItem, EndUserItem
from chalicelib.shipments import service as shipments
from chalicelib.table import keys
from chalicelib.table.reads import get_many, run_concurrently
from chalicelib.tracking_pages.schemas import PublicBranding, PublicCheckpoint, PublicShipment
from chalicelib.tracking_pages.store import TokenItem, count_view, find_token, uncount_view
from chalicelib.tracking_pages.texts import Problem

FEATURE: Final = "branded_tracking"
_TOKEN: Final = re.compile(r"[A-Za-z0-9_-]{24}", re.ASCII)


@dataclass(frozen=True, slots=True)
class OpenedPage:
    """Either the view, or the problem that prevents one."""

    view: dict[str, Any] | None = None
    """In the shape of `PublicView`."""
    problem: Problem | None = None
    branding: Mapping[str, Any] | None = None
    """Of the merchant or the organization. None where the organization is unknown or shows no pages."""
    support: Mapping[str, Any] | None = None
    order: dict[str, Any] | None = None
    """`number` and `items` of the order, for pages that show them."""


UNKNOWN_PAGE: Final = OpenedPage(problem="unknown")


def open_page(token: str, admit: Callable[[], None], *, for_people: bool = False, counts: bool = True) -> OpenedPage:
    """Counts a view if there is one and `counts` is true. `admit` raises for a caller over its rate limit, before
    anything is counted. `for_people` adds what only the page shows: offsets and, if the organization wants, the order.
    """
    item = find_token(token) if _TOKEN.fullmatch(token) else None
    admit()
    if item is None:
        return UNKNOWN_PAGE
    counted, opened = run_concurrently(lambda: _count(item), lambda: _read(item, for_people))
    if opened.view is not None and not counted:
        return OpenedPage(problem="revoked", branding=opened.branding, support=opened.support)
    if counted and (opened.view is None or not counts):
        uncount_view(item)
    return opened


def _is_expired(item: TokenItem) -> bool:
    return item.expires_at <= clock.timestamp()


def _count(item: TokenItem) -> bool:
    return not item.is_removed and not _is_expired(item) and count_view(item)


def _read(item: TokenItem, for_people: bool) -> OpenedPage:
    organization_id, end_user_id = item.organization_id, item.end_user_id
    config_key, end_user_key = keys.config(organization_id), keys.end_user(organization_id, end_user_id)
    rows, (tracking, order_id) = run_concurrently(lambda: get_many([config_key, end_user_key]), lambda: _tracking(item))
    config = ConfigItem.of(rows[config_key]) if config_key in rows else None
    if config is None or not config.is_active or FEATURE not in config.enabled_features:
        return UNKNOWN_PAGE
    end_user = EndUserItem.of(rows[end_user_key]) if end_user_key in rows else None
    brand = shopper_brand(config.branding, end_user)
    hidden = end_users.hidden_bridges(end_user)
    # Whether or not the background job has got to the page.
    is_removed = item.is_removed or tracking is None or item.bridge_id in hidden
    if _is_expired(item):
        # A removed page is remembered only until it would have expired.
        return (
            UNKNOWN_PAGE
            if is_removed
            else OpenedPage(problem="expired", branding=brand.branding, support=brand.support)
        )
    if end_user is None or is_removed or tracking is None:
        return OpenedPage(problem="revoked", branding=brand.branding, support=brand.support)
    shows_order = for_people and order_id is not None and known_settings(config).tracking_page_shows_items
    return OpenedPage(
        view=_public_view(tracking, brand.branding, ("utc_offset",) if for_people else ()),
        branding=brand.branding,
        support=brand.support,
        order=_order(item, order_id, hidden) if shows_order and order_id else None,
    )


def _tracking(item: TokenItem) -> tuple[dict[str, Any] | None, str | None]:
    try:
        return shipments.tracking_page_view(item.organization_id, item.end_user_id, item.shipment_id)
    except NotFound:
        return None, None


def _order(item: TokenItem, order_id: str, hidden: frozenset[str]) -> dict[str, Any] | None:
    # Imported here because most pages show no order, and a cold start should not pay for it.
    from chalicelib.orders import service as orders

    order = orders.find(item.organization_id, item.end_user_id, order_id, hidden)
    if order is None:
        return None
    document = order.document
    lines = document.get("line_items") or []
    return {
        "number": document["order_number"] or document["external_id"],
        "items": [{"title": line.get("title"), "quantity": line.get("quantity", 1)} for line in lines],
    }


def _public_view(
    tracking: Mapping[str, Any], branding: Mapping[str, Any], more_of_checkpoints: tuple[str, ...]
) -> dict[str, Any]:
    """Exactly the fields of `PublicView`, which are those that anyone with the link may see."""
    in_checkpoint = (*PublicCheckpoint.model_fields, *more_of_checkpoints)
    return {
        "shipment": {name: tracking.get(name) for name in PublicShipment.model_fields},
        "checkpoints": [{name: each.get(name) for name in in_checkpoint} for each in tracking["checkpoints"]],
        "branding": {name: branding.get(name) for name in PublicBranding.model_fields},
    }
