from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest

from chalicelib.kit.queues import each_message
from chalicelib.kit.settings import settings
from chalicelib.tracking_feeds import registering, scheduling
from tests.support.easypost import EasyPost, configure, post, shown
from tests.support.factories import Acme
from tests.support.gateway import Reply
from tests.support.pipeline import Pipeline
from tests.support.storefront import Storefront


@dataclass
class Feed:
    """A merchant whose shipments EasyPost follows, and what happens by itself."""

    acme: Acme
    easypost: EasyPost
    path: str
    shop: Storefront = field(init=False)
    pipeline: Pipeline = field(init=False)

    def __post_init__(self) -> None:
        self.shop = Storefront(self.acme)
        self.pipeline = Pipeline()

    def ship(self, number: str | None = "1Z999", status: str = "in_transit", **more: Any) -> None:
        record = {"external_id": "S-1", "tracking_number": number, "carrier": "UPS", "status": status, **more}
        self.shop.sync([], [record])

    def register(self) -> None:
        """Everything that events and messages start, to its end."""

        def receive(batch: dict[str, Any]) -> Any:
            return each_message(batch, registering.handle)

        while self.pipeline.dispatch() + self.pipeline.drain(settings().tracking_queue_url, receive):
            pass

    def tick(self) -> None:
        """The job of every minute, and what it starts."""
        scheduling.run()
        self.register()

    def post(self, result: dict[str, Any], **more: Any) -> Reply:
        return post(self.path, result, **more)

    def views(self) -> list[dict[str, Any]]:
        return shown(self.shop.session.client)

    @property
    def view(self) -> dict[str, Any]:
        (one,) = self.views()
        return one


@pytest.fixture
def feed(acme: Acme) -> Iterator[Feed]:
    easypost = EasyPost()
    with easypost.installed():
        yield Feed(acme, easypost, configure(acme))
