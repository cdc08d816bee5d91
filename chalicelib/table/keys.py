"""Every key of the table. No other file contains key text. docs/access-patterns.md lists the reads they serve.

The key of anything that belongs to an organization or an end user contains their ids, which come from the credential:
another owner's data cannot be addressed. Keys without an organization serve look-ups that happen before the
organization is known (slug, service key, a bridge by id for a service, a tracking page's token).
"""

from typing import NamedTuple

ROOT = "#"
"""Sort key of a partition's main item. Sorts before all others."""


class Key(NamedTuple):
    pk: str
    sk: str


def prefix_of(key: Key) -> str:
    """How the partitions of all keys of this type begin."""
    return f"{key.pk.partition('#')[0]}#"


# organizations, keys, config


def organization(org: str) -> Key:
    return Key(f"ORG#{org}", ROOT)


def organization_list(org: str) -> Key:
    """gsi1: every organization of the deployment, for operators."""
    return Key("ORGS", org)


def config(org: str) -> Key:
    return Key(f"ORG#{org}", "CONFIG")


def organization_stats(org: str) -> Key:
    """Counters of the whole organization: end users, and bridges by type and status."""
    return Key(f"ORG#{org}", "STATS")


API_KEYS = "KEY#"


def api_key(org: str, key_id: str) -> Key:
    return Key(f"ORG#{org}", f"{API_KEYS}{key_id}")


OPERATOR_SESSIONS = "OPS#"


def operator_session(org: str, session_id: str) -> Key:
    return Key(f"ORG#{org}", f"{OPERATOR_SESSIONS}{session_id}")


SLUGS, FORMER_SLUGS = "SLUG#", "SLUGWAS#"


def slug(text: str) -> Key:
    return Key(f"{SLUGS}{text}", ROOT)


def former_slug(digest: str) -> Key:
    """A slug that was given up, by its hash: the item outlives its organization and must not name it."""
    return Key(f"{FORMER_SLUGS}{digest}", ROOT)


def slug_of(key: Key) -> str | None:
    """The slug in a key of `slug`, None for any other key."""
    return key.pk.removeprefix(SLUGS) if key.pk.startswith(SLUGS) else None


def is_former_slug(key: Key) -> bool:
    return key.pk.startswith(FORMER_SLUGS)


def service_key(key_id: str) -> Key:
    return Key(f"SVC#{key_id}", ROOT)


def bridge_type_secret(bridge_type: str) -> Key:
    """The secret that signs requests to a bridge type's service."""
    return Key(f"SVCTYPE#{bridge_type}", ROOT)


def server_key() -> Key:
    """The deployment's own HMAC key, encrypted by KMS."""
    return Key("SERVERKEY", ROOT)


# end users and their sessions


def end_user(org: str, user: str) -> Key:
    return Key(f"EU#{org}#{user}", ROOT)


END_USERS, STATS = "EU#", "STATS"
"""The stream's filter selects counters of end users with these."""


def end_user_stats(org: str, user: str) -> Key:
    """Counters of one end user: orders and shipments by status, unread notifications, requests by status."""
    return Key(f"{END_USERS}{org}#{user}", STATS)


def owner_of_counters(key: Key) -> tuple[str, str]:
    """Organization and end user in the key of an end user's counters."""
    _, org, user = key.pk.split("#")
    return org, user


TOTALS = "TOT#"


def organization_totals(org: str, shard: int) -> Key:
    """Orders and shipments by status, added up over a share of the organization's end users."""
    return Key(f"{TOTALS}{org}#{shard}", ROOT)


def totalled_end_user(org: str, shard: int, user: str) -> Key:
    """What these totals contain of one end user."""
    return Key(f"{TOTALS}{org}#{shard}", user)


def end_user_by_external_id(org: str, external_id: str) -> Key:
    return Key(f"XID#{org}#{external_id}", ROOT)


def end_user_list(org: str, created_at: str, user: str) -> Key:
    """gsi1"""
    return Key(f"EU#{org}", f"{created_at}#{user}")


def end_user_term(org: str, term: str, user: str) -> Key:
    """Finds an end user by the beginning of the term."""
    return Key(f"US#{org}", f"{term}\x1f{user}")


def session(org: str, session_id: str) -> Key:
    return Key(f"SES#{org}#{session_id}", ROOT)


SESSION_SLOTS = "SLOT#"


def session_slots(session_type: str) -> str:
    return f"{SESSION_SLOTS}{session_type}#"


