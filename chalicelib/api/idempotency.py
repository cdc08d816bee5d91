"""`Idempotency-Key`: a repeated POST gets the first response instead of being processed twice.

A key is scoped to its caller and endpoint, and is valid for 24 hours. While the first request is being processed, a
second one is a 409. The claim is a lease that expires, so that a process that died does not block the key. Responses
are stored encrypted, because they contain secrets; of the request only a keyed hash is stored.

The request marks its claim in the same transaction as its own writes. If the process dies between the change and its
response, the mark shows that the request took effect: it is not repeated, although its response is lost.
"""

from collections.abc import Callable, Mapping

from pynamodb.attributes import BooleanAttribute, UnicodeAttribute
from pynamodb.expressions.condition import Condition

from chalicelib.customers.service import outlives_erasure
from chalicelib.http.endpoint import Endpoint
from chalicelib.http.request import RequestInfo
from chalicelib.http.responses import Response
from chalicelib.kit import clock, ids, log
from chalicelib.kit.errors import ApiError, Conflict, Invalid
from chalicelib.organizations.known_settings import known_settings
from chalicelib.organizations.principals import Anonymous, ApiKey, Customer, EmbedSession, Principal, ServiceKey, Shop
from chalicelib.security import crypto
from chalicelib.security.rate_limits import address_subject
from chalicelib.table import keys
from chalicelib.table.items import DocumentAttribute, IntegerAttribute, Item
from chalicelib.table.keys import Key
from chalicelib.table.reads import find, find_row
from chalicelib.table.transaction import absent, delete, include_update, put, update

HEADER = "idempotency-key"
RETENTION_S = 24 * 3600
LEASE_S = 35
"""Longer than API Gateway's timeout."""
MAX_LENGTH = 255


class IdempotencyItem(Item):
    fingerprint = UnicodeAttribute()
    """Keyed hash of the request's path and body."""
    claim = UnicodeAttribute()
    """Id of one attempt. An attempt after the lease has expired gets another."""
    leased_until = UnicodeAttribute()
    kept_until = UnicodeAttribute()
    done = BooleanAttribute(null=True)
    """The request has written something under this claim."""
    status = IntegerAttribute(null=True)
    """Status of the response; absent while the first request is being processed."""
    response = DocumentAttribute(null=True, attr_name="answer")
    """The response as a list of ciphertexts, since KMS encrypts at most 4 KB at a time."""
    answered_at = UnicodeAttribute(null=True)
    customer_id = UnicodeAttribute(null=True)
    """The customer whom the response may name."""
    shows_config = BooleanAttribute(null=True)
    """The response may show the secrets of a bridge's config."""


class KeyReused(ApiError):
    status = 422
    code = "idempotency_key_reused"
    message = "This Idempotency-Key was used with a different body."


class InFlight(Conflict):
    code = "idempotency_in_flight"
    message = "The first request with this Idempotency-Key is still being processed."


class ResponseWithheld(Conflict):
    code = "idempotency_answer_lost"
    message = (
        "The first request with this Idempotency-Key succeeded. Its response is not shown any more: it may name a "
        "customer who was erased since, or secrets that are hidden since. Read what it created."
    )


class ResponseLost(Conflict):
    code = "idempotency_answer_lost"
    message = (
        "The first request with this Idempotency-Key succeeded, but its response was lost. Check what it created "
        "before you send another."
    )


