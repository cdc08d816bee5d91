"""Where the records of one call come from and whose they are."""

from dataclasses import dataclass

from chalicelib.catalog.bridge_types import catalog
from chalicelib.organizations.principals import Actor


@dataclass(frozen=True, slots=True)
class Source:
    organization_id: str
    end_user_id: str
    bridge_id: str
    bridge_type: str
    by: Actor
    now: str

    @property
    def description(self) -> str:
        kind = catalog().get(self.bridge_type)
        return f"Synced from {kind.name if kind else self.bridge_type}"
