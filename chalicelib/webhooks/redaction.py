"""Replaces a customer's e-mail address in what is kept of deliveries: the numbers that they are found by, and the
responses of receivers, some of which echo what they were sent."""

from typing import Final

from chalicelib.events import service as events
from chalicelib.events.types import EventType
from chalicelib.kit import ids
from chalicelib.privacy.redaction import RedactionScope
from chalicelib.table import keys
from chalicelib.table.items import assign
from chalicelib.table.pages import fetch_items
from chalicelib.table.reads import Between, each_page
from chalicelib.table.transaction import exists, update
from chalicelib.webhooks.references import References, make_hint
from chalicelib.webhooks.store import AttemptItem, DeliveryItem, list_rule_webhooks, list_webhooks
from chalicelib.webhooks.subscriptions import organization_webhook_id

MAX_PAGES = 20
"""Of 1 MB each, in one call."""
LISTS: Final = ("pending", "failed", "attempts")
"""In the order in which a delivery is on them."""
WEBHOOK_EVENTS: tuple[EventType, ...] = (
    "webhook.created",
    "webhook.deleted",
    "alert_rule.created",
    "alert_rule.deleted",
)
"""Events that name webhooks which may be deleted by now, while their attempts are kept. A rule's webhook has the rule's
id."""


def redact(organization_id: str, end_user_id: str, scope: RedactionScope, since: str, low: str | None) -> str | None:
    """Redact part of the attempts and unfinished deliveries, from `since` on, of every webhook that may have received
    this end user's events.

    Returns where the next call continues, as its `low`; None when nothing is left."""
    at_webhook, at_list, at_key = _position(low)
    pages = MAX_PAGES
    for webhook_id in sorted(_webhooks(organization_id, end_user_id, since)):
        if webhook_id < at_webhook:
            continue
        for name in LISTS:
            if webhook_id == at_webhook and LISTS.index(name) < LISTS.index(at_list):
                continue
            is_resumed = (webhook_id, name) == (at_webhook, at_list) and at_key
            following, read = _redact_list(
                organization_id, webhook_id, name, scope, at_key if is_resumed else since, pages
            )
            if following is not None:
                return f"{webhook_id}#{name}#{following}"
            pages = max(1, pages - read)
    return None


def _position(low: str | None) -> tuple[str, str, str]:
    """Webhook, list, and the sort key to continue at."""
    if low is None:
        return "", LISTS[0], ""
    webhook_id, name, *rest = low.split("#", 2)
    if name in LISTS:
        return webhook_id, name, "".join(rest)
    # From the release before there were lists to continue in.
    return webhook_id, "attempts", name


def _redact_list(
    organization_id: str, webhook_id: str, name: str, scope: RedactionScope, begin: str, most: int
) -> tuple[str | None, int]:
    """Where to continue after `most` pages, None at the end, and the number of pages read."""
    partition, index, sort = {
        "failed": (keys.failed_delivery(organization_id, webhook_id, "", "").pk, "gsi1", "g1sk"),
        "pending": (keys.pending_delivery(organization_id, webhook_id, "", "").pk, "gsi2", "g2sk"),
        "attempts": (keys.delivery_attempt(organization_id, webhook_id, "").pk, None, "sk"),
    }[name]
    read, following = 0, None
    # Unfinished deliveries show numbers, which may contain an address.
    where = DeliveryItem.hint.contains("@") if index is not None else None
    low = ids.ordered_prefix(begin) if name == "attempts" and begin.endswith("Z") else begin
    for page in each_page(
        partition, Between(low=low), index=index, where=where, consistent=index is None, max_pages=most
    ):
        read += 1
        if index is None:
            for row in page.rows:
                _redact_numbers(AttemptItem.of(row), scope, "response_snippet")
        else:
            for row in fetch_items(page.rows, consistent=True):
                _redact_numbers(DeliveryItem.of(row), scope)
        following = page.last[sort]["S"] if page.last is not None else None
    return following, read


def _webhooks(organization_id: str, end_user_id: str, since: str) -> set[str]:
    there = list_webhooks(organization_id, end_user_id) + list_rule_webhooks(organization_id, end_user_id)
    gone = events.resource_ids_since(organization_id, end_user_id, WEBHOOK_EVENTS, since)
    return {*(webhook.id for webhook in there), *gone, organization_webhook_id(organization_id)}


def _redact_numbers(item: AttemptItem | DeliveryItem, scope: RedactionScope, *more: str) -> None:
    before = {name: getattr(item, name) for name in ("order_number", "tracking_number", *more)}
    after = {name: scope.traces.redact_emails(value) for name, value in before.items() if value is not None}
    changed = {name: value for name, value in after.items() if value != before[name]}
    if not changed:
        return
    actions = assign(item, changed)
    if item.hint is not None:
        created_at, status, _ = item.hint.split("|", 2)
        references = References(item.order_number, item.tracking_number)
        actions.append(type(item).hint.set(make_hint(created_at, status, item.event_type, references)))
    update(item.key, actions, exists())
