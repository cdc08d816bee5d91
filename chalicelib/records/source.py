"""Where the records of one call come from, and to whom they belong."""

from dataclasses import dataclass

from chalicelib.catalog.bridge_types import catalog
from chalicelib.organizations.known_settings import DEFAULT_STALLED_AFTER_HOURS
from chalicelib.organizations.principals import Actor


@dataclass(frozen=True, slots=True)
class Source:
    organization_id: str
    end_user_id: str
    bridge_id: str
    bridge_type: str
    by: Actor
    now: str
    """The time of the call: every timestamp that it writes."""
    stalled_after_hours: int = DEFAULT_STALLED_AFTER_HOURS
    """The organization's setting."""

    @property
    def description(self) -> str:
        bridge_type = catalog().get(self.bridge_type)
        return f"Synced from {bridge_type.name if bridge_type else self.bridge_type}"
