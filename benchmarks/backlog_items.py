"""What the jobs of `benchmarks.backlog` find: due items of every kind, of twenty organizations and their end users."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from typing import Any

from chalicelib.action_requests import changes
from chalicelib.action_requests.store import (
    LIFETIME,
    ActionRequestItem,
    ListEntryItem,
    PendingItem,
    QueueEntryItem,
    stats_of_organization,
)
from chalicelib.bridges import oauth
from chalicelib.bridges.store import BridgeItem, BridgeOwnerItem
from chalicelib.events.store import Log
from chalicelib.kit import clock, ids
from chalicelib.organizations.principals import SYSTEM
from chalicelib.table import keys
from chalicelib.table.batch_write import write_many
from chalicelib.table.due import SHARDS, due_key
from chalicelib.table.items import Item
from chalicelib.table.reads import ALL, Between, count
from chalicelib.table.transaction import Transaction
from chalicelib.tracking_pages import service as pages
from chalicelib.tracking_pages.store import PageItem
from chalicelib.webhooks.store import DELIVERY_DUE, WEBHOOK_DUE, DeliveryItem, WebhookItem

ORGANIZATIONS = 20
USERS = 50
SPAN = timedelta(hours=1)
"""They fell due over that long, which ended as long ago."""
WRITTEN_AT_ONCE = 5000


def owner_of(number: int) -> tuple[str, str]:
    return f"org-{number % ORGANIZATIONS:02d}", f"user-{number // ORGANIZATIONS % USERS:03d}"


def _id(number: int) -> str:
    return f"0b0f3a8e-6d53-7d1c-9d55-{number:012x}"


def fill(kind: str, items: int, broken: int) -> set[str]:
    """Seed the items; the keys of those that are to be refused, spread evenly."""
    start = datetime.now(UTC) - 2 * SPAN
    chosen = {position * items // broken for position in range(broken)}
    refused: set[str] = set()
    waiting: list[Item] = []
    for number in range(items):
        made = MAKERS[kind](number, clock.timestamp(start + SPAN * number / items))
        if number in chosen:
            refused.add(name(made[0].key))
        waiting += made
        if len(waiting) >= WRITTEN_AT_ONCE:
            write_many(waiting)
            waiting = []
    write_many(waiting)
    if kind == changes.DUE:
        _count_requests(items)
    return refused


def name(key: keys.Key) -> str:
    return f"{key.pk} {key.sk}"


def still_due(kind: str) -> tuple[int, int]:
    """How many are due now, and how many later."""
    now = clock.timestamp()
    found = [
        count(keys.due(kind, shard, "", "").pk, part, index="due", most=10**9)[0]
        for part in (Between(high=f"{now}~"), ALL)
        for shard in range(SHARDS)
    ]
    due_now = sum(found[:SHARDS])
    return due_now, sum(found[SHARDS:]) - due_now


def outcome(kind: str) -> str:
    """What the organizations' totals and logs say in the end."""
    types = {changes.DUE: "action_request.expired", oauth.PENDING: "bridge.deleted"}
    if kind not in types:
        return ""
    told = 0
    totals: Counter[str] = Counter()
    for number in range(ORGANIZATIONS):
        org, _ = owner_of(number)
        log = Log(org, None, types[kind])
        told += count(log.partition, index=log.index, where=log.where, most=10**9)[0]
        totals.update(stats_of_organization(org)[0])
    if kind == oauth.PENDING:
        return f"{told:,} events."
    return f"Totals: {totals['pending']:,} pending, {totals['expired']:,} expired; {told:,} events."


def _request(number: int, at: str) -> list[Item]:
    """A pending request with its entries, as creating it would have left them."""
    org, user = owner_of(number)
    created_at = clock.timestamp(clock.parse(at) - LIFETIME)
    item_id = f"{ids.ordered_prefix(created_at)}-7000-8000-{number:012x}"
    item = ActionRequestItem.at(
        keys.action_request(org, user, item_id),
        id=item_id,
        organization_id=org,
        end_user_id=user,
        order_id=_id(number),
        bridge_id=f"bridge-{user}",
        action_type="cancel",
        title="Cancel order - customer changed mind",
        status="pending",
        created_at=created_at,
        expires_at=at,
    )
    transaction = Transaction()
    changes.insert(transaction, item, SYSTEM)
    lasting = (ActionRequestItem, ListEntryItem, PendingItem, QueueEntryItem)
    return [put for put, *_ in transaction._puts if isinstance(put, lasting)]


