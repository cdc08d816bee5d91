"""Uploading to the account's own bucket, and what a deployment tells when it fails or will disappoint."""

import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import boto3
import pytest
from botocore.stub import Stubber

from infra.template import build
from local import deployment
from local.deploy import account_notes
from local.errors import LocalError
from local.places import ROOT

pytestmark = pytest.mark.usefixtures("cloud")

ACCOUNT = "123456789012"


@pytest.fixture
def artefact(tmp_path: Path) -> Path:
    for name in deployment.ARCHIVES:
        (tmp_path / name).write_bytes(b"code")
    (tmp_path / "sam.json").write_text('{"CodeUri": "./deployment.zip"}')
    return tmp_path


def test_the_bucket_is_created_if_it_does_not_exist(artefact: Path) -> None:
    s3 = boto3.client("s3")
    first, second = (deployment.upload(s3, artefact, "artefacts", ACCOUNT) for _ in range(2))
    stored = [each["Key"] for each in s3.list_objects_v2(Bucket="artefacts")["Contents"]]
    assert first == second
    # Both archives have the same content in this test.
    assert sorted(name.rpartition(".")[2] for name in stored) == ["json", "zip"]
    assert (
        s3.get_object(Bucket="artefacts", Key=first.rpartition("/")[2])["Body"]
        .read()
        .startswith(b'{"CodeUri": "s3://artefacts/')
    )


@pytest.mark.parametrize("code", ["403", "301"])
def test_nothing_is_uploaded_to_a_bucket_of_another_account(artefact: Path, code: str) -> None:
    s3 = boto3.client("s3")
    with Stubber(s3) as stub:
        stub.add_client_error("head_bucket", code, expected_params={"Bucket": "b", "ExpectedBucketOwner": ACCOUNT})
        with pytest.raises(LocalError, match="The bucket b cannot be used by this account"):
            deployment.upload(s3, artefact, "b", ACCOUNT)


class Events:
    """CloudFormation's events of a failed deployment, newest first, on two pages."""

    def __init__(self, *pages: list[tuple[str, str]]) -> None:
        self.pages = pages

    def get_paginator(self, name: str) -> "Events":
        assert name == "describe_stack_events"
        return self

    def paginate(self, StackName: str) -> list[dict[str, Any]]:  # noqa: N803 - as AWS names it
        return [{"StackEvents": [self._event(StackName, *each) for each in page]} for page in self.pages]

    @staticmethod
    def _event(stack: str, resource: str, reason: str) -> dict[str, Any]:
        return {
            "StackName": stack,
            "LogicalResourceId": resource,
            "ResourceType": "AWS::DynamoDB::Table",
            "ResourceStatus": "CREATE_FAILED",
            "ResourceStatusReason": reason,
            "Timestamp": datetime(2026, 11, 27, tzinfo=UTC),
        }


def test_a_failure_is_told_by_its_first_cause_however_many_followed() -> None:
    consequences = [(f"Function{number}", "Resource creation cancelled") for number in range(100)]
    events = Events(consequences, [("Queue", "caused by the table"), ("Table", "Limit exceeded")])
    assert deployment.failure(events, "stack", 0) == "Table (AWS::DynamoDB::Table): Limit exceeded"


@pytest.mark.parametrize("stage", ["", "Production", "a stage", "1st", "s" * 16, "../x"])
def test_a_stage_name_that_aws_would_cut_or_refuse_is_refused(stage: str) -> None:
    with pytest.raises(LocalError, match="cannot be a stage name"):
        deployment.stack_name(stage)


@pytest.mark.parametrize(("limit", "notes"), [(10, 1), (1000, 0)])
def test_an_account_that_runs_few_functions_at_once_is_pointed_out(limit: int, notes: int) -> None:
    functions = boto3.client("lambda", region_name="us-east-1")
    with Stubber(functions) as stub:
        stub.add_response("get_account_settings", {"AccountLimit": {"ConcurrentExecutions": limit}})
        assert len(account_notes(functions)) == notes


def test_the_page_has_every_parameter_of_the_template() -> None:
    section = (ROOT / "docs" / "deploy.md").read_text().split("\n## Parameters\n")[1].split("\n## ")[0]
    rows = [row for row in section.splitlines() if row.startswith("| `")]
    documented = {name for row in rows for name in re.findall(r"`(\w+)`", row.split("|")[1])}
    assert documented == build("production")["Parameters"].keys()


class TestPreview:
    """A change set to look at before a deployment."""

    def preview(self, artefact: Path, **found: Any) -> tuple[Any, Any]:
        cloudformation = boto3.client("cloudformation")
        with Stubber(cloudformation) as stub:
            stub.add_client_error("describe_stacks", "ValidationError", "Stack does not exist")
            stub.add_response("create_change_set", {"Id": "arn:change-set"})
            stub.add_response("describe_change_set", found)
            if found["Status"] == "FAILED":
                stub.add_response("delete_change_set", {})
            clients = {"cloudformation": cloudformation, "s3": boto3.client("s3")}
            return deployment.preview(
                clients.__getitem__, artefact, "production", {}, account=ACCOUNT, bucket="artefacts", poll_seconds=0
            )

    def test_names_every_change_and_what_is_replaced(self, artefact: Path) -> None:
        change = {"Action": "Modify", "LogicalResourceId": "Table", "ResourceType": "AWS::DynamoDB::Table"}
        replaced, kept = ({**change, "Replacement": each} for each in ("True", "False"))
        changes = [{"Type": "Resource", "ResourceChange": each} for each in (replaced, kept)]
        arn, lines = self.preview(artefact, Status="CREATE_COMPLETE", Changes=changes)
        assert arn == "arn:change-set"
        assert lines == ["Modify Table AWS::DynamoDB::Table (REPLACED)", "Modify Table AWS::DynamoDB::Table"]

    def test_leaves_no_empty_change_set(self, artefact: Path) -> None:
        reason = "The submitted information didn't contain changes."
        assert self.preview(artefact, Status="FAILED", StatusReason=reason) == ("", [])

    def test_says_why_there_is_none(self, artefact: Path) -> None:
        with pytest.raises(LocalError, match="Template format error"):
            self.preview(artefact, Status="FAILED", StatusReason="Template format error")