def session_slot(org: str, user: str, session_type: str, number: int) -> Key:
    """One of the fifty slots for live sessions of a type. Taking a slot revokes the session that held it."""
    return Key(f"EU#{org}#{user}", f"{session_slots(session_type)}{number:02d}")


# bridges

BRIDGES = "BR#"
UNOWNED = "-"
"""Stands for the end user in the key of an orphaned bridge."""


def bridge(org: str, user: str | None, bridge_id: str) -> Key:
    return Key(f"EU#{org}#{user or UNOWNED}", f"{BRIDGES}{bridge_id}")


def end_user_suffix(user: str) -> str:
    """The end of the partition key of an end user's items, such as bridges."""
    return f"#{user}"


def organization_of_bridge(pk: str) -> str:
    """The organization in the partition key of a bridge or an end user."""
    return pk.split("#")[1]


def bridge_owner(bridge_id: str) -> Key:
    """Points from a bridge id to the bridge's organization and end user."""
    return Key(f"BRID#{bridge_id}", ROOT)


def bridge_stats(org: str, bridge_id: str, user: str) -> Key:
    """Counters of one end user's data from one bridge. After a change of owner, a bridge has one such item for each
    owner whose data has not been moved yet."""
    return Key(f"BRSTATS#{org}#{bridge_id}", user)


def bridge_list(org: str, created_at: str, bridge_id: str) -> Key:
    """gsi1"""
    return Key(f"BR#{org}", f"{created_at}#{bridge_id}")


def bridge_in_error(org: str, created_at: str, bridge_id: str) -> Key:
    """Points to a bridge of the organization that is in error. In the order of the list of all."""
    return Key(f"BRE#{org}", f"{created_at}#{bridge_id}")


def bridge_type_list(bridge_type: str, created_at: str, bridge_id: str) -> Key:
    """gsi2: a service's bridges in all organizations."""
    return Key(f"BRT#{bridge_type}", f"{created_at}#{bridge_id}")


def connected_shop(org: str, user: str, bridge_type: str, shop: str) -> Key:
    """Points from a shop to the end user's bridge that is connected to it; there is one at most."""
    return Key(f"SHOP#{org}#{user}", f"{bridge_type}#{shop}")


def bridge_work(org: str, bridge_id: str) -> Key:
    """How far a connector is with a bridge, and who is working on it."""
    return Key(f"BRW#{org}#{bridge_id}", ROOT)


def bridge_task(org: str, bridge_id: str, name: str) -> Key:
    """A task that waits or runs. The name says what is to be done, so that one thing waits once."""
    return Key(f"TASK#{org}#{bridge_id}", name)


def bridge_run(org: str, bridge_id: str, run_id: str) -> Key:
    """Run ids sort by time."""
    return Key(f"RUN#{org}#{bridge_id}", run_id)


def bridge_fulfilment(org: str, bridge_id: str, shipment_id: str) -> Key:
    """What the bridge's shop was told of a shipment."""
    return Key(f"FUL#{org}#{bridge_id}", shipment_id)


def bridge_hook(org: str, bridge_id: str, digest: str) -> Key:
    """Marks that one of the platform's hooks was taken in."""
    return Key(f"HOOK#{org}#{bridge_id}", digest)


def bridges_of_shop(bridge_type: str, shop: str, org: str, user: str) -> Key:
    """gsi1: the bridges that are connected to a shop, in all organizations: a platform may name the shop alone."""
    return Key(f"SHOPS#{bridge_type}#{shop}", f"{org}#{user}")


def customer_export(org: str, export_id: str) -> Key:
    return Key(f"CUX#{org}#{export_id}", ROOT)


def oauth_state(digest: str) -> Key:
    return Key(f"OAUTH#{digest}", ROOT)


# events

EVENT_PREFIX = "EV#"
"""The stream's filter selects keys with this prefix for the relay."""


def event(org: str, user: str | None, event_id: str) -> Key:
    """An end user's part of the log. The organization's own events are under UNOWNED. Event ids sort by time."""
    return Key(events_of(org, user), event_id)


def events_of(org: str, user: str | None) -> str:
    return f"{EVENT_PREFIX}{org}#{user or UNOWNED}"


def event_list(org: str, event_id: str) -> Key:
    """gsi1: the organization's whole log."""
    return Key(f"{EVENT_PREFIX}{org}", event_id)


def event_type_list(org: str, event_type: str, event_id: str) -> Key:
    """gsi2: the organization's events of one type."""
    return Key(f"{EVENT_PREFIX}{org}#{event_type}", event_id)


