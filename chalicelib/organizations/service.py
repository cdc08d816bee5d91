from chalicelib.organizations.store import find_organization


def name_of(organization_id: str) -> str:
    item = find_organization(organization_id)
    return item.name if item else ""
