"""What this package gives to the runtime."""

from chalicelib.connectors.platform import Platform
from chalicelib.connectors.woocommerce import changes, consent, fulfil, hooks, orders

PLATFORM = Platform(
    id="woocommerce",
    test=consent.test,
    orders=orders.read_orders,
    order=orders.read_order,
    order_ids=orders.read_order_ids,
    keep_hooks=hooks.keep_hooks,
    remove_hooks=hooks.remove_hooks,
    read_hook=hooks.read_hook,
    fulfil=fulfil.fulfil,
    apply=changes.apply,
    changes=frozenset({"cancel", "hold", "release", "address_change", "note"}),
    authorize_url=consent.authorize_url,
    complete=consent.complete,
)
