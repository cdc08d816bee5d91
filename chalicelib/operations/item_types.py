"""The registry of item types: which belong to an organization, and what of them is secret.

A test compares it with all Item classes and all key functions, so that a new type cannot be left out of exports and
deletions. Everything registered here is exported, without its secrets, and deleted with the organization.
`inventory` reaches the items without a scan; another test compares what it finds with a scan of a full table.
"""

import inspect
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from chalicelib.action_requests import store as action_requests
from chalicelib.alerts import store as alerts
from chalicelib.api.idempotency import IdempotencyItem
from chalicelib.api_keys import store as api_keys
from chalicelib.bridges import store as bridges
from chalicelib.customers import store as customers
from chalicelib.end_users.store import EndUserTermItem
from chalicelib.erasure import store as erasure
from chalicelib.events.store import EventItem
from chalicelib.insights import store as insights
from chalicelib.mail.store import SentEmailItem, UnsubscribedItem
from chalicelib.notifications import store as notifications
from chalicelib.orders import store as orders
from chalicelib.orders.source_deleted_store import SourceDeletedItem
from chalicelib.organizations import store as organizations
from chalicelib.search.store import SearchEntryItem
from chalicelib.security.crypto import ServerKeyItem
from chalicelib.security.rate_limits import CounterItem
from chalicelib.sessions import store as sessions
from chalicelib.shipments import store as shipments
from chalicelib.shipments.store import ShipmentIndexItem
from chalicelib.storefront import store as storefront
from chalicelib.table import keys
from chalicelib.table.items import Item, Row
from chalicelib.table.keys import Key
from chalicelib.tasks import store as tasks
from chalicelib.totals import store as totals
from chalicelib.tracking_feeds import store as tracking_feeds
from chalicelib.tracking_pages import store as tracking_pages
from chalicelib.webhooks import store as webhooks

KeyFunction = Callable[..., Key]


@dataclass(frozen=True, slots=True)
class ItemType:
    model: type[Item]
    keys: tuple[KeyFunction, ...]
    """Where such items are stored."""
    secrets: tuple[str, ...] = ()
    """Attributes that no export contains: credentials, their hashes, and ciphertexts."""
    name: str = ""

    @property
    def label(self) -> str:
        return self.name or self.model.__name__.removesuffix("Item")


ORGANIZATION_TYPES = (
    ItemType(organizations.OrganizationItem, (keys.organization,)),
    ItemType(
        organizations.ConfigItem,
        (keys.config,),
        secrets=(
            "identity_secret",
            "old_identity_secrets",
            "webhook_secret",
            "tracking_provider",
            "tracking_token",
            "old_tracking_tokens",
        ),
    ),
    ItemType(organizations.OrganizationStatsItem, (keys.organization_stats,)),
    ItemType(organizations.SlugItem, (keys.slug,)),
    ItemType(organizations.FormerSlugItem, (keys.former_slug,)),
    ItemType(api_keys.ApiKeyItem, (keys.api_key,), secrets=("hash",)),
    ItemType(api_keys.OperatorSessionItem, (keys.operator_session,), secrets=("hash",)),
    ItemType(organizations.EndUserItem, (keys.end_user,)),
    ItemType(organizations.ExternalIdItem, (keys.end_user_by_external_id,)),
    ItemType(EndUserTermItem, (keys.end_user_term,)),
    ItemType(totals.EndUserStatsItem, (keys.end_user_stats,)),
    ItemType(notifications.NotificationCounts, (keys.end_user_stats,)),
    ItemType(totals.OrganizationTotalsItem, (keys.organization_totals,)),
    ItemType(totals.TotalledItem, (keys.totalled_end_user,), name="TotalledEndUser"),
    ItemType(sessions.SessionItem, (keys.session,), secrets=("hash",)),
    ItemType(sessions.SlotItem, (keys.session_slot,)),
    ItemType(bridges.BridgeItem, (keys.bridge,), secrets=("config",)),
    ItemType(bridges.BridgeOwnerItem, (keys.bridge_owner,), secrets=("hook_secret",)),
    ItemType(bridges.ConnectedShopItem, (keys.connected_shop,)),
    ItemType(bridges.BridgeInErrorItem, (keys.bridge_in_error,)),
    ItemType(bridges.OAuthStateItem, (keys.oauth_state,), secrets=("browser", "answer")),
    ItemType(totals.BridgeStatsItem, (keys.bridge_stats,)),
    ItemType(tasks.WorkItem, (keys.bridge_work,), name="BridgeWork"),
    ItemType(tasks.TaskItem, (keys.bridge_task,), name="BridgeTask"),
    ItemType(tasks.RunItem, (keys.bridge_run,), name="BridgeRun"),
    ItemType(tasks.FulfilmentItem, (keys.bridge_fulfilment,), name="BridgeFulfilment"),
    ItemType(tasks.HookItem, (keys.bridge_hook,), name="BridgeHook"),
    ItemType(EventItem, (keys.event,)),
    ItemType(insights.DayItem, (keys.figures,), name="FiguresOfDay"),
    ItemType(orders.OrderItem, (keys.order,), secrets=("tracking_secret",)),
    ItemType(orders.OrderDetailItem, (keys.order_detail,)),
    ItemType(orders.ActivityItem, (keys.order_activity,)),
    ItemType(orders.CustomerOrderItem, (keys.customer_order, keys.former_customer_order)),
    ItemType(SourceDeletedItem, (keys.source_deleted_order,), name="SourceDeletedOrder"),
    ItemType(SearchEntryItem, (keys.search_entry,)),
    ItemType(shipments.ShipmentItem, (keys.shipment,)),
    ItemType(shipments.ShipmentDetailItem, (keys.shipment_detail,)),
    ItemType(shipments.OrderShipmentItem, (keys.order_shipment,)),
    ItemType(shipments.UnlinkedShipmentItem, (keys.unlinked_shipment,)),
    ItemType(ShipmentIndexItem, (keys.shipment_index_entry,)),
    ItemType(shipments.InExceptionItem, (keys.shipment_in_exception,), name="ShipmentInException"),
    ItemType(tracking_feeds.TrackedItem, (keys.tracked_shipment,), name="TrackedShipment"),
    ItemType(tracking_feeds.ReportItem, (keys.carrier_report,), name="CarrierReport"),
    ItemType(customers.CustomerItem, (keys.customer,)),
    ItemType(customers.CustomerSessionItem, (keys.customer_session,), secrets=("hash",)),
    ItemType(erasure.CustomerExportItem, (keys.customer_export,)),
    ItemType(customers.TracesItem, (keys.erased_order, keys.past_order)),
    ItemType(storefront.AccessRequestItem, (keys.access_request,)),
    ItemType(storefront.AccessCodeItem, (keys.access_code,), secrets=("hash",)),
    ItemType(storefront.OrderAccessItem, (keys.order_access,), secrets=("hash",)),
    ItemType(SentEmailItem, (keys.confirmation, keys.letter)),
    ItemType(UnsubscribedItem, (keys.unsubscribed,)),
    ItemType(action_requests.ActionRequestItem, (keys.action_request,)),
    ItemType(action_requests.ListEntryItem, (keys.action_request_list,), name="ActionRequestListEntry"),
    ItemType(action_requests.QueueEntryItem, (keys.action_request_queue,), name="ActionRequestQueueEntry"),
    ItemType(action_requests.PendingItem, (keys.pending_request,), name="PendingActionRequest"),
    ItemType(totals.RequestStatsItem, (keys.action_request_stats,)),
    ItemType(tracking_pages.PageItem, (keys.tracking_page,), name="TrackingPage"),
    ItemType(tracking_pages.TokenItem, (keys.tracking_token,), name="TrackingToken"),
    ItemType(tracking_pages.ActivePageItem, (keys.active_tracking_page,), name="ActiveTrackingPage"),
    ItemType(webhooks.WebhookItem, (keys.webhook, keys.rule_webhook), secrets=("secret", "old_secret")),
    ItemType(webhooks.DeliveryItem, (keys.delivery,)),
    ItemType(webhooks.AttemptItem, (keys.delivery_attempt,)),
    ItemType(alerts.RuleItem, (keys.alert_rule,), name="AlertRule"),
    ItemType(alerts.SeenItem, (keys.alert_seen,), name="AlertSeen"),
    ItemType(notifications.NotificationItem, (keys.notification, keys.dismissed_notification)),
    ItemType(Item, (keys.unread_notification,), name="UnreadNotification"),
    ItemType(IdempotencyItem, (keys.idempotency,), secrets=("response", "fingerprint", "claim")),
)
"""Where several types share a key, the first one names it."""

