"""Opening a page by its token: two round trips.

The first reads whose page it is. The second counts the view and reads what is shown, side by side: the config (so that
switching the embed or the feature off takes effect at once), the end user, the shipment. A token nobody has ends after
the first; that tells apart what 144 random bits keep apart anyway, and costs least where strangers try.

Only where the embed or the feature has been switched off, or the shipment is gone, is there a third: what was counted
is taken back.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from chalicelib.kit import clock
from chalicelib.kit.errors import NotFound
from chalicelib.organizations import end_users
from chalicelib.organizations.store import ConfigItem, EndUserItem
from chalicelib.shipments import service as shipments
from chalicelib.table import keys
from chalicelib.table.reads import get_many, run_concurrently
from chalicelib.tracking_pages.public import public_view
from chalicelib.tracking_pages.store import TokenItem, count_view, find_token, uncount_view
from chalicelib.tracking_pages.texts import Problem

FEATURE: Final = "branded_tracking"
_TOKEN: Final = re.compile(r"[A-Za-z0-9_-]{24}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Opened:
    """What a token opens: a view, or the reason why there is none."""

    view: dict[str, Any] | None = None
    problem: Problem | None = None
    branding: dict[str, Any] | None = None
    """Of the organization whose page it was."""


UNKNOWN: Final = Opened(problem="unknown")


def open_page(token: str, admit: Callable[[], None]) -> Opened:
    """Counts a view where there is something to view. `admit` refuses one too many, before it counts."""
    item = find_token(token) if _TOKEN.fullmatch(token) else None
    admit()
    if item is None:
        return UNKNOWN
    was_counted, opened = run_concurrently(lambda: _count(item), lambda: _read(item))
    if opened.view is not None and not was_counted:
        return Opened(problem="revoked", branding=opened.branding)
    if opened.view is None and was_counted:
        # Nobody saw anything: the embed or the feature is off, or the shipment is gone.
        uncount_view(item)
    return opened


def _is_over(item: TokenItem) -> bool:
    return item.expires_at <= clock.timestamp()


def _count(item: TokenItem) -> bool:
    return not _is_over(item) and count_view(item)


def _read(item: TokenItem) -> Opened:
    org, user = item.organization_id, item.end_user_id
    config_key, user_key = keys.config(org), keys.end_user(org, user)
    rows, tracking = run_concurrently(lambda: get_many([config_key, user_key]), lambda: _tracking(item))
    config = ConfigItem.of(rows[config_key]) if config_key in rows else None
    if config is None or not config.is_active or FEATURE not in config.enabled_features:
        return UNKNOWN
    if user_key not in rows:
        # Deleted, and with the end user the pages, of which the background may not have written the last.
        return Opened(problem="revoked", branding=config.branding)
    hidden = end_users.hidden_bridges(EndUserItem.of(rows[user_key]))
    if tracking is None or item.bridge_id in hidden:
        return UNKNOWN
    if _is_over(item):
        return Opened(problem="expired", branding=config.branding)
    return Opened(view=public_view(tracking, config.branding), branding=config.branding)


def _tracking(item: TokenItem) -> dict[str, Any] | None:
    try:
        return shipments.tracking_view(item.organization_id, item.end_user_id, item.shipment_id)
    except NotFound:
        return None
