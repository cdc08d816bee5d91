"""Queue batches: each message on its own, failures reported one by one, so that a bad one holds up nobody."""

from collections.abc import Callable
from typing import Any

from chalicelib import codec, log

Failures = dict[str, list[dict[str, str]]]


def each_message(event: dict[str, Any], handle: Callable[[dict[str, Any]], None]) -> Failures:
    """Call `handle` with every message's JSON body; the answer tells SQS which to show again."""
    failed = []
    for record in event["Records"]:
        with log.bound(message_id=record["messageId"]):
            try:
                handle(codec.loads(record["body"]))
            except Exception as failure:
                log.error("message_failed", failure)
                failed.append({"itemIdentifier": record["messageId"]})
    return {"batchItemFailures": failed}
