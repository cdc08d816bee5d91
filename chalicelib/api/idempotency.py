"""`Idempotency-Key`: the first answer to a POST again, instead of doing it twice.

A key belongs to who used it and to the endpoint, for 24 hours. While the first request is being worked on, a second one
is a 409; the lease on it ends by itself, so that a process that died does not lock the key. Answers are kept encrypted
(a session's token is in one), and of the request only a keyed hash.

Whatever the request writes, it marks its claim in the same transaction. So a process that dies between the change and
its answer leaves a key that says so: nobody does it a second time, though nobody can give the answer any more.
"""

from collections.abc import Callable, Mapping

from pynamodb.attributes import BooleanAttribute, UnicodeAttribute
from pynamodb.expressions.condition import Condition

from chalicelib.http.endpoint import Endpoint
from chalicelib.http.request import RequestInfo
from chalicelib.http.responses import Response
from chalicelib.kit import clock, ids, log
from chalicelib.kit.errors import ApiError, Conflict, Invalid
from chalicelib.organizations.principals import Anyone, ApiKey, Customer, EmbedSession, Principal, ServiceKey, Shop
from chalicelib.security import crypto
from chalicelib.table import keys
from chalicelib.table.items import DocumentAttribute, IntegerAttribute, Item
from chalicelib.table.keys import Key
from chalicelib.table.reads import find
from chalicelib.table.transaction import absent, alongside, delete, put, update

HEADER = "idempotency-key"
KEPT_S = 24 * 3600
LEASE_S = 35
"""Longer than the gateway waits for any answer."""
MAX_LENGTH = 255


class IdempotencyItem(Item):
    fingerprint = UnicodeAttribute()
    """Keyed hash of the request's path and body."""
    claim = UnicodeAttribute()
    """Of one attempt: whoever comes after a lease that has ended makes another."""
    leased_until = UnicodeAttribute()
    kept_until = UnicodeAttribute()
    done = BooleanAttribute(null=True)
    """Something has been written under this claim."""
    status = IntegerAttribute(null=True)
    """Of the answer; none while the first request is being worked on."""
    answer = DocumentAttribute(null=True)
    """Ciphertext in pieces, since KMS encrypts 4 KB at a time."""


class KeyReused(ApiError):
    status = 422
    code = "idempotency_key_reused"
    message = "This Idempotency-Key was used with another body."


class InFlight(Conflict):
    code = "idempotency_in_flight"
    message = "The first request with this Idempotency-Key is still being worked on."


class AnswerLost(Conflict):
    code = "idempotency_answer_lost"
    message = "The first request with this Idempotency-Key was done, but its answer is lost. See what it made."


def once(
    endpoint: Endpoint,
    principal: Principal,
    info: RequestInfo,
    path: Mapping[str, str],
    body: bytes,
    work: Callable[[], Response],
) -> Response:
    """The answer of `work`, or the one kept from the first time."""
    given = info.headers.get(HEADER)
    if given is None or not endpoint.idempotent:
        return work()
    if not 1 <= len(given) <= MAX_LENGTH or not given.isprintable():
        raise Invalid([("Idempotency-Key", f"must have 1 to {MAX_LENGTH} printable characters")])
    organization_id, owner = _owner(principal)
    name = f"{endpoint.method} {endpoint.path}"
    key = keys.idempotency(organization_id, crypto.keyed_hash("idempotency-key", owner, name, given))
    fingerprint = crypto.keyed_hash("idempotency-body", *(path[each] for each in sorted(path)), body.hex())
    claim = ids.new_id()
    kept = _claim(key, fingerprint, claim)
    if kept is not None:
        return _replay(kept, organization_id)
    mine = IdempotencyItem.claim == claim
    try:
        with alongside(key, [IdempotencyItem.done.set(True)], mine, error=InFlight()):
            answer = work()
    except BaseException:
        _give_up(key, mine)
        raise
    try:
        sealed = _sealed(answer.text, organization_id)
        kept_answer = [IdempotencyItem.status.set(answer.status or endpoint.status), IdempotencyItem.answer.set(sealed)]
        update(key, kept_answer, mine)
    except Exception as failure:
        # It is done, and who asked is told so; only nobody can be told a second time.
        log.error("answer_not_kept", failure)
    return answer


def _give_up(key: Key, mine: Condition) -> None:
    """Where nothing was done the same key may try again at once; otherwise there is nothing left to wait for."""
    if not delete(key, mine & IdempotencyItem.done.does_not_exist()):
        update(key, [IdempotencyItem.leased_until.set(clock.timestamp())], mine)


def _owner(principal: Principal) -> tuple[str, str]:
    """The organization, and who in it: answers hold secrets (a key, a webhook's), so whoever may do less than another
    is not shown what that one was."""
    match principal:
        case EmbedSession():
            return (
                principal.organization_id,
                principal.end_user_id if principal.verified else f"{principal.end_user_id} unverified",
            )
        case ApiKey():
            return principal.organization_id, " ".join(["organization", *sorted(principal.scopes)])
        case Customer():
            return principal.organization_id, f"customer {principal.customer_id}"
        case Shop():
            return principal.organization_id, "shop"
        case ServiceKey():
            return keys.NOBODY, principal.key_id
        case Anyone():
            return keys.NOBODY, "public"


def _claim(key: Key, fingerprint: str, claim: str) -> IdempotencyItem | None:
    """None where the key is ours to work under; otherwise what is kept of the first time."""
    now, kept_until = clock.timestamp(), clock.in_seconds(KEPT_S)
    item = IdempotencyItem.at(
        key,
        fingerprint=fingerprint,
        claim=claim,
        leased_until=clock.in_seconds(LEASE_S),
        kept_until=kept_until,
        expires=clock.epoch(kept_until),
    )
    undone = IdempotencyItem.status.does_not_exist() & IdempotencyItem.done.does_not_exist()
    abandoned = undone & (IdempotencyItem.leased_until < now) & (IdempotencyItem.fingerprint == fingerprint)
    over = IdempotencyItem.kept_until < now
    if put(item, absent() | over | abandoned):
        return None
    kept = find(IdempotencyItem, key)
    if kept is None:
        raise InFlight
    if not crypto.same(kept.fingerprint, fingerprint):
        raise KeyReused
    if kept.status is not None:
        return kept
    raise AnswerLost if kept.done and kept.leased_until <= now else InFlight


def _sealed(text: str, organization_id: str) -> list[str]:
    # 1,000 characters are 4,000 bytes at most.
    pieces = [text[i : i + 1000] for i in range(0, len(text), 1000)]
    return [crypto.encrypt(piece, organization_id, "idempotent-answer") for piece in pieces]


def _replay(kept: IdempotencyItem, organization_id: str) -> Response:
    pieces = [crypto.decrypt(piece, organization_id, "idempotent-answer") for piece in kept.answer or ()]
    return Response("".join(pieces), kept.status, {"Idempotent-Replay": "true"})
