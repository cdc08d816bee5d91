"""Guest access: a code by e-mail, and the token it buys. Nothing here tells a stranger whether an order exists.

Asking writes one row and one event, whatever was asked; the look-up happens in the mail worker, out of the caller's
sight. Answering a code counts one guess of the address, one on the order and one try on the code, whatever was
answered, and only the right code goes further than that.
"""

from dataclasses import dataclass
from typing import Any

from chalicelib.customers.service import outlives_erasure, require_not_erased
from chalicelib.events import service as events
from chalicelib.events.types import ACCESS_CODE_REQUESTED
from chalicelib.kit import clock, ids
from chalicelib.kit.errors import BadRequest, Unauthorized
from chalicelib.organizations.principals import Actor
from chalicelib.privacy.identity import customer_id
from chalicelib.security import crypto
from chalicelib.security.rate_limits import Limit, address, give_back, is_spent
from chalicelib.storefront.store import (
    AccessCodeItem,
    AccessRequestItem,
    OrderAccessItem,
    count_try,
    is_not_older_than,
)
from chalicelib.table import keys
from chalicelib.table.items import Row
from chalicelib.table.keys import Key
from chalicelib.table.reads import get, get_many, run_concurrently
from chalicelib.table.transaction import Transaction, absent, put

TOKEN_PREFIX = "oat_"  # noqa: S105 - the beginning of every token
CODE_DIGITS = 6
CODE_TTL_S = 600
MAX_TRIES = 5
TOKEN_TTL_S = 1800
KEPT_S = 3600
PER_ADDRESS = Limit("access-address", 20, 3600)
PER_EMAIL = Limit("access-email", 10, 3600)
PER_ORDER = Limit("access-order", 3, 900)
GUESSES = Limit("access-guess", 20, 86400)
GUESSES_OF_ADDRESS = Limit("access-guess-address", 100, 3600)
"""So that one address can use up the guesses of five orders in an hour, not of a whole shop's."""
NO_CODE = "0" * 64
"""Compared with where there is no code: no hash is this."""


class LookupInvalid(BadRequest):
    code = "order_lookup_invalid"
    message = "The code is not valid. Check it, or ask for a new one."


@dataclass(frozen=True, slots=True)
class Grant:
    """What a code or token opens: one order, for the one customer."""

    customer_id: str
    order_id: str


def request_code(organization_id: str, order_number: str, email: str, language: str | None, by: Actor) -> None:
    """Ask for a code. The same calls are made whether there is such an order, and whether a limit was reached."""
    customer = customer_id(organization_id, email)
    request_id = ids.new_ordered_id()
    limited = False
    for limit, subject in (
        (PER_ADDRESS, address(by.ip_address or "")),
        (PER_EMAIL, customer),
        (PER_ORDER, _number_hash(organization_id, order_number)),
    ):
        # Once limited, the rest is counted against nobody: one address cannot use up what other people may ask for.
        limited = is_spent(limit, ids.random_text(16) if limited else f"{organization_id}#{subject}") or limited
    row = AccessRequestItem.at(
        keys.access_request(organization_id, customer, request_id),
        order_number=order_number,
        limited=limited,
        language=language,
        created_at=clock.timestamp(),
        expires=clock.epoch(clock.in_seconds(KEPT_S)),
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


def find_to_answer(organization_id: str, customer: str, request_id: str) -> AccessRequestItem | None:
    """A request that is to be answered; None for one that came over a limit, before the customer was erased, or so
    long ago that nobody waits."""
    key, erased = keys.access_request(organization_id, customer, request_id), keys.customer(organization_id, customer)
    rows = get_many([key, erased])
    if key not in rows:
        return None
    request = AccessRequestItem.of(rows[key])
    if request.limited or request.created_at <= clock.in_seconds(-KEPT_S):
        return None
    return request if outlives_erasure(request.created_at, rows.get(erased)) else None


def new_code(organization_id: str, grant: Grant, order_number: str, request_id: str) -> str | None:
    """A fresh code in place of the one before; None where a younger request has been answered already."""
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
    return code if put(item, is_not_older_than(request_id)) else None


def redeem_code(organization_id: str, order_number: str, email: str, code: Any, by: Actor) -> tuple[str, Grant]:
    """The order token that a right code buys, once. Every way to fail is one LookupInvalid, after the same calls."""
    customer = customer_id(organization_id, email)
    number = _number_hash(organization_id, order_number)
    source = f"{organization_id}#{address(by.ip_address or '')}"
    limited = is_spent(GUESSES_OF_ADDRESS, source)
    # Once limited, the rest is counted against nobody, as in `request_code`: neither on the order nor on its code.
    limited = is_spent(GUESSES, ids.random_text(16) if limited else number) or limited
    key = _code_key(organization_id, ids.new_id() if limited else customer, order_number)
    stored, erased = run_concurrently(
        lambda: count_try(key, CODE_TTL_S),
        lambda: get(keys.customer(organization_id, customer)),
    )
    given = _code_hash(organization_id, customer, order_number, code if isinstance(code, str) else "")
    right = crypto.same(stored.hash or NO_CODE, given)
    if limited or not right or not _is_live(stored, erased):
        raise LookupInvalid
    run_concurrently(lambda: give_back(GUESSES, number), lambda: give_back(GUESSES_OF_ADDRESS, source))
    grant = Grant(customer, stored.order_id)
    return _exchange(organization_id, key, stored, grant), grant


def _is_live(code: AccessCodeItem, customer: Row | None) -> bool:
    """Whether a code that was found right, and whose try is counted, may be taken. `customer` is the customer's own
    item, if there is one."""
    if code.tries > MAX_TRIES or code.expires_at <= clock.timestamp():
        return False
    return outlives_erasure(ids.time_of(code.request_id), customer)


def _exchange(organization_id: str, key: Key, code: AccessCodeItem, grant: Grant) -> str:
    """The code goes, the token comes, in one transaction: of two who hold the right code one is served, and none whose
    customer is erased meanwhile."""
    token = ids.new_credential(TOKEN_PREFIX, grant.customer_id)
    digest = _token_hash(organization_id, token)
    expires_at = clock.in_seconds(TOKEN_TTL_S)
    transaction = Transaction()
    asked_at = ids.time_of(code.request_id)
    require_not_erased(transaction, organization_id, grant.customer_id, asked_at, error=LookupInvalid())
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


def open_with(organization_id: str, token: str) -> Grant:
    """What an order token opens, or Unauthorized."""
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
    if not crypto.same(item.hash, digest) or item.expires_at <= clock.timestamp():
        raise Unauthorized
    if not outlives_erasure(item.created_at, rows.get(erased)):
        raise Unauthorized
    return Grant(customer, item.order_id)


def _code_key(organization_id: str, customer: str, order_number: str) -> Key:
    return keys.access_code(organization_id, customer, _number_hash(organization_id, order_number))


def _number_hash(organization_id: str, order_number: str) -> str:
    return crypto.keyed_hash("order-number", organization_id, order_number)[:32]


def _code_hash(organization_id: str, customer: str, order_number: str, code: str) -> str:
    return crypto.keyed_hash("access-code", organization_id, customer, order_number, code)


def _token_hash(organization_id: str, token: str) -> str:
    return crypto.keyed_hash("order-access", organization_id, token)
