"""What other rooms remove in the background. Each call does a bounded part and returns whether there may be more."""

from collections.abc import Callable

from chalicelib.action_requests import service as action_requests
from chalicelib.alerts import service as alerts
from chalicelib.end_users import deletion as end_users
from chalicelib.tasks import service as tasks
from chalicelib.tracking_pages import service as tracking_pages
from chalicelib.webhooks import service as webhooks

Hook = Callable[[str, str], bool]


def _orphan_bridges(organization_id: str, end_user_id: str) -> bool:
    end_users.orphan_bridges(organization_id, end_user_id)
    return False


AFTER_BRIDGE_DELETION: tuple[Hook, ...] = (
    tasks.remove_of_bridge,
    tracking_pages.remove_of_bridge,
    action_requests.remove_for_bridge,
)
"""Called with organization and bridge, before the bridge's orders and shipments are removed."""

AFTER_BRIDGE_TRANSFER: tuple[Callable[[str, str, str], bool], ...] = (
    tracking_pages.remove_of_bridge,
    action_requests.remove_for_bridge,
)
"""Called with organization, bridge and its former end user, once the bridge's data has moved."""

AFTER_END_USER_DELETION: tuple[Hook, ...] = (
    _orphan_bridges,
    # Pending deliveries are dropped when their webhook no longer exists.
    webhooks.remove_of_end_user,
    alerts.remove_of_end_user,
    action_requests.cancel_for_end_user,
    tracking_pages.deactivate_of_end_user,
)
"""Called with organization and end user."""


def run_hooks(hooks: tuple[Callable[..., bool], ...], *subject: str) -> bool:
    """Run one part of the first hook that has something left. Returns whether there may be more."""
    return any(hook(*subject) for hook in hooks)
