"""How many e-mails one recipient gets, and one bridge or organization may cause. What is beyond is not sent, silently:
neither the shop nor a guest learns of it, but the log does.

Whoever connects a shop chooses its orders' e-mail addresses, and guests ask for codes without signing in.
"""

from chalicelib.privacy.identity import canonical_email
from chalicelib.security import crypto
from chalicelib.security.rate_limits import Limit, is_exceeded
from chalicelib.storefront.service import CustomerOrder

CODES_PER_CUSTOMER = Limit("mail-code-customer", 10, 3600)
CONFIRMATIONS_PER_CUSTOMER = Limit("mail-confirmation-customer", 20, 86400)
CONFIRMATIONS_PER_ADDRESS = Limit("mail-confirmation-address", 50, 86400)
"""Over all organizations. Codes have no such limit: no organization can keep another's customers from theirs."""
CONFIRMATIONS_PER_BRIDGE = Limit("mail-confirmation-bridge", 1000, 3600)
CONFIRMATIONS_PER_ORGANIZATION = Limit("mail-confirmation-organization", 20_000, 3600)


def refuse_code(organization_id: str, customer_id: str) -> str | None:
    """Count an access code. Returns the reason not to send it."""
    return "too_many_for_recipient" if is_exceeded(CODES_PER_CUSTOMER, f"{organization_id}#{customer_id}") else None


def refuse_confirmation(organization_id: str, order: CustomerOrder) -> str | None:
    """Count a confirmation. Returns the reason not to send it."""
    address = crypto.keyed_hash("mail-address", canonical_email(order.detail["email"]))
    # What is one's own comes first, so that whoever is over it uses up nothing that is shared.
    for limit, subject, reason in (
        (CONFIRMATIONS_PER_CUSTOMER, f"{organization_id}#{order.customer_id}", "too_many_for_recipient"),
        (CONFIRMATIONS_PER_BRIDGE, f"{organization_id}#{order.bridge_id}", "too_many_of_bridge"),
        (CONFIRMATIONS_PER_ORGANIZATION, organization_id, "too_many_of_organization"),
        (CONFIRMATIONS_PER_ADDRESS, address, "too_many_for_recipient"),
    ):
        if is_exceeded(limit, subject):
            return reason
    return None
