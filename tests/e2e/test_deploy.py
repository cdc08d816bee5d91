"""`make deploy` against a local cloud that stands in for AWS."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from local import deployment
from local.errors import LocalError
from local.places import ROOT
from local.stack import Stack, running


@pytest.fixture(scope="module")
def cloud(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    with running(tmp_path_factory.mktemp("cloud")) as started:
        yield started


def deploy(cloud: Stack, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "local.deploy", *arguments]
    environment = {**os.environ, **cloud.environment}
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)


def test_a_stage_is_deployed_and_keeps_its_parameters(cloud: Stack) -> None:
    first = deploy(cloud, "--stage", "testing", "MailFrom=orders@shop.example")
    again = deploy(cloud, "--stage", "testing")

    assert not first.returncode, first.stderr
    assert "MailFrom: orders@shop.example" in first.stdout
    assert "Nothing has changed." in again.stdout
    assert "MailFrom: orders@shop.example" in again.stdout


def test_a_deployed_function_may_not_call_loopback_addresses(cloud: Stack) -> None:
    assert not deploy(cloud, "--stage", "testing").returncode
    functions = cloud.client("lambda").list_functions()["Functions"]
    deployed = [function for function in functions if "testing" in function["FunctionName"]]

    assert deployed
    assert {function["Environment"]["Variables"]["ALLOW_LOOPBACK"] for function in deployed} == {""}


def test_the_local_stage_cannot_be_deployed_to_aws(cloud: Stack) -> None:
    refused = deploy(cloud, "--stage", "local")

    assert refused.returncode
    assert "make run" in refused.stderr


def test_a_stage_that_was_never_deployed_is_reported_in_one_line(cloud: Stack) -> None:
    environment = {**os.environ, **cloud.environment}
    command = [sys.executable, "-m", "local.commands.org", "--stage", "nowhere", "--name", "Acme"]
    refused = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)

    assert refused.returncode
    assert "The stack orderly-embed-nowhere does not exist" in refused.stderr.strip().splitlines()[-1]


def artefact(folder: Path, *queues: str) -> Path:
    """A small one, with a parameter and some queues."""
    queue = {"Type": "AWS::SQS::Queue", "Properties": {"Tags": [{"Key": "purpose", "Value": {"Ref": "Purpose"}}]}}
    template = {
        "Parameters": {"Purpose": {"Type": "String", "Default": "none"}},
        "Resources": dict.fromkeys(queues, queue),
    }
    folder.mkdir(exist_ok=True)
    (folder / "sam.json").write_text(json.dumps(template))
    for archive in deployment.ARCHIVES:
        (folder / archive).write_bytes(b"")
    return folder


def test_a_deployment_is_rolled_back_with_its_parameters_and_returns(cloud: Stack, tmp_path: Path) -> None:
    account, bucket = "000000000000", "artefacts"

    def deploy_queues(*queues: str, purpose: str = "testing") -> None:
        built = artefact(tmp_path / "built", *queues)
        given = {"Purpose": purpose}
        deployment.deploy(cloud.client, built, "wavering", given, account=account, bucket=bucket, poll_seconds=0.1)

    def roll_back() -> None:
        deployment.roll_back(cloud.client, "wavering", account=account, bucket=bucket, poll_seconds=0.1)

    def deployed() -> set[str]:
        stack = deployment.stack_name("wavering")
        listed = cloud.client("cloudformation").describe_stack_resources(StackName=stack)["StackResources"]
        return {each["LogicalResourceId"] for each in listed if each["ResourceStatus"] != "DELETE_COMPLETE"}

    deploy_queues("One")
    with pytest.raises(LocalError, match="No earlier deployment"):
        roll_back()
    deploy_queues("One", "Two", purpose="more")
    # Deploying the same again, or failing to, is no deployment to go back to.
    deploy_queues("One", "Two", purpose="more")
    roll_back()
    assert deployed() == {"One"}
    stack = deployment.describe(cloud.client("cloudformation"), deployment.stack_name("wavering"))
    assert stack is not None
    assert stack["Parameters"] == [{"ParameterKey": "Purpose", "ParameterValue": "more"}]
    roll_back()
    assert deployed() == {"One", "Two"}


def test_a_deployment_that_fails_says_its_first_cause(cloud: Stack, tmp_path: Path) -> None:
    resources = {
        "First": {"Type": "AWS::SQS::Queue"},
        "Broken": {
            "Type": "AWS::CloudFormation::CustomResource",
            "DependsOn": "First",
            "Properties": {"ServiceToken": "arn:aws:lambda:us-east-1:000000000000:function:no-such-function"},
        },
        "After": {"Type": "AWS::SQS::Queue", "DependsOn": "Broken"},
    }
    (tmp_path / "sam.json").write_text(json.dumps({"Resources": resources}))
    for archive in deployment.ARCHIVES:
        (tmp_path / archive).write_bytes(b"")
    with pytest.raises(LocalError) as failed:
        deployment.deploy(
            cloud.client, tmp_path, "failing", {}, account="000000000000", bucket="artefacts", poll_seconds=0.1
        )

    assert str(failed.value).startswith(
        "The stack could not be deployed: Broken (AWS::CloudFormation::CustomResource): "
    )
    assert "no-such-function" in str(failed.value)
