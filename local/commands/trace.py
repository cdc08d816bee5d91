"""Everything the system knows of a record's way, in time order, from the table and from the logs.

The id is an order number, a tracking number, or the id of an order, shipment, event, action request, delivery, request
or message. For each event, it says which webhooks, rules and e-mails followed, and why others did not. Without an
organization, all of them are searched.
"""

import json
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from local.commands import announce, enter, parser
from local.errors import LocalError
from local.places import Place

if TYPE_CHECKING:
    from chalicelib.operations.tracing import Trace

MAX_LINES = 1000
MAX_IDS = 20
"""Ids searched for in the logs."""
MAX_HOURS = 24 * 90
WAIT_S = 60
"""For a query in CloudWatch."""
HIDDEN = frozenset({"time", "event", "level"})


def main() -> None:
    arguments = parser(__doc__)
    arguments.add_argument("--id", required=True, help="order or tracking number, or an id")
    arguments.add_argument("--organization", help="organization id (default: all organizations)")
    arguments.add_argument("--file", type=Path, help="a log file to search (default: the stage's logs)")
    arguments.add_argument("--hours", type=float, default=72, help="how far back CloudWatch is searched")
    options = arguments.parse_args()
    if not options.id.strip():
        sys.exit("error: ID is missing: make trace ID=<order number, tracking number or id>")
    try:
        enter(options.stage)
    except LocalError as error:
        sys.exit(f"error: {error}")
    from chalicelib.operations import listing, tracing

    announce(f"Looking for {options.id} in the table, then in the logs. Nothing is changed.")
    organizations = [options.organization] if options.organization else listing_ids(listing)
    traces = tracing.trace(options.id, organizations)
    for trace in traces:
        print_trace(trace)
    if not traces:
        print("table  nothing has this number or id; only the logs may know it")
    wanted = ids_of(traces) or [options.id.strip()]
    try:
        lines = sorted(search_logs(options.stage, options.file, wanted, options.hours), key=lambda line: line["time"])
    except (OSError, LocalError) as error:
        sys.exit(f"error: the logs could not be read: {error}")
    print(f"\nlogs: {len(lines)} lines with one of {len(wanted)} ids")
    for line in lines:
        shown = {name: value for name, value in line.items() if name not in HIDDEN and value not in (None, "", [])}
        print(f"{line['time']}  {line.get('event', '')}  {json.dumps(shown)}")


def listing_ids(listing: Any) -> list[str]:
    return [one.id for one in listing.list_organizations()]


def print_trace(trace: "Trace") -> None:
    subject = trace.subject
    print(f"\n{subject.description}")
    print(f"organization {subject.organization_id}, end user {subject.end_user_id or '-'}")
    for entry in trace.entries:
        named = " ".join(f"{name}={value}" for name, value in entry.ids.items() if value)
        print(f"{entry.at or '-':<24}  {entry.what}  {named}")


def ids_of(traces: "list[Trace]") -> list[str]:
    """The ids to search for in the logs: those of events and deliveries, and of the records themselves."""
    found: dict[str, None] = {}
    for trace in traces:
        found |= dict.fromkeys(sorted(trace.subject.resource_ids))
        for entry in trace.entries:
            found |= {entry.ids[name]: None for name in ("event_id", "delivery_id") if entry.ids.get(name)}
    return list(found)[:MAX_IDS]


def search_logs(stage: str, file: Path | None, wanted: list[str], hours: float) -> Iterator[dict[str, Any]]:
    if file is None and stage == "local":
        file = Place().function_log
        if not file.exists():
            print("\nlogs: the local stack has written none; `make run` writes them")
            return
    if file is not None:
        yield from search_file(file, wanted)
    else:
        yield from search_cloudwatch(stage, wanted, min(hours, MAX_HOURS))


def search_file(file: Path, wanted: list[str]) -> Iterator[dict[str, Any]]:
    number = 0
    with file.open(errors="replace") as lines:
        for text in lines:
            if not any(name in text for name in wanted):
                continue
            line = parse(text)
            if line is not None and number < MAX_LINES:
                number += 1
                yield line


def parse(text: str) -> dict[str, Any] | None:
    """The JSON object in a log line, which may follow the function's name. None for other lines and for metrics."""
    start = text.find("{")
    try:
        line = json.loads(text[start:]) if start >= 0 else None
    except ValueError:
        return None
    return line if isinstance(line, dict) and "time" in line else None


def search_cloudwatch(stage: str, wanted: list[str], hours: float) -> Iterator[dict[str, Any]]:
    """One Logs Insights query over the log groups of the stage's functions, which costs by the size of the logs."""
    import boto3
    from botocore.exceptions import BotoCoreError, ClientError

    from local.deployment import stack_name

    try:
        logs = boto3.client("logs")
        groups = [
            group["logGroupName"]
            for page in logs.get_paginator("describe_log_groups").paginate(
                logGroupNamePrefix=f"/aws/lambda/{stack_name(stage)}-"
            )
            for group in page["logGroups"]
        ]
        if not groups:
            return
        condition = " or ".join(f"@message like '{name}'" for name in wanted if "'" not in name)
        query = logs.start_query(
            logGroupNames=groups[:50],
            startTime=int(time.time() - hours * 3600),
            endTime=int(time.time()),
            queryString=f"fields @message | filter {condition} | sort @timestamp asc | limit {MAX_LINES}",
        )
        for _ in range(WAIT_S):
            found = logs.get_query_results(queryId=query["queryId"])
            if found["status"] not in ("Scheduled", "Running"):
                break
            time.sleep(1)
    except (BotoCoreError, ClientError) as refused:
        raise LocalError(f"AWS refused: {refused}") from None
    for row in found["results"]:
        for column in row:
            if column["field"] == "@message" and (line := parse(column["value"])) is not None:
                yield line


if __name__ == "__main__":
    main()
