"""Which alert rules an event is for."""

from collections.abc import Iterable, Mapping
from typing import Any

from chalicelib.config.store import ConfigItem
from chalicelib.queues import Message
from chalicelib.table.items import Row


def messages(event: Mapping[str, Any], config: ConfigItem | None, of_end_user: Iterable[Row]) -> list[Message]:
    return []
