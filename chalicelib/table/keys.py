"""Every key of the table, and the only place their text stands. docs/access-patterns.md says which reads they serve.

A key of something that belongs to an organization or an end user begins with them; they come from the credential, so
what belongs to somebody else cannot be spelled. Prefixes without an organization are global on purpose: look-ups that
happen before the organization is known (slug, service key, a bridge by id for a service, a tracking page's token).
"""

from typing import NamedTuple

ROOT = "#"
"""Sort key of the item that a partition is about; sorts before every named one."""


class Key(NamedTuple):
    pk: str
    sk: str


# organizations, keys, config


def organization(org: str) -> Key:
    return Key(f"ORG#{org}", ROOT)


def config(org: str) -> Key:
    return Key(f"ORG#{org}", "CONFIG")


def organization_stats(org: str) -> Key:
    """Counters of the whole organization: end users, bridges by type and status."""
    return Key(f"ORG#{org}", "STATS")


API_KEYS = "KEY#"


def api_key(org: str, key_id: str) -> Key:
    return Key(f"ORG#{org}", f"{API_KEYS}{key_id}")


def slug(text: str) -> Key:
    return Key(f"SLUG#{text}", ROOT)


def service_key(key_id: str) -> Key:
    return Key(f"SVC#{key_id}", ROOT)


def bridge_type_secret(bridge_type: str) -> Key:
    """The signing secret that requests to a bridge type's service carry."""
    return Key(f"SVCTYPE#{bridge_type}", ROOT)


def server_key() -> Key:
    """The deployment's own HMAC key, encrypted under KMS."""
    return Key("SERVERKEY", ROOT)


# end users and their sessions


def end_user(org: str, user: str) -> Key:
    return Key(f"EU#{org}#{user}", ROOT)


def end_user_stats(org: str, user: str) -> Key:
    """Counters of one end user: orders and shipments by status, unread notifications, requests by status."""
    return Key(f"EU#{org}#{user}", "STATS")


def end_user_by_external_id(org: str, external_id: str) -> Key:
    return Key(f"XID#{org}#{external_id}", ROOT)


def end_user_list(org: str, created_at: str, user: str) -> Key:
    """gsi1"""
    return Key(f"EU#{org}", f"{created_at}#{user}")


def session(org: str, session_id: str) -> Key:
    return Key(f"SES#{org}#{session_id}", ROOT)


def session_slots(kind: str) -> str:
    return f"SLOT#{kind}#"


def session_slot(org: str, user: str, kind: str, number: int) -> Key:
    """One of the fifty places for live sessions of a kind; whoever writes a place revokes who stood in it."""
    return Key(f"EU#{org}#{user}", f"{session_slots(kind)}{number:02d}")


# bridges

BRIDGES = "BR#"
NOBODY = "-"
"""Stands for the end user in the key of an orphaned bridge."""


def bridge(org: str, user: str | None, bridge_id: str) -> Key:
    return Key(f"EU#{org}#{user or NOBODY}", f"{BRIDGES}{bridge_id}")


def bridge_owner(bridge_id: str) -> Key:
    """Whose bridge it is; all that is known of a bridge without its organization."""
    return Key(f"BRID#{bridge_id}", ROOT)


def bridge_stats(org: str, bridge_id: str, user: str) -> Key:
    """Counters of what one end user has through one bridge. A bridge that changed hands has one for each owner whose
    data has not been moved yet."""
    return Key(f"BRSTATS#{org}#{bridge_id}", user)


def bridge_list(org: str, created_at: str, bridge_id: str) -> Key:
    """gsi1"""
    return Key(f"BR#{org}", f"{created_at}#{bridge_id}")


def bridge_type_list(bridge_type: str, created_at: str, bridge_id: str) -> Key:
    """gsi2: a service's bridges over all organizations."""
    return Key(f"BRT#{bridge_type}", f"{created_at}#{bridge_id}")


def oauth_state(digest: str) -> Key:
    return Key(f"OAUTH#{digest}", ROOT)


# events

EVENT_PREFIX = "EV#"
"""The stream's filter names this prefix: what begins with it is relayed."""


def event(org: str, user: str | None, event_id: str) -> Key:
    """An end user's part of the log; `-` holds the organization's own. Event ids sort by time."""
    return Key(events_of(org, user), event_id)


