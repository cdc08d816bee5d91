"""Reading a shop's orders with their fulfilments."""

from typing import Any

from chalicelib.connectors.faults import OutOfTime, RateLimited, Unreachable
from chalicelib.connectors.platform import Cursor, IdPage, Page, Unreadable
from chalicelib.connectors.shop import Shop
from chalicelib.connectors.woocommerce import mapping, tracking
from chalicelib.connectors.woocommerce.client import WC, Client, as_list
from chalicelib.connectors.woocommerce.paging import SMALL_SIZE, Orders, Position, second_of
from chalicelib.connectors.woocommerce.values import identifier, text

UTC_TIMES = "true"
"""Without `dates_are_gmt`, and with a `Z` beside it, WooCommerce takes times as the shop's own."""


def read_orders(shop: Shop, since: str, cursor: Cursor) -> Page:
    client = Client(shop)
    # `modified_after` leaves out the second that it names.
    changed = {"modified_after": second_of(since, -1)}
    listed, matching, position = _list(client, Position.of(cursor), changed, mapping.NEEDED)
    page = Page()
    read = 0
    for order in listed:
        try:
            _add(client, page, order)
        except (OutOfTime, RateLimited):
            # Fulfilments take a call for each order. A page may end early, so that a slow shop is read in small steps.
            if read == 0:
                raise
            break
        read += 1
    following = position.after(listed, read, matching)
    total = matching if cursor is None else position.total
    return Page(
        page.orders, page.shipments, page.unreadable, next=following.cursor() if following else None, total=total
    )


def read_order(shop: Shop, order_id: str) -> Page | None:
    client = Client(shop)
    order = client.find_order(order_id, mapping.NEEDED)
    if order is None or mapping.status_of(order) == mapping.TRASH:
        return None
    page = Page()
    if mapping.status_of(order) not in mapping.DRAFTS:
        _add(client, page, order)
    return page


def read_order_ids(shop: Shop, since: str, cursor: Cursor) -> IdPage:
    created = {"after": second_of(since, -1)}
    listed, matching, position = _list(Client(shop), Position.of(cursor), created, "id,date_created_gmt")
    ids = [order_id for order in listed if (order_id := identifier(order.get("id"))) is not None]
    following = position.after(listed, len(listed), matching)
    return IdPage(ids, following.cursor() if following else None)


def _add(client: Client, page: Page, order: dict[str, Any]) -> None:
    record = mapping.read_order(order)
    if record["external_id"] is None:
        page.unreadable.append(Unreadable(text(order.get("number")) or "?", "The shop sent an order without an id."))
        return
    shipments = tracking.read_shipments(client, order)
    page.orders.append(record)
    page.shipments.extend(shipments)


def _list(
    client: Client, position: Position, since: dict[str, str], fields: str
) -> tuple[Orders, int | None, Position]:
    """A page, how many orders it and what follows have, and its position, which is smaller if the shop failed at a
    full page."""
    try:
        return *_page(client, position, since, fields), position
    except Unreachable:
        if position.size == SMALL_SIZE:
            raise
    position = position.smaller()
    return *_page(client, position, since, fields), position


def _page(client: Client, position: Position, since: dict[str, str], fields: str) -> tuple[Orders, int | None]:
    query = {**since, **position.query(), "dates_are_gmt": UTC_TIMES, "_fields": fields}
    response = client.call("GET", f"{WC}/orders", query=query)
    listed = as_list(response)
    matching = response.headers.get("x-wp-total", "")
    return listed, int(matching) if matching.isascii() and matching.isdigit() else None
