"""The due items for `benchmarks.backlog`: every type, for twenty organizations and their end users."""

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
    read_organization_stats,
)
from chalicelib.bridges import oauth
from chalicelib.bridges.store import BridgeItem, BridgeOwnerItem
from chalicelib.events.store import LogView
from chalicelib.kit import clock, ids
from chalicelib.organizations.principals import SYSTEM
from chalicelib.table import keys
from chalicelib.table.batch_write import write_many
from chalicelib.table.due import due_key
from chalicelib.table.items import Item
from chalicelib.table.keys import SHARDS
from chalicelib.table.reads import ALL, Between, count
from chalicelib.table.transaction import Transaction
from chalicelib.tracking_pages import service as pages
from chalicelib.tracking_pages.store import PageItem
from chalicelib.webhooks.store import DELIVERY_DUE, WEBHOOK_DUE, DeliveryItem, WebhookItem

ORGANIZATIONS = 20
USERS = 50
SPAN = timedelta(hours=1)
"""The items became due within a period of this length, which ended this long ago."""
ITEMS_PER_WRITE = 5000


def owner_of(number: int) -> tuple[str, str]:
    return f"org-{number % ORGANIZATIONS:02d}", f"user-{number // ORGANIZATIONS % USERS:03d}"


def _id(number: int) -> str:
    return f"0b0f3a8e-6d53-7d1c-9d55-{number:012x}"


def fill(job_name: str, items: int, broken: int) -> set[str]:
    """Write the items. Returns the keys of those to be refused, which are spread evenly."""
    start = datetime.now(UTC) - 2 * SPAN
    chosen = {position * items // broken for position in range(broken)}
    refused: set[str] = set()
    batch: list[Item] = []
    for number in range(items):
        made = MAKERS[job_name](number, clock.timestamp(start + SPAN * number / items))
        if number in chosen:
            refused.add(name(made[0].key))
        batch += made
        if len(batch) >= ITEMS_PER_WRITE:
            write_many(batch)
            batch = []
    write_many(batch)
    if job_name == changes.DUE:
        _count_requests(items)
    return refused


def name(key: keys.Key) -> str:
    return f"{key.pk} {key.sk}"


def still_due(job_name: str) -> tuple[int, int]:
    """The number of items due now, and later."""
    now = clock.timestamp()
    found = [
        count(keys.due(job_name, shard, "", "").pk, part, index="due", limit=10**9)[0]
        for part in (Between(high=f"{now}~"), ALL)
        for shard in range(SHARDS)
    ]
    due_now = sum(found[:SHARDS])
    return due_now, sum(found[SHARDS:]) - due_now


def outcome(job_name: str) -> str:
    """A description of the organizations' totals and logs at the end."""
    types = {changes.DUE: "action_request.expired", oauth.PENDING: "bridge.deleted"}
    if job_name not in types:
        return ""
    events = 0
    totals: Counter[str] = Counter()
    for number in range(ORGANIZATIONS):
        org, _ = owner_of(number)
        log = LogView(org, None, types[job_name])
        events += count(log.partition, index=log.index, where=log.where, limit=10**9)[0]
        totals.update(read_organization_stats(org)[0])
    if job_name == oauth.PENDING:
        return f"{events:,} events."
    return f"Totals: {totals['pending']:,} pending, {totals['expired']:,} expired; {events:,} events."


def _request(number: int, at: str) -> list[Item]:
    """A pending request and its entries, as creating it writes them."""
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
    stored_types = (ActionRequestItem, ListEntryItem, PendingItem, QueueEntryItem)
    return [put for put, *_ in transaction._puts if isinstance(put, stored_types)]


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
    return [page.schedule(due_key(pages.DUE, at, page_id))]


def _bridge(number: int, at: str) -> list[Item]:
    """A pending bridge. Each end user gets 90, since a hundred are the maximum."""
    org, _ = owner_of(number)
    user = f"user-{number // ORGANIZATIONS // 90:04d}"
    bridge_id = _id(number)
    bridge = BridgeItem.at(
        keys.bridge(org, user, bridge_id),
        id=bridge_id,
        organization_id=org,
        end_user_id=user,
        type="shopify",
        name="Shopify - mystore.myshopify.com",
        status="pending_oauth",
        config="",
        shop_domain="mystore.myshopify.com",
        created_at=at,
        updated_at=at,
    )
    bridge.schedule(due_key(oauth.PENDING, at, bridge_id))
    owner = BridgeOwnerItem.at(keys.bridge_owner(bridge_id), organization_id=org, end_user_id=user, type="shopify")
    return [bridge, owner, *_end_user(org, user, number)]


def _end_user(org: str, user: str, number: int) -> list[Item]:
    """The end user, with the first of its bridges."""
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
    return [delivery.schedule(due_key(DELIVERY_DUE, at, _id(number)))]


def _webhook(number: int, at: str) -> list[Item]:
    """A webhook whose breaker has closed and that has no deferred deliveries."""
    org, user = owner_of(number)
    webhook = WebhookItem.at(
        keys.webhook(org, user, _id(number)),
        id=_id(number),
        webhook_type="webhook",
        organization_id=org,
        end_user_id=user,
        url="https://hooks.example.com",
        secret="",
        created_at=at,
        updated_at=at,
    )
    return [webhook.schedule(due_key(WEBHOOK_DUE, at, _id(number)))]


MAKERS: dict[str, Any] = {
    changes.DUE: _request,
    pages.DUE: _page,
    oauth.PENDING: _bridge,
    DELIVERY_DUE: _delivery,
    WEBHOOK_DUE: _webhook,
}
