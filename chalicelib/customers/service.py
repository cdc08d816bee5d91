"""Customer sessions, which the organization's server creates for a shopper it has identified."""

from collections.abc import Iterable

from chalicelib.customers.schemas import CustomerSessionCreate, CustomerSessionCreated, SessionCustomer
from chalicelib.customers.store import CustomerItem, CustomerSessionItem
from chalicelib.events import service as events
from chalicelib.kit import clock, ids
from chalicelib.organizations.principals import Actor
from chalicelib.organizations.store import ConfigItem
from chalicelib.privacy.identity import customer_id
from chalicelib.security import crypto
from chalicelib.table import keys
from chalicelib.table.items import Row
from chalicelib.table.reads import get_many
from chalicelib.table.transaction import Transaction, absent

TOKEN_PREFIX = "cst_"  # noqa: S105 - the beginning of every token
RETENTION_AFTER_EXPIRY_S = 86400


def create_session(config: ConfigItem, body: CustomerSessionCreate, by: Actor) -> tuple[CustomerSessionCreated, str]:
    """The session, and the customer's id."""
    organization_id = config.organization_id
    email = body.email.strip()
    customer = customer_id(organization_id, email)
    token = ids.new_credential(TOKEN_PREFIX, organization_id, customer)
    digest = ids.credential_hash(token)
    session_id = ids.credential_id(digest)
    expires_at = clock.in_seconds(body.ttl_seconds)
    session = CustomerSessionItem.at(
        keys.customer_session(organization_id, customer, session_id),
        id=session_id,
        hash=digest,
        email=email,
        name=body.name,
        created_at=clock.timestamp(),
        expires_at=expires_at,
        expires=clock.epoch(expires_at) + RETENTION_AFTER_EXPIRY_S,
    )
    transaction = Transaction()
    transaction.put(session, absent())
    events.record(
        transaction,
        organization_id,
        None,
        "customer_session.created",
        by=by,
        resource=("customer_session", session_id),
    )
    transaction.commit()
    shown = SessionCustomer(email=email, name=body.name)
    return CustomerSessionCreated(token=token, expires_at=expires_at, customer=shown), customer


def is_live(session: CustomerSessionItem, digest: str, customer: Row | None) -> bool:
    """Whether the digest matches and the session has neither expired nor been ended by an erasure."""
    if not crypto.constant_time_equals(session.hash, digest) or session.expires_at <= clock.timestamp():
        return False
    return outlives_erasure(session.created_at, customer)


def outlives_erasure(created_at: str, customer: Row | None) -> bool:
    """Whether a credential is younger than the last erasure recorded in `customer`, the customer's own item."""
    return customer is None or created_at > CustomerItem.of(customer).erased_at


def read_erasures(organization_id: str, customer_ids: Iterable[str]) -> dict[str, str]:
    """When each of these customers was erased last; those who never were are left out. Half a read unit each.

    An erasure requested within the last moments may be missing: it reads the customer's orders again later than any
    sync that began before it can still write.
    """
    wanted = {customer: keys.customer(organization_id, customer) for customer in customer_ids}
    rows = get_many(wanted.values(), consistent=False) if wanted else {}
    return {customer: CustomerItem.of(rows[key]).erased_at for customer, key in wanted.items() if key in rows}


def require_not_erased(
    transaction: Transaction, organization_id: str, customer: str, since: str, error: Exception
) -> None:
    """Let the transaction fail with `error` if the customer was erased after `since`."""
    outlives = absent() | (CustomerItem.erased_at < since)
    transaction.check(keys.customer(organization_id, customer), outlives, error)
