"""Deploys the packaged artefact through CloudFormation, to AWS and to the local cloud."""

import hashlib
import json
import os
import re
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import boto3
from botocore.exceptions import ClientError

from local.errors import LocalError

MAX_STAGE_LENGTH = 15
"""With a longer one, Lambda cuts the stack's name in the names of functions, and their logs are denied to them."""
ARCHIVES = ("deployment.zip", "layer-deployment.zip")
Report = Callable[[str], None]
Clients = Callable[[str], Any]
"""Creates the client of a service, for AWS or for the local cloud."""


def region() -> str:
    """The AWS region from AWS_REGION or the profile. Sets it for all libraries, as boto3 ignores AWS_REGION and others
    ignore the profile. Raises LocalError if there is none.
    """
    found = os.environ.get("AWS_REGION") or boto3.session.Session().region_name
    if not found:
        raise LocalError("The AWS region is missing: AWS_REGION=eu-central-1 make …, or set it in your AWS profile.")
    os.environ["AWS_DEFAULT_REGION"] = found
    return str(found)


def stack_name(stage: str) -> str:
    """Raises LocalError for a name that AWS would cut or refuse in the names of functions, logs and buckets."""
    if not re.fullmatch(f"[a-z][a-z0-9-]{{0,{MAX_STAGE_LENGTH - 1}}}", stage):
        raise LocalError(
            f"{stage!r} cannot be a stage name: use up to {MAX_STAGE_LENGTH} of a-z, 0-9 and -, with a letter first."
        )
    return f"orderly-embed-{stage}"


def describe(cloudformation: Any, stack: str) -> dict[str, Any] | None:
    try:
        found: dict[str, Any] = cloudformation.describe_stacks(StackName=stack)["Stacks"][0]
    except ClientError as error:
        if "does not exist" in str(error):
            return None
        raise
    return found


def outputs(cloudformation: Any, stack: str) -> dict[str, str]:
    """Raises LocalError if the stack does not exist or was never deployed successfully."""
    found = describe(cloudformation, stack)
    if found is None or not found.get("Outputs"):
        raise LocalError(f"The stack {stack} does not exist, or was never deployed successfully.")
    return {output["OutputKey"]: output["OutputValue"] for output in found["Outputs"]}


def ensure_bucket(s3: Any, bucket: str, account: str) -> None:
    """Create the bucket if it does not exist. Raises LocalError if another account owns it: bucket names are global and
    ours can be guessed, and that account could read and replace what is deployed."""
    try:
        s3.head_bucket(Bucket=bucket, ExpectedBucketOwner=account)
    except ClientError as refused:
        if refused.response["Error"]["Code"] not in ("404", "NoSuchBucket"):
            raise LocalError(f"The bucket {bucket} cannot be used by this account: {refused}") from None
        region = s3.meta.region_name
        where = {} if region == "us-east-1" else {"CreateBucketConfiguration": {"LocationConstraint": region}}
        s3.create_bucket(Bucket=bucket, **where)


def upload(s3: Any, artefact: Path, bucket: str, account: str) -> str:
    """Upload code, layer and template under the hash of their content. Returns the template's URL."""
    ensure_bucket(s3, bucket, account)
    template = (artefact / "sam.json").read_text()
    for archive in ARCHIVES:
        content = (artefact / archive).read_bytes()
        key = f"{hashlib.sha256(content).hexdigest()}.zip"
        put_new(s3, bucket, account, key, content)
        template = template.replace(json.dumps(f"./{archive}"), json.dumps(f"s3://{bucket}/{key}"))
    key = f"{hashlib.sha256(template.encode()).hexdigest()}.json"
    put_new(s3, bucket, account, key, template.encode())
    return f"{s3.meta.endpoint_url}/{bucket}/{key}"


def put_new(s3: Any, bucket: str, account: str, key: str, content: bytes) -> None:
    try:
        s3.head_object(Bucket=bucket, Key=key, ExpectedBucketOwner=account)
    except ClientError:
        s3.put_object(Bucket=bucket, Key=key, Body=content, ExpectedBucketOwner=account)


def failure(cloudformation: Any, stack: str, since: float) -> str:
    """CloudFormation's reason for the first failure. Resources cancelled because of it are skipped."""
    pages = cloudformation.get_paginator("describe_stack_events").paginate(StackName=stack)
    failed = [
        event
        for page in pages
        for event in page["StackEvents"]
        if event["ResourceStatus"].endswith("FAILED")
        and event["Timestamp"].timestamp() >= since
        and "cancelled" not in event.get("ResourceStatusReason", "")
    ]
    if not failed:
        return "CloudFormation gave no reason"
    first = failed[-1]
    reason = first.get("ResourceStatusReason", "no reason given")
    return f"{first['LogicalResourceId']} ({first['ResourceType']}): {reason}"


def wait(cloudformation: Any, stack: str, report: Report, every: float) -> dict[str, Any]:
    reported = ""
    while True:
        found = describe(cloudformation, stack)
        if found is None:
            return {"StackStatus": "DELETE_COMPLETE"}
        status: str = found["StackStatus"]
        if status != reported:
            report(f"{stack}: {status}")
            reported = status
        if not status.endswith("IN_PROGRESS"):
            return found
        time.sleep(every)


def _request(stack: str, template_url: str, parameters: Mapping[str, str]) -> dict[str, Any]:
    return {
        "StackName": stack,
        "TemplateURL": template_url,
        "Parameters": [{"ParameterKey": key, "ParameterValue": value} for key, value in parameters.items()],
        "Capabilities": ["CAPABILITY_IAM", "CAPABILITY_AUTO_EXPAND"],
    }


