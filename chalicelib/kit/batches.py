"""Queue batches: each message on its own, failures reported one by one, so that a bad one holds up nobody."""

from collections.abc import Callable
from typing import Any

from chalicelib.kit import codec, log

Failures = dict[str, list[dict[str, str]]]


def each_message(event: dict[str, Any], handle: Callable[[dict[str, Any]], None]) -> Failures:
    """Call `handle` with every message's JSON body; the answer tells SQS which to show again."""
    failed = []
    for record in event["Records"]:
        with log.bound(message_id=record["messageId"]):
            try:
                body = codec.loads(record["body"])
                with log.bound(**_named(body)):
                    handle(body)
            except Exception as failure:
                log.error("message_failed", failure)
                failed.append({"itemIdentifier": record["messageId"]})
    return {"batchItemFailures": failed}


def _named(body: dict[str, Any]) -> dict[str, Any]:
    """The ids that a message names, its event's among them, for every line that is written about it."""
    event = body["event"] if isinstance(body.get("event"), dict) else {}
    ids = {"event_id": event.get("id"), **{name: value for name, value in body.items() if name.endswith("_id")}}
    return {name: value for name, value in ids.items() if value is not None}
