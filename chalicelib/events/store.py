"""The event item, which is both outbox and log: inserting it starts the pipeline."""

from pynamodb.attributes import UnicodeAttribute
from pynamodb.expressions.condition import Condition

from chalicelib.kit import clock, ids
from chalicelib.table import keys
from chalicelib.table.items import DocumentAttribute, IntegerAttribute, Item
from chalicelib.table.pages import Window, fetch_items, list_entries
from chalicelib.table.reads import MAX_PAGES, Between, count

MAX_COUNTED = 10_000
KEPT_S = 90 * 86400


class EventItem(Item):
    """Organization, end user, id and time are part of the keys. Attribute names are short so that the event of a plain
    order stays below 1 KB, which is one write unit."""

    event_type = UnicodeAttribute(attr_name="t")
    resource_type = UnicodeAttribute(attr_name="rt")
    resource_id = UnicodeAttribute(attr_name="ri", null=True)
    session_id = UnicodeAttribute(attr_name="se", null=True)
    ip_address = UnicodeAttribute(attr_name="ip", null=True)
    metadata = DocumentAttribute(attr_name="m", null=True)
    data = UnicodeAttribute(attr_name="d", null=True)
    """The object's snapshot as JSON text, in its list shape. Webhooks and alert rules get it."""
    counted = IntegerAttribute(attr_name="c", null=True)
    """Set once the figures by day contain it."""
    traces_kept = IntegerAttribute(attr_name="tk", null=True)
    """Set where the event takes orders from an end user whose log goes on showing them: each of these orders left an
    entry in its customer's partition, which leads an erasure here. Not set on events from before there were any."""

    @property
    def id(self) -> str:
        return self.sk

    @property
    def organization_id(self) -> str:
        return keys.owner_of_event(self.pk)[0]

    @property
    def end_user_id(self) -> str | None:
        return keys.owner_of_event(self.pk)[1]

    @property
    def created_at(self) -> str:
        return ids.time_of(self.sk)


def new_item(organization_id: str, end_user_id: str | None, event_type: str) -> EventItem:
    event_id = ids.new_ordered_id()
    item = EventItem.at(
        keys.event(organization_id, end_user_id, event_id),
        event_type=event_type,
        expires=clock.epoch(clock.in_seconds(KEPT_S)),
    )
    item.index_1(keys.event_list(organization_id, event_id))
    item.index_2(keys.event_type_list(organization_id, event_type, event_id))
    return item


class LogView:
    """The partition, index and filter that serve one combination of end user and event type."""

    def __init__(self, organization_id: str, end_user_id: str | None, event_type: str | None) -> None:
        self.index: str | None = None
        self.where: Condition | None = None
        if end_user_id is not None:
            self.partition = keys.events_of(organization_id, end_user_id)
            self.where = None if event_type is None else EventItem.event_type == event_type
        elif event_type is not None:
            self.partition, self.index = keys.event_type_list(organization_id, event_type, "").pk, "gsi2"
        else:
            self.partition, self.index = keys.event_list(organization_id, "").pk, "gsi1"

    def page(self, window: Window, part: Between) -> tuple[list[EventItem], str | None]:
        """The window's events, newest first, and the sort key to continue below. A filtered page of a long log may be
        short or empty although there are more events."""
        entries = list_entries(
            self.partition, window, index=self.index, part=part, where=self.where, max_pages=MAX_PAGES
        )
        rows = entries.rows if self.index is None else fetch_items(entries.rows)
        return [EventItem.of(row) for row in rows], entries.next

    def count(self, part: Between) -> tuple[int, bool]:
        trips = MAX_PAGES if self.where is not None else None
        return count(self.partition, part, index=self.index, where=self.where, limit=MAX_COUNTED, max_pages=trips)
