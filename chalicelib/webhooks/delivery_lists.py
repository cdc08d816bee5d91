"""The lists of unfinished deliveries, in the table's indexes. A delivered or dropped delivery is on none of them.

The first index orders them by what happens next: scheduled and deferred deliveries by their due time, failed and
skipped ones by the time that they ended. The second index has all pending ones, scheduled or deferred, by the time of
their event. A healthy delivery is never listed and costs no index write.
"""

from collections.abc import Sequence
from typing import Final, NamedTuple

from pynamodb.expressions.update import Action

from chalicelib.kit import ids
from chalicelib.table import keys
from chalicelib.table.items import Row
from chalicelib.table.keys import Key
from chalicelib.table.reads import Between, count, query
from chalicelib.webhooks.destinations import Destination
from chalicelib.webhooks.references import created_at_of
from chalicelib.webhooks.store import DeliveryItem

MAX_COUNTED: Final = 10_000


class DeliveryRef(NamedTuple):
    """What the keys of a delivery's list entries are made of."""

    organization_id: str
    webhook_id: str
    delivery_id: str
    created_at: str
    """The time of the event."""


def ref_of(destination: Destination, delivery_id: str, event_id: str) -> DeliveryRef:
    return DeliveryRef(destination.organization_id, destination.webhook_id, delivery_id, ids.time_of(event_id))


class ListedDelivery(NamedTuple):
    """A delivery's entry on one of the lists."""

    key: Key
    sort_key: str
    hint: str | None
    """None if the entry was written before deliveries had one."""

    @property
    def at(self) -> str:
        return keys.list_time(self.sort_key)

    @property
    def created_at(self) -> str:
        return self.at if self.hint is None else created_at_of(self.hint)

    def ref(self, organization_id: str, webhook_id: str) -> DeliveryRef:
        return DeliveryRef(organization_id, webhook_id, self.key.sk, self.created_at)


def put_on_scheduled(ref: DeliveryRef, due_at: str) -> list[Action]:
    return [*_first_index(keys.scheduled_delivery(*ref[:2], due_at, ref.delivery_id)), *put_on_pending(ref)]


def put_on_deferred(ref: DeliveryRef, due_at: str) -> list[Action]:
    return [*_first_index(keys.deferred_delivery(*ref[:2], due_at, ref.delivery_id)), *put_on_pending(ref)]


def put_on_failed(ref: DeliveryRef, at: str) -> list[Action]:
    entry = keys.failed_delivery(*ref[:2], at, ref.delivery_id)
    return [*_first_index(entry), DeliveryItem.g2pk.remove(), DeliveryItem.g2sk.remove()]


def put_on_pending(ref: DeliveryRef) -> list[Action]:
    entry = keys.pending_delivery(*ref[:2], ref.created_at, ref.delivery_id)
    return [DeliveryItem.g2pk.set(entry.pk), DeliveryItem.g2sk.set(entry.sk)]


def take_off_schedule() -> list[Action]:
    """For a delivery that is about to be attempted. If it was pending, it stays so until the outcome is recorded."""
    return [DeliveryItem.g1pk.remove(), DeliveryItem.g1sk.remove()]


def take_off_all() -> list[Action]:
    return [*take_off_schedule(), DeliveryItem.g2pk.remove(), DeliveryItem.g2sk.remove()]


def _first_index(entry: Key) -> list[Action]:
    return [DeliveryItem.g1pk.set(entry.pk), DeliveryItem.g1sk.set(entry.sk)]


def list_scheduled(organization_id: str, webhook_id: str, limit: int) -> list[ListedDelivery]:
    """Deliveries with a scheduled retry, earliest first."""
    return _earliest(keys.scheduled_delivery(organization_id, webhook_id, "", "").pk, limit)


def list_deferred(organization_id: str, webhook_id: str, limit: int) -> list[ListedDelivery]:
    """Deferred deliveries, earliest turn first."""
    return _earliest(keys.deferred_delivery(organization_id, webhook_id, "", "").pk, limit)


def list_failed(organization_id: str, webhook_id: str, since: str, until: str, limit: int) -> list[ListedDelivery]:
    """Deliveries that failed for good or were skipped from `since` to `until`, oldest first."""
    partition = keys.failed_delivery(organization_id, webhook_id, "", "").pk
    return _entries(query(partition, Between(low=since, high=f"{until}~"), index="gsi1", limit=limit).rows, "g1sk")


def list_pending(organization_id: str, webhook_id: str, since: str, limit: int) -> list[ListedDelivery]:
    """Pending deliveries of events from `since` on, oldest first."""
    partition = keys.pending_delivery(organization_id, webhook_id, "", "").pk
    return _entries(query(partition, Between(low=since), index="gsi2", limit=limit).rows, "g2sk")


def count_failed(organization_id: str, webhook_id: str, since: str, until: str, limit: int) -> int:
    partition = keys.failed_delivery(organization_id, webhook_id, "", "").pk
    return count(partition, Between(low=since, high=f"{until}~"), index="gsi1", limit=limit)[0]


def count_pending(
    organization_id: str,
    webhook_id: str,
    since: str | None = None,
    limit: int = MAX_COUNTED,
) -> int:
    partition = keys.pending_delivery(organization_id, webhook_id, "", "").pk
    return count(partition, Between(low=since), index="gsi2", limit=limit)[0]


def _earliest(partition: str, limit: int) -> list[ListedDelivery]:
    return _entries(query(partition, index="gsi1", limit=limit).rows, "g1sk")


def _entries(rows: Sequence[Row], sort: str) -> list[ListedDelivery]:
    return [
        ListedDelivery(Key(row["pk"]["S"], row["sk"]["S"]), row[sort]["S"], row.get("hint", {}).get("S"))
        for row in rows
    ]
