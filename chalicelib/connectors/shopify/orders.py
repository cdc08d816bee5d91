"""Reading orders, with their fulfilments as shipments: a page of orders is one call.

An order with more than twelve lines or five fulfilments needs another call for the rest of them.
"""

from typing import Any

from chalicelib.connectors.platform import Cursor, IdPage, Page, Unreadable
from chalicelib.connectors.shop import Record, Shop
from chalicelib.connectors.shopify.client import TooCostly, call, gid
from chalicelib.connectors.shopify.mapping import Node, to_order, to_shipments
from chalicelib.kit import codec

MAX_COST = 900
"""Of the 1,000 points that Shopify allows one call to cost."""
FIRST_SIZE = 10
MAX_SIZE = 25
SHOWN_FULFILMENTS = 5
"""As many as the fragment OrderFields asks for."""
MAX_DEPTH = 20_000
"""Shopify lets nobody page beyond 25,000 orders of one search: a new search starts before."""


def read_orders(shop: Shop, since: str, cursor: Cursor) -> Page:
    """Sorted by the time of change, oldest first: an order that changes meanwhile moves to the end and comes again."""
    at: dict[str, Any] = {"since": since, "after": None, "size": FIRST_SIZE, "read": 0}
    at |= codec.loads(cursor) if cursor else {}
    while True:
        try:
            answer = call(
                shop,
                "orders",
                first=at["size"],
                after=at["after"],
                query=f"updated_at:>='{at['since']}'",
                counted=cursor is None,
            )
            break
        except TooCostly:
            if at["size"] == 1:
                raise
            at["size"] //= 2
    nodes, info = answer.data["orders"]["nodes"], answer.data["orders"]["pageInfo"]
    after = None
    if info["hasNextPage"]:
        at |= {"after": info["endCursor"], "size": _size_for(answer.cost, at["size"]), "read": at["read"] + len(nodes)}
        if at["read"] >= MAX_DEPTH:
            at |= {"since": nodes[-1]["updatedAt"], "after": None, "read": 0}
        after = codec.dumps(at)
    page = Page(next=after, total=(answer.data.get("ordersCount") or {}).get("count"))
    for node in nodes:
        _add(page, shop, node)
    return page


def _size_for(cost: int | None, size: int) -> int:
    """As many orders as a page of MAX_COST has, by what Shopify counted for the last one."""
    return max(1, min(MAX_SIZE, size * MAX_COST // cost)) if cost else size


def read_order(shop: Shop, external_id: str) -> Page | None:
    node = call(shop, "order", id=gid("Order", external_id)).data["order"]
    if node is None:
        return None
    page = Page()
    _add(page, shop, node)
    return page


def read_order_ids(shop: Shop, since: str, cursor: Cursor) -> IdPage:
    connection = call(shop, "order_ids", query=f"created_at:>='{since}'", after=cursor).data["orders"]
    info = connection["pageInfo"]
    return IdPage(
        [str(node["legacyResourceId"]) for node in connection["nodes"]],
        info["endCursor"] if info["hasNextPage"] else None,
    )


def _add(page: Page, shop: Shop, node: Node) -> None:
    try:
        order, shipments = _read(shop, node)
    except (KeyError, TypeError, ValueError, AttributeError, ArithmeticError) as error:
        message = f"could not be read: Shopify left out something that every order has ({type(error).__name__})"
        page.unreadable.append(Unreadable(str(node.get("legacyResourceId", "")), message))
        return
    page.orders.append(order)
    page.shipments.extend(shipments)


def _read(shop: Shop, node: Node) -> tuple[Record, list[Record]]:
    lines, fulfilments = [*node["lineItems"]["nodes"]], [*node["fulfillments"]]
    info = node["lineItems"]["pageInfo"]
    has_more_fulfilments = len(fulfilments) == SHOWN_FULFILMENTS
    while info["hasNextPage"] or has_more_fulfilments:
        rest = call(
            shop,
            "order_rest",
            id=gid("Order", str(node["legacyResourceId"])),
            after=info["endCursor"],
            allFulfillments=has_more_fulfilments,
        ).data["order"]
        if rest is None:
            break
        lines += rest["lineItems"]["nodes"]
        fulfilments = rest["fulfillments"] if has_more_fulfilments else fulfilments
        info, has_more_fulfilments = rest["lineItems"]["pageInfo"], False
    return to_order(node, lines, fulfilments), to_shipments(node, fulfilments)
