"""The template as CloudFormation gets it: after SAM's transform, on which the stages and their settings depend."""

import json
from pathlib import Path
from typing import Any, ClassVar
from unittest.mock import Mock

import pytest
from chalice.app import CloudWatchEvent
from samtranslator.translator.transform import transform

from chalicelib.kit.metrics import NAMESPACE
from chalicelib.table.due import ALL_SHARDS
from infra import package
from infra.runtime import LOCAL
from infra.storage import TABLE_ARN, TABLE_NAME
from infra.system import FUNCTIONS, GUEST_ROUTES
from infra.template import build as template_of
from local.deployment import MAX_STAGE_LENGTH, stack_name
from local.places import BUILT, ROOT
from tests.infra.test_template import Json

pytestmark = [pytest.mark.package, pytest.mark.xdist_group("package")]
DEPLOYED = "production"


@pytest.fixture(scope="module")
def expanded(tmp_path_factory: pytest.TempPathFactory) -> Json:
    """The packaged template of a deployed stage. Chalice's part of it does not depend on the stage, so the package that
    the other tests use is taken, with the resources of a deployed stage merged in."""
    artefact = tmp_path_factory.mktemp("expanded")
    package.build(LOCAL, BUILT, copy_to=artefact)
    return expand(artefact)


def expand(artefact: Path) -> Json:
    packaged = json.loads((artefact / "sam.json").read_text())
    deployed = merge(packaged, template_of(DEPLOYED))
    text = json.dumps(deployed)
    for archive in ("deployment.zip", "layer-deployment.zip"):
        text = text.replace(json.dumps(f"./{archive}"), json.dumps(f"s3://bucket/{archive}"))
    translated: Json = transform(json.loads(text), {}, Mock(load=dict))
    return translated


def merge(into: Any, changes: Any) -> Any:
    if isinstance(into, dict) and isinstance(changes, dict):
        # An intrinsic replaces what stands there: two keys beside each other would be none.
        if any(name == "Ref" or name.startswith("Fn::") for name in [*into, *changes]):
            return changes
        return {name: merge(into[name], changes[name]) if name in into and name in changes
                else changes.get(name, into.get(name)) for name in {**into, **changes}}  # fmt: skip
    return changes


def of_type(expanded: Json, type_name: str) -> dict[str, Json]:
    return {name: each for name, each in expanded["Resources"].items() if each["Type"] == type_name}


class TestStages:
    def test_there_is_one_and_no_open_second_one(self, expanded: Json) -> None:
        # Without `OpenApiVersion` SAM adds a stage named `Stage`, with neither throttles nor an access log.
        stages = of_type(expanded, "AWS::ApiGateway::Stage")
        assert [stage["Properties"]["StageName"] for stage in stages.values()] == ["api"]
        deployments = of_type(expanded, "AWS::ApiGateway::Deployment")
        assert [each["Properties"].get("StageName") for each in deployments.values()] in ([None], ["api"])

    def test_every_one_is_throttled_and_logged(self, expanded: Json) -> None:
        for stage in of_type(expanded, "AWS::ApiGateway::Stage").values():
            settings = stage["Properties"]["MethodSettings"]
            whole = [each for each in settings if each["ResourcePath"] == "/*" and each["HttpMethod"] == "*"]
            assert [each["ThrottlingRateLimit"] for each in whole] == [{"Ref": "RequestsPerSecond"}]
            assert len(settings) == 1 + len(GUEST_ROUTES)
            assert stage["Properties"]["AccessLogSetting"]["DestinationArn"]

    def test_responses_are_compressed(self, expanded: Json) -> None:
        (api,) = of_type(expanded, "AWS::ApiGateway::RestApi").values()
        assert 0 < api["Properties"]["MinimumCompressionSize"] <= 2048

    def test_the_address_without_the_domain_is_closed_where_there_is_one(self, expanded: Json) -> None:
        (api,) = of_type(expanded, "AWS::ApiGateway::RestApi").values()
        endpoint = api["Properties"]["Body"]["x-amazon-apigateway-endpoint-configuration"]
        assert endpoint["disableExecuteApiEndpoint"] == {"Fn::If": ["HasCustomDomain", True, False]}


