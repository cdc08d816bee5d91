"""Managing end users' webhooks. delivery.py sends to them."""

from collections.abc import Sequence
from typing import Any

from pynamodb.expressions.update import Action

from chalicelib.events import conditions
from chalicelib.events import service as events
from chalicelib.events.fields import unknown_fields
from chalicelib.events.types import EventType
from chalicelib.kit import clock, ids
from chalicelib.kit.errors import Invalid, NotFound
from chalicelib.kit.settings import settings
from chalicelib.organizations import end_users
from chalicelib.organizations.principals import Actor
from chalicelib.outbound.addresses import AddressNotAllowed
from chalicelib.outbound.resolving import check_destination
from chalicelib.outbound.signing import generate_secret
from chalicelib.security import crypto
from chalicelib.table import keys
from chalicelib.table.batch_write import delete_part
from chalicelib.table.items import assign
from chalicelib.table.reads import Prefix
from chalicelib.table.transaction import Transaction, absent, exists, retry_on_conflict
from chalicelib.webhooks import operations
from chalicelib.webhooks.destinations import destination_of, webhook_destination
from chalicelib.webhooks.schemas import (
    Secret,
    WebhookCreate,
    WebhookCreated,
    WebhookCreatedWithSecret,
    WebhookRead,
    WebhookUpdate,
    unmask_url,
)
from chalicelib.webhooks.store import (
    INITIAL_STATE,
    MAX_WEBHOOKS,
    WebhookItem,
    list_webhooks,
    set_webhook_due,
)
from chalicelib.webhooks.troubled import list_by_state

SECRET_OVERLAP_S = 24 * 3600


def list_all(organization_id: str, end_user_id: str) -> list[WebhookRead]:
    return operations.read_all(list_webhooks(organization_id, end_user_id))


def create(
    organization_id: str, end_user_id: str, request: WebhookCreate, actor: Actor
) -> WebhookCreated | WebhookCreatedWithSecret:
    check_url(request.url, "url")
    _check_filter(request.filter, request.events)
    webhook_id, now = ids.new_id(), clock.timestamp()
    secret = request.secret or generate_secret()
    item = WebhookItem.at(
        keys.webhook(organization_id, end_user_id, webhook_id),
        id=webhook_id,
        webhook_type="webhook",
        organization_id=organization_id,
        end_user_id=end_user_id,
        url=request.url.strip(),
        description=request.description,
        events=request.events,
        content_filter=request.filter,
        secret=crypto.encrypt(secret, organization_id, f"webhook:{webhook_id}"),
        created_at=now,
        updated_at=now,
    )
    transaction = Transaction()
    end_users.count_webhook(transaction, organization_id, end_user_id, MAX_WEBHOOKS)
    transaction.put(item, absent())
    _record(transaction, item, "webhook.created", actor)
    transaction.commit()
    created = WebhookCreated(
        id=item.id,
        url=item.url,
        description=item.description,
        is_active=item.is_active,
        events=item.events,
        filter=item.content_filter,
        created_at=item.created_at,
    )
    if request.secret is not None:
        return created
    return WebhookCreatedWithSecret(**created.model_dump(), secret=secret)


def update(organization_id: str, end_user_id: str, webhook_id: str, change: WebhookUpdate, actor: Actor) -> WebhookRead:
    """A new URL or `isActive: true` resets the failure count; attempts already under way no longer affect it."""
    if change.is_active or change.url is not None:
        operations.REDELIVERY_LIMITS.consume(organization_id, end_user_id, change.url)
    if change.url is not None:
        check_url(change.url, "url")

    def attempt() -> WebhookRead:
        item = get(organization_id, end_user_id, webhook_id)
        if not change.model_fields_set:
            return operations.read(item)
        if change.model_fields_set & {"filter", "events"}:
            events_then = change.events if change.events is not None else item.events
            _check_filter(change.filter if "filter" in change.model_fields_set else item.content_filter, events_then)
        seen = item.generation
        actions = _apply(item, change)
        transaction = Transaction()
        transaction.update(item.key, actions, exists() & (WebhookItem.generation == seen))
        end_users.note_changed_subscriptions(transaction, organization_id, end_user_id)
        _record(transaction, item, "webhook.updated", actor, fields=sorted(change.model_fields_set))
        transaction.commit()
        return operations.read(item)

    return retry_on_conflict(attempt)


