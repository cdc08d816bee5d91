"""From the events queue to whoever an event concerns."""

from typing import Any

from chalicelib import log


def dispatch(event: dict[str, Any]) -> None:
    """One event's message."""
    log.info("event_dispatched", event_id=event["id"], event_type=event["type"])