def events_of(org: str, user: str | None) -> str:
    return f"{EVENT_PREFIX}{org}#{user or NOBODY}"


def event_list(org: str, event_id: str) -> Key:
    """gsi1: the organization's whole log"""
    return Key(f"{EVENT_PREFIX}{org}", event_id)


def event_type_list(org: str, event_type: str, event_id: str) -> Key:
    """gsi2: the log of one type"""
    return Key(f"{EVENT_PREFIX}{org}#{event_type}", event_id)


def owner_of_event(pk: str) -> tuple[str, str | None]:
    """Organization and end user of an event's partition key."""
    _, org, user = pk.split("#")
    return org, None if user == NOBODY else user


# orders and shipments
#
# Read downwards, an order's partition gives the summary, its shipments, the detail and then activities, newest first:
# a detail is one short query.


SUMMARY, SHIPMENT, DETAIL, ACTIVITY = "SUMMARY", "SHIPMENT", "DETAIL", "ACTIVITY"


def order(org: str, user: str, order_id: str) -> Key:
    return Key(f"O#{org}#{order_id}", f"{user}#{SUMMARY}")


def order_shipment(org: str, user: str, order_id: str, shipment_id: str) -> Key:
    return Key(f"O#{org}#{order_id}", f"{user}#{SHIPMENT}#{shipment_id}")


def order_detail(org: str, user: str, order_id: str, detail_id: str) -> Key:
    """One writing of the detail; the summary says which one holds."""
    return Key(f"O#{org}#{order_id}", f"{user}#{DETAIL}#{detail_id}")


def order_activity(org: str, user: str, order_id: str, created_at: str, activity_id: str) -> Key:
    return Key(f"O#{org}#{order_id}", f"{user}#{ACTIVITY}#{created_at}#{activity_id}")


def items_of_order(user: str) -> str:
    """What the sort keys of one end user's items in an order's partition begin with."""
    return f"{user}#"


def owner_and_part(sk: str) -> tuple[str, str]:
    """Of an item in an order's or shipment's partition: whose it is, and which part (SUMMARY, …)."""
    user, part = sk.split("#", 2)[:2]
    return user, part


def under(sk: str, user: str) -> str:
    """The same part of an order or shipment under another owner."""
    return f"{user}#{sk.partition('#')[2]}"


def detail_beside(summary: Key) -> Key:
    """The detail of the shipment whose summary is at `summary`."""
    return Key(summary.pk, f"{summary.sk.removesuffix(SUMMARY)}{DETAIL}")


def time_and_id(activity_sk: str) -> tuple[str, str]:
    """When an activity was, and its id."""
    time, activity_id = activity_sk.rsplit("#", 2)[1:]
    return time, activity_id


def order_list(org: str, user: str, ordered_at: str, order_id: str) -> Key:
    """gsi1"""
    return Key(f"OL#{org}#{user}", f"{ordered_at}#{order_id}")


def order_status_list(org: str, user: str, status: str, ordered_at: str, order_id: str) -> Key:
    """gsi2"""
    return Key(f"OL#{org}#{user}#{status}", f"{ordered_at}#{order_id}")


def customer_orders(org: str, customer: str) -> str:
    return f"CO#{org}#{customer}"


def customer_order(org: str, customer: str, ordered_at: str, order_id: str) -> Key:
    return Key(customer_orders(org, customer), f"{ordered_at}#{order_id}")


def search_entries(org: str, user: str) -> str:
    return f"S#{org}#{user}"


def search_entry(org: str, user: str, term: str, order_id: str) -> Key:
    return Key(search_entries(org, user), f"{term}\x1f{order_id}")


def search_order_id(sk: str) -> str:
    return sk.rpartition("\x1f")[2]


def shipment(org: str, user: str, shipment_id: str) -> Key:
    return Key(f"SH#{org}#{shipment_id}", f"{user}#{SUMMARY}")


def shipment_detail(org: str, user: str, shipment_id: str) -> Key:
    return Key(f"SH#{org}#{shipment_id}", f"{user}#{DETAIL}")


def shipment_list(org: str, user: str, sort: str, shipment_id: str) -> Key:
    """gsi1"""
    return Key(f"SL#{org}#{user}", f"{sort}#{shipment_id}")