def owner_of_event(pk: str) -> tuple[str, str | None]:
    """Organization and end user of an event's partition key."""
    _, org, user = pk.split("#")
    return org, None if user == UNOWNED else user


# orders and shipments
#
# In descending order, an order's partition holds the summary, its shipments, the detail, then activities from newest to
# oldest: one short query reads an order's detail.


SUMMARY, SHIPMENT, DETAIL, ACTIVITY = "SUMMARY", "SHIPMENT", "DETAIL", "ACTIVITY"


def order(org: str, user: str, order_id: str) -> Key:
    return Key(f"O#{org}#{order_id}", f"{user}#{SUMMARY}")


def order_shipment(org: str, user: str, order_id: str, shipment_id: str) -> Key:
    return Key(f"O#{org}#{order_id}", f"{user}#{SHIPMENT}#{shipment_id}")


def order_detail(org: str, user: str, order_id: str, detail_id: str) -> Key:
    """One version of the detail. The summary names the current version."""
    return Key(f"O#{org}#{order_id}", f"{user}#{DETAIL}#{detail_id}")


def order_activity(org: str, user: str, order_id: str, created_at: str, activity_id: str) -> Key:
    return Key(f"O#{org}#{order_id}", f"{user}#{ACTIVITY}#{created_at}#{activity_id}")


def items_of_order(user: str) -> str:
    """Common prefix of the sort keys of one end user's items in an order's or a customer's partition."""
    return f"{user}#"


def owner_and_part(sk: str) -> tuple[str, str]:
    """End user and part (SUMMARY, …) from a sort key in an order's or shipment's partition."""
    user, part = sk.split("#", 2)[:2]
    return user, part


def with_owner(sk: str, user: str) -> str:
    """The sort key of the same part of an order or shipment for another owner."""
    return f"{user}#{sk.partition('#')[2]}"


def shipment_detail_of(summary: Key) -> Key:
    """The detail of the shipment whose summary is at `summary`."""
    return Key(summary.pk, f"{summary.sk.removesuffix(SUMMARY)}{DETAIL}")


def activity_time_and_id(activity_sk: str) -> tuple[str, str]:
    """Time and id from an activity's sort key."""
    time, activity_id = activity_sk.rsplit("#", 2)[1:]
    return time, activity_id


def order_list(org: str, user: str, ordered_at: str, order_id: str) -> Key:
    """gsi1"""
    return Key(f"OL#{org}#{user}", f"{ordered_at}#{order_id}")


def order_status_list(org: str, user: str, status: str, ordered_at: str, order_id: str) -> Key:
    """gsi2"""
    return Key(f"OL#{org}#{user}#{status}", f"{ordered_at}#{order_id}")


def source_deleted_order(org: str, user: str, ordered_at: str, order_id: str) -> Key:
    """Points to an order that its source no longer has."""
    return Key(f"OG#{org}#{user}", f"{ordered_at}#{order_id}")


def customer_orders(org: str, customer: str) -> str:
    return f"CO#{org}#{customer}"


def customer_order(org: str, customer: str, user: str, ordered_at: str, order_id: str) -> Key:
    return Key(customer_orders(org, customer), f"{user}#{ordered_at}#{order_id}")


def former_customer_order(org: str, customer: str, ordered_at: str, order_id: str) -> Key:
    """Where the first versions listed an order, whoever had it."""
    return Key(customer_orders(org, customer), f"{ordered_at}#{order_id}")


def search_entries(org: str, user: str) -> str:
    return f"S#{org}#{user}"


def search_entry(org: str, user: str, term: str, order_id: str) -> Key:
    return Key(search_entries(org, user), f"{term}\x1f{order_id}")


def order_number(org: str, number: str, order_id: str) -> Key:
    """gsi1: the organization's orders with this number, whoever has them."""
    return Key(f"ON#{org}#{number}", order_id)


def tracking_number(org: str, number: str, shipment_id: str) -> Key:
    """gsi1: the organization's shipments with this tracking number, whoever has them."""
    return Key(f"TN#{org}#{number}", shipment_id)


def owner_of_search_entry(pk: str) -> str:
    """The end user in the partition key of a search entry."""
    return pk.rpartition("#")[2]


def shipment(org: str, user: str, shipment_id: str) -> Key:
    return Key(f"SH#{org}#{shipment_id}", f"{user}#{SUMMARY}")


def owner_of_shipment(key: Key) -> tuple[str, str]:
    """Organization and end user in the key of a shipment's summary."""
    return key.pk.split("#")[1], part_before_separator(key.sk)