class TestFunctions:
    def test_run_on_arm(self, expanded: Json) -> None:
        functions = of_type(expanded, "AWS::Lambda::Function")
        assert len(functions) == len(FUNCTIONS)
        assert {tuple(each["Properties"]["Architectures"]) for each in functions.values()} == {("arm64",)}
        (layer,) = of_type(expanded, "AWS::Lambda::LayerVersion").values()
        assert layer["Properties"]["CompatibleArchitectures"] == ["arm64"]

    def test_the_relay_reads_a_shard_with_several_processes(self, expanded: Json) -> None:
        mappings = of_type(expanded, "AWS::Lambda::EventSourceMapping").values()
        (stream,) = [each["Properties"] for each in mappings if "StartingPosition" in each["Properties"]]
        assert 1 < stream["ParallelizationFactor"] <= 10

    def test_retries_are_started_for_each_shard_with_all_that_chalice_reads(self, expanded: Json) -> None:
        rules = [each["Properties"] for name, each in of_type(expanded, "AWS::Events::Rule").items() if "Retry" in name]
        assert {rule["ScheduleExpression"] for rule in rules} == {"rate(1 minute)"}
        events = [json.loads(target["Input"]) for rule in rules for target in rule["Targets"]]
        assert sorted(CloudWatchEvent(event, None).detail["shard"] for event in events) == list(ALL_SHARDS)
        invoked = [
            each["Properties"]["SourceArn"]["Fn::GetAtt"][0]
            for each in of_type(expanded, "AWS::Lambda::Permission").values()
            if each["Properties"]["FunctionName"] == {"Ref": "RetryDeliveries"}
        ]
        assert len(set(invoked)) == len(rules)


class TestAlarms:
    def test_throttling_is_watched_on_the_table_and_on_each_of_its_indexes(self, expanded: Json) -> None:
        # DynamoDB reports an index under dimensions of its own; the table's metric does not include it.
        (table,) = of_type(expanded, "AWS::DynamoDB::Table").values()
        indexes = {index["IndexName"] for index in table["Properties"]["GlobalSecondaryIndexes"]}
        for metric in ("ReadThrottleEvents", "WriteThrottleEvents"):
            watched = [
                {each["Name"]: each["Value"] for each in alarm["Properties"]["Dimensions"]}
                for alarm in of_type(expanded, "AWS::CloudWatch::Alarm").values()
                if alarm["Properties"].get("MetricName") == metric
            ]
            assert {dimensions.get("GlobalSecondaryIndexName") for dimensions in watched} == {None, *indexes}
            assert all(dimensions["TableName"] == TABLE_NAME for dimensions in watched)

    def test_every_metric_is_one_that_its_service_has(self, expanded: Json) -> None:
        known = {
            "AWS/Lambda": {"Errors", "Throttles", "IteratorAge"},
            "AWS/SQS": {"ApproximateNumberOfMessagesVisible", "ApproximateAgeOfOldestMessage"},
            "AWS/DynamoDB": {"ReadThrottleEvents", "WriteThrottleEvents"},
            "AWS/ApiGateway": {"5XXError"},
            NAMESPACE: {"DueLag", "DueFailed"},
        }
        for alarm in of_type(expanded, "AWS::CloudWatch::Alarm").values():
            if "MetricName" in alarm["Properties"]:
                assert alarm["Properties"]["MetricName"] in known[alarm["Properties"]["Namespace"]]


