"""The steps in which an organization's items are found.

The order is from the leaves to the root: what leads to other items comes after them.
"""

from chalicelib.action_requests.schemas import REQUEST_STATUSES
from chalicelib.operations.reader import Reader, Rows, Source, Step
from chalicelib.orders.store import OrderItem
from chalicelib.privacy.identity import customer_id
from chalicelib.table import keys
from chalicelib.table.items import JsonTail, Row
from chalicelib.table.keys import Key
from chalicelib.table.pages import fetch_items
from chalicelib.table.reads import find_row, get_many
from chalicelib.totals.organization import total_keys


def _own(_: Reader, __: str, rows: list[Row]) -> Rows:
    """The page's rows are themselves the items."""
    if rows:
        yield rows


def _subscriptions(reader: Reader, user: str) -> list[Source]:
    return [Source(keys.subscriptions(reader.organization_id, user))]


def _deliveries(reader: Reader, _: str, rows: list[Row]) -> Rows:
    for row in rows:
        yield from _of_webhook(reader, keys.part_after_separator(row["sk"]["S"]))


def _of_webhook(reader: Reader, webhook_or_rule_id: str) -> Rows:
    """What a webhook or rule has caused. A rule's webhook has the rule's id."""
    org = reader.organization_id
    yield from reader.partition(keys.delivery(org, webhook_or_rule_id, "").pk)
    yield from reader.partition(keys.delivery_attempt(org, webhook_or_rule_id, "").pk)
    yield from reader.partition(keys.alert_seen(org, webhook_or_rule_id, "").pk)


def _log(reader: Reader, user: str) -> list[Source]:
    return [Source(keys.events_of(reader.organization_id, user))]


def _resources_of_events(reader: Reader, _: str, rows: list[Row]) -> Rows:
    """What only the log leads to any more: items of deleted webhooks, rules and bridges, and former sessions."""
    org = reader.organization_id
    named = {(row["rt"]["S"], row["ri"]["S"]) for row in rows if "ri" in row}
    yield from reader.items(keys.session(org, name) for kind, name in named if kind == "session")
    for kind, name in sorted(named):
        if kind in ("webhook", "alert_rule"):
            yield from _of_webhook(reader, name)
        elif kind == "bridge":
            yield from _of_bridge(reader, name)
        elif kind == "customer":
            yield from _of_customer(reader, name)


def _of_bridge(reader: Reader, bridge_id: str) -> Rows:
    org = reader.organization_id
    for key in (keys.bridge_stats, keys.bridge_task, keys.bridge_run, keys.bridge_hook, keys.bridge_fulfilment):
        yield from reader.partition(key(org, bridge_id, "").pk)


def _of_customer(reader: Reader, customer: str) -> Rows:
    yield from reader.partition(keys.customer_partition(reader.organization_id, customer))
    yield from reader.partition(keys.customer_orders(reader.organization_id, customer))


def _search_entries(reader: Reader, user: str) -> list[Source]:
    return [Source(keys.search_entries(reader.organization_id, user))]


def _orders_of_entries(reader: Reader, user: str, rows: list[Row]) -> Rows:
    """The entries, and what an order that was never completed has left."""
    org = reader.organization_id
    order_ids = sorted({keys.part_after_term(row["sk"]["S"]) for row in rows})
    by_key = {keys.order(org, user, order_id): order_id for order_id in order_ids}
    stored = get_many(by_key)
    for key in by_key.keys() - stored.keys():
        yield from reader.partition(key.pk)
    yield from _own(reader, user, rows)


def _order_list(reader: Reader, user: str) -> list[Source]:
    return [Source(keys.order_list(reader.organization_id, user, "", "").pk, "gsi1")]


def _orders(reader: Reader, _: str, rows: list[Row]) -> Rows:
    for entry in rows:
        for parts in reader.partition(entry["pk"]["S"]):
            for row in parts:
                if (email := _email_of(row)) is not None:
                    yield from _of_customer(reader, customer_id(reader.organization_id, email))
            yield parts


def _email_of(row: Row) -> str | None:
    if keys.owner_and_part(row["sk"]["S"])[1] != keys.SUMMARY:
        return None
    email = JsonTail(OrderItem.of(row).summary).members().get("customer", {}).get("email")
    return email if isinstance(email, str) and email else None


def _shipment_index(reader: Reader, user: str) -> list[Source]:
    return [Source(keys.shipment_index(reader.organization_id, user))]


def _shipments_of_index(reader: Reader, user: str, rows: list[Row]) -> Rows:
    org = reader.organization_id
    by_key = {keys.shipment(org, user, keys.part_after_term(row["sk"]["S"])): row for row in rows}
    stored = get_many(by_key)
    for key in by_key.keys() - stored.keys():
        yield from reader.partition(key.pk)
    yield from _own(reader, user, rows)


def _shipment_list(reader: Reader, user: str) -> list[Source]:
    return [Source(keys.shipment_list(reader.organization_id, user, "", "").pk, "gsi1")]


def _shipments(reader: Reader, user: str, rows: list[Row]) -> Rows:
    for entry in rows:
        for parts in reader.partition(entry["pk"]["S"]):
            for name in [row["w"]["S"] for row in parts if "w" in row]:
                yield from reader.partition(keys.unlinked_shipments(reader.organization_id, user, name))
            yield parts


