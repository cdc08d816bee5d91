"""What a platform asks of the deployment's app about one of its shops: to erase a customer, to give out their data, or
to forget the shop. It concerns the bridges of that shop, in all organizations."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from chalicelib.bridges import service as bridges
from chalicelib.bridges import shops
from chalicelib.bridges.store import BridgeItem
from chalicelib.connectors import apps, platforms
from chalicelib.connectors.faults import Forged
from chalicelib.connectors.hooks import ForgedHook
from chalicelib.connectors.platform import AppHook
from chalicelib.connectors.shop import HookRequest
from chalicelib.erasure import exports
from chalicelib.erasure import service as erasure
from chalicelib.kit import ids, log
from chalicelib.kit.errors import NotFound
from chalicelib.orders import service as orders
from chalicelib.organizations.principals import SYSTEM
from chalicelib.sync.orders import id_of
from chalicelib.table.transaction import retry_on_conflict


def take(bridge_type: str, headers: Mapping[str, str], body: bytes, query: Mapping[str, str]) -> None:
    """Do what a genuine hook asks. Doing it twice does no harm. NotFound for types without such hooks, ForgedHook
    without a good signature."""
    platform = platforms.find(bridge_type)
    if platform is None or platform.read_app_hook is None:
        raise NotFound
    try:
        hook = platform.read_app_hook(HookRequest(headers, body, query, "", apps.credentials(bridge_type)))
    except Forged:
        raise ForgedHook from None
    connected = shops.list_of_shop(bridge_type, hook.shop) if hook.kind is not None else []
    log.info("app_hook_taken", topic=hook.topic, bridges=len(connected))
    if hook.kind == "delete_shop":
        retry_on_conflict(lambda: _delete(bridge_type, hook.shop))
    elif hook.kind == "erase_customer":
        _erase(connected, hook)
    elif hook.kind == "export_customer":
        for item in connected:
            _export(item, hook)


def _delete(bridge_type: str, shop: str) -> None:
    for item in shops.list_of_shop(bridge_type, shop):
        bridges.delete_item(item, SYSTEM)


def _erase(connected: Iterable[BridgeItem], hook: AppHook) -> None:
    """Once in each organization for each address: that of the customer, and those on their orders."""
    by_customer: dict[tuple[str, str], set[str]] = defaultdict(set)
    for item in connected:
        for email in {hook.email, *_emails_on(item, hook.order_ids)}:
            if email is not None:
                by_customer[item.organization_id, email].add(item.id)
    for (organization_id, email), bridge_ids in by_customer.items():
        erasure.request_erasure_at_bridges(organization_id, email, sorted(bridge_ids), SYSTEM)


def _emails_on(item: BridgeItem, order_ids: Iterable[str]) -> set[str | None]:
    if item.end_user_id is None:
        return set()
    wanted = [(item.end_user_id, id_of(item.id, order_id)) for order_id in order_ids]
    found = orders.read_refs(item.organization_id, wanted)
    return {(order.get("customer") or {}).get("email") for order in found.values()}


def _export(item: BridgeItem, hook: AppHook) -> None:
    """Make the data available to the merchant and to the organization, who both have to answer the customer."""
    if item.end_user_id is None:
        return
    export_id = ids.derived_id(item.id, "customer_export", hook.delivery_id or hook.email or "")
    named = [id_of(item.id, order_id) for order_id in hook.order_ids]
    exports.offer(item, export_id, named, hook.email)
