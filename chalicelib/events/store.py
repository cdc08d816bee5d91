"""The event item: outbox and log in one. Inserting it is what sets the pipeline going."""

from pynamodb.attributes import UnicodeAttribute
from pynamodb.expressions.condition import Condition

from chalicelib.kit import clock, ids
from chalicelib.table import keys
from chalicelib.table.items import DocumentAttribute, Item
from chalicelib.table.pages import Window, items_of, list_entries
from chalicelib.table.reads import MOST_TRIPS, Between, count

MAX_COUNTED = 10_000
KEPT_S = 90 * 86400


class EventItem(Item):
    """Organization, end user, id and time stand in the keys; attribute names are short because every byte is written
    for every change: an event of a plain order is to stay below 1 KB, one write unit."""

    event_type = UnicodeAttribute(attr_name="t")
    resource_type = UnicodeAttribute(attr_name="rt")
    resource_id = UnicodeAttribute(attr_name="ri", null=True)
    session_id = UnicodeAttribute(attr_name="se", null=True)
    ip_address = UnicodeAttribute(attr_name="ip", null=True)
    metadata = DocumentAttribute(attr_name="m", null=True)
    data = UnicodeAttribute(attr_name="d", null=True)
    """The object's snapshot as JSON text, in its list shape: what webhooks and alert rules see."""

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


class Log:
    """One way into the log: the partition, index and filter that a query costs."""

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
        """The window's events, newest first, and the sort key to go on below. In a long log they may be fewer than
        asked for, or none, though there are more."""
        entries = list_entries(self.partition, window, index=self.index, part=part, where=self.where, trips=MOST_TRIPS)
        rows = entries.rows if self.index is None else items_of(entries.rows)
        return [EventItem.of(row) for row in rows], entries.next

    def count(self, part: Between) -> tuple[int, bool]:
        trips = MOST_TRIPS if self.where is not None else None
        return count(self.partition, part, index=self.index, where=self.where, most=MAX_COUNTED, trips=trips)
