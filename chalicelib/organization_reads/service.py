"""Reads an end user's lists for their organization. What the end user no longer sees is left out here too."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from chalicelib.alerts import service as alerts
from chalicelib.bridges import holdings
from chalicelib.http.pagination import pagination
from chalicelib.http.responses import JsonText, encode
from chalicelib.kit.errors import NotFound
from chalicelib.notifications import service as notifications
from chalicelib.notifications.schemas import NotificationRead
from chalicelib.orders import listing as order_lists
from chalicelib.orders import requestable
from chalicelib.orders import service as orders
from chalicelib.orders.listing import OrderPage
from chalicelib.orders.service import StoredOrder
from chalicelib.organization_reads.schemas import (
    NotificationsQuery,
    OrdersQuery,
    ShipmentsQuery,
    TrackingPagesQuery,
)
from chalicelib.organizations import end_users
from chalicelib.organizations.principals import ApiKey, Merchant
from chalicelib.organizations.references import EndUserRef
from chalicelib.organizations.store import EndUserItem
from chalicelib.shipments import exceptions, shape
from chalicelib.shipments import listing as shipment_lists
from chalicelib.shipments import service as shipments
from chalicelib.table import keys
from chalicelib.table.reads import get_many, prefetch, run_concurrently
from chalicelib.tracking_pages import service as tracking_pages
from chalicelib.tracking_pages.schemas import TrackingPageRow


class Rows(NamedTuple):
    rows: list[JsonText]
    pagination: dict[str, Any]


def find_merchant(organization_id: str, end_user_id: str) -> Merchant | None:
    """The end user with their counters, in one round trip."""
    key, stats = keys.end_user(organization_id, end_user_id), keys.end_user_stats(organization_id, end_user_id)
    rows = get_many([key, stats])
    if key not in rows:
        return None
    return Merchant(organization_id, end_user_id, EndUserItem.of(rows[key]), rows.get(stats, {}))


def get_merchant(organization_id: str, end_user_id: str) -> Merchant:
    found = find_merchant(organization_id, end_user_id)
    if found is None:
        raise NotFound("End user not found.")
    return found


def name_owner(merchant: Merchant, values: Iterable[Any]) -> list[JsonText]:
    """The values as JSON, each with its `end_user`."""
    owner = ref_text(merchant.end_user)
    return [_with_owner(value, owner) for value in values]


def _with_owner(value: Any, owner: str) -> JsonText:
    return JsonText(f'{encode(value)[:-1]},"end_user":{owner}}}')


def ref_text(user: EndUserItem | None) -> str:
    """The end user that a row names, as JSON."""
    if user is None:
        return "null"
    return encode(EndUserRef.of(user))


def _ref_of(merchant: Merchant | None) -> str:
    return ref_text(merchant.end_user if merchant is not None else None)


def list_orders(organization_id: str, query: OrdersQuery) -> tuple[Merchant, OrderPage]:
    entries = prefetch(order_lists.prefetch_page, organization_id, query.end_user_id, query)
    merchant = get_merchant(organization_id, query.end_user_id)
    return merchant, order_lists.page(merchant, query, entries)


def list_shipments(organization_id: str, query: ShipmentsQuery) -> Rows:
    if query.end_user_id is None:
        return _list_exceptions(organization_id, query)
    entries = prefetch(shipment_lists.prefetch_page, organization_id, query.end_user_id, query)
    merchant = get_merchant(organization_id, query.end_user_id)
    page = shipment_lists.page(merchant, query, entries)
    return Rows(name_owner(merchant, page.shipments), page.pagination)


def _list_exceptions(organization_id: str, query: ShipmentsQuery) -> Rows:
    """Everybody's, except of bridges that their end users have lost, and of deleted end users."""
    listed, (total, capped) = run_concurrently(
        lambda: exceptions.list_page(organization_id, query.window), lambda: exceptions.count_all(organization_id)
    )
    owners = end_users.find_many(organization_id, {user for user, _ in listed.shipments})
    shown = [
        _with_owner(shape.list_text(row), ref_text(owners[user]))
        for user, row in listed.shipments
        if user in owners and row["hint"]["S"] not in end_users.hidden_bridges(owners[user])
    ]
    return Rows(shown, pagination(query.window, total, listed.following, capped=capped))


