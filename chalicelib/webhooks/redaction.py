"""Taking a customer out of what receivers answered: some repeat in their answer what they were sent."""

from chalicelib.customers.redaction import Traces
from chalicelib.table import keys
from chalicelib.table.reads import query
from chalicelib.table.transaction import exists, update
from chalicelib.webhooks.store import AttemptItem, list_rule_webhooks, list_webhooks
from chalicelib.webhooks.subscriptions import own_webhook_id


def redact(organization_id: str, end_user_id: str, traces: Traces) -> None:
    """In the attempts of every webhook that may have had an event of this end user's."""
    webhooks = list_webhooks(organization_id, end_user_id) + list_rule_webhooks(organization_id, end_user_id)
    for webhook_id in [*(webhook.id for webhook in webhooks), own_webhook_id(organization_id)]:
        for email in traces.emails:
            _redact(organization_id, webhook_id, email, traces)


def _redact(organization_id: str, webhook_id: str, email: str, traces: Traces) -> None:
    partition = keys.delivery_attempt(organization_id, webhook_id, "").pk
    after = None
    while True:
        page = query(partition, where=AttemptItem.response_snippet.contains(email), consistent=True, after=after)
        for row in page.rows:
            item = AttemptItem.of(row)
            snippet = traces.without_email(item.response_snippet)
            update(item.key, [AttemptItem.response_snippet.set(snippet)], exists())
        after = page.last
        if after is None:
            return
