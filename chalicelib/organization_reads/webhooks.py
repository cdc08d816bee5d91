"""Webhooks as their organization reads them: an end user's, or whatever is failing or disabled anywhere in it."""

from typing import Any, NamedTuple

from chalicelib.http.pagination import pagination
from chalicelib.http.responses import JsonText, encode
from chalicelib.kit.errors import NotFound
from chalicelib.organization_reads.schemas import WebhooksQuery
from chalicelib.organization_reads.service import get_merchant, ref_text
from chalicelib.organizations import end_users
from chalicelib.organizations.principals import ApiKey
from chalicelib.organizations.store import EndUserItem
from chalicelib.table import keys
from chalicelib.table.reads import get_many, run_concurrently
from chalicelib.webhooks import destinations, operations, troubled
from chalicelib.webhooks import service as webhooks
from chalicelib.webhooks.destinations import Destination
from chalicelib.webhooks.schemas import WebhookRead
from chalicelib.webhooks.store import WebhookItem
from chalicelib.webhooks.troubled import TroubleState


class WebhookPage(NamedTuple):
    rows: list[JsonText]
    pagination: dict[str, Any]


def list_of_end_user(organization_id: str, end_user_id: str) -> list[JsonText]:
    found, merchant = run_concurrently(
        lambda: webhooks.list_all(organization_id, end_user_id), lambda: get_merchant(organization_id, end_user_id)
    )
    return [_row(row, "webhook", merchant.end_user) for row in found]


def list_in_trouble(organization_id: str, state: TroubleState, query: WebhooksQuery) -> WebhookPage:
    """Everybody's webhooks that are in this state, or those of the query's end user. NotFound if there is no such."""
    user = query.end_user_id
    if user is not None and end_users.find(organization_id, user) is None:
        raise NotFound("End user not found.")
    found, (total, capped) = run_concurrently(
        lambda: troubled.list_troubled(organization_id, state, query.window, user),
        lambda: troubled.count_troubled(organization_id, state, user),
    )
    named = {item.end_user_id for item in found.webhooks if item.end_user_id is not None}
    owners, rows = run_concurrently(
        lambda: end_users.find_many(organization_id, named), lambda: operations.read_all(found.webhooks)
    )
    shown = [
        _row(row, item.webhook_type, owners.get(item.end_user_id or ""))
        for item, row in zip(found.webhooks, rows, strict=True)
    ]
    return WebhookPage(shown, pagination(query.window, total, found.following, capped=capped))


def _row(row: WebhookRead, webhook_type: str, owner: EndUserItem | None) -> JsonText:
    return JsonText(f'{encode(row)[:-1]},"type":"{webhook_type}","end_user":{ref_text(owner)}}}')


def get(organization_id: str, end_user_id: str, webhook_id: str) -> JsonText:
    """NotFound."""
    item, merchant = run_concurrently(
        lambda: _find(organization_id, end_user_id, webhook_id), lambda: get_merchant(organization_id, end_user_id)
    )
    if item is None:
        raise NotFound
    return _row(operations.read(item), item.webhook_type, merchant.end_user)


def destination_of(caller: ApiKey, end_user_id: str, webhook_id: str) -> Destination:
    """An end user's webhook, or that of one of their alert rules. NotFound."""
    item = _find(caller.organization_id, end_user_id, webhook_id)
    if item is None:
        raise NotFound
    return destinations.destination_of(item)


def _find(organization_id: str, end_user_id: str, webhook_id: str) -> WebhookItem | None:
    """An alert rule's webhook has the rule's id."""
    found = get_many(
        [
            keys.webhook(organization_id, end_user_id, webhook_id),
            keys.rule_webhook(organization_id, end_user_id, webhook_id),
        ]
    )
    return next(map(WebhookItem.of, found.values()), None)
