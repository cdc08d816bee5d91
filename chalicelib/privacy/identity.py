"""Who a customer is: an e-mail address within an organization, told by an id that does not give the address away."""

from chalicelib.kit import ids
from chalicelib.security import crypto


def normalise(email: str) -> str:
    """The spelling that addresses are compared in."""
    address = email.strip()
    lowered = address.lower()
    # The Kelvin sign's small letter is a plain k: an address that looks alike is not for that the same one.
    return lowered if lowered.isascii() == address.isascii() else address


def customer_id(organization_id: str, email: str) -> str:
    """A UUID made from the address under the deployment's key: nobody else can tell whose it is, or guess it."""
    return ids.credential_id(crypto.keyed_hash("customer", organization_id, normalise(email)))