def _apply(item: WebhookItem, change: WebhookUpdate) -> list[Action]:
    now = clock.timestamp()
    values: dict[str, Any] = {"updated_at": now}
    for name in change.model_fields_set & {"url", "description", "events"}:
        values[name] = getattr(change, name)
    if "filter" in change.model_fields_set:
        values["content_filter"] = change.filter
    if change.url is not None:
        values["url"] = unmask_url(change.url, item.url)
    moved = values.get("url", item.url) != item.url
    state: dict[str, Any] = {}
    if change.is_active or moved:
        state = INITIAL_STATE | {"generation": item.generation + 1}
    if moved and not change.is_active and not item.is_active:
        state |= {"is_active": False, "inactive_since": item.inactive_since, "disabled_reason": item.disabled_reason}
    if change.is_active is False and item.is_active:
        state |= {"is_active": False, "inactive_since": now}
    changes = assign(item, values | state)
    if not state:
        return changes
    # Falling due releases or skips the deferred deliveries.
    return [*changes, *list_by_state(item), *set_webhook_due(now, item.id)]


def delete(organization_id: str, end_user_id: str, webhook_id: str, actor: Actor) -> None:
    """Delete the webhook. Its outstanding deliveries are dropped when they come up; its attempts expire."""
    item = get(organization_id, end_user_id, webhook_id)
    transaction = Transaction()
    transaction.delete(item.key, exists(), error=NotFound())
    end_users.uncount_webhook(transaction, organization_id, end_user_id)
    _record(transaction, item, "webhook.deleted", actor)
    transaction.commit()


def rotate_secret(organization_id: str, end_user_id: str, webhook_id: str, actor: Actor) -> Secret:
    """Generate a new secret. Deliveries are signed with both for 24 hours."""

    def attempt() -> Secret:
        item = get(organization_id, end_user_id, webhook_id)
        seen, secret = item.secret, generate_secret()
        values = {
            "secret": crypto.encrypt(secret, organization_id, destination_of(item).subject),
            "old_secret": seen,
            "old_secret_until": clock.in_seconds(SECRET_OVERLAP_S),
            "updated_at": clock.timestamp(),
        }
        transaction = Transaction()
        transaction.update(item.key, assign(item, values), WebhookItem.secret == seen)
        _record(transaction, item, "webhook.secret_rotated", actor)
        transaction.commit()
        return Secret(secret=secret)

    return retry_on_conflict(attempt)


def remove_of_end_user(organization_id: str, end_user_id: str) -> bool:
    """Remove webhooks of a deleted end user. Returns whether there may be more. Their outstanding deliveries are
    dropped when they come up."""
    return delete_part(keys.subscriptions(organization_id, end_user_id), Prefix(keys.WEBHOOKS))


def get(organization_id: str, end_user_id: str, webhook_id: str) -> WebhookItem:
    return operations.get(webhook_destination(organization_id, end_user_id, webhook_id))


def _check_filter(condition: Any, event_types: Sequence[str]) -> None:
    if condition is None:
        return
    wrong = conditions.validate(condition, "filter") or unknown_fields(condition, event_types, "filter")
    if wrong:
        raise Invalid(wrong)


def check_url(url: str, field: str) -> None:
    try:
        check_destination(url, settings().allow_loopback)
    except AddressNotAllowed as problem:
        raise Invalid([(field, problem.args[0])]) from None


def _record(
    transaction: Transaction,
    item: WebhookItem,
    event_type: EventType,
    actor: Actor,
    fields: Sequence[str] | None = None,
) -> None:
    events.record(
        transaction,
        item.organization_id,
        item.end_user_id,
        event_type,
        by=actor,
        resource=("webhook", item.id),
        metadata={"fields": list(fields)} if fields is not None else None,
    )