def _count_requests(items: int) -> None:
    owners = Counter(owner_of(number) for number in range(items))
    for number in range(ORGANIZATIONS):
        org, _ = owner_of(number)
        counts = {(user, f"bridge-{user}", "pending"): n for (owner, user), n in owners.items() if owner == org}
        for part in range(0, len(counts), 40):
            transaction = Transaction()
            changes.count(transaction, org, changes.Counts(dict(list(counts.items())[part : part + 40])))
            transaction.commit()


def _page(number: int, at: str) -> list[Item]:
    org, user = owner_of(number)
    page_id = _id(number)
    page = PageItem.at(
        keys.tracking_page(org, user, page_id),
        id=page_id,
        organization_id=org,
        end_user_id=user,
        shipment_id=page_id,
        bridge_id=f"bridge-{user}",
        token=f"{number:024d}",
        expires_at=at,
        created_at=at,
    )
    return [page.fall_due(due_key(pages.DUE, at, page_id))]


def _bridge(number: int, at: str) -> list[Item]:
    """Of as many end users as there must be: each may have a hundred bridges at most."""
    org, _ = owner_of(number)
    user = f"user-{number // ORGANIZATIONS // 90:04d}"
    bridge_id = _id(number)
    bridge = BridgeItem.at(
        keys.bridge(org, user, bridge_id),
        id=bridge_id,
        organization_id=org,
        end_user_id=user,
        type=oauth.SHOPIFY,
        name="Shopify - mystore.myshopify.com",
        status="pending_oauth",
        config="",
        shop_domain="mystore.myshopify.com",
        created_at=at,
        updated_at=at,
    )
    bridge.fall_due(due_key(oauth.PENDING, at, bridge_id))
    owner = BridgeOwnerItem.at(keys.bridge_owner(bridge_id), organization_id=org, end_user_id=user, type=oauth.SHOPIFY)
    return [bridge, owner, *_end_user(org, user, number)]


def _end_user(org: str, user: str, number: int) -> list[Item]:
    """With the first of its bridges."""
    from chalicelib.organizations.store import EndUserItem

    if number // ORGANIZATIONS % 90:
        return []
    now = clock.timestamp()
    values = {"id": user, "organization_id": org, "external_id": user, "bridge_count": 90}
    return [EndUserItem.at(keys.end_user(org, user), **values, created_at=now, updated_at=now)]


def _delivery(number: int, at: str) -> list[Item]:
    org, user = owner_of(number)
    delivery = DeliveryItem.at(
        keys.delivery(org, user, _id(number)),
        webhook=[org, user, "webhook", user],
        event_type="order.created",
        event_id=_id(number),
        event_user=user,
        state="pending",
    )
    return [delivery.fall_due(due_key(DELIVERY_DUE, at, _id(number)))]


def _webhook(number: int, at: str) -> list[Item]:
    """Whose breaker has closed: what waited is to go to the queue, and nothing did."""
    org, user = owner_of(number)
    webhook = WebhookItem.at(
        keys.webhook(org, user, _id(number)),
        id=_id(number),
        kind="webhook",
        organization_id=org,
        end_user_id=user,
        url="https://hooks.example.com",
        secret="",
        created_at=at,
        updated_at=at,
    )
    return [webhook.fall_due(due_key(WEBHOOK_DUE, at, _id(number)))]


MAKERS: dict[str, Any] = {
    changes.DUE: _request,
    pages.DUE: _page,
    oauth.PENDING: _bridge,
    DELIVERY_DUE: _delivery,
    WEBHOOK_DUE: _webhook,
}
