"""`Idempotency-Key`: the first answer to a POST again, instead of doing it twice.

A key belongs to who used it and to the endpoint, for 24 hours. While the first request is being worked on, a second one
is a 409; the lease on it ends by itself, so that a process that died does not lock the key. Answers are kept encrypted
(a session's token is in one), and of the request only a keyed hash.
"""

from collections.abc import Callable

from pynamodb.attributes import UnicodeAttribute

from chalicelib import clock, crypto
from chalicelib.errors import ApiError, Conflict, Invalid
from chalicelib.http.answers import Answer
from chalicelib.http.call import RequestInfo
from chalicelib.http.endpoint import Endpoint
from chalicelib.principals import Anyone, ApiKey, EmbedSession, Principal, ServiceKey
from chalicelib.table import keys
from chalicelib.table.items import DocumentAttribute, IntegerAttribute, Item
from chalicelib.table.keys import Key
from chalicelib.table.reads import find
from chalicelib.table.transaction import absent, delete, put, update

HEADER = "idempotency-key"
KEPT_S = 24 * 3600
LEASE_S = 35
"""Longer than the gateway waits for any answer."""
MAX_LENGTH = 255


class IdempotencyItem(Item):
    fingerprint = UnicodeAttribute()
    """Keyed hash of the request's body."""
    leased_until = UnicodeAttribute()
    kept_until = UnicodeAttribute()
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


def once(endpoint: Endpoint, who: Principal, request: RequestInfo, body: bytes, work: Callable[[], Answer]) -> Answer:
    """The answer of `work`, or the one kept from the first time."""
    given = request.headers.get(HEADER)
    if given is None or not endpoint.idempotent:
        return work()
    if not 1 <= len(given) <= MAX_LENGTH or not given.isprintable():
        raise Invalid([("Idempotency-Key", f"must have 1 to {MAX_LENGTH} printable characters")])
    organization_id, owner = _owner(who)
    name = f"{endpoint.method} {endpoint.path}"
    key = keys.idempotency(organization_id, crypto.keyed_hash("idempotency-key", owner, name, given))
    fingerprint = crypto.keyed_hash("idempotency-body", body.hex())
    kept = _claim(key, fingerprint)
    if kept is not None:
        return _replay(kept, organization_id)
    try:
        answer = work()
    except BaseException:
        # Nothing was done: the same key may try again.
        delete(key, IdempotencyItem.status.does_not_exist())
        raise
    update(
        key,
        [
            IdempotencyItem.status.set(answer.status or endpoint.status),
            IdempotencyItem.answer.set(_sealed(answer.text, organization_id)),
        ],
        IdempotencyItem.fingerprint == fingerprint,
    )
    return answer


def _owner(who: Principal) -> tuple[str, str]:
    if isinstance(who, Anyone | ServiceKey):
        return keys.NOBODY, "public" if isinstance(who, Anyone) else who.key_id
    # Answers hold secrets (a key, a webhook's secret): whoever may do less is not shown what somebody else was.
    if isinstance(who, EmbedSession):
        return who.organization_id, who.end_user_id if who.verified else f"{who.end_user_id} unverified"
    return who.organization_id, " ".join(["organization", *sorted(who.scopes)]) if isinstance(who, ApiKey) else "shop"


def _claim(key: Key, fingerprint: str) -> IdempotencyItem | None:
    """None where the key is ours to work under; otherwise what is kept of the first time."""
    now, kept_until = clock.timestamp(), clock.in_seconds(KEPT_S)
    claim = IdempotencyItem.at(
        key,
        fingerprint=fingerprint,
        leased_until=clock.in_seconds(LEASE_S),
        kept_until=kept_until,
        expires=clock.epoch(kept_until),
    )
    unfinished = IdempotencyItem.status.does_not_exist() & (IdempotencyItem.leased_until < now)
    over = IdempotencyItem.kept_until < now
    if put(claim, absent() | over | (unfinished & (IdempotencyItem.fingerprint == fingerprint))):
        return None
    kept = find(IdempotencyItem, key)
    if kept is None:
        raise InFlight
    if not crypto.same(kept.fingerprint, fingerprint):
        raise KeyReused
    if kept.status is None:
        raise InFlight
    return kept


def _sealed(text: str, organization_id: str) -> list[str]:
    # 1,000 characters are 4,000 bytes at most.
    pieces = [text[i : i + 1000] for i in range(0, len(text), 1000)]
    return [crypto.encrypt(piece, organization_id, "idempotent-answer") for piece in pieces]


def _replay(kept: IdempotencyItem, organization_id: str) -> Answer:
    pieces = [crypto.decrypt(piece, organization_id, "idempotent-answer") for piece in kept.answer or ()]
    return Answer("".join(pieces), kept.status, {"Idempotent-Replay": "true"})
