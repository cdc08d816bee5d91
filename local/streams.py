"""Gives the local cloud's DynamoDB streams the guarantees of AWS.

Across a restart ministack keeps each reader's position in a stream, but not the stream itself: unread records are lost,
and as many new ones are skipped as had been read before. It also considers a batch done although the function reports
failures in it. Both would lose events that AWS does not lose. Written for the pinned ministack version.
"""

import json
from pathlib import Path
from typing import Any

from ministack.services import dynamodb, lambda_svc

STORES = {"records": dynamodb._stream_records, "trimmed": dynamodb._stream_trimmed}


def load(file: Path) -> None:
    if not file.exists():
        return
    for name, entries in json.loads(file.read_text()).items():
        STORES[name]._data.update({tuple(key): value for key, value in entries})


def save(file: Path) -> None:
    kept = {name: [[list(key), value] for key, value in store._data.items()] for name, store in STORES.items()}
    file.write_text(json.dumps(kept))


def has_failures(result: dict[str, Any]) -> bool:
    body = result.get("body")
    if isinstance(body, str) and "batchItemFailures" in body:
        body = json.loads(body)
    return isinstance(body, dict) and bool(body.get("batchItemFailures"))


def retry_batches_with_failures() -> None:
    """Give a stream batch with failures to the function again, as a whole, until none fail."""
    execute = lambda_svc._execute_function

    def executed(function: dict[str, Any], event: dict[str, Any]) -> dict[str, Any]:
        result: dict[str, Any] = execute(function, event)
        records = event.get("Records") or [{}]
        if records[0].get("eventSource") == "aws:dynamodb" and has_failures(result):
            return {**result, "error": True}
        return result

    lambda_svc._execute_function = executed
