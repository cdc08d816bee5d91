"""One contender in its own process: serves requests on command and reports their CPU.

    python -m benchmarks.worker app:app

Reads one JSON object a line, `{"event": …, "requests": n}`, and writes one: `{"cpu": seconds, "status": …, "body": …}`
of the last response. The contender's own output is discarded.
"""

import copy
import importlib
import json
import os
import sys
import time
from contextlib import redirect_stdout
from typing import Any


def answer(handler: Any, event: dict[str, Any], requests: int, first: int) -> dict[str, Any]:
    # Not measured: each request gets its own IP address, or the limits per address would end the run.
    events = []
    for number in range(first, first + requests):
        each = copy.deepcopy(event)
        each["requestContext"]["identity"]["sourceIp"] = f"198.18.{number // 250 % 250}.{number % 250}"
        events.append(each)
    last = {}
    began = time.process_time()
    for each in events:
        last = handler(each, None)
    spent = time.process_time() - began
    return {"cpu": spent, "status": last["statusCode"], "body": last["body"]}


def main() -> None:
    module, _, name = sys.argv[1].partition(":")
    replies, total = sys.stdout, 0
    with open(os.devnull, "w", encoding="utf-8") as nowhere, redirect_stdout(nowhere):
        handler = getattr(importlib.import_module(module), name)
        for line in sys.stdin:
            order = json.loads(line)
            reply = answer(handler, order["event"], order["requests"], total)
            total += order["requests"]
            replies.write(json.dumps(reply) + "\n")
            replies.flush()


if __name__ == "__main__":
    main()
