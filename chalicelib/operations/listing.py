"""The organizations of a deployment, with what each uses."""

from collections.abc import Iterator
from dataclasses import dataclass

from chalicelib.catalog.bridge_types import catalog
from chalicelib.kit.errors import NotFound
from chalicelib.organizations import counters
from chalicelib.organizations.store import ConfigItem, OrganizationItem, OrganizationStatsItem
from chalicelib.table import keys
from chalicelib.table.items import Row
from chalicelib.table.reads import each_page, get_many
from chalicelib.table.transaction import exists, update
from chalicelib.totals import service as totals

PAGE_SIZE = 30
"""Organizations in one batch read, three items each."""
MAX_END_USERS = 10_000
"""End users of one organization whose counters are added up."""


@dataclass(frozen=True, slots=True)
class Usage:
    id: str
    name: str
    created_at: str
    slug: str | None
    """None before the first config."""
    suspended_at: str | None
    end_users: int
    bridges: int
    orders: int
    shipments: int
    is_partial: bool
    """Whether only the first MAX_END_USERS end users' orders and shipments are in the sums."""


def list_organizations() -> Iterator[Usage]:
    """In the order of their ids. Counters may lag behind the data by a moment."""
    for page in each_page(keys.organization_list("").pk, index="gsi1", limit=PAGE_SIZE):
        yield from _usages([row["g1sk"]["S"] for row in page.rows])


def describe(organization_id: str) -> Usage:
    """One organization. NotFound."""
    found = list(_usages([organization_id]))
    if not found:
        raise NotFound
    return found[0]


def _usages(organization_ids: list[str]) -> Iterator[Usage]:
    wanted = [(keys.organization(org), keys.config(org), keys.organization_stats(org)) for org in organization_ids]
    rows = get_many(key for group in wanted for key in group)
    for root, config_key, stats_key in wanted:
        # The index may still list an organization that was just deleted.
        if root in rows:
            yield _usage(rows[root], rows.get(config_key), rows.get(stats_key))


def _usage(root: Row, config_row: Row | None, stats: Row | None) -> Usage:
    item = OrganizationItem.of(root)
    config = ConfigItem.of(config_row) if config_row else None
    orders, shipments, is_partial = _sum_records(item.id)
    return Usage(
        id=item.id,
        name=item.name,
        created_at=item.created_at,
        slug=config.slug if config else None,
        suspended_at=item.suspended_at,
        end_users=OrganizationStatsItem.of(stats).end_users if stats else 0,
        bridges=counters.bridges_in(stats or {}).total(None, None),
        orders=orders,
        shipments=shipments,
        is_partial=is_partial,
    )


def _sum_records(organization_id: str) -> tuple[int, int, bool]:
    orders = shipments = seen = 0
    for page in each_page(keys.end_user_list(organization_id, "", "").pk, index="gsi1", limit=1000):
        if seen >= MAX_END_USERS:
            return orders, shipments, True
        users = [keys.part_after_separator(row["pk"]["S"]) for row in page.rows]
        for row in get_many((keys.end_user_stats(organization_id, user) for user in users), consistent=False).values():
            orders += totals.total_orders(row)
            shipments += totals.total_shipments(row)
        seen += len(users)
    return orders, shipments, False


def enlist(organization_id: str) -> bool:
    """Put an organization on the list. Returns whether it exists."""
    listing = keys.organization_list(organization_id)
    actions = [OrganizationItem.g1pk.set(listing.pk), OrganizationItem.g1sk.set(listing.sk)]
    return update(keys.organization(organization_id), actions, exists()) is not None


def enlist_missing() -> list[str]:
    """Put organizations on the list that were created before there was one, as far as they have bridges: the lists of
    each bridge type span all organizations. Those without a bridge enter it with the next change of their config."""
    found: set[str] = set()
    for bridge_type in catalog():
        for page in each_page(keys.bridge_type_list(bridge_type, "", "").pk, index="gsi2"):
            found |= {keys.organization_of_bridge(row["pk"]["S"]) for row in page.rows}
    rows = get_many(keys.organization(organization_id) for organization_id in found)
    missing = sorted(row["id"]["S"] for row in rows.values() if "g1pk" not in row)
    return [organization_id for organization_id in missing if enlist(organization_id)]
