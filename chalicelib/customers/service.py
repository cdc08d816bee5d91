"""Customer sessions: made by the organization's server for a shopper it has recognised."""

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
from chalicelib.table.transaction import Transaction, absent

PREFIX = "cst_"
KEPT_AFTER_EXPIRY_S = 86400


def create_session(config: ConfigItem, wanted: CustomerSessionCreate, by: Actor) -> CustomerSessionCreated:
    organization_id = config.organization_id
    email = wanted.email.strip()
    customer = customer_id(organization_id, email)
    token = ids.new_credential(PREFIX, organization_id, customer)
    digest = ids.credential_hash(token)
    session_id = ids.credential_id(digest)
    expires_at = clock.in_seconds(wanted.ttl_seconds)
    session = CustomerSessionItem.at(
        keys.customer_session(organization_id, customer, session_id),
        id=session_id,
        hash=digest,
        email=email,
        name=wanted.name,
        created_at=clock.timestamp(),
        expires_at=expires_at,
        expires=clock.epoch(expires_at) + KEPT_AFTER_EXPIRY_S,
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
    return CustomerSessionCreated(
        token=token, expires_at=expires_at, customer=SessionCustomer(email=email, name=wanted.name)
    )


def is_live(session: CustomerSessionItem, digest: str, customer: Row | None) -> bool:
    """Whether the session is genuine, not over, and younger than the customer's last erasure."""
    if not crypto.same(session.hash, digest) or session.expires_at <= clock.timestamp():
        return False
    return outlives_erasure(session.created_at, customer)


def outlives_erasure(created_at: str, customer: Row | None) -> bool:
    """`customer` is the customer's own item, if there is one."""
    return customer is None or created_at > CustomerItem.of(customer).erased_at


def require_not_erased(
    transaction: Transaction, organization_id: str, customer: str, since: str, error: Exception
) -> None:
    """The transaction holds only while what was made at `since` outlives the customer's last erasure."""
    outlives = absent() | (CustomerItem.erased_at < since)
    transaction.check(keys.customer(organization_id, customer), outlives, error)