def list_tracking_pages(
    organization_id: str, query: TrackingPagesQuery, base_url: str
) -> tuple[Merchant, list[TrackingPageRow], int, str | None]:
    """As `tracking_pages.service.list_pages`."""
    pages = prefetch(tracking_pages.read_pages, organization_id, query.end_user_id, query)
    merchant = get_merchant(organization_id, query.end_user_id)
    return merchant, *tracking_pages.list_pages(merchant, query, base_url, pages)


def get_tracking_page(organization_id: str, end_user_id: str, page_id: str, base_url: str) -> JsonText:
    """NotFound."""
    merchant = get_merchant(organization_id, end_user_id)
    return _with_owner(tracking_pages.get(merchant, page_id, base_url), _ref_of(merchant))


def get_notification(organization_id: str, end_user_id: str, notification_id: str) -> JsonText:
    """Also one that was dismissed. NotFound."""
    found, merchant = run_concurrently(
        lambda: notifications.get(organization_id, end_user_id, notification_id),
        lambda: get_merchant(organization_id, end_user_id),
    )
    return _with_owner(found, _ref_of(merchant))


def list_notifications(
    organization_id: str, query: NotificationsQuery
) -> tuple[Merchant, list[NotificationRead], int, int, str | None]:
    """As `notifications.service.list_page`."""
    merchant = get_merchant(organization_id, query.end_user_id)
    unread = query.unread == "true"
    page = notifications.list_page(organization_id, query.end_user_id, merchant.stats, query.window, unread=unread)
    return merchant, *page


def list_rules(organization_id: str, end_user_id: str) -> list[JsonText]:
    found, merchant = run_concurrently(
        lambda: alerts.list_all(organization_id, end_user_id), lambda: get_merchant(organization_id, end_user_id)
    )
    return name_owner(merchant, found)


def find_order(organization_id: str, order_id: str) -> tuple[StoredOrder, Merchant | None] | None:
    """The organization's order with its end user, who may have been deleted."""
    for end_user_id in orders.list_holders(organization_id, order_id):
        order, merchant = run_concurrently(
            lambda: orders.find(organization_id, end_user_id, order_id),  # noqa: B023 - called at once
            lambda: find_merchant(organization_id, end_user_id),  # noqa: B023 - called at once
        )
        if order is not None and _is_shown(merchant, end_user_id, order.bridge_id):
            return order, merchant
    return None


def get_order(caller: ApiKey, order_id: str) -> JsonText:
    """The organization's order in the detail shape, whichever end user has it. NotFound."""
    found = find_order(caller.organization_id, order_id)
    if found is None:
        raise NotFound
    order, merchant = found
    return _with_owner(_whole(caller, order, merchant), _ref_of(merchant))


def _whole(caller: ApiKey, order: StoredOrder, merchant: Merchant | None) -> dict[str, Any]:
    hidden = merchant.hidden_bridges if merchant is not None else frozenset()
    # Nobody may request anything for a deleted end user.
    allowed = requestable.list_allowed(order, caller.config) if caller.config and merchant else []
    return {**orders.to_response(order, hidden), "allowed_actions": allowed}


def get_shipment(organization_id: str, shipment_id: str) -> JsonText:
    """The organization's shipment in the detail shape, whichever end user has it. NotFound."""
    for end_user_id, document in shipments.find_by_owner(organization_id, shipment_id):
        merchant = find_merchant(organization_id, end_user_id)
        if _is_shown(merchant, end_user_id, document["bridge_id"]):
            return _with_owner(document, _ref_of(merchant))
    raise NotFound


def _is_shown(merchant: Merchant | None, end_user_id: str, bridge_id: str) -> bool:
    """Data of a deleted end user stays with the organization as long as its bridge does."""
    if merchant is not None:
        return bridge_id not in merchant.hidden_bridges
    return orders.is_held_by(bridge_id, end_user_id, holdings.owners([bridge_id]))
