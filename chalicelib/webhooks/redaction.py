"""Replaces a customer's e-mail address in the responses of receivers, some of which echo what they were sent."""

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
WEBHOOK_EVENTS: tuple[EventType, ...] = (
    "webhook.created",
    "webhook.deleted",
    "alert_rule.created",
    "alert_rule.deleted",
)
"""Events that name webhooks which may be deleted by now, while their attempts are kept. A rule's webhook has the rule's
id."""


def redact(organization_id: str, end_user_id: str, scope: RedactionScope, since: str, low: str | None) -> str | None:
    """Redact part of the attempts, from `since` on, of every webhook that may have received this end user's events.

    Returns where the next call continues, as its `low`; None when nothing is left."""
    begin, at = low.split("#") if low else ("", None)
    pages = MAX_PAGES
    for webhook_id in sorted(_webhooks(organization_id, end_user_id, since)):
        if webhook_id < begin:
            continue
        part = Between(low=at if webhook_id == begin and at else ids.ordered_prefix(since))
        if not (webhook_id == begin and at):
            _redact_unfinished(organization_id, webhook_id, scope)
        attempts = keys.delivery_attempt(organization_id, webhook_id, "").pk
        for page in each_page(attempts, part, consistent=True, max_pages=max(1, pages)):
            for row in page.rows:
                _redact(AttemptItem.of(row), scope)
            pages -= 1
        if page.last_key is not None:
            return f"{webhook_id}#{page.last_key}"
    return None


def _webhooks(organization_id: str, end_user_id: str, since: str) -> set[str]:
    there = list_webhooks(organization_id, end_user_id) + list_rule_webhooks(organization_id, end_user_id)
    gone = events.resource_ids_since(organization_id, end_user_id, WEBHOOK_EVENTS, since)
    return {*(webhook.id for webhook in there), *gone, organization_webhook_id(organization_id)}


def _redact_unfinished(organization_id: str, webhook_id: str, scope: RedactionScope) -> None:
    """Deliveries that failed, were skipped or are pending show numbers, which may contain an address."""
    lists = (
        (keys.failed_delivery(organization_id, webhook_id, "", "").pk, "gsi1"),
        (keys.pending_delivery(organization_id, webhook_id, "", "").pk, "gsi2"),
    )
    for pk, index in lists:
        for page in each_page(pk, index=index, where=DeliveryItem.hint.contains("@"), max_pages=MAX_PAGES):
            for row in fetch_items(page.rows, consistent=True):
                _redact_numbers(DeliveryItem.of(row), scope)


def _redact(item: AttemptItem, scope: RedactionScope) -> None:
    _redact_numbers(item, scope, "response_snippet")


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
