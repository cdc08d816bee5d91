"""Organizations are made by command, not by API: `make org NAME="Acme"`."""

from chalicelib import clock, ids
from chalicelib.api_keys import service as api_keys
from chalicelib.features import API_KEY_SCOPES
from chalicelib.organizations.store import OrganizationItem, find_organization
from chalicelib.table import keys
from chalicelib.table.transaction import Transaction, absent


def create(name: str) -> tuple[str, str]:
    """A new organization and its first API key, with every scope: id and key. The key is shown this once."""
    organization_id = ids.new_id()
    transaction = Transaction()
    transaction.put(
        OrganizationItem.at(
            keys.organization(organization_id), id=organization_id, name=name, created_at=clock.timestamp()
        ),
        absent(),
    )
    _, key = api_keys.add(transaction, organization_id, "First key", list(API_KEY_SCOPES), None)
    transaction.commit()
    return organization_id, key


def name_of(organization_id: str) -> str:
    item = find_organization(organization_id)
    return item.name if item else ""
