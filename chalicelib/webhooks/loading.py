"""What the deliveries of a batch need to know, in one batch read."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from chalicelib.events.relay import message_of
from chalicelib.events.store import EventItem
from chalicelib.organizations.store import ConfigItem
from chalicelib.table import keys
from chalicelib.table.items import Row
from chalicelib.table.keys import Key
from chalicelib.table.reads import get_many
from chalicelib.webhooks.destinations import Destination
from chalicelib.webhooks.outcomes import SharedWebhook
from chalicelib.webhooks.queueing import DeliveryTask
from chalicelib.webhooks.references import first_attempt_key
from chalicelib.webhooks.store import WebhookItem


@dataclass(frozen=True, slots=True)
class Loaded:
    webhooks: Mapping[Destination, SharedWebhook]
    configs: Mapping[str, ConfigItem]
    """By organization."""
    rows: Mapping[Key, Row]

    def event(self, task: DeliveryTask) -> Mapping[str, Any] | None:
        if task.event is not None:
            return task.event
        row = self.rows.get(_event_key(task))
        return message_of(EventItem.of(row)) if row else None

    def was_attempted(self, task: DeliveryTask) -> bool:
        """Whether the first attempt, which the message asks for, is recorded already."""
        return task.attempts == 0 and _attempt_key(task) in self.rows

    def is_stored(self, task: DeliveryTask) -> bool:
        return _delivery_key(task) in self.rows

    def unclaimed_key(self, task: DeliveryTask) -> Key | None:
        """The key of the attempt, if it needs no claim: the delivery is new, and its id has a time."""
        return _attempt_key(task) if task.event is not None and not self.is_stored(task) else None


def load(tasks: list[DeliveryTask]) -> Loaded:
    needed = [task.destination.key for task in tasks]
    needed += [keys.config(task.destination.organization_id) for task in tasks]
    needed += [_event_key(task) for task in tasks if task.event is None]
    needed += [key for task in tasks if task.attempts == 0 and (key := _attempt_key(task)) is not None]
    needed += [_delivery_key(task) for task in tasks if task.event is not None]
    rows = get_many(needed)
    webhooks = {}
    for destination in {task.destination for task in tasks}:
        row = rows.get(destination.key)
        webhooks[destination] = SharedWebhook(destination, WebhookItem.of(row) if row else None)
    configs = {}
    for organization_id in {destination.organization_id for destination in webhooks}:
        row = rows.get(keys.config(organization_id))
        if row is not None:
            configs[organization_id] = ConfigItem.of(row)
    return Loaded(webhooks, configs, rows)


def _event_key(task: DeliveryTask) -> Key:
    return keys.event(task.destination.organization_id, task.event_user, task.event_id)


def _attempt_key(task: DeliveryTask) -> Key | None:
    return first_attempt_key(task.destination.organization_id, task.destination.webhook_id, task.delivery_id)


def _delivery_key(task: DeliveryTask) -> Key:
    return keys.delivery(task.destination.organization_id, task.destination.webhook_id, task.delivery_id)
