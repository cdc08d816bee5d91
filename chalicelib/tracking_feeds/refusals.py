"""Tells an organization that its provider refuses its credentials, which nobody else can put right: once a day."""

from typing import Final

from chalicelib.events import service as events
from chalicelib.organizations.principals import SYSTEM
from chalicelib.organizations.store import ConfigItem
from chalicelib.table.transaction import ConditionFailed, Transaction
from chalicelib.tracking_feeds import store
from chalicelib.tracking_feeds.schemas import ProviderRefusal

MESSAGE: Final = (
    "The tracking provider refuses the API key, so no shipment is registered. Check the account there and "
    "settings.trackingProvider. Shipments are tried again for about a day."
)


def tell(config: ConfigItem, provider_name: str) -> None:
    organization_id = config.organization_id
    transaction = Transaction()
    store.mark_told(transaction, organization_id)
    events.record(
        transaction,
        organization_id,
        None,
        "tracking_provider.refused",
        by=SYSTEM,
        resource=("embed_config", config.id),
        data=ProviderRefusal(name=provider_name, message=MESSAGE).model_dump(),
    )
    try:
        transaction.commit()
    except ConditionFailed:
        # It was told within the day, here or by another process.
        return