def preview(
    clients: Clients,
    artefact: Path,
    stage: str,
    parameters: Mapping[str, str],
    *,
    account: str,
    bucket: str,
    poll_seconds: float = 3,
) -> tuple[str, list[str]]:
    """Create a change set and leave it. Returns its ARN and one line for each change; no ARN if there are none."""
    cloudformation = clients("cloudformation")
    stack = stack_name(stage)
    template_url = upload(clients("s3"), artefact, bucket, account)
    made = cloudformation.create_change_set(
        **_request(stack, template_url, parameters),
        ChangeSetName=f"look-{time.strftime('%Y%m%d-%H%M%S')}",
        ChangeSetType="CREATE" if describe(cloudformation, stack) is None else "UPDATE",
    )
    arn = str(made["Id"])
    while True:
        found = cloudformation.describe_change_set(ChangeSetName=arn)
        if found["Status"] not in ("CREATE_PENDING", "CREATE_IN_PROGRESS"):
            break
        time.sleep(poll_seconds)
    if found["Status"] == "FAILED":
        cloudformation.delete_change_set(ChangeSetName=arn)
        reason = found.get("StatusReason", "no reason given")
        if "didn't contain changes" in reason or "No updates" in reason:
            return "", []
        raise LocalError(f"CloudFormation could not compute the changes: {reason}")
    changes = list(found["Changes"])
    while token := found.get("NextToken"):
        found = cloudformation.describe_change_set(ChangeSetName=arn, NextToken=token)
        changes += found["Changes"]
    return arn, [_described(change["ResourceChange"]) for change in changes]


def _described(change: Mapping[str, Any]) -> str:
    replaced = {"True": " (REPLACED)", "Conditional": " (may be replaced)"}.get(change.get("Replacement", ""), "")
    return f"{change['Action']} {change['LogicalResourceId']} {change['ResourceType']}{replaced}"


def deploy(
    clients: Clients,
    artefact: Path,
    stage: str,
    parameters: Mapping[str, str],
    *,
    account: str,
    bucket: str,
    tags: Mapping[str, str] | None = None,
    report: Report = print,
    poll_seconds: float = 3,
) -> bool:
    """Create or update the stage's stack; False if nothing changed. Raises LocalError with the reason of a failure."""
    stack = stack_name(stage)
    template_url = upload(clients("s3"), artefact, bucket, account)
    request = _request(stack, template_url, parameters) | {
        "Tags": [{"Key": key, "Value": value} for key, value in (tags or {}).items()]
    }
    return _apply(clients, request, account=account, bucket=bucket, report=report, poll_seconds=poll_seconds)


def roll_back(
    clients: Clients, stage: str, *, account: str, bucket: str, report: Report = print, poll_seconds: float = 3
) -> None:
    """Deploy what was deployed before the last change, with the present parameters. Done twice, it returns.
    Raises LocalError if nothing was, or with the reason of a failure."""
    cloudformation, s3 = clients("cloudformation"), clients("s3")
    stack = stack_name(stage)
    now = describe(cloudformation, stack)
    try:
        earlier = s3.get_object(Bucket=bucket, Key=_earlier(stack), ExpectedBucketOwner=account)["Body"].read()
    except ClientError:
        now = None
    if now is None:
        raise LocalError(f"No earlier deployment of {stack} is known. Deploy the commit that you want back.")
    key = f"{hashlib.sha256(earlier).hexdigest()}.json"
    put_new(s3, bucket, account, key, earlier)
    kept = {each["ParameterKey"] for each in now.get("Parameters", [])} & json.loads(earlier).get(
        "Parameters", {}
    ).keys()
    request = _request(stack, f"{s3.meta.endpoint_url}/{bucket}/{key}", {}) | {
        "Parameters": [{"ParameterKey": name, "UsePreviousValue": True} for name in sorted(kept)]
    }
    _apply(clients, request, account=account, bucket=bucket, report=report, poll_seconds=poll_seconds)


def _earlier(stack: str) -> str:
    """Where the template is kept that a stack had before its last change. It names its code and layer by their hash."""
    return f"earlier/{stack}.json"


def _apply(
    clients: Clients, request: dict[str, Any], *, account: str, bucket: str, report: Report, poll_seconds: float
) -> bool:
    """Create or update the stack; False if nothing changed. Raises LocalError with the reason of a failure."""
    cloudformation, stack = clients("cloudformation"), request["StackName"]
    before = describe(cloudformation, stack)
    if before and before["StackStatus"] in ("ROLLBACK_COMPLETE", "CREATE_FAILED", "ROLLBACK_FAILED"):
        # A failed first deployment leaves a stack that can only be deleted.
        cloudformation.delete_stack(StackName=stack)
        wait(cloudformation, stack, report, poll_seconds)
        before = None
    began = time.time() - 1
    earlier = None
    try:
        if before is None:
            cloudformation.create_stack(**request)
        else:
            earlier = cloudformation.get_template(StackName=stack, TemplateStage="Original")["TemplateBody"]
            cloudformation.update_stack(**request)
    except ClientError as error:
        if "No updates are to be performed" in str(error):
            return False
        raise LocalError(f"CloudFormation rejected the template: {error.response['Error']['Message']}") from None
    after = wait(cloudformation, stack, report, poll_seconds)
    if after["StackStatus"] not in ("CREATE_COMPLETE", "UPDATE_COMPLETE"):
        raise LocalError(f"The stack could not be deployed: {failure(cloudformation, stack, began)}")
    if earlier is not None:
        body = earlier if isinstance(earlier, str) else json.dumps(earlier)
        clients("s3").put_object(Bucket=bucket, Key=_earlier(stack), Body=body.encode(), ExpectedBucketOwner=account)
    return True
