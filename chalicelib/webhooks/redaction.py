"""Taking a customer out of what receivers answered: some repeat in their answer what they were sent."""

from chalicelib.events import service as events
from chalicelib.events.types import EventType
from chalicelib.kit import ids
from chalicelib.privacy.redaction import Reach
from chalicelib.table import keys
from chalicelib.table.reads import Between, each_page
from chalicelib.table.transaction import exists, update
from chalicelib.webhooks.store import AttemptItem, list_rule_webhooks, list_webhooks
from chalicelib.webhooks.subscriptions import own_webhook_id

MOST_PAGES = 20
"""Of 1 MB each, in one call."""
NAMING: tuple[EventType, ...] = ("webhook.created", "webhook.deleted", "alert_rule.created", "alert_rule.deleted")
"""Events that tell of webhooks which are gone by now, while their attempts are kept. A rule's has the rule's id."""


def redact(organization_id: str, end_user_id: str, reach: Reach, since: str, low: str | None) -> str | None:
    """In the attempts, from `since` on, of every webhook that may have had an event of this end user's: a part of
    them. `low` and what is returned say where to go on, None where all is done."""
    begin, at = low.split("#") if low else ("", None)
    pages = MOST_PAGES
    for webhook_id in sorted(_webhooks(organization_id, end_user_id, since)):
        if webhook_id < begin:
            continue
        part = Between(low=at if webhook_id == begin and at else ids.ordered_prefix(since))
        attempts = keys.delivery_attempt(organization_id, webhook_id, "").pk
        for page in each_page(attempts, part, consistent=True, most=max(1, pages)):
            for row in page.rows:
                _redact(AttemptItem.of(row), reach)
            pages -= 1
        if page.last_key is not None:
            return f"{webhook_id}#{page.last_key}"
    return None


def _webhooks(organization_id: str, end_user_id: str, since: str) -> set[str]:
    there = list_webhooks(organization_id, end_user_id) + list_rule_webhooks(organization_id, end_user_id)
    gone = events.named_since(organization_id, end_user_id, NAMING, since)
    return {*(webhook.id for webhook in there), *gone, own_webhook_id(organization_id)}


def _redact(item: AttemptItem, reach: Reach) -> None:
    if item.response_snippet is None:
        return
    snippet = reach.traces.without_email(item.response_snippet)
    if snippet != item.response_snippet:
        update(item.key, [AttemptItem.response_snippet.set(snippet)], exists())
