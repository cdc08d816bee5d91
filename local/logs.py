"""Prints the logs of the local stack's functions."""

import time
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


class Follower:
    """Prints each log line written since its creation once."""

    def __init__(self, logs: Any) -> None:
        self.logs = logs
        self.since = dict.fromkeys(groups(logs), int(time.time() * 1000))

    def print_new(self) -> None:
        for group, since in self.since.items():
            events = self.logs.filter_log_events(logGroupName=group, startTime=since).get("events", [])
            for event in events:
                message = event["message"].rstrip()
                if message and not message.startswith((*FRAMES, METRIC)):
                    print(f"[{function_of(group)}] {message}", flush=True)
            if events:
                self.since[group] = max(event["timestamp"] for event in events) + 1

    def follow(self) -> NoReturn:
        """Print new lines until interrupted."""
        while True:
            time.sleep(EVERY_SECONDS)
            self.print_new()
