"""`make deploy STAGE=…`: packages a stage and deploys it to AWS with your credentials."""

import argparse
import json
import sys
from pathlib import Path
from typing import Any

import boto3
from botocore.exceptions import BotoCoreError, ClientError

from infra import package, template
from infra.system import QUEUES
from local import deployment
from local.errors import Arguments, LocalError
from local.places import ROOT


def parameter(text: str) -> tuple[str, str]:
    name, given, value = text.partition("=")
    if not given:
        raise argparse.ArgumentTypeError(f"{text!r} does not have the form Name=value")
    return name, value


def settings(stage: str, artefact: Path, given: dict[str, str]) -> dict[str, str]:
    """The stack's parameters: those given, then the current values. The template's defaults cover the rest."""
    known = json.loads((artefact / "sam.json").read_text())["Parameters"]
    before = deployment.describe(boto3.client("cloudformation"), deployment.stack_name(stage)) or {}
    kept = {each["ParameterKey"]: each["ParameterValue"] for each in before.get("Parameters", [])}
    return {name: value for name, value in kept.items() if name in known} | given


def account_notes(functions: Any) -> list[str]:
    """What the account's limits mean for this stack."""
    limit = functions.get_account_settings()["AccountLimit"]["ConcurrentExecutions"]
    needed = sum(queue.max_concurrency for queue in QUEUES) + 1
    if limit >= needed:
        return []
    return [
        f"This account runs {limit} functions at once, as new accounts do. The queues alone may use {needed}: request "
        "a higher quota for concurrent executions, or API requests will be throttled while queues are busy."
    ]


def check_names(stage: str, given: dict[str, str]) -> None:
    """Raises LocalError for a parameter that the template does not have, before a minute of packaging."""
    known = template.build(stage)["Parameters"]
    if unknown := sorted(given.keys() - known.keys()):
        raise LocalError(f"PARAMETERS: the template has no {', '.join(unknown)}. It has {', '.join(known)}.")


def bucket_of(account: str, region: str) -> str:
    """Where code, layers and templates of this account's stages are."""
    return f"orderly-embed-artefacts-{account}-{region}"


def roll_back(stage: str) -> None:
    if stage == "local":
        raise LocalError("STAGE is missing: make rollback STAGE=production.")
    region = deployment.region()
    account = boto3.client("sts").get_caller_identity()["Account"]
    deployment.roll_back(boto3.client, stage, account=account, bucket=bucket_of(account, region))
    print("Rolled back to the deployment before the last one. Do it again to return.")


def deploy(stage: str, given: dict[str, str], *, only_preview: bool = False) -> dict[str, str]:
    if stage == "local":
        raise LocalError("STAGE is missing: make deploy STAGE=production. (`make run` starts the local stack.)")
    check_names(stage, given)
    region = deployment.region()
    # Fails early: packaging takes a minute.
    account = boto3.client("sts").get_caller_identity()["Account"]
    artefact = ROOT / ".build" / stage
    package.build(stage, artefact)
    bucket = bucket_of(account, region)
    parameters = settings(stage, artefact, given)
    if only_preview:
        arn, changes = deployment.preview(boto3.client, artefact, stage, parameters, account=account, bucket=bucket)
        print("\n".join(changes) or "Nothing would change.")
        return {"Deploy it with": f"aws cloudformation execute-change-set --change-set-name {arn}"} if arn else {}
    changed = deployment.deploy(boto3.client, artefact, stage, parameters, account=account, bucket=bucket)
    print("Deployed." if changed else "Nothing has changed.")
    if not parameters.get("AlarmTopicArn"):
        print("Nobody is notified of alarms: pass AlarmTopicArn=arn:aws:sns:… (docs/deploy.md).")
    for note in account_notes(boto3.client("lambda")):
        print(note)
    return deployment.outputs(boto3.client("cloudformation"), deployment.stack_name(stage))


def main() -> None:
    parser = Arguments(description=__doc__)
    parser.add_argument("--stage", required=True)
    parser.add_argument("parameters", nargs="*", type=parameter, help="template parameters, as Name=value")
    parser.add_argument("--change-set", action="store_true", help="only show what would change")
    parser.add_argument("--roll-back", action="store_true", help="deploy what was deployed before, and nothing new")
    options = parser.parse_args()
    try:
        if options.roll_back:
            roll_back(options.stage)
            return
        shown = deploy(options.stage, dict(options.parameters), only_preview=options.change_set)
        for name, value in shown.items():
            print(f"{name}: {value}")
    except LocalError as error:
        sys.exit(f"error: {error}")
    except package.PackagingFailed as failed:
        sys.exit(f"{failed}\nerror: packaging failed: {failed.reason}")
    except (ClientError, BotoCoreError) as error:
        sys.exit(f"error: {error}")


if __name__ == "__main__":
    main()
