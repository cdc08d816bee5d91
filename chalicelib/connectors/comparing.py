"""Once a day, our orders of the last weeks are compared with the ids that the source still has.

Ids are read in pages, which may shift while they are read. So an order that seems to be gone is asked for by its id
before it is marked.
"""

from chalicelib.connectors.faults import OutOfTime
from chalicelib.connectors.platform import IdPage
from chalicelib.connectors.visit import Visit
from chalicelib.kit import clock, log
from chalicelib.orders import source_deletion
from chalicelib.sync.orders import id_of

EVERY_S = 86400
MAX_DAYS = 60
SETTLED_S = 3600
"""Younger orders may not be in the source's list yet."""
MAX_ASKED = 200
"""Orders asked for one by one in a day; the rest follows the next day."""


def compare(visit: Visit) -> None:
    work, platform = visit.lease.work, visit.platform
    if platform.order_ids is None or platform.order is None or "grab_orders" not in work.marks:
        return
    if work.compared_at is None:
        # The first sync has just read everything.
        visit.lease.note(compared_at=clock.timestamp())
    elif work.compared_at <= clock.in_seconds(-EVERY_S):
        try:
            _mark_missing(visit, _ids_at_source(visit))
        except OutOfTime:
            # So many orders don't fit into one visit. The next one, which begins now, compares the newer half.
            log.warning("comparison_out_of_time", bridge_id=work.bridge_id, days=work.compared_days)
            if work.compared_days > 1:
                visit.lease.note(compared_days=work.compared_days // 2)
                raise
        else:
            visit.lease.note(compared_days=min(MAX_DAYS, work.compared_days * 2))
        visit.lease.note(compared_at=clock.timestamp())


def _ids_at_source(visit: Visit) -> set[str]:
    """Our ids of the orders that the source has."""
    list_ids, bridge_id = visit.platform.order_ids, visit.connection.bridge.id
    assert list_ids is not None
    # A little more than is compared: the source may date an order otherwise than we do.
    since, found = clock.in_seconds(-(visit.lease.work.compared_days + 1) * 86400), set[str]()

    def read(cursor: str | None) -> IdPage:
        return visit.connection.call(lambda shop: list_ids(shop, since, cursor))

    page = read(None)
    while True:
        found |= {id_of(bridge_id, external_id) for external_id in page.ids}
        if page.next is None:
            return found
        page = read(page.next)


def _mark_missing(visit: Visit, known: set[str]) -> None:
    bridge, settled, asked = visit.connection.bridge, clock.in_seconds(-SETTLED_S), 0
    assert bridge.end_user_id is not None
    owner = (bridge.organization_id, bridge.end_user_id)
    since = clock.in_seconds(-visit.lease.work.compared_days * 86400)
    for order_id, ordered_at in source_deletion.ids_since(*owner, bridge.id, since):
        if order_id in known or ordered_at > settled:
            continue
        external_id = source_deletion.external_id_of(*owner, order_id)
        if external_id is None:
            continue
        if asked == MAX_ASKED:
            log.warning("comparison_cut_short", bridge_id=bridge.id)
            return
        asked += 1
        _mark_if_gone(visit, external_id)


def _mark_if_gone(visit: Visit, external_id: str) -> None:
    read, bridge = visit.platform.order, visit.connection.bridge
    assert read is not None
    assert bridge.end_user_id is not None
    if visit.connection.call(lambda shop: read(shop, external_id)) is None:
        source_deletion.mark(bridge.organization_id, bridge.end_user_id, id_of(bridge.id, external_id))
