"""What the runtime calls."""

from chalicelib.connectors.faults import AuthFault
from chalicelib.connectors.platform import Platform, Tested
from chalicelib.connectors.shop import Shop
from chalicelib.connectors.shopify import changing, consent, fulfilling, hooks, orders, privacy, tokens
from chalicelib.connectors.shopify.client import call

READS = "read_orders"


def test(shop: Shop) -> Tested:
    data = call(shop, "connection").data
    name, domain = data["shop"]["name"], data["shop"]["myshopifyDomain"]
    if domain != shop.config["shopDomain"]:
        raise AuthFault(f"These credentials belong to {domain}.")
    granted = {scope["handle"] for scope in data["currentAppInstallation"]["accessScopes"]}
    # A right to write includes the right to read, which Shopify then does not list.
    granted |= {scope.replace("write_", "read_", 1) for scope in granted}
    if READS not in granted:
        raise AuthFault(f"The connection lacks the right {READS}. Add it to the app at Shopify, and connect again.")
    missing = [scope for scope in consent.SCOPES if scope not in granted]
    message = f"Connected to {name}."
    if missing:
        message += f" Without {', '.join(missing)} the store cannot be told of shipments or changes."
    return Tested(message, name)


PLATFORM = Platform(
    id="shopify",
    test=test,
    orders=orders.read_orders,
    order=orders.read_order,
    order_ids=orders.read_order_ids,
    keep_hooks=hooks.keep_hooks,
    remove_hooks=hooks.remove_hooks,
    read_hook=hooks.read_hook,
    read_app_hook=privacy.read_app_hook,
    fulfil=fulfilling.fulfil,
    apply=changing.apply,
    changes=changing.KINDS,
    renew=tokens.renew,
    authorize_url=consent.authorize_url,
    complete=consent.complete,
    reads_state=consent.reads_state,
)
