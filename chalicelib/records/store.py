from pynamodb.attributes import UnicodeAttribute

from chalicelib.table import keys
from chalicelib.table.items import IntegerAttribute, Item, JsonTailAttribute


class SyncedItem(Item):
    """The summary of an order or shipment: its list shape, and what decides how the next record changes it.

    The item must stay below 1 KB, one write unit: attribute names are short, and what the keys hold (id, status, …) or
    `hint` (the bridge) is not repeated.
    """

    summary = JsonTailAttribute(attr_name="s")
    """The list shape without what the keys and `hint` hold."""
    version = IntegerAttribute(attr_name="v")
    """Incremented by every change, including changes of the detail. Every write is conditional on it."""
    source_updated_at = UnicodeAttribute(attr_name="su", null=True)
    record_digest = UnicodeAttribute(attr_name="rd", null=True)
    """Digest of the record applied last. Syncing the same record again changes nothing; our own changes clear this."""

    @property
    def id(self) -> str:
        return keys.part_after_separator(self.pk)

    @property
    def end_user_id(self) -> str:
        return keys.part_before_separator(self.sk)

    @property
    def bridge_id(self) -> str:
        return self.hint or ""

    @property
    def status(self) -> str:
        return keys.part_after_separator(self.g2pk)
