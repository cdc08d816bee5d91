"""Restore the table to a point in time, in a second table beside it that a stage can serve.

DynamoDB restores into a new table without stream, expiry and recovery; this adds them and prints how to deploy a stage
that names the table. It changes nothing in the table that is served, and continues if it was interrupted. With a table
that was restored otherwise, such as from a backup in another region, it only adds what that lacks.
"""

import os
import sys
import time
from datetime import UTC, datetime
from typing import Any

import boto3
from botocore.exceptions import BotoCoreError, ClientError

from local import deployment
from local.commands import announce, enter, parser
from local.errors import LocalError

POLL_S = 10.0
MAX_WAIT_S = 24 * 3600
"""DynamoDB takes longer the larger the table is."""


def moment(text: str) -> datetime:
    """Raises LocalError unless it is a time in the past with a time zone."""
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        raise LocalError(f"AT={text!r} is not a time such as 2026-01-15T10:00:00Z.") from None
    if at.tzinfo is None or at > datetime.now(UTC):
        raise LocalError(f"AT={text!r} must be in the past and have a time zone, such as 2026-01-15T10:00:00Z.")
    return at


def complete(dynamodb: Any, target: str) -> str:
    """Add what a restored table lacks. Returns the label of its stream."""
    described = _wait(dynamodb, target)
    if not described.get("StreamSpecification", {}).get("StreamEnabled"):
        stream = {"StreamEnabled": True, "StreamViewType": "NEW_IMAGE"}
        dynamodb.update_table(TableName=target, StreamSpecification=stream)
        described = _wait(dynamodb, target)
    expiry = dynamodb.describe_time_to_live(TableName=target)["TimeToLiveDescription"]
    if expiry.get("TimeToLiveStatus") not in ("ENABLED", "ENABLING"):
        dynamodb.update_time_to_live(
            TableName=target, TimeToLiveSpecification={"Enabled": True, "AttributeName": "expires"}
        )
    dynamodb.update_continuous_backups(
        TableName=target, PointInTimeRecoverySpecification={"PointInTimeRecoveryEnabled": True}
    )
    return str(described["LatestStreamLabel"])


def _describe(dynamodb: Any, table: str) -> dict[str, Any] | None:
    try:
        found: dict[str, Any] = dynamodb.describe_table(TableName=table)["Table"]
    except dynamodb.exceptions.ResourceNotFoundException:
        return None
    return found


def _wait(dynamodb: Any, table: str) -> dict[str, Any]:
    ends = time.monotonic() + MAX_WAIT_S
    while time.monotonic() < ends:
        described = _describe(dynamodb, table)
        if described is not None and described["TableStatus"] == "ACTIVE":
            return described
        print(f"{table} is not ready yet", flush=True)
        time.sleep(POLL_S)
    raise LocalError(f"{table} did not become active. Start the same command again to go on.")


def restore(stage: str, at_text: str) -> None:
    at = moment(at_text)
    enter(stage)
    source = os.environ["TABLE_NAME"]
    target = f"{source}-{at.astimezone(UTC):%Y%m%dT%H%M%S}"
    announce(f"Restoring {source} as of {at.isoformat()} to {target}. The stage goes on with {source}.")
    dynamodb = boto3.client("dynamodb")
    if _describe(dynamodb, target) is None:
        dynamodb.restore_table_to_point_in_time(SourceTableName=source, TargetTableName=target, RestoreDateTime=at)
    label, key = complete(dynamodb, target), os.environ["KMS_KEY_ID"]
    print("To look at it with another stage:")
    print(f'  make deploy STAGE=… PARAMETERS="ExistingTable={target} ExistingTableStream={label} ExistingKeyArn={key}"')
    print(f"To serve it with {stage}, whose own table is then kept beside the stack:")
    print(f'  make deploy STAGE={stage} PARAMETERS="ExistingTable={target} ExistingTableStream={label}"')


def complete_only(stage: str, table: str) -> None:
    # The stage may be gone with its region.
    enter(stage) if stage == "local" else deployment.region()
    announce(f"Giving {table} what a restored table lacks: stream, expiry and point-in-time recovery.")
    dynamodb = boto3.client("dynamodb")
    if _describe(dynamodb, table) is None:
        raise LocalError(f"TABLE={table!r} does not exist in this region.")
    label = complete(dynamodb, table)
    print("To serve it, with the key that its secrets were encrypted with:")
    print(f'  make deploy STAGE=… PARAMETERS="ExistingTable={table} ExistingTableStream={label} ExistingKeyArn=…"')


def main() -> None:
    arguments = parser(__doc__)
    arguments.add_argument("--at", default="", help="a time within the last 35 days, such as 2026-01-15T10:00:00Z")
    arguments.add_argument("--table", default="", help="instead: a table that was restored already")
    options = arguments.parse_args()
    try:
        if options.table:
            complete_only(options.stage, options.table)
        elif options.at:
            restore(options.stage, options.at)
        else:
            raise LocalError("AT is missing: make restore STAGE=production AT=2026-01-15T10:00:00Z")
    except LocalError as error:
        sys.exit(f"error: {error}")
    except (BotoCoreError, ClientError) as refused:
        sys.exit(f"error: AWS refused: {refused}")


if __name__ == "__main__":
    main()
