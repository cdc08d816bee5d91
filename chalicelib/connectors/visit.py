"""One visit to a shop: the lease on its bridge, its connection, and what waits."""

from dataclasses import dataclass, field

from chalicelib.connectors.connection import Connection
from chalicelib.connectors.platform import Platform
from chalicelib.organizations.known_settings import KnownSettings
from chalicelib.tasks.execution import Execution
from chalicelib.tasks.leases import Lease
from chalicelib.tasks.store import TaskItem


@dataclass(slots=True)
class Visit:
    lease: Lease
    connection: Connection
    settings: KnownSettings
    tasks: list[TaskItem]
    base_url: str
    """Our own; empty if nobody told. Hooks are registered by those who know it."""
    under_way: Execution | None = field(default=None)
    """What is being done, for the record of a failure."""

    @property
    def platform(self) -> Platform:
        return self.connection.platform
