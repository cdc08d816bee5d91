"""A customer's data, for whoever has to answer them: the merchant, and the organization that works for the merchant.

A platform asks for it on the customer's behalf. Only the ids of the orders are stored; the data is read when somebody
fetches it, so that what was erased meanwhile is not in it.
"""

from collections.abc import Sequence
from typing import Final

from chalicelib.bridges.store import BridgeItem
from chalicelib.erasure.schemas import CustomerExport, DataRequest
from chalicelib.erasure.store import CustomerExportItem, find_export
from chalicelib.events import service as events
from chalicelib.kit import clock
from chalicelib.kit.errors import NotFound
from chalicelib.kit.said import Said
from chalicelib.notifications import service as notifications
from chalicelib.orders import erasing
from chalicelib.orders import service as orders
from chalicelib.organizations.principals import SYSTEM, ApiKey, EmbedSession
from chalicelib.privacy.identity import customer_id
from chalicelib.shipments import service as shipments
from chalicelib.table import keys
from chalicelib.table.reads import map_concurrently
from chalicelib.table.transaction import ConditionFailed, Transaction, absent

REQUESTED: Final = "customer.data_requested"
KEPT_S = 30 * 86_400
"""As long as a shop has to answer its customer."""
MAX_ORDERS = 100


def offer(bridge: BridgeItem, export_id: str, order_ids: Sequence[str], email: str | None) -> None:
    """Tell both sides, once. `order_ids`: those that the platform named; the bridge's others with this e-mail address
    follow, up to 100 in all."""
    assert bridge.end_user_id is not None
    organization_id, end_user_id = bridge.organization_id, bridge.end_user_id
    named = list(dict.fromkeys([*order_ids, *_orders_with(organization_id, email)]))
    found = orders.read_refs(organization_id, [(end_user_id, order_id) for order_id in named])
    own = [order_id for (_, order_id), order in found.items() if order["bridge_id"] == bridge.id]
    expires_at = clock.in_seconds(KEPT_S)
    key = keys.customer_export(organization_id, export_id)
    item = CustomerExportItem.at(
        key,
        id=export_id,
        end_user_id=end_user_id,
        bridge_id=bridge.id,
        order_ids=sorted(own, key=named.index)[:MAX_ORDERS],
        created_at=clock.timestamp(),
        expires_at=expires_at,
        expires=clock.epoch(expires_at),
    )
    transaction = Transaction()
    transaction.put(item.index_1(keys.unlisted_item(organization_id, key)), absent())
    told = DataRequest(id=export_id, bridge_id=bridge.id, orders=len(own), expires_at=expires_at).model_dump()
    events.record(
        transaction,
        organization_id,
        end_user_id,
        REQUESTED,
        by=SYSTEM,
        resource=("customer_export", export_id),
        metadata={"bridge_id": bridge.id},
        data=told,
    )
    notifications.add(
        transaction,
        organization_id,
        end_user_id,
        rule_id=None,
        event_type=REQUESTED,
        severity="warning",
        title="A customer asked for their data",
        message=Said.of(
            "customer.data_requested",
            f"{bridge.name} asks for the data of one of your customers, with {len(own)} orders.",
            name=bridge.name,
            orders=len(own),
        ),
        metadata={"export_id": export_id, "bridge_id": bridge.id},
    )
    try:
        transaction.commit()
    except ConditionFailed:
        return


def _orders_with(organization_id: str, email: str | None) -> list[str]:
    if email is None:
        return []
    return erasing.list_order_ids(organization_id, customer_id(organization_id, email), MAX_ORDERS, None)[0]


def read_of_organization(principal: ApiKey, export_id: str) -> CustomerExport:
    return _read(principal.organization_id, export_id, None)


def read_of_end_user(session: EmbedSession, export_id: str) -> CustomerExport:
    return _read(session.organization_id, export_id, session.end_user_id)


def _read(organization_id: str, export_id: str, end_user_id: str | None) -> CustomerExport:
    """`end_user_id`: whose it must be. NotFound, also once it has expired."""
    item = find_export(organization_id, export_id)
    is_gone = item is None or item.expires_at <= clock.timestamp()
    if item is None or is_gone or end_user_id not in (None, item.end_user_id):
        raise NotFound
    found = [
        order
        for order in map_concurrently(lambda each: orders.find(organization_id, item.end_user_id, each), item.order_ids)
        if order is not None
    ]
    documents = [orders.to_response(order) for order in found]
    shipment_ids = [(order["id"], shipment["id"]) for order in documents for shipment in order["shipments"]]
    return CustomerExport(
        id=item.id,
        bridge_id=item.bridge_id,
        created_at=item.created_at,
        expires_at=item.expires_at,
        orders=documents,
        shipments=map_concurrently(
            lambda pair: shipments.get(organization_id, item.end_user_id, pair[1]), shipment_ids
        ),
    )
