"""Who is calling: what a verified credential says, and nothing it does not."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from chalicelib.organizations.store import ConfigItem, EndUserItem
    from chalicelib.table.items import Row


@dataclass(frozen=True, slots=True)
class Actor:
    """Who made a change, as the event log tells it."""

    kind: str
    """`api_key`, `session`, `service`, `customer`, `guest` or `system`."""
    id: str | None = None
    ip_address: str | None = None

    @property
    def session_id(self) -> str | None:
        return self.id if self.kind == "session" else None


SYSTEM = Actor("system")


@dataclass(frozen=True, slots=True)
class ApiKey:
    organization_id: str
    key_id: str
    scopes: frozenset[str]
    config: "ConfigItem | None"


@dataclass(frozen=True, slots=True)
class EmbedSession:
    organization_id: str
    end_user_id: str
    session_id: str
    kind: str
    """`server` or `auto`."""
    verified: bool
    """False for an auto-session whose end user nobody vouched for."""
    scopes: frozenset[str]
    allowed_bridge_types: tuple[str, ...]
    config: "ConfigItem"
    end_user: "EndUserItem"
    stats: "Row"
    """The end user's counters, where the endpoint asked for them; otherwise empty."""

    @property
    def hidden_bridges(self) -> frozenset[str]:
        """Bridges that are no longer the end user's, and whose data is still being removed: nobody sees it."""
        return frozenset(self.end_user.hidden_bridges or ())


@dataclass(frozen=True, slots=True)
class ServiceKey:
    key_id: str
    bridge_type: str


@dataclass(frozen=True, slots=True)
class Shop:
    """A storefront that named its organization by publishable key."""

    organization_id: str
    config: "ConfigItem"


@dataclass(frozen=True, slots=True)
class Customer:
    organization_id: str
    customer_id: str
    """Stands for the address within the organization; see `customers.identity`."""
    email: str
    name: str | None
    session_id: str
    config: "ConfigItem"


@dataclass(frozen=True, slots=True)
class Anyone:
    """Nobody in particular: a public route."""


Principal = ApiKey | EmbedSession | ServiceKey | Shop | Customer | Anyone
