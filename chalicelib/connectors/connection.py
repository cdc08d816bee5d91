"""The connection to one bridge's shop: its config, credentials that are renewed in time, and what is remembered."""

import hashlib
from collections.abc import Callable
from typing import TypeVar

from chalicelib.bridges import configs, credentials
from chalicelib.bridges.store import BridgeItem
from chalicelib.connectors import apps
from chalicelib.connectors.faults import AuthFault
from chalicelib.connectors.platform import Platform
from chalicelib.connectors.shop import Shop
from chalicelib.connectors.transport import BoundedHttp
from chalicelib.kit import clock, codec
from chalicelib.tasks.leases import Lease

T = TypeVar("T")
MAX_MEMORY_BYTES = 8192
RENEW_BEFORE_S = 600


class Connection:
    """Used by the holder of the bridge's lease; without one (`lease` None), nothing is renewed or remembered."""

    def __init__(self, platform: Platform, bridge: BridgeItem, http: BoundedHttp, lease: Lease | None = None) -> None:
        self.platform = platform
        self.bridge = bridge
        self.http = http
        self._lease = lease
        memory = dict(lease.work.memory) if lease is not None else {}
        self._shop = Shop(bridge.id, configs.decrypt(bridge), http, memory, apps.credentials(bridge.type))

    def call(self, function: Callable[[Shop], T]) -> T:
        """The result of one of the platform's functions. Renews credentials that end soon, or that are refused."""
        self._renew(refused=False)
        try:
            return function(self._shop)
        except AuthFault:
            if not self._renew(refused=True):
                raise
            return function(self._shop)
        finally:
            self._keep_memory()

    def mask(self, message: str) -> str:
        """The message without any secret of the config that it may quote."""
        return configs.mask_secrets(message, self.bridge.type, dict(self._shop.config))

    @property
    def fingerprint(self) -> str:
        """Another one for every stored config, without telling anything of it."""
        return fingerprint(self.bridge)

    def _renew(self, *, refused: bool) -> bool:
        """Whether the credentials were renewed. They are stored before anything is called with them."""
        if self._lease is None or self.platform.renew is None:
            return False
        due = self._lease.work.renew_at
        if not refused and due is not None and due > clock.timestamp():
            return False
        renewal = self.platform.renew(self._shop, refused)
        if renewal is None:
            self._lease.note(renew_at=clock.in_seconds(RENEW_BEFORE_S))
            return False
        was_proven = self._lease.work.proven == self.fingerprint
        self.bridge = credentials.renew(self.bridge, renewal.config)
        memory = self._shop.memory
        self._shop = Shop(self.bridge.id, configs.decrypt(self.bridge), self.http, memory, self._shop.app)
        self._lease.note(renew_at=_renew_at(renewal.expires_at))
        if was_proven:
            self._lease.note(proven=self.fingerprint)
        return True

    def _keep_memory(self) -> None:
        if self._lease is None or self._shop.memory == self._lease.work.memory:
            return
        if len(codec.dumps(self._shop.memory).encode()) <= MAX_MEMORY_BYTES:
            self._lease.note(memory=dict(self._shop.memory))


def fingerprint(bridge: BridgeItem) -> str:
    return hashlib.sha256(bridge.config.encode()).hexdigest()[:32]


def _renew_at(expires_at: str | None) -> str | None:
    if expires_at is None:
        return None
    ends = clock.parse(expires_at).timestamp() - RENEW_BEFORE_S
    return max(clock.in_seconds(60), clock.in_seconds(ends - clock.now().timestamp()))