def shipment_detail(org: str, user: str, shipment_id: str) -> Key:
    return Key(f"SH#{org}#{shipment_id}", f"{user}#{DETAIL}")


def shipment_list(org: str, user: str, sort: str, shipment_id: str) -> Key:
    """gsi1"""
    return Key(f"SL#{org}#{user}", f"{sort}#{shipment_id}")


def shipment_status_list(org: str, user: str, status: str, sort: str, shipment_id: str) -> Key:
    """gsi2"""
    return Key(f"SL#{org}#{user}#{status}", f"{sort}#{shipment_id}")


def shipment_in_exception(org: str, created_at: str, shipment_id: str, user: str) -> Key:
    """Points to a shipment of the organization that is in exception, and its end user's."""
    return Key(f"SLX#{org}", f"{created_at}#{shipment_id}#{user}")


def shipment_index(org: str, user: str) -> str:
    """The end user's shipments by tracking number."""
    return f"SX#{org}#{user}"


def shipment_index_entry(org: str, user: str, term: str, shipment_id: str) -> Key:
    return Key(shipment_index(org, user), f"{term}\x1f{shipment_id}")


def shipment_order_number(org: str, user: str, term: str, sort: str, shipment_id: str) -> Key:
    """gsi1: the same by the number of the linked order."""
    return Key(f"SXO#{org}#{user}", f"{term}\x1f{sort}#{shipment_id}")


def shipment_carrier_list(org: str, user: str, carrier: str, sort: str, shipment_id: str) -> Key:
    """gsi2: the list of one carrier's shipments."""
    return Key(f"SXC#{org}#{user}#{carrier}", f"{sort}#{shipment_id}")


def part_after_term(text: str) -> str:
    """What follows the term in the key of a search entry."""
    return text.rpartition("\x1f")[2]


def unlinked_shipments(org: str, user: str, order_external_id: str) -> str:
    """Partition of shipments whose order has not been synced yet."""
    return f"WAIT#{org}#{user}#{order_external_id}"


def unlinked_shipment(org: str, user: str, order_external_id: str, shipment_id: str) -> Key:
    return Key(unlinked_shipments(org, user, order_external_id), shipment_id)


def part_before_separator(text: str) -> str:
    """The text before the first separator: the time in an order list's sort key, or the owner of a part."""
    return text.partition("#")[0]


def part_after_separator(text: str) -> str:
    """The text after the last separator: the status in the key of a status list, or the id that ends a sort key."""
    return text.rpartition("#")[2]


# customers: one partition each, so that an erasure finds everything with one query


def customer(org: str, customer: str) -> Key:
    """Time and progress of the customer's last erasure."""
    return Key(customer_partition(org, customer), ROOT)


def customer_session(org: str, customer: str, session_id: str) -> Key:
    return Key(customer_partition(org, customer), f"SES#{session_id}")


def customer_partition(org: str, customer: str) -> str:
    return f"CU#{org}#{customer}"


def customer_of_partition(pk: str) -> str | None:
    """The customer whose partition it is; None for any other partition."""
    prefix, _, rest = pk.partition("#")
    return rest.partition("#")[2] if prefix == "CU" else None


def access_request(org: str, customer: str, request_id: str) -> Key:
    """A request for an access code under this e-mail address, whether or not the order exists."""
    return Key(customer_partition(org, customer), f"REQ#{request_id}")


def access_code(org: str, customer: str, number_hash: str) -> Key:
    """The current access code for an order number and e-mail address; there is one at most."""
    return Key(customer_partition(org, customer), f"CODE#{number_hash}")


def order_access(org: str, customer: str, token_id: str) -> Key:
    return Key(customer_partition(org, customer), f"ACCESS#{token_id}")


def confirmation(org: str, customer: str, order_id: str) -> Key:
    """Marks that an order's confirmation was sent."""
    return Key(customer_partition(org, customer), f"SENT#{order_id}")


def letter(org: str, customer: str, order_id: str, kind: str) -> Key:
    """Marks that a letter of this kind was sent for an order."""
    return Key(customer_partition(org, customer), f"SENT#{order_id}#{kind}")


UNSUBSCRIBED = "UNSUB#"


def unsubscribed(org: str, user: str, kind: str, address_hash: str) -> Key:
    """Outlives an erasure: it is in no customer's partition, and its hash is comparable to no other."""
    return Key(f"{UNSUBSCRIBED}{org}#{user}", f"{kind}#{address_hash}")


