"""Reading labels: those that were made since, a call a page, and at most hourly those that were voided.

Neither API lists labels by the time of their last change. Labels are never deleted.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from chalicelib.connectors.platform import Cursor, Page, Unreadable
from chalicelib.connectors.shipstation.client import call_v1, call_v2, is_v1, objects
from chalicelib.connectors.shipstation.mapping import Label, external_id, from_v1, from_v2, is_parcel
from chalicelib.connectors.shipstation.pacific import to_pacific
from chalicelib.connectors.shop import Record, Shop
from chalicelib.kit import clock, codec

PAGE_SIZE = 100
VOIDS_EVERY_S = 3600
OVERLAP_S = 600
VOIDS_READ = "voids_read_at"
"""In the shop's memory: when the voided labels were last read."""


def read_labels(shop: Shop, since: str, cursor: Cursor) -> Page:
    at: dict[str, Any] = codec.loads(cursor) if cursor else {"list": "made", "page": 1, "since": since}
    read = _read_v1 if is_v1(shop) else _read_v2
    labels, has_more, total = read(shop, at)
    page = Page(next=_next(shop, at, has_more), total=total if at["list"] == "made" and at["page"] == 1 else None)
    for label in labels:
        _add(shop, page, label)
    return page


def _next(shop: Shop, at: dict[str, Any], has_more: bool) -> str | None:
    if has_more:
        return codec.dumps({**at, "page": at["page"] + 1})
    if at["list"] == "voided":
        shop.memory[VOIDS_READ] = at["began"]
        return None
    # Without memory, as far back as voids may not have been read.
    last = shop.memory.get(VOIDS_READ) or _earlier(at["since"], VOIDS_EVERY_S)
    if last > _earlier(clock.timestamp(), VOIDS_EVERY_S):
        return None
    began = clock.timestamp()
    return codec.dumps({"list": "voided", "page": 1, "since": _earlier(last, OVERLAP_S), "began": began})


def _earlier(moment: str, seconds: int) -> str:
    return clock.timestamp(clock.parse(moment) - timedelta(seconds=seconds))


def _read_v2(shop: Shop, at: dict[str, Any]) -> tuple[list[Label], bool, int | None]:
    query: dict[str, str | int] = {"page": at["page"], "page_size": PAGE_SIZE}
    if at["list"] == "made":
        query |= {"created_at_start": at["since"], "sort_by": "created_at", "sort_dir": "asc"}
    else:
        query |= {"label_status": "voided", "sort_by": "modified_at", "sort_dir": "desc"}
    answer = call_v2(shop, "GET", "/labels", query=query)
    labels = objects(answer, "labels")
    has_more = at["page"] < _number(answer, "pages")
    if at["list"] == "voided":
        recent = [label for label in labels if str(label.get("voided_at") or at["since"]) >= at["since"]]
        # Sorted by the last change of any kind: a page without a recent void ends it.
        has_more, labels = has_more and bool(recent), recent
    return labels, has_more, _number(answer, "total")


def _read_v1(shop: Shop, at: dict[str, Any]) -> tuple[list[Label], bool, int | None]:
    date = "createDateStart" if at["list"] == "made" else "voidDateStart"
    answer = call_v1(
        shop,
        "GET",
        "/shipments",
        query={
            date: to_pacific(at["since"]),
            "includeShipmentItems": "true",
            "sortBy": "CreateDate",
            "sortDir": "ASC",
            "page": at["page"],
            "pageSize": PAGE_SIZE,
        },
    )
    return objects(answer, "shipments"), at["page"] < _number(answer, "pages"), _number(answer, "total")


def _number(answer: dict[str, Any], name: str) -> int:
    value = answer.get(name)
    return value if isinstance(value, int) else 0


def _add(shop: Shop, page: Page, label: Label) -> None:
    to_record: Callable[[Label], Record] = from_v1 if is_v1(shop) else from_v2
    try:
        if is_parcel(label):
            page.shipments.append(to_record(_with_shipment(shop, label)))
    except (KeyError, TypeError, ValueError, AttributeError, ArithmeticError) as error:
        message = f"could not be read: ShipStation left out something that every label has ({type(error).__name__})"
        page.unreadable.append(Unreadable(_id_or_nothing(label), message))


def _id_or_nothing(label: Label) -> str:
    try:
        return external_id(label)
    except KeyError:
        return ""


def _with_shipment(shop: Shop, label: Label) -> Label:
    """V2's labels that don't name their order are looked up by their shipment, which has the order's number."""
    is_named = is_v1(shop) or label.get("external_order_id") or label.get("shipment") or not label.get("shipment_id")
    if is_named:
        return label
    return {**label, "shipment": call_v2(shop, "GET", f"/shipments/{label['shipment_id']}")}
