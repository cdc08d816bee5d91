"""Why an approved request is not carried out, or not yet, in words for the merchant."""

from chalicelib.action_requests.store import ActionRequestItem
from chalicelib.bridges.store import BridgeItem
from chalicelib.catalog.bridge_types import CHANGES, catalog
from chalicelib.kit.said import Said

BY_HAND = Said.of("by_hand", "Carry this out by hand, then mark it as done.")
WAITING = {
    "paused": Said.of("waits_while_paused", "The connection is paused. This is carried out once it is active again."),
    "error": Said.of(
        "waits_while_broken", "The connection to the shop does not work. This is carried out once it works again."
    ),
    "disconnected": Said.of(
        "waits_while_disconnected",
        "The connection to the shop has ended. This is carried out once it is connected again.",
    ),
}


def why_manual(item: ActionRequestItem, bridge: BridgeItem | None) -> str | None:
    bridge_type = catalog().get(bridge.type) if bridge is not None else None
    if item.action_type not in CHANGES or bridge_type is None:
        return BY_HAND
    if not bridge_type.can_apply(item.action_type):
        return Said.of("not_changeable_there", f"This cannot be changed at {bridge_type.name} from here. {BY_HAND}")
    if item.action_type == "address_change" and not item.requested_changes:
        return Said.of("address_in_words", f"The request has its new address only in words. {BY_HAND}")
    return None
