"""Principals: the verified callers of a request."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from chalicelib.organizations.store import ConfigItem, EndUserItem
    from chalicelib.table.items import Row


@dataclass(frozen=True, slots=True)
class Actor:
    """The author of a change, as recorded in the event log."""

    type: str
    """`api_key`, `session`, `service`, `customer`, `guest`, `policy` or `system`."""
    id: str | None = None
    ip_address: str | None = None
    operator: str | None = None
    """Who used the API key, as they called themselves in the console."""

    @property
    def session_id(self) -> str | None:
        return self.id if self.type == "session" else None


READ_ONLY = "read_only"
SYSTEM = Actor("system")
POLICY = Actor("policy")
"""The organization's policy for a type of action request, which approves by itself."""


@dataclass(frozen=True, slots=True)
class ApiKey:
    organization_id: str
    key_id: str
    scopes: frozenset[str]
    config: "ConfigItem | None"
    operator: str | None = None
    """The name of who is signed in to the console with the key; None if the key itself was sent."""


@dataclass(frozen=True, slots=True)
class EmbedSession:
    organization_id: str
    end_user_id: str
    session_id: str
    session_type: str
    """`server`, `auto`, or READ_ONLY for somebody of the organization who looks."""
    verified: bool
    """False for an auto-session without a valid `userHash`, as anyone could have claimed the `externalId`, and for a
    read-only session."""
    expires_at: str
    scopes: frozenset[str]
    allowed_bridge_types: tuple[str, ...]
    config: "ConfigItem"
    end_user: "EndUserItem"
    stats: "Row"
    """The end user's counters if the endpoint declares `with_stats`, otherwise empty."""

    @property
    def is_read_only(self) -> bool:
        return self.session_type == READ_ONLY

    @property
    def hidden_bridges(self) -> frozenset[str]:
        """Bridges that the end user no longer has. Their data is being removed and must not be shown."""
        return frozenset(self.end_user.hidden_bridges or ())


@dataclass(frozen=True, slots=True)
class Merchant:
    """An end user whom their organization reads about, with an API key. No credential of its own."""

    organization_id: str
    end_user_id: str
    end_user: "EndUserItem"
    stats: "Row"
    """The end user's counters."""

    @property
    def hidden_bridges(self) -> frozenset[str]:
        """As in a session of the end user."""
        return frozenset(self.end_user.hidden_bridges or ())


Reader = EmbedSession | Merchant
"""For whom an end user's lists are read."""


@dataclass(frozen=True, slots=True)
class ServiceKey:
    key_id: str
    bridge_type: str


@dataclass(frozen=True, slots=True)
class Shop:
    """A storefront, identified by its organization's publishable key."""

    organization_id: str
    config: "ConfigItem"


@dataclass(frozen=True, slots=True)
class Customer:
    organization_id: str
    customer_id: str
    """Derived from the e-mail address within the organization; see `privacy.identity`."""
    email: str
    name: str | None
    session_id: str
    config: "ConfigItem"


@dataclass(frozen=True, slots=True)
class Anonymous:
    """The caller of a public route."""


Principal = ApiKey | EmbedSession | ServiceKey | Shop | Customer | Anonymous
