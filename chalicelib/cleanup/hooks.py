"""What the domains remove in the background. Each call does a bounded part and says whether there may be more."""

from collections.abc import Callable

from chalicelib.action_requests import service as action_requests
from chalicelib.alerts import service as alerts
from chalicelib.end_users import deletion as end_users
from chalicelib.tracking_pages import service as tracking_pages
from chalicelib.webhooks import service as webhooks

Hook = Callable[[str, str], bool]


def _orphan_bridges(organization_id: str, end_user_id: str) -> bool:
    end_users.orphan_bridges(organization_id, end_user_id)
    return False


OF_BRIDGE: tuple[Hook, ...] = (tracking_pages.remove_of_bridge, action_requests.remove_of_bridge)
"""Called with organization and bridge, before the bridge's orders and shipments go."""

OF_FORMER_OWNER: tuple[Callable[[str, str, str], bool], ...] = (
    tracking_pages.remove_of_bridge,
    action_requests.remove_of_bridge,
)
"""Called with organization, bridge and the end user it was taken from, once its data is with the new one."""

OF_END_USER: tuple[Hook, ...] = (
    _orphan_bridges,
    # Deliveries that wait for their next attempt are dropped where the webhook is gone.
    webhooks.remove_of_end_user,
    alerts.remove_of_end_user,
    action_requests.cancel_of_end_user,
    tracking_pages.deactivate_of_end_user,
)
"""Called with organization and end user, after the end user was deleted."""


def run(hooks: tuple[Callable[..., bool], ...], *subject: str) -> bool:
    """A part of the first that has something left; whether there may be more."""
    return any(hook(*subject) for hook in hooks)
