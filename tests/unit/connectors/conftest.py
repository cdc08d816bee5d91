from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest

from chalicelib.connectors import worker
from chalicelib.connectors.receiving import receive
from chalicelib.connectors.scheduling import run as start_due_work
from chalicelib.kit.settings import settings
from tests.support.factories import EMBED, Acme, Session
from tests.support.pipeline import Pipeline
from tests.support.tiny_shop import CONFIG, TYPE, TinyShop, installed


@dataclass
class Merchant:
    """An end user, their shop, and what happens by itself: events, messages and the schedule."""

    acme: Acme
    shop: TinyShop
    session: Session = field(init=False)
    pipeline: Pipeline = field(init=False)

    def __post_init__(self) -> None:
        self.session = self.acme.session("merchant-1", ttlSeconds=86400)
        self.pipeline = Pipeline()

    def connect(self, **config: Any) -> str:
        bridge = self.session.bridge(type=TYPE, name="Tiny", config={**CONFIG, **config})
        return str(bridge["id"])

    def run(self) -> None:
        """Everything that events and messages start, to its end."""
        while self.pipeline.dispatch() + self.pipeline.drain(settings().bridges_queue_url, receive):
            pass

    def tick(self) -> None:
        """The job of every minute, and what it starts."""
        start_due_work()
        self.run()

    def visit(self, bridge_id: str) -> None:
        worker.handle({"organization_id": self.acme.organization_id, "bridge_id": bridge_id})

    def bridge(self, bridge_id: str) -> dict[str, Any]:
        reply = self.session.client.get(f"{EMBED}/bridges")
        return next(row for row in reply.data if row["id"] == bridge_id)

    def runs(self, bridge_id: str) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.session.client.get(f"{EMBED}/bridges/{bridge_id}/runs").data
        return found

    def order_ids(self) -> set[str]:
        reply = self.session.client.get(f"{EMBED}/orders?limit=100")
        return {row["external_id"] for row in reply.data}


@pytest.fixture
def shop(cloud: None) -> Iterator[TinyShop]:
    with installed(TinyShop()) as shop:
        yield shop


@pytest.fixture
def merchant(acme: Acme, shop: TinyShop) -> Merchant:
    return Merchant(acme, shop)
