"""Prints the logs of the local stack's functions."""

import json
import time
from pathlib import Path
from typing import Any, NoReturn

from local.deployment import stack_name

PREFIX = f"/aws/lambda/{stack_name('local')}-"
# The lines that Lambda writes around each invocation.
FRAMES = ("START RequestId", "END RequestId", "REPORT RequestId")
# Metrics are log lines for CloudWatch (chalicelib/kit/metrics.py), not for people.
METRIC = '{"_aws":'
EVERY_SECONDS = 0.5


def groups(logs: Any) -> list[str]:
    pages = logs.get_paginator("describe_log_groups").paginate(logGroupNamePrefix=PREFIX)
    return [group["logGroupName"] for page in pages for group in page["logGroups"]]


def function_of(group: str) -> str:
    """RelayEvents, for `/aws/lambda/orderly-embed-local-RelayEvents-B29E1`."""
    return group.removeprefix(PREFIX).rsplit("-", 1)[0]


def is_important(message: str) -> bool:
    """Whether a line is more than information: a warning, an error, or not one of ours, such as a traceback."""
    try:
        line = json.loads(message)
    except ValueError:
        return True
    return not isinstance(line, dict) or line.get("level") not in ("debug", "info")


class Follower:
    """Writes each log line since its creation to a file, and prints it if it is important or `prints_all`."""

    def __init__(self, logs: Any, file: Path, *, prints_all: bool) -> None:
        self.logs = logs
        self.file = file
        self.prints_all = prints_all
        self.since = dict.fromkeys(groups(logs), int(time.time() * 1000))
        file.write_text("")

    def print_new(self) -> None:
        for group, since in self.since.items():
            events = self.logs.filter_log_events(logGroupName=group, startTime=since).get("events", [])
            for event in events:
                message = event["message"].rstrip()
                if message and not message.startswith((*FRAMES, METRIC)):
                    self.handle(f"[{function_of(group)}]", message)
            if events:
                self.since[group] = max(event["timestamp"] for event in events) + 1

    def handle(self, function: str, message: str) -> None:
        with self.file.open("a") as file:
            file.write(f"{function} {message}\n")
        if self.prints_all or is_important(message):
            print(function, message, flush=True)

    def follow(self) -> NoReturn:
        """Handle new lines until interrupted."""
        while True:
            time.sleep(EVERY_SECONDS)
            self.print_new()