def shipment_status_list(org: str, user: str, status: str, sort: str, shipment_id: str) -> Key:
    """gsi2"""
    return Key(f"SL#{org}#{user}#{status}", f"{sort}#{shipment_id}")


def waiting_shipments(org: str, user: str, order_external_id: str) -> str:
    """Shipments that came before their order."""
    return f"WAIT#{org}#{user}#{order_external_id}"


def waiting_shipment(org: str, user: str, order_external_id: str, shipment_id: str) -> Key:
    return Key(waiting_shipments(org, user, order_external_id), shipment_id)


def first_part(text: str) -> str:
    """What stands before the first separator: the time in an order list's sort key, the owner of a part."""
    return text.partition("#")[0]


def last_part(text: str) -> str:
    """The last part of a key: the status in the partition of a status list, the id at the end of a sort key."""
    return text.rpartition("#")[2]


# customers: one partition each, so that all there is of a customer is found and removed without looking further


def customer(org: str, customer: str) -> Key:
    """When the customer was last erased, and how far that is."""
    return Key(customer_partition(org, customer), ROOT)


def customer_session(org: str, customer: str, session_id: str) -> Key:
    return Key(customer_partition(org, customer), f"SES#{session_id}")


def customer_partition(org: str, customer: str) -> str:
    return f"CU#{org}#{customer}"


def access_request(org: str, customer: str, request_id: str) -> Key:
    """That somebody asked for a code to an order under this e-mail, whether there is such an order or not."""
    return Key(customer_partition(org, customer), f"REQ#{request_id}")


def access_code(org: str, customer: str, number_hash: str) -> Key:
    """The one code that an order number and e-mail have at a time."""
    return Key(customer_partition(org, customer), f"CODE#{number_hash}")


def order_access(org: str, customer: str, token_id: str) -> Key:
    return Key(customer_partition(org, customer), f"ACCESS#{token_id}")


def confirmation(org: str, customer: str, order_id: str) -> Key:
    """That an order's confirmation was sent."""
    return Key(customer_partition(org, customer), f"SENT#{order_id}")


ERASING = "ERASING#"
PAST = "PAST#"


def erased_order(org: str, customer: str, order_id: str, end_user: str) -> Key:
    """An order whose traces are being removed; gone when none is left. One that went from one end user to another has
    traces with both."""
    return Key(customer_partition(org, customer), f"{ERASING}{order_id}#{end_user}")


def past_order(org: str, customer: str, order_id: str, end_user: str, said: str) -> Key:
    """What an order said of the customer and does not say any more; `said` tells one such thing from another."""
    return Key(customer_partition(org, customer), f"{past_of_order(order_id)}{end_user}#{said}")


def past_of_order(order_id: str) -> str:
    return f"{PAST}{order_id}#"


# action requests


def action_request(org: str, user: str, request_id: str) -> Key:
    """A partition of its own, so that the organization finds it without knowing whose it is."""
    return Key(f"AR#{org}#{request_id}", user)


def organization_of_request(key: Key) -> str:
    return key.pk.split("#")[1]


def action_request_list(org: str, user: str, status: str, request_id: str) -> Key:
    """An end user's requests of one status; ids sort by time."""
    return Key(f"ARL#{org}#{user}#{status}", request_id)


def action_request_queue(org: str, status: str, request_id: str) -> Key:
    """The organization's requests of one status"""
    return Key(f"ARQ#{org}#{status}", request_id)


def pending_request(org: str, user: str, order_id: str, action_type: str) -> Key:
    """There is one at most: the request of that type that is pending for the order."""
    return Key(f"ARP#{org}#{user}", f"{order_id}#{action_type}")


def requests_of_bridge(org: str, bridge_id: str, request_id: str) -> Key:
    """gsi2"""
    return Key(f"ARB#{org}#{bridge_id}", request_id)


def action_request_stats(org: str) -> Key:
    """The organization's requests by status. Not beside its other counters: what counts bridges is not to wait here."""
    return Key(f"ORG#{org}", "STATS#AR")


# tracking pages


def tracking_page(org: str, user: str, page_id: str) -> Key:
    """Page ids sort by time."""
    return Key(f"TP#{org}#{user}", page_id)