DEPLOYMENT_TYPES = (
    ItemType(ServerKeyItem, (keys.server_key,)),
    ItemType(api_keys.ServiceKeyItem, (keys.service_key,)),
    ItemType(api_keys.SigningSecretItem, (keys.bridge_type_secret,)),
    ItemType(CounterItem, (keys.rate_counter,)),
)
"""Items of no organization. Rate counters hold hashes of what they count, and expire within a day or two."""

INDEX_KEYS: tuple[KeyFunction, ...] = (
    keys.organization_list,
    keys.end_user_list,
    keys.bridge_list,
    keys.bridge_type_list,
    keys.bridges_of_shop,
    keys.event_list,
    keys.event_type_list,
    keys.order_list,
    keys.order_status_list,
    keys.shipment_list,
    keys.shipment_status_list,
    keys.shipment_order_number,
    keys.order_number,
    keys.tracking_number,
    keys.shipment_carrier_list,
    keys.requests_of_bridge,
    keys.pages_of_bridge,
    keys.troubled_webhook,
    keys.failed_delivery,
    keys.scheduled_delivery,
    keys.pending_delivery,
    keys.deferred_delivery,
    keys.due,
    keys.unlisted_item,
)
"""Places in an index, which go with their item."""

DERIVED_KEYS: tuple[Callable[..., Key | None], ...] = (keys.shipment_detail_of, keys.due_at, keys.listing_of)
"""Functions that return another function's key."""

_NUMBER = 77
_FREE_TEXT = frozenset(
    {"term", "text", "external_id", "order_external_id", "shop", "said", "number_hash", "token", "name"}
)


@cache
def _patterns() -> list[tuple[re.Pattern[str], ItemType]]:
    types = (*ORGANIZATION_TYPES, *DEPLOYMENT_TYPES)
    return [(_pattern(function), each) for each in types for function in each.keys]


def _pattern(function: KeyFunction) -> re.Pattern[str]:
    """What the function's keys look like, partition and sort key with a line break between them."""
    names = inspect.signature(function).parameters
    is_number = {name: parameter.annotation is int for name, parameter in names.items()}
    key = function(**{name: _NUMBER if is_number[name] else f"<{name}>" for name in names})
    pattern = re.escape(f"{key.pk}\n{key.sk}").replace(str(_NUMBER), r"\d+")
    for name in names:
        pattern = pattern.replace(f"<{name}>", ".*" if name in _FREE_TEXT else "[^#\n]*")
    return re.compile(pattern, re.DOTALL)


def type_of(row: Row) -> ItemType | None:
    """The type of a stored item, by its key."""
    text = f"{row['pk']['S']}\n{row['sk']['S']}"
    return next((each for pattern, each in _patterns() if pattern.fullmatch(text)), None)
