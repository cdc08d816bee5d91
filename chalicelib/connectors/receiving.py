"""The entrance of the function that speaks with platforms: messages of its queue, and questions of the API."""

from typing import Any

from chalicelib.connectors import asking, worker
from chalicelib.kit.queues import each_message


def receive(event: dict[str, Any]) -> Any:
    """A batch of the queue, or a question (`asking`), which the API sends directly and waits for."""
    return asking.answer(event) if "ask" in event else each_message(event, worker.handle)
