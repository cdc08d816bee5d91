"""Guest access: an e-mailed code, and the order token it is exchanged for. Nothing reveals whether an order exists.

Every request for a code that is within the limits writes one item and one event; the order is looked up later, in the
mail worker. Whoever is limited writes nothing. Every guess of a code counts one guess for the IP address, one for the
order and one attempt for the code; only the right code does more than that.

Requests and guesses of an order are counted for its number together with the e-mail address, so that somebody who knows
only the number cannot use up the shopper's.
"""

from dataclasses import dataclass
from typing import Any

from chalicelib.customers.service import outlives_erasure, require_not_erased
from chalicelib.events import service as events
from chalicelib.events.types import ACCESS_CODE_REQUESTED
from chalicelib.kit import clock, ids, log
from chalicelib.kit.errors import BadRequest, Unauthorized
from chalicelib.orders.numbers import comparable_number
from chalicelib.organizations.principals import Actor
from chalicelib.privacy.identity import customer_id
from chalicelib.security import crypto
from chalicelib.security.rate_limits import Limit, address_subject, is_exceeded, refund
from chalicelib.storefront.store import (
    AccessCodeItem,
    AccessRequestItem,
    OrderAccessItem,
    count_attempt,
    is_latest_request,
)
from chalicelib.table import keys
from chalicelib.table.items import Row
from chalicelib.table.keys import Key
from chalicelib.table.reads import find_row, get_many, run_concurrently
from chalicelib.table.transaction import Transaction, absent, put

TOKEN_PREFIX = "oat_"  # noqa: S105 - the beginning of every token
CODE_DIGITS = 6
CODE_TTL_S = 600
MAX_ATTEMPTS = 5
TOKEN_TTL_S = 1800
REQUEST_RETENTION_S = 3600
REQUESTS_PER_ADDRESS = Limit("access-address", 20, 3600)
REQUESTS_PER_ORDER = Limit("access-order", 3, 900)
GUESSES_PER_ORDER = Limit("access-guess", 20, 86400)
GUESSES_PER_ADDRESS = Limit("access-guess-address", 100, 3600)
"""One IP address can use up the guesses of five orders an hour, not those of a whole shop."""
NO_CODE = "0" * 64
"""Compared with where no code is stored; no hash has this value."""


class LookupInvalid(BadRequest):
    code = "order_lookup_invalid"
    message = "The code is not valid. Check it or request a new one."


@dataclass(frozen=True, slots=True)
class Grant:
    """What a code or token gives access to: one order of one customer."""

    customer_id: str
    order_id: str


def request_code(organization_id: str, order_number: str, email: str, language: str | None, by: Actor) -> None:
    """Request a code. Makes the same calls whether or not the order exists, and none beyond a limit."""
    customer = customer_id(organization_id, email)
    request_id = ids.new_ordered_id()
    source = f"{organization_id}#{address_subject(by.ip_address or '')}"
    # In this order, so that an address over the limit does not use up an order's.
    if is_exceeded(REQUESTS_PER_ADDRESS, source) or is_exceeded(
        REQUESTS_PER_ORDER, _order_subject(organization_id, customer, order_number)
    ):
        log.info("access_code_not_requested", reason="limited", organization_id=organization_id)
        return
    row = AccessRequestItem.at(
        keys.access_request(organization_id, customer, request_id),
        order_number=order_number,
        language=language,
        created_at=clock.timestamp(),
        expires=clock.epoch(clock.in_seconds(REQUEST_RETENTION_S)),
    )
    transaction = Transaction()
    transaction.put(row, absent())
    events.record(
        transaction,
        organization_id,
        None,
        ACCESS_CODE_REQUESTED,
        by=by,
        resource=("access_request", request_id),
        metadata={"customer_id": customer},
    )
    transaction.commit()


def find_pending_request(organization_id: str, customer: str, request_id: str) -> AccessRequestItem | None:
    """The request if a code should be sent for it; None if it is from before the customer was erased, or too old."""
    key, erased = keys.access_request(organization_id, customer, request_id), keys.customer(organization_id, customer)
    rows = get_many([key, erased])
    if key not in rows:
        return None
    request = AccessRequestItem.of(rows[key])
    if request.created_at <= clock.in_seconds(-REQUEST_RETENTION_S):
        return None
    return request if outlives_erasure(request.created_at, rows.get(erased)) else None


def issue_code(organization_id: str, grant: Grant, order_number: str, request_id: str) -> str | None:
    """A new code, which replaces the one before; None if a later request already has one."""
    code = ids.random_digits(CODE_DIGITS)
    expires_at = clock.in_seconds(CODE_TTL_S)
    item = AccessCodeItem.at(
        _code_key(organization_id, grant.customer_id, order_number),
        request_id=request_id,
        hash=_code_hash(organization_id, grant.customer_id, order_number, code),
        order_id=grant.order_id,
        expires_at=expires_at,
        tries=0,
        expires=clock.epoch(expires_at),
    )
    return code if put(item, is_latest_request(request_id)) else None