def run_once(
    endpoint: Endpoint,
    principal: Principal,
    info: RequestInfo,
    path: Mapping[str, str],
    body: bytes,
    work: Callable[[], Response],
) -> Response:
    """The response of `work`, or the stored response to the first request."""
    idempotency_key = info.headers.get(HEADER)
    if idempotency_key is None or not endpoint.idempotent:
        return work()
    if not 1 <= len(idempotency_key) <= MAX_LENGTH or not idempotency_key.isprintable():
        raise Invalid([("Idempotency-Key", f"must have 1 to {MAX_LENGTH} printable characters")])
    organization_id, owner = _owner(principal, info)
    name = f"{endpoint.method} {endpoint.path}"
    key = keys.idempotency(organization_id, crypto.keyed_hash("idempotency-key", owner, name, idempotency_key))
    fingerprint = crypto.keyed_hash("idempotency-body", *(path[each] for each in sorted(path)), body.hex())
    claim = ids.new_id()
    stored = _claim(key, fingerprint, claim)
    if stored is not None:
        return _replay(stored, organization_id, principal)
    is_own_claim = IdempotencyItem.claim == claim
    try:
        with include_update(key, [IdempotencyItem.done.set(True)], is_own_claim, error=InFlight()):
            response = work()
    except BaseException:
        _release(key, is_own_claim)
        raise
    try:
        update(
            key,
            [
                IdempotencyItem.status.set(response.status or endpoint.status),
                IdempotencyItem.response.set(_encrypt(response.text, organization_id)),
                IdempotencyItem.answered_at.set(clock.timestamp()),
                IdempotencyItem.shows_config.set(_may_see_configs(principal)),
                *([] if response.customer_id is None else [IdempotencyItem.customer_id.set(response.customer_id)]),
            ],
            is_own_claim,
        )
    except Exception as failure:
        # This caller still gets the response, but a repeated request will not.
        log.error("answer_not_kept", failure)
    return response


def _release(key: Key, is_own_claim: Condition) -> None:
    """Delete the claim if nothing was written under it; otherwise end its lease."""
    if not delete(key, is_own_claim & IdempotencyItem.done.does_not_exist()):
        update(key, [IdempotencyItem.leased_until.set(clock.timestamp())], is_own_claim)


def _owner(principal: Principal, info: RequestInfo) -> tuple[str, str]:
    """The organization and the scope of the key within it. Responses contain secrets, so callers with different rights
    must not share a stored response."""
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
            # Anyone has the publishable key, and the response has a token. Strangers must not get each other's.
            return principal.organization_id, f"shop {address_subject(info.ip_address)}"
        case ServiceKey():
            return keys.UNOWNED, principal.key_id
        case Anonymous():
            return keys.UNOWNED, "public"


def _claim(key: Key, fingerprint: str, claim: str) -> IdempotencyItem | None:
    """Claim the key. Returns None on success, or the first request's item if it has a response."""
    now, kept_until = clock.timestamp(), clock.in_seconds(RETENTION_S)
    item = IdempotencyItem.at(
        key,
        fingerprint=fingerprint,
        claim=claim,
        leased_until=clock.in_seconds(LEASE_S),
        kept_until=kept_until,
        expires=clock.epoch(kept_until),
    )
    is_unused = IdempotencyItem.status.does_not_exist() & IdempotencyItem.done.does_not_exist()
    is_abandoned = is_unused & (IdempotencyItem.leased_until < now) & (IdempotencyItem.fingerprint == fingerprint)
    has_expired = IdempotencyItem.kept_until < now
    if put(item, absent() | has_expired | is_abandoned):
        return None
    stored = find(IdempotencyItem, key)
    if stored is None:
        raise InFlight
    if not crypto.constant_time_equals(stored.fingerprint, fingerprint):
        raise KeyReused
    if stored.status is not None:
        return stored
    raise ResponseLost if stored.done and stored.leased_until <= now else InFlight


def _encrypt(text: str, organization_id: str) -> list[str]:
    # 1,000 characters are at most 4,000 bytes, which KMS accepts.
    pieces = [text[i : i + 1000] for i in range(0, len(text), 1000)]
    return [crypto.encrypt(piece, organization_id, "idempotent-answer") for piece in pieces]


def _replay(stored: IdempotencyItem, organization_id: str, principal: Principal) -> Response:
    """The stored response. Raises ResponseWithheld if it may show what is not to be shown any more."""
    if stored.shows_config and not _may_see_configs(principal):
        raise ResponseWithheld
    if stored.customer_id is not None:
        customer = find_row(keys.customer(organization_id, stored.customer_id))
        if not outlives_erasure(stored.answered_at or "", customer):
            raise ResponseWithheld
    pieces = [crypto.decrypt(piece, organization_id, "idempotent-answer") for piece in stored.response or ()]
    return Response("".join(pieces), stored.status, {"Idempotent-Replay": "true"})


def _may_see_configs(principal: Principal) -> bool:
    return isinstance(principal, EmbedSession) and not known_settings(principal.config).redact_bridge_config