ERASING = "ERASING#"
PAST = "PAST#"


def erased_order(org: str, customer: str, order_id: str, end_user: str) -> Key:
    """An order whose traces are being removed; gone when none is left. One that went from one end user to another has
    traces with both."""
    return Key(customer_partition(org, customer), f"{ERASING}{order_id}#{end_user}")


def past_order(org: str, customer: str, order_id: str, end_user: str, content_hash: str) -> Key:
    """Personal data that an order no longer contains. `content_hash` distinguishes several such entries of an order."""
    return Key(customer_partition(org, customer), f"{past_of_order(order_id)}{end_user}#{content_hash}")


def past_of_order(order_id: str) -> str:
    return f"{PAST}{order_id}#"


# figures

FIGURES = "FIG#"


def figures(org: str, user: str | None, day: str) -> Key:
    """What happened on a UTC day, with one end user or, under UNOWNED, in the whole organization."""
    return Key(f"{FIGURES}{org}#{user or UNOWNED}", day)


# what tracking providers follow

TRACKED = "TRK#"


def tracked_number(org: str, term: str) -> str:
    """Everything about one tracking number: the shipments that have it, and a report that none has taken yet."""
    return f"{TRACKED}{org}#{term}"


def tracked_shipment(org: str, term: str, shipment_id: str) -> Key:
    return Key(tracked_number(org, term), f"{SHIPMENT}#{shipment_id}")


def carrier_report(org: str, term: str) -> Key:
    return Key(tracked_number(org, term), "REPORT")


def organization_and_number(key: Key) -> tuple[str, str]:
    """Organization and number in a key of these."""
    _, org, term = key.pk.split("#", 2)
    return org, term


# action requests


def action_request(org: str, user: str, request_id: str) -> Key:
    """A partition of its own, so that the organization can read it without knowing the end user."""
    return Key(f"AR#{org}#{request_id}", user)


def organization_of_request(key: Key) -> str:
    return key.pk.split("#")[1]


def action_request_list(org: str, user: str, status: str, request_id: str) -> Key:
    """An end user's requests of one status; ids sort by time."""
    return Key(f"ARL#{org}#{user}#{status}", request_id)


def action_request_queue(org: str, status: str, request_id: str) -> Key:
    """The organization's requests of one status."""
    return Key(f"ARQ#{org}#{status}", request_id)


def pending_request(org: str, user: str, order_id: str, action_type: str) -> Key:
    """The order's pending request of that type; there is one at most."""
    return Key(f"ARP#{org}#{user}", f"{order_id}#{action_type}")


def requests_of_bridge(org: str, bridge_id: str, request_id: str) -> Key:
    """gsi2"""
    return Key(f"ARB#{org}#{bridge_id}", request_id)


def action_request_stats(org: str) -> Key:
    """The organization's requests by status. Apart from `organization_stats`, so that the two do not contend."""
    return Key(f"ORG#{org}", "STATS#AR")


# tracking pages


def tracking_page(org: str, user: str, page_id: str) -> Key:
    """Page ids sort by time."""
    return Key(f"TP#{org}#{user}", page_id)


def tracking_token(token: str) -> Key:
    """Points from a token to its tracking page."""
    return Key(f"TPT#{token}", ROOT)


def active_tracking_page(org: str, user: str, shipment_id: str) -> Key:
    """The shipment's active page; there is one at most."""
    return Key(f"TPA#{org}#{user}", shipment_id)


def pages_of_bridge(org: str, bridge_id: str, page_id: str) -> Key:
    """gsi2"""
    return Key(f"TPB#{org}#{bridge_id}", page_id)


# webhooks, alert rules, notifications

RULES = "AR#"
WEBHOOKS = "WH#"
RULE_WEBHOOKS = "WR#"
WEBHOOKS_END = "WH$"
"""Upper bound for reading rules and webhooks without the rules' own webhooks."""


SUBSCRIPTIONS_PREFIX = "SUBS#"


def subscriptions(org: str, user: str | None) -> str:
    """Rules and webhooks for an end user's events, in one short partition that dispatching reads."""
    return f"{SUBSCRIPTIONS_PREFIX}{org}#{user or UNOWNED}"


def alert_rule(org: str, user: str, rule_id: str) -> Key:
    return Key(subscriptions(org, user), f"{RULES}{rule_id}")


def webhook(org: str, user: str | None, webhook_id: str) -> Key:
    """The organization's own webhook has no end user."""
    return Key(subscriptions(org, user), f"{WEBHOOKS}{webhook_id}")


