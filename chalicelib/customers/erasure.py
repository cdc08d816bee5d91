"""Forgetting a customer.

Asking for it is one transaction: from then on no credential of the customer's opens anything. What stands in orders,
shipments and the log is removed in the background, which begins with that transaction's event.
"""

from chalicelib import clock, crypto, ids
from chalicelib.customers.identity import customer_id, normalise
from chalicelib.customers.store import CustomerItem
from chalicelib.events import service as events
from chalicelib.events.types import CUSTOMER_ERASED
from chalicelib.principals import Actor
from chalicelib.table import keys
from chalicelib.table.transaction import Transaction


def request(organization_id: str, email: str, by: Actor) -> None:
    customer = customer_id(organization_id, email)
    item = CustomerItem.at(
        keys.customer(organization_id, customer),
        erased_at=clock.timestamp(),
        erasure_id=ids.new_ordered_id(),
        email=crypto.encrypt(normalise(email), organization_id, f"customer:{customer}"),
    )
    transaction = Transaction()
    transaction.put(item)
    events.record(transaction, organization_id, None, CUSTOMER_ERASED, by=by, resource=("customer", customer))
    transaction.commit()
