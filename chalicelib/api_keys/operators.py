"""Operator sessions: an API key changed for a token that a browser may keep. It can do what its key can, and ends with
it."""

from chalicelib.api_keys.schemas import OperatorSessionCreate, OperatorSessionCreated, OperatorSessionRead
from chalicelib.api_keys.service import TooManyKeys
from chalicelib.api_keys.store import MAX_OPERATOR_SESSIONS, OperatorSessionItem, list_operator_sessions
from chalicelib.events import service as events
from chalicelib.events.types import EventType
from chalicelib.kit import clock, ids
from chalicelib.kit.errors import Forbidden, NotFound
from chalicelib.organizations.principals import Actor, ApiKey
from chalicelib.table import keys
from chalicelib.table.reads import find
from chalicelib.table.transaction import ConditionFailed, Transaction, absent, exists

PREFIX = "ops_"
TTL_S = 8 * 3600


def sign_in(caller: ApiKey, body: OperatorSessionCreate, by: Actor) -> OperatorSessionCreated:
    """Only this response has the token, of which a hash is stored. A session cannot open another one: it would outlive
    its eight hours."""
    if caller.operator is not None:
        raise Forbidden("Sign in with an API key, not with a session.", "insufficient_scope")
    organization_id = caller.organization_id
    if len(list_operator_sessions(organization_id)) >= MAX_OPERATOR_SESSIONS:
        raise TooManyKeys(f"An organization can have at most {MAX_OPERATOR_SESSIONS} sessions in the console.")
    token = ids.new_credential(PREFIX, organization_id, caller.key_id)
    digest = ids.credential_hash(token)
    expires_at = clock.in_seconds(TTL_S)
    item = OperatorSessionItem.at(
        keys.operator_session(organization_id, ids.credential_id(digest)),
        id=ids.credential_id(digest),
        hash=digest,
        key_id=caller.key_id,
        name=body.name.strip(),
        created_at=clock.timestamp(),
        expires_at=expires_at,
        expires=clock.epoch(expires_at),
    )
    transaction = Transaction()
    transaction.put(item, absent())
    _record(transaction, organization_id, "operator_session.created", item, by)
    transaction.commit()
    return OperatorSessionCreated(
        id=item.id,
        token=token,
        name=item.name,
        scopes=sorted(caller.scopes),
        expires_at=expires_at,
        created_at=item.created_at,
    )


def list_live(organization_id: str) -> list[OperatorSessionRead]:
    """Oldest first."""
    now = clock.timestamp()
    live = [item for item in list_operator_sessions(organization_id) if item.expires_at > now]
    return [
        OperatorSessionRead(
            id=item.id, name=item.name, key_id=item.key_id, expires_at=item.expires_at, created_at=item.created_at
        )
        for item in sorted(live, key=lambda item: item.created_at)
    ]


def end(organization_id: str, session_id: str, by: Actor) -> None:
    """Takes effect with the next request. NotFound if there is no such session any more."""
    item = find(OperatorSessionItem, keys.operator_session(organization_id, session_id))
    if item is None:
        raise NotFound
    transaction = Transaction()
    transaction.delete(item.key, exists())
    _record(transaction, organization_id, "operator_session.ended", item, by)
    try:
        transaction.commit()
    except ConditionFailed:
        raise NotFound from None


def _record(
    transaction: Transaction, organization_id: str, event_type: EventType, item: OperatorSessionItem, by: Actor
) -> None:
    events.record(
        transaction,
        organization_id,
        None,
        event_type,
        by=by,
        resource=("operator_session", item.id),
        metadata={"name": item.name, "key_id": item.key_id},
    )