def _request_lists(reader: Reader, user: str) -> list[Source]:
    org = reader.organization_id
    return [Source(keys.action_request_list(org, user, status, "").pk) for status in REQUEST_STATUSES]


def _requests(reader: Reader, user: str, rows: list[Row]) -> Rows:
    org = reader.organization_id
    yield from reader.items(keys.action_request(org, user, row["sk"]["S"]) for row in rows)
    yield from _own(reader, user, rows)


def _request_queues(reader: Reader, _: str) -> list[Source]:
    org = reader.organization_id
    return [Source(keys.action_request_queue(org, status, "").pk) for status in REQUEST_STATUSES]


def _requests_of_queue(reader: Reader, user: str, rows: list[Row]) -> Rows:
    org = reader.organization_id
    yield from reader.items(keys.action_request(org, row["end_user_id"]["S"], row["sk"]["S"]) for row in rows)
    yield from _own(reader, user, rows)


def _page_list(reader: Reader, user: str) -> list[Source]:
    return [Source(keys.tracking_page(reader.organization_id, user, "").pk)]


def _pages(reader: Reader, user: str, rows: list[Row]) -> Rows:
    yield from reader.items(keys.tracking_token(row["token"]["S"]) for row in rows)
    yield from _own(reader, user, rows)


def _markers(reader: Reader, user: str) -> list[Source]:
    """Partitions of an end user that lead to nothing else."""
    org = reader.organization_id
    return [
        Source(key.pk)
        for key in (
            keys.source_deleted_order(org, user, "", ""),
            keys.pending_request(org, user, "", ""),
            keys.active_tracking_page(org, user, ""),
            keys.connected_shop(org, user, "", ""),
            keys.figures(org, user, ""),
            keys.unread_notification(org, user, ""),
            keys.notification(org, user, ""),
            keys.dismissed_notification(org, user, ""),
        )
    ]


def _end_user(reader: Reader, user: str) -> list[Source]:
    return [Source(keys.end_user(reader.organization_id, user).pk)]


def _end_user_items(reader: Reader, user: str, rows: list[Row]) -> Rows:
    org = reader.organization_id
    led_to: list[Key] = []
    for row in rows:
        if "external_id" in row:
            led_to.append(keys.end_user_by_external_id(org, row["external_id"]["S"]))
        if "session_id" in row:
            led_to.append(keys.session(org, row["session_id"]["S"]))
        if row["sk"]["S"].startswith(keys.BRIDGES):
            led_to += [keys.bridge_owner(row["id"]["S"]), keys.bridge_work(org, row["id"]["S"])]
            yield from _of_bridge(reader, row["id"]["S"])
        for bridge_id in row.get("hidden_bridges", {"SS": []})["SS"]:
            yield from _of_bridge(reader, bridge_id)
    yield from reader.items(led_to)
    yield from _own(reader, user, rows)


def _unlisted(reader: Reader, _: str) -> list[Source]:
    return [Source(keys.unlisted_item(reader.organization_id, Key("", "")).pk, "gsi1")]


def _unlisted_items(reader: Reader, _: str, rows: list[Row]) -> Rows:
    for row in rows:
        if (customer := keys.customer_of_partition(row["pk"]["S"])) is not None:
            yield from _of_customer(reader, customer)
    yield from _own(reader, _, fetch_items(rows, consistent=True))


def _organization(reader: Reader, _: str) -> list[Source]:
    org = reader.organization_id
    beside = (*total_keys(org), keys.bridge_in_error(org, "", ""), keys.end_user_term(org, "", ""))
    beside += (keys.shipment_in_exception(org, "", "", ""),)
    return [Source(key.pk) for key in (*beside, keys.organization(org))]


def _organization_items(reader: Reader, user: str, rows: list[Row]) -> Rows:
    org = reader.organization_id
    for row in rows:
        if "slug" in row:
            slug = find_row(keys.slug(row["slug"]["S"]))
            yield from _own(reader, user, [slug] if slug and slug["organization_id"]["S"] == org else [])
    # The organization itself comes last: with it, commands find what is left.
    root = keys.organization(org).sk
    yield from _own(reader, user, [row for row in rows if row["sk"]["S"] != root])
    yield from _own(reader, user, [row for row in rows if row["sk"]["S"] == root])


PHASES: tuple[tuple[tuple[Step, ...], bool], ...] = (
    (
        (
            Step("deliveries", _subscriptions, _deliveries),
            Step("resources of events", _log, _resources_of_events),
            Step("search entries", _search_entries, _orders_of_entries),
            Step("orders", _order_list, _orders),
            Step("shipment index", _shipment_index, _shipments_of_index),
            Step("shipments", _shipment_list, _shipments),
            Step("action requests", _request_lists, _requests),
            Step("tracking pages", _page_list, _pages),
            Step("markers and notifications", _markers, _own),
        ),
        True,
    ),
    (
        (
            Step("unlisted items", _unlisted, _unlisted_items),
            Step("queue of action requests", _request_queues, _requests_of_queue),
        ),
        False,
    ),
    (
        (
            Step("webhooks and rules", _subscriptions, _own),
            Step("end user and bridges", _end_user, _end_user_items),
            Step("events", _log, _own),
        ),
        True,
    ),
    ((Step("organization", _organization, _organization_items),), False),
)
"""Steps, and whether they run for each end user. The lists that lead to end users are deleted last."""
