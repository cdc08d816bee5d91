"""What the runtime calls."""

from chalicelib.connectors.faults import AuthFault
from chalicelib.connectors.platform import Platform, Tested
from chalicelib.connectors.shipstation import changing, hooks, labels
from chalicelib.connectors.shipstation.client import call_v1, call_v2, is_v1, objects
from chalicelib.connectors.shop import Shop


def test(shop: Shop) -> Tested:
    if not shop.config.get("apiKey"):
        raise AuthFault("The bridge has no API key. Enter the one that ShipStation shows.")
    if is_v1(shop):
        objects(call_v1(shop, "GET", "/shipments", query={"pageSize": 1}), "shipments")
        return Tested("Connected to ShipStation (API V1).")
    objects(call_v2(shop, "GET", "/labels", query={"page_size": 1}), "labels")
    return Tested("Connected to ShipStation (API V2).")


PLATFORM = Platform(
    id="shipstation",
    test=test,
    shipments=labels.read_labels,
    keep_hooks=hooks.keep_hooks,
    remove_hooks=hooks.remove_hooks,
    read_hook=hooks.read_hook,
    apply=changing.apply,
    changes=changing.KINDS,
)