def tracking_token(token: str) -> Key:
    """Whose page a token opens"""
    return Key(f"TPT#{token}", ROOT)


def active_tracking_page(org: str, user: str, shipment_id: str) -> Key:
    """There is one at most: the page that is active for the shipment."""
    return Key(f"TPA#{org}#{user}", shipment_id)


def pages_of_bridge(org: str, bridge_id: str, page_id: str) -> Key:
    """gsi2"""
    return Key(f"TPB#{org}#{bridge_id}", page_id)


# webhooks, alert rules, notifications

RULES = "AR#"
WEBHOOKS = "WH#"
RULE_WEBHOOKS = "WR#"
WEBHOOKS_END = "WH$"
"""Rules and webhooks sort below it, the webhooks of rules above."""


SUBSCRIPTIONS_PREFIX = "SUBS#"


def subscriptions(org: str, user: str | None) -> str:
    """Who wants to know of an end user's events: rules and webhooks, in one short partition that dispatching reads."""
    return f"{SUBSCRIPTIONS_PREFIX}{org}#{user or NOBODY}"


def alert_rule(org: str, user: str, rule_id: str) -> Key:
    return Key(subscriptions(org, user), f"{RULES}{rule_id}")


def webhook(org: str, user: str | None, webhook_id: str) -> Key:
    """Without an end user: the organization's own."""
    return Key(subscriptions(org, user), f"{WEBHOOKS}{webhook_id}")


def rule_webhook(org: str, user: str, rule_id: str) -> Key:
    """Where a rule's alerts are sent; sorts behind what dispatching reads."""
    return Key(subscriptions(org, user), f"{RULE_WEBHOOKS}{rule_id}")


def delivery(org: str, webhook_id: str, delivery_id: str) -> Key:
    return Key(f"DLV#{org}#{webhook_id}", delivery_id)


def delivery_ledger(org: str, webhook_id: str, at: str, delivery_id: str) -> Key:
    """gsi1: what failed for good or was skipped, by when it did"""
    return Key(f"DLV#{org}#{webhook_id}#LEDGER", f"{at}#{delivery_id}")


def deliveries_waiting(org: str, webhook_id: str, due_at: str, delivery_id: str) -> Key:
    """gsi1: what waits for the breaker to close, by when it would be due"""
    return Key(f"DLV#{org}#{webhook_id}#WAITING", f"{due_at}#{delivery_id}")


def time_listed(sk: str) -> str:
    """The time in a place on one of these lists."""
    return sk.split("#", 1)[0]


ATTEMPTS_PREFIX = "ATT#"


def delivery_attempt(org: str, webhook_id: str, attempt_id: str) -> Key:
    """Attempt ids sort by time."""
    return Key(f"{ATTEMPTS_PREFIX}{org}#{webhook_id}", attempt_id)


def alert_seen(org: str, rule_id: str, event_id: str) -> Key:
    """That a rule has taken an event into account, as an alert or as held back."""
    return Key(f"SEEN#{org}#{rule_id}", event_id)


def notification(org: str, user: str, notification_id: str) -> Key:
    """One that is not dismissed; ids sort by time."""
    return Key(f"NT#{org}#{user}", notification_id)


def unread_notification(org: str, user: str, notification_id: str) -> Key:
    """Points to a notification that is neither read nor dismissed."""
    return Key(f"NT#{org}#{user}#UNREAD", notification_id)


def dismissed_notification(org: str, user: str, notification_id: str) -> Key:
    return Key(f"NT#{org}#{user}#DISMISSED", notification_id)


# the due index


def due(kind: str, shard: int, at: str, item_id: str) -> Key:
    return Key(f"DUE#{kind}#{shard}", f"{at}#{item_id}")


def due_time(due: Key) -> str:
    return due.sk.split("#", 1)[0]


def due_later(due: Key, at: str) -> Key:
    """The same item in the same shard, at another time."""
    return Key(due.pk, f"{at}#{due.sk.split('#', 1)[1]}")


# idempotent requests


def idempotency(org: str, digest: str) -> Key:
    return Key(f"IDEM#{org}#{digest}", ROOT)


# rate limits


def rate_counter(limit: str, subject: str, window: int) -> Key:
    return Key(f"RATE#{limit}#{subject}", str(window))
