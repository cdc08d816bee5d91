"""Webhooks of end users: made, changed, removed. What is sent to them is in delivery.py and the modules it names."""

from collections.abc import Sequence
from typing import Any

from pynamodb.expressions.update import Action

from chalicelib.events import service as events
from chalicelib.events.types import EventType
from chalicelib.kit import clock, ids, log
from chalicelib.kit.errors import Invalid, NotFound, Unavailable
from chalicelib.kit.functions import NotAnswered, ask
from chalicelib.kit.settings import settings
from chalicelib.organizations import end_users
from chalicelib.organizations.principals import Actor
from chalicelib.outbound.addresses import AddressNotAllowed
from chalicelib.outbound.resolving import check_destination
from chalicelib.outbound.signing import generate_secret
from chalicelib.security import crypto
from chalicelib.security.rate_limits import Trials
from chalicelib.table import keys
from chalicelib.table.batch_write import remove_part
from chalicelib.table.items import assigned
from chalicelib.table.reads import Prefix
from chalicelib.table.transaction import Transaction, absent, exists, retry_on_conflict
from chalicelib.webhooks import replaying
from chalicelib.webhooks.schemas import (
    AttemptRead,
    Queued,
    Replay,
    Secret,
    TestResult,
    WebhookCreate,
    WebhookCreated,
    WebhookCreatedWithSecret,
    WebhookRead,
    WebhookUpdate,
)
from chalicelib.webhooks.store import (
    MAX_WEBHOOKS,
    UNTRIED,
    WebhookItem,
    find_webhook,
    last_attempts,
    list_webhooks,
    webhook_due,
)
from chalicelib.webhooks.targets import target_of

ATTEMPTS_SHOWN = 50
OVERLAP_S = 24 * 3600
TRIALS = Trials.of("webhook")


def list_all(organization_id: str, end_user_id: str) -> list[WebhookRead]:
    return [WebhookRead.of(item) for item in list_webhooks(organization_id, end_user_id)]


def create(
    organization_id: str, end_user_id: str, wanted: WebhookCreate, by: Actor
) -> WebhookCreated | WebhookCreatedWithSecret:
    check_url(wanted.url, "url")
    webhook_id, now = ids.new_id(), clock.timestamp()
    secret = wanted.secret or generate_secret()
    item = WebhookItem.at(
        keys.webhook(organization_id, end_user_id, webhook_id),
        id=webhook_id,
        kind="webhook",
        organization_id=organization_id,
        end_user_id=end_user_id,
        url=wanted.url.strip(),
        description=wanted.description,
        events=wanted.events,
        secret=crypto.encrypt(secret, organization_id, f"webhook:{webhook_id}"),
        created_at=now,
        updated_at=now,
    )
    transaction = Transaction()
    end_users.count_webhook(transaction, organization_id, end_user_id, MAX_WEBHOOKS)
    transaction.put(item, absent())
    _record(transaction, item, "webhook.created", by)
    transaction.commit()
    created = WebhookCreated(
        id=item.id,
        url=item.url,
        description=item.description,
        is_active=item.is_active,
        events=item.events,
        created_at=item.created_at,
    )
    if wanted.secret is not None:
        return created
    return WebhookCreatedWithSecret(**created.model_dump(), secret=secret)


def update(organization_id: str, end_user_id: str, webhook_id: str, change: WebhookUpdate, by: Actor) -> WebhookRead:
    """Another URL, or `isActive: true`, makes a new beginning: failures so far and attempts under way count no more."""
    if change.url is not None:
        check_url(change.url, "url")

    def attempt() -> WebhookRead:
        item = need(organization_id, end_user_id, webhook_id)
        if not change.model_fields_set:
            return WebhookRead.of(item)
        seen = item.generation
        actions = _apply(item, change)
        transaction = Transaction()
        transaction.update(item.key, actions, exists() & (WebhookItem.generation == seen))
        _record(transaction, item, "webhook.updated", by, fields=sorted(change.model_fields_set))
        transaction.commit()
        return WebhookRead.of(item)

    return retry_on_conflict(attempt)