class TestOptions:
    """What a deployment may switch on by a parameter. By default nothing of it is created."""

    def resource(self, expanded: Json, name: str) -> Json:
        found: Json = expanded["Resources"][name]
        return found

    def condition(self, expanded: Json, name: str) -> Any:
        return expanded["Conditions"][self.resource(expanded, name)["Condition"]]

    @pytest.mark.parametrize(
        ("name", "parameter", "off"),
        [
            ("Firewall", "FirewallRequestsPerAddress", 0),
            ("FirewallAssociation", "FirewallRequestsPerAddress", 0),
            ("BackupVault", "BackupSchedule", ""),
            ("BackupPlan", "BackupSchedule", ""),
            ("BackupRole", "BackupSchedule", ""),
            ("BackupSelection", "BackupSchedule", ""),
        ],
    )
    def test_are_off_by_default(self, expanded: Json, name: str, parameter: str, off: Any) -> None:
        assert self.condition(expanded, name) == {"Fn::Not": [{"Fn::Equals": [{"Ref": parameter}, str(off)]}]}
        assert expanded["Parameters"][parameter]["Default"] == off

    def test_the_firewall_is_on_the_one_stage(self, expanded: Json) -> None:
        (stage,) = of_type(expanded, "AWS::ApiGateway::Stage")
        association = self.resource(expanded, "FirewallAssociation")["Properties"]
        assert association["ResourceArn"]["Fn::Join"][1][1] == {"Ref": stage}
        (rule,) = self.resource(expanded, "Firewall")["Properties"]["Rules"]
        assert rule["Statement"]["RateBasedStatement"] == {
            "AggregateKeyType": "IP",
            "Limit": {"Ref": "FirewallRequestsPerAddress"},
        }

    def test_backups_are_of_the_table_that_is_served(self, expanded: Json) -> None:
        selection = self.resource(expanded, "BackupSelection")["Properties"]["BackupSelection"]
        assert selection["Resources"] == [TABLE_ARN]
        (rule,) = self.resource(expanded, "BackupPlan")["Properties"]["BackupPlan"]["BackupPlanRule"]
        assert rule["CopyActions"]["Fn::If"][0] == "HasBackupCopies"
        assert rule["Lifecycle"] == {"DeleteAfterDays": {"Ref": "BackupRetentionDays"}}

    def test_the_table_and_each_index_can_be_warm(self, expanded: Json) -> None:
        table = self.resource(expanded, "Table")["Properties"]
        for part in (table, *table["GlobalSecondaryIndexes"]):
            on, units, off = part["WarmThroughput"]["Fn::If"]
            assert (on, off) == ("HasWarmThroughput", {"Ref": "AWS::NoValue"})
            assert units == {
                "ReadUnitsPerSecond": {"Ref": "WarmReadUnits"},
                "WriteUnitsPerSecond": {"Ref": "WarmWriteUnits"},
            }

    def test_the_key_can_be_one_for_several_regions(self, expanded: Json) -> None:
        assert self.resource(expanded, "Key")["Properties"]["MultiRegion"] == {
            "Fn::If": ["IsMultiRegionKey", True, False]
        }
        assert expanded["Parameters"]["MultiRegionKey"]["Default"] == "false"


class TestDeployer:
    """docs/examples/deployer-policy.json lets CI deploy the stack, and no more than that."""

    POLICY = json.loads((ROOT / "docs/examples/deployer-policy.json").read_text())
    SERVICES: ClassVar = {"ApiGateway": "apigateway", "CloudWatch": "cloudwatch", "WAFv2": "wafv2", "Logs": "logs"}

    def test_covers_the_service_of_every_resource(self, expanded: Json) -> None:
        actions = {action.partition(":")[0] for each in self.POLICY["Statement"] for action in each["Action"]}
        types = {each["Type"].split("::")[1] for each in expanded["Resources"].values()}
        assert {self.SERVICES.get(name, name.lower()) for name in types} <= actions

    def test_passes_roles_of_the_stack_only_and_to_known_services(self) -> None:
        for statement in self.POLICY["Statement"]:
            if any(action.startswith("iam:") for action in statement["Action"]):
                assert statement["Resource"] == ["arn:aws:iam::*:role/orderly-embed-*"]
                assert "iam:*" not in statement["Action"]
            if "iam:PassRole" in statement["Action"]:
                assert statement["Condition"]["StringEquals"]["iam:PassedToService"]


class TestNames:
    def test_logs_of_the_longest_stage_are_where_the_policies_allow_them(self, expanded: Json) -> None:
        # Lambda's name is the stack's and the function's, cut to 64 characters: a longer stack name would be cut, and
        # the policy of the function's own log would miss it.
        stack = stack_name("s" * MAX_STAGE_LENGTH)
        random_suffix = 13
        for function in of_type(expanded, "AWS::Lambda::Function"):
            assert len(f"{stack}-{function}-") + random_suffix <= 64