def redeem_code(organization_id: str, order_number: str, email: str, code: Any, by: Actor) -> tuple[str, Grant]:
    """Exchange the right code for an order token, once. Every failure is a LookupInvalid after the same calls."""
    customer = customer_id(organization_id, email)
    order = _order_subject(organization_id, customer, order_number)
    source = f"{organization_id}#{address_subject(by.ip_address or '')}"
    limited = is_exceeded(GUESSES_PER_ADDRESS, source, from_memory=False)
    # Once limited, the rest counts against a random subject: the work is the same, and neither the order nor its code
    # is counted.
    counted = ids.random_text(16) if limited else order
    limited = is_exceeded(GUESSES_PER_ORDER, counted, from_memory=False) or limited
    key = _code_key(organization_id, ids.new_id() if limited else customer, order_number)
    stored, erased = run_concurrently(
        lambda: count_attempt(key, CODE_TTL_S),
        lambda: find_row(keys.customer(organization_id, customer)),
    )
    given = _code_hash(organization_id, customer, order_number, code if isinstance(code, str) else "")
    is_right = crypto.constant_time_equals(stored.hash or NO_CODE, given)
    if limited or not is_right or not _is_live(stored, erased):
        raise LookupInvalid
    run_concurrently(lambda: refund(GUESSES_PER_ORDER, order), lambda: refund(GUESSES_PER_ADDRESS, source))
    grant = Grant(customer, stored.order_id)
    return _exchange(organization_id, key, stored, grant), grant


def _is_live(code: AccessCodeItem, customer: Row | None) -> bool:
    """Whether the right code may be used. Its attempt is counted already; `customer` is the customer's own item."""
    if code.tries > MAX_ATTEMPTS or code.expires_at <= clock.timestamp():
        return False
    return outlives_erasure(ids.time_of(code.request_id), customer)


def _exchange(organization_id: str, key: Key, code: AccessCodeItem, grant: Grant) -> str:
    """Delete the code and store the token in one transaction: of two callers with the right code, one succeeds, and
    neither does if the customer was erased meanwhile."""
    token = ids.new_credential(TOKEN_PREFIX, grant.customer_id)
    digest = _token_hash(organization_id, token)
    expires_at = clock.in_seconds(TOKEN_TTL_S)
    transaction = Transaction()
    requested_at = ids.time_of(code.request_id)
    require_not_erased(transaction, organization_id, grant.customer_id, requested_at, error=LookupInvalid())
    transaction.delete(key, AccessCodeItem.hash == code.hash, error=LookupInvalid())
    transaction.put(
        OrderAccessItem.at(
            keys.order_access(organization_id, grant.customer_id, ids.credential_id(digest)),
            hash=digest,
            order_id=grant.order_id,
            created_at=clock.timestamp(),
            expires_at=expires_at,
            expires=clock.epoch(expires_at),
        ),
        absent(),
    )
    transaction.commit()
    return token


def resolve_token(organization_id: str, token: str) -> Grant:
    """What an order token gives access to. Raises Unauthorized."""
    carried = ids.carried_ids(token, TOKEN_PREFIX, 1)
    if carried is None:
        raise Unauthorized
    customer = carried[0]
    digest = _token_hash(organization_id, token)
    key = keys.order_access(organization_id, customer, ids.credential_id(digest))
    erased = keys.customer(organization_id, customer)
    rows = get_many([key, erased])
    if key not in rows:
        raise Unauthorized
    item = OrderAccessItem.of(rows[key])
    if not crypto.constant_time_equals(item.hash, digest) or item.expires_at <= clock.timestamp():
        raise Unauthorized
    if not outlives_erasure(item.created_at, rows.get(erased)):
        raise Unauthorized
    return Grant(customer, item.order_id)


def _code_key(organization_id: str, customer: str, order_number: str) -> Key:
    return keys.access_code(organization_id, customer, _number_hash(organization_id, order_number))


def _order_subject(organization_id: str, customer: str, order_number: str) -> str:
    """What requests and guesses of an order are counted by."""
    return f"{organization_id}#{customer}#{_number_hash(organization_id, order_number)}"


def _number_hash(organization_id: str, order_number: str) -> str:
    return crypto.keyed_hash("order-number", organization_id, comparable_number(order_number))[:32]


def _code_hash(organization_id: str, customer: str, order_number: str, code: str) -> str:
    return crypto.keyed_hash("access-code", organization_id, customer, comparable_number(order_number), code)


def _token_hash(organization_id: str, token: str) -> str:
    return crypto.keyed_hash("order-access", organization_id, token)
