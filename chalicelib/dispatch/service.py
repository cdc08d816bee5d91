"""Consumer of the events queue: sends each event to the queues of the webhooks, rules, emails and cleanups it concerns.

Dispatch writes nothing to the table. The messages carry the event, and a delivery's id is derived from event and
webhook, so a duplicate event produces the same deliveries, which their consumer recognizes.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from chalicelib.alerts import subscriptions as alerts
from chalicelib.cleanup import messages as cleanup
from chalicelib.connectors import messages as connectors
from chalicelib.dispatch.subscribers import Subscribers, find_subscribers
from chalicelib.events.types import DELIVERED
from chalicelib.insights import messages as figures
from chalicelib.kit import log
from chalicelib.kit.queues import Failures, Message, NotSent, read_bodies, send
from chalicelib.kit.settings import settings
from chalicelib.mail import messages as mail
from chalicelib.organizations.store import ConfigItem, EndUserItem
from chalicelib.table import keys
from chalicelib.table.reads import get_many
from chalicelib.tracking_feeds import messages as tracking
from chalicelib.webhooks import subscriptions as webhooks
from chalicelib.webhooks.store import WebhookItem

Event = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class _Audience:
    """The configs, webhooks and rules that the events of one batch may concern."""

    configs: Mapping[str, ConfigItem]
    own_webhooks: Mapping[str, WebhookItem]
    of_end_users: Mapping[tuple[str, str], Subscribers]
    end_users: Mapping[tuple[str, str], EndUserItem]


@dataclass(frozen=True, slots=True)
class _Outgoing:
    queue_url: str
    message: Message
    message_id: str
    """The event's own message, which must come again if this one cannot be sent."""


def dispatch(batch: Mapping[str, Any]) -> Failures:
    """Process a batch of the events queue and report the events that must come again."""
    outgoing: list[_Outgoing] = []
    events, failed = read_bodies(batch, "organization_id", "end_user_id", "id", "type")
    audience = _load_audience(events.values())
    for message_id, event in events.items():
        with log.bound(event_id=event["id"], event_type=event["type"], organization_id=event["organization_id"]):
            try:
                messages, reasons = _messages(event, audience)
                outgoing += [_Outgoing(url, message, message_id) for url, message in messages]
                log.info("event_dispatched", messages=len(messages), **({"not_delivered": reasons} if reasons else {}))
            except Exception as failure:
                log.error("dispatch_failed", failure)
                failed.add(message_id)
    failed |= _send_all(outgoing)
    log.info("events_dispatched", events=len(events), messages=len(outgoing), failed=len(failed))
    return {"batchItemFailures": [{"itemIdentifier": message_id} for message_id in sorted(failed)]}


def _messages(event: Event, audience: _Audience) -> tuple[list[tuple[str, Message]], dict[str, str]]:
    """The messages with their queues; and, for the log, the webhooks that do not get the event, with the reason."""
    organization_id = event["organization_id"]
    config = audience.configs.get(organization_id)
    own = audience.own_webhooks.get(organization_id)
    user = (organization_id, event["end_user_id"])
    subscribers = audience.of_end_users.get(user, Subscribers())
    deliveries, reasons = webhooks.deliveries(event, config, own, subscribers.webhooks)
    end_user = audience.end_users.get(user)
    work = connectors.messages_for(event, end_user.bridge_count if end_user is not None else None)
    messages = [
        *((lane.queue_url(settings()), message) for lane, message in deliveries),
        *((settings().alerts_queue_url, message) for message in alerts.messages(event, config, subscribers.rules)),
        *((settings().cleanup_queue_url, message) for message in cleanup.messages_for(event)),
        *((settings().mail_queue_url, message) for message in mail.messages_for(event, config)),
        *((settings().bridges_queue_url, message) for message in work),
        *((settings().figures_queue_url, message) for message in figures.messages_for(event)),
        *((settings().tracking_queue_url, message) for message in tracking.messages_for(event, config)),
    ]
    return messages, reasons


def _load_audience(events: Iterable[Event]) -> _Audience:
    """Load what the batch needs: one batch read, and a query for each end user whose subscriptions are not known."""
    concerning = [event for event in events if event["type"] in DELIVERED | tracking.CONCERNING]
    organizations = sorted({event["organization_id"] for event in concerning})
    users = sorted({(e["organization_id"], e["end_user_id"]) for e in concerning if e["end_user_id"] is not None})
    own_keys = {org: webhooks.organization_webhook_key(org) for org in organizations}
    rows = get_many([*map(keys.config, organizations), *own_keys.values(), *(keys.end_user(*user) for user in users)])
    end_users = {user: EndUserItem.of(rows[key]) for user in users if (key := keys.end_user(*user)) in rows}
    return _Audience(
        configs={org: ConfigItem.of(rows[keys.config(org)]) for org in organizations if keys.config(org) in rows},
        own_webhooks={org: WebhookItem.of(rows[key]) for org, key in own_keys.items() if key in rows},
        of_end_users=find_subscribers(users, end_users),
        end_users=end_users,
    )


def _send_all(outgoing: list[_Outgoing]) -> set[str]:
    """Returns the message ids of events for which a queue refused a message."""
    failed: set[str] = set()
    for url in sorted({one.queue_url for one in outgoing}):
        going = [one for one in outgoing if one.queue_url == url]
        try:
            send(url, [one.message for one in going])
        except NotSent as failure:
            log.error("dispatch_not_sent", failure)
            failed |= {going[position].message_id for position in failure.failed}
    return failed
