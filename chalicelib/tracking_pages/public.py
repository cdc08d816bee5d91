"""What anyone with a tracking link may see."""

from collections.abc import Mapping
from typing import Any, Final

from chalicelib.tracking_pages.schemas import PublicBranding, PublicCheckpoint, PublicShipment
from chalicelib.tracking_pages.timeline import status_of

DELIVERED_WORDS: Final = "Delivered"
"""Instead of the carrier's, who put there who signed."""


def public_view(tracking: Mapping[str, Any], branding: Mapping[str, Any]) -> dict[str, Any]:
    """Exactly the fields of `PublicView`, of a shipment's tracking and the organization's branding."""
    return {
        "shipment": {name: tracking.get(name) for name in PublicShipment.model_fields},
        "checkpoints": [_checkpoint(each) for each in tracking["checkpoints"]],
        "branding": {name: branding.get(name) for name in PublicBranding.model_fields},
    }


def _checkpoint(checkpoint: Mapping[str, Any]) -> dict[str, Any]:
    shown = {name: checkpoint.get(name) for name in PublicCheckpoint.model_fields}
    if status_of(checkpoint) == "delivered":
        shown |= {"status": "delivered", "status_detail": DELIVERED_WORDS}
    return shown