def rule_webhook(org: str, user: str, rule_id: str) -> Key:
    """The webhook that receives a rule's alerts. Sorts after everything that dispatching reads."""
    return Key(subscriptions(org, user), f"{RULE_WEBHOOKS}{rule_id}")


def troubled_webhook(org: str, state: str, since: str, webhook_id: str) -> Key:
    """gsi1: the organization's webhooks that are failing, or disabled."""
    return Key(f"WHS#{org}#{state}", f"{since}#{webhook_id}")


def delivery(org: str, webhook_id: str, delivery_id: str) -> Key:
    return Key(f"DLV#{org}#{webhook_id}", delivery_id)


def failed_delivery(org: str, webhook_id: str, at: str, delivery_id: str) -> Key:
    """gsi1: deliveries that failed for good or were skipped, by the time of that."""
    return Key(f"DLV#{org}#{webhook_id}#LEDGER", f"{at}#{delivery_id}")


def scheduled_delivery(org: str, webhook_id: str, due_at: str, delivery_id: str) -> Key:
    """gsi1: deliveries with a scheduled retry, by its time."""
    return Key(f"DLV#{org}#{webhook_id}#RETRY", f"{due_at}#{delivery_id}")


def pending_delivery(org: str, webhook_id: str, created_at: str, delivery_id: str) -> Key:
    """gsi2: deliveries that are scheduled or deferred, by the time of their event."""
    return Key(f"DLV#{org}#{webhook_id}#PENDING", f"{created_at}#{delivery_id}")


def deferred_delivery(org: str, webhook_id: str, due_at: str, delivery_id: str) -> Key:
    """gsi1: deliveries deferred until the breaker closes, by their due time."""
    return Key(f"DLV#{org}#{webhook_id}#WAITING", f"{due_at}#{delivery_id}")


def list_time(sk: str) -> str:
    """The time in a sort key of a webhook's pending or deferred deliveries."""
    return sk.split("#", 1)[0]


ATTEMPTS_PREFIX = "ATT#"


def delivery_attempt(org: str, webhook_id: str, attempt_id: str) -> Key:
    """Attempt ids sort by time."""
    return Key(f"{ATTEMPTS_PREFIX}{org}#{webhook_id}", attempt_id)


def alert_seen(org: str, rule_id: str, event_id: str) -> Key:
    """Marks that a rule has handled an event, either by an alert or by suppressing one."""
    return Key(f"SEEN#{org}#{rule_id}", event_id)


def notification(org: str, user: str, notification_id: str) -> Key:
    """A notification that is not dismissed. Ids sort by time."""
    return Key(f"NT#{org}#{user}", notification_id)


def unread_notification(org: str, user: str, notification_id: str) -> Key:
    """Points to a notification that is neither read nor dismissed."""
    return Key(f"NT#{org}#{user}#UNREAD", notification_id)


def dismissed_notification(org: str, user: str, notification_id: str) -> Key:
    return Key(f"NT#{org}#{user}#DISMISSED", notification_id)


# the due index


SHARDS = 4
"""Of each job in the due index."""


def due(job_name: str, shard: int, at: str, item_id: str) -> Key:
    return Key(f"DUE#{job_name}#{shard}", f"{at}#{item_id}")


def due_time(due: Key) -> str:
    return due.sk.split("#", 1)[0]


def due_at(due: Key, at: str) -> Key:
    """The due key of the same item, in the same shard, at another time."""
    return Key(due.pk, f"{at}#{due.sk.split('#', 1)[1]}")


# idempotent requests


def idempotency(org: str, digest: str) -> Key:
    return Key(f"IDEM#{org}#{digest}", ROOT)


# what no list leads to


def unlisted_item(org: str, key: Key) -> Key:
    """gsi1: the organization's items that no list and no other item leads to, so that everything of it can be exported
    and deleted."""
    return Key(f"OWN#{org}", key.pk)


def listing_of(key: Key) -> Key | None:
    """The place in that list of an item at `key`, in the partitions whose keys name the organization but cannot be
    enumerated: customers, who may have no order, and repeated requests."""
    prefix, _, rest = key.pk.partition("#")
    org = rest.partition("#")[0]
    return unlisted_item(org, key) if prefix in ("CU", "IDEM") and org != UNOWNED else None


# rate limits


def rate_counter(limit: str, subject: str, window: int) -> Key:
    return Key(f"RATE#{limit}#{subject}", str(window))