def _apply(item: WebhookItem, change: WebhookUpdate) -> list[Action]:
    now = clock.timestamp()
    values: dict[str, Any] = {"updated_at": now}
    for name in change.model_fields_set & {"url", "description", "events"}:
        values[name] = getattr(change, name)
    if change.url is not None:
        values["url"] = change.url.strip()
    moved = values.get("url", item.url) != item.url
    state: dict[str, Any] = {}
    if change.is_active or moved:
        state = UNTRIED | {"generation": item.generation + 1}
    if moved and not change.is_active and not item.is_active:
        state |= {"is_active": False, "inactive_since": item.inactive_since, "disabled_reason": item.disabled_reason}
    if change.is_active is False and item.is_active:
        state |= {"is_active": False, "inactive_since": now}
    # What waits is let go, or skipped.
    due = webhook_due(now, item.id) if state else []
    return assigned(item, values | state) + due


def delete(organization_id: str, end_user_id: str, webhook_id: str, by: Actor) -> None:
    """What was to be sent to it is dropped when it comes up; its attempts go with time."""
    item = need(organization_id, end_user_id, webhook_id)
    transaction = Transaction()
    transaction.delete(item.key, exists(), error=NotFound())
    end_users.uncount_webhook(transaction, organization_id, end_user_id)
    _record(transaction, item, "webhook.deleted", by)
    transaction.commit()


def rotate_secret(organization_id: str, end_user_id: str, webhook_id: str, by: Actor) -> Secret:
    """A new secret; for a day deliveries are signed with both."""

    def attempt() -> Secret:
        item = need(organization_id, end_user_id, webhook_id)
        seen, secret = item.secret, generate_secret()
        values = {
            "secret": crypto.encrypt(secret, organization_id, target_of(item).subject),
            "old_secret": seen,
            "old_secret_until": clock.in_seconds(OVERLAP_S),
            "updated_at": clock.timestamp(),
        }
        transaction = Transaction()
        transaction.update(item.key, assigned(item, values), WebhookItem.secret == seen)
        _record(transaction, item, "webhook.secret_rotated", by)
        transaction.commit()
        return Secret(secret=secret)

    return retry_on_conflict(attempt)


def send_test(organization_id: str, end_user_id: str, webhook_id: str, request_id: str) -> TestResult:
    """Nothing is sent from here: the function that does (trial.py) may do little else, and is told ids alone."""
    TRIALS.spend(organization_id, end_user_id)
    wanted = {
        "organization_id": organization_id,
        "end_user_id": end_user_id,
        "webhook_id": webhook_id,
        "request_id": request_id,
    }
    try:
        outcome = ask(settings().send_webhook_tests_function, wanted)
    except NotAnswered as failure:
        log.error("webhook_test_not_answered", failure, webhook_id=webhook_id)
        raise Unavailable("The test could not be carried out, or its outcome is not known. Try again.") from None
    if outcome is None:
        raise NotFound
    return TestResult.model_validate(outcome)


def retry(organization_id: str, end_user_id: str, webhook_id: str, delivery_id: str) -> Queued:
    item = need(organization_id, end_user_id, webhook_id)
    if not ids.is_id(delivery_id):
        raise NotFound
    return Queued(queued=replaying.retry(item, delivery_id))


def replay(organization_id: str, end_user_id: str, webhook_id: str, wanted: Replay) -> Queued:
    item = need(organization_id, end_user_id, webhook_id)
    return Queued(queued=replaying.replay(item, wanted.since))


def attempts(organization_id: str, end_user_id: str, webhook_id: str) -> list[AttemptRead]:
    need(organization_id, end_user_id, webhook_id)
    return [AttemptRead.of(item) for item in last_attempts(organization_id, webhook_id, ATTEMPTS_SHOWN)]


def remove_of_end_user(organization_id: str, end_user_id: str) -> bool:
    """Webhooks of a deleted end user; whether there may be more. What was to be sent is dropped when it comes up."""
    return remove_part(keys.subscriptions(organization_id, end_user_id), Prefix(keys.WEBHOOKS))


def need(organization_id: str, end_user_id: str, webhook_id: str) -> WebhookItem:
    item = find_webhook(organization_id, end_user_id, webhook_id)
    if item is None:
        raise NotFound
    return item


def check_url(url: str, field: str) -> None:
    try:
        check_destination(url, settings().allow_loopback)
    except AddressNotAllowed as problem:
        raise Invalid([(field, str(problem))]) from None


def _record(
    transaction: Transaction, item: WebhookItem, event_type: EventType, by: Actor, fields: Sequence[str] | None = None
) -> None:
    events.record(
        transaction,
        item.organization_id,
        item.end_user_id,
        event_type,
        by=by,
        resource=("webhook", item.id),
        metadata={"fields": list(fields)} if fields is not None else None,
    )
