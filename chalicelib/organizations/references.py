from pydantic import BaseModel

from chalicelib.organizations.store import EndUserItem


class EndUserRef(BaseModel):
    """Whose something is, in what an organization reads."""

    id: str
    external_id: str
    name: str | None
    email: str | None

    @classmethod
    def of(cls, item: EndUserItem) -> "EndUserRef":
        return cls(id=item.id, external_id=item.external_id, name=item.name, email=item.email)
