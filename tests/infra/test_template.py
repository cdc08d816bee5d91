"""The packaged template: functions, queues, roles, alarms and the gateway."""

import json
import subprocess
import sys
import zipfile
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

import pytest

from chalicelib.api import routing
from chalicelib.api.routing import endpoints
from chalicelib.connectors.asking import ANSWER_S
from chalicelib.http.endpoint import Auth
from chalicelib.kit import aws
from chalicelib.mail.messages import parse_message, to_tags
from chalicelib.table import keys
from chalicelib.table.keys import Key
from chalicelib.webhooks.destinations import Destination
from infra import package, policies
from infra.gateway import ANY_PATH, RESPONSES
from infra.system import FUNCTIONS, QUEUES, Function
from infra.template import build as template_of
from local.places import BUILT, ROOT
from tests.support.bounces import bounce
from tests.support.locks import read_lock

Json = dict[str, Any]

pytestmark = [pytest.mark.package, pytest.mark.xdist_group("package")]
ENVIRONMENT = {
    "AWS_DEFAULT_REGION": "us-east-1",
    "STAGE": "local",
    "TABLE_NAME": "table",
    "KMS_KEY_ID": "key",
    "MAIL_FROM": "orders@example.com",
    "MAIL_CONFIGURATION_SET": "mail",
    "PUBLIC_BASE_URL": "",
    "BRIDGE_SERVICE_URL": "",
    "BRIDGE_SERVICES": "",
    "ALLOW_LOOPBACK": "",
    "PLATFORM_HOSTS": "",
    **{f"{queue.name.upper()}_QUEUE_URL": f"https://sqs.invalid/{queue.name}" for queue in QUEUES},
}
QUEUE_FUNCTIONS = [function for function in FUNCTIONS if function.queue]
INVOKED = {name for function in FUNCTIONS for name in function.invokes}
"""Functions whose caller waits and sees their errors, as the API's caller does."""
BACKGROUND_FUNCTIONS = [function for function in FUNCTIONS if function.name not in INVOKED | {"api_handler"}]


MESSAGE = {"kind": "order_confirmation", "organization_id": "org-1", "order_id": "order-1"}


def named(functions: list[Function]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("function", functions, ids=lambda function: function.name)


@pytest.fixture(scope="session")
def artefact(tmp_path_factory: pytest.TempPathFactory) -> Path:
    copy = tmp_path_factory.mktemp("package")
    package.build("local", BUILT, copy_to=copy)
    return copy


@pytest.fixture(scope="session")
def template(artefact: Path) -> Json:
    read: Json = json.loads((artefact / "sam.json").read_text())
    return read


@pytest.fixture
def resources(template: Json) -> Json:
    found: Json = template["Resources"]
    return found


def of_type(resources: Json, kind: str) -> Json:
    return {name: resource["Properties"] for name, resource in resources.items() if resource["Type"] == kind}


def referred_to(value: Any) -> str:
    """The logical id in a Ref or Fn::GetAtt."""
    return str(value["Ref"] if "Ref" in value else value["Fn::GetAtt"][0])


def event_source(resources: Json, function: Function) -> Json:
    (event,) = resources[function.logical_id]["Properties"]["Events"].values()
    properties: Json = event["Properties"]
    return properties


class TestFunctions:
    def test_the_list_matches_what_the_app_declares(self, resources: Json) -> None:
        assert set(of_type(resources, "AWS::Serverless::Function")) == {each.logical_id for each in FUNCTIONS}

    @named(list(FUNCTIONS))
    def test_each_has_its_own_role(self, resources: Json, function: Function) -> None:
        role = referred_to(resources[function.logical_id]["Properties"]["Role"])
        users = [
            name
            for name, properties in of_type(resources, "AWS::Serverless::Function").items()
            if referred_to(properties["Role"]) == role
        ]

        assert users == [function.logical_id]

    @named(list(FUNCTIONS))
    def test_each_log_group_has_a_retention_period(self, resources: Json, function: Function) -> None:
        name = {"Fn::Sub": f"/aws/lambda/${{{function.logical_id}}}"}
        (group,) = [each for each in of_type(resources, "AWS::Logs::LogGroup").values() if each["LogGroupName"] == name]

        assert group["RetentionInDays"] > 0

    @named(list(FUNCTIONS))
    def test_only_functions_that_send_to_their_own_queue_may_loop(self, resources: Json, function: Function) -> None:
        loops = function.queue is not None and function.queue.name in function.sends_to

        assert resources[function.logical_id]["Properties"].get("RecursiveLoop") == ("Allow" if loops else None)

    def test_the_functions_that_loop(self) -> None:
        assert {each.name for each in FUNCTIONS if each.queue and each.queue.name in each.sends_to} == {
            *("clean_up", "deliver_webhooks", "deliver_slow_webhooks", "evaluate_alerts", "work_on_bridges")
        }

    @named(list(FUNCTIONS))
    @pytest.mark.parametrize("metric", ["Errors", "Throttles"])
    def test_each_has_alarms(self, resources: Json, function: Function, metric: str) -> None:
        watched = [
            alarm["Dimensions"][0]["Value"]
            for alarm in of_type(resources, "AWS::CloudWatch::Alarm").values()
            if alarm.get("MetricName") == metric
        ]

        assert {"Ref": function.logical_id} in watched

    @named(list(FUNCTIONS))
    def test_each_knows_its_name_and_stage(self, resources: Json, function: Function) -> None:
        variables = resources[function.logical_id]["Properties"]["Environment"]["Variables"]

        assert variables["FUNCTION"] == function.name
        assert variables["STAGE"] == "local"

    def test_failed_stream_batches_and_scheduled_runs_go_to_a_dead_letter_queue(self, resources: Json) -> None:
        for function in BACKGROUND_FUNCTIONS:
            if function.queue:
                continue
            properties = resources[function.logical_id]["Properties"]
            source = event_source(resources, function) if function.reads_stream else properties["EventInvokeConfig"]

            assert referred_to(source["DestinationConfig"]["OnFailure"]["Destination"]) == function.dead_letters

    def test_a_caller_waits_longer_than_the_invoked_function_runs(self, resources: Json) -> None:
        timeouts = aws.client("lambda").meta.config

        for function in FUNCTIONS:
            properties = resources[function.logical_id]["Properties"]
            variables = properties["Environment"]["Variables"]
            assert {name for name in variables if name.endswith("_FUNCTION")} == {
                f"{name.upper()}_FUNCTION" for name in function.invokes
            }
            for name in function.invokes:
                (invoked,) = [each for each in FUNCTIONS if each.name == name]
                assert variables[f"{name.upper()}_FUNCTION"] == {"Ref": invoked.logical_id}
                # The one with a queue works for minutes, but answers a caller sooner.
                seconds = ANSWER_S if invoked.queue else resources[invoked.logical_id]["Properties"]["Timeout"]
                assert seconds < timeouts.read_timeout
                assert timeouts.connect_timeout + timeouts.read_timeout < properties["Timeout"]

    def test_an_invocation_is_not_retried(self) -> None:
        assert aws.client("lambda").meta.config.retries["total_max_attempts"] == 1

    @named(BACKGROUND_FUNCTIONS)
    def test_every_dead_letter_queue_has_an_alarm(self, resources: Json, function: Function) -> None:
        assert function.dead_letters
        queue = resources[function.dead_letters]["Properties"]
        watched = [
            referred_to(alarm["Dimensions"][0]["Value"])
            for alarm in of_type(resources, "AWS::CloudWatch::Alarm").values()
            if alarm.get("MetricName") == "ApproximateNumberOfMessagesVisible" and alarm["Threshold"] == 0
        ]

        assert queue["MessageRetentionPeriod"] == 14 * 24 * 3600
        assert function.dead_letters in watched


class TestQueues:
    @named(QUEUE_FUNCTIONS)
    def test_only_failed_messages_of_a_batch_are_received_again(self, resources: Json, function: Function) -> None:
        assert event_source(resources, function)["FunctionResponseTypes"] == ["ReportBatchItemFailures"]

    @named(QUEUE_FUNCTIONS)
    def test_the_visibility_timeout_is_six_function_timeouts(self, resources: Json, function: Function) -> None:
        queue = resources[referred_to(event_source(resources, function)["Queue"])]["Properties"]

        assert queue["VisibilityTimeout"] >= 6 * resources[function.logical_id]["Properties"]["Timeout"]

    @named(QUEUE_FUNCTIONS)
    def test_a_message_is_tried_five_times_before_the_dead_letter_queue(
        self, resources: Json, function: Function
    ) -> None:
        queue = resources[referred_to(event_source(resources, function)["Queue"])]["Properties"]

        assert queue["RedrivePolicy"]["maxReceiveCount"] >= 5
        assert referred_to(queue["RedrivePolicy"]["deadLetterTargetArn"]) == function.dead_letters

    @named(QUEUE_FUNCTIONS)
    def test_an_old_message_raises_an_alarm(self, resources: Json, function: Function) -> None:
        assert function.queue
        alarm = resources[f"{function.queue.logical_id}AgeAlarm"]["Properties"]

        assert alarm["MetricName"] == "ApproximateAgeOfOldestMessage"
        assert referred_to(alarm["Dimensions"][0]["Value"]) == function.queue.logical_id

    def test_every_queue_has_a_function(self) -> None:
        assert {function.queue for function in QUEUE_FUNCTIONS} == set(QUEUES)


class TestStream:
    def test_only_new_events_and_counters_of_end_users_reach_the_relay(self, resources: Json) -> None:
        (relay,) = [function for function in FUNCTIONS if function.reads_stream]
        source = event_source(resources, relay)

        assert [json.loads(each["Pattern"]) for each in source["FilterCriteria"]["Filters"]] == [
            {"eventName": ["INSERT"], "dynamodb": {"Keys": {"pk": {"S": [{"prefix": "EV#"}]}}}},
            {"dynamodb": {"Keys": {"pk": {"S": [{"prefix": "EU#"}]}, "sk": {"S": ["STATS"]}}}},
        ]
        assert source["FunctionResponseTypes"] == ["ReportBatchItemFailures"]
        assert source["BisectBatchOnFunctionError"] is True
        assert source["StartingPosition"] == "TRIM_HORIZON"

    def test_a_relay_that_falls_behind_raises_an_alarm(self, resources: Json) -> None:
        assert resources["RelayEventsIteratorAgeAlarm"]["Properties"]["MetricName"] == "IteratorAge"


class TestRoles:
    @named(list(FUNCTIONS))
    def test_the_policy_file_is_current(self, function: Function) -> None:
        written = (ROOT / policies.FOLDER / f"{function.name}.json").read_text()

        assert written == policies.render(function), "run: make policies"

    def test_no_role_may_scan_and_no_action_has_a_wildcard(self, resources: Json) -> None:
        for name, role in of_type(resources, "AWS::IAM::Role").items():
            for statement in statements(role):
                for action in statement["Action"]:
                    assert "*" not in action, name
                    assert action != "dynamodb:Scan", name

    def test_permissions_name_their_resources(self, resources: Json) -> None:
        for name, role in of_type(resources, "AWS::IAM::Role").items():
            for statement in statements(role):
                if statement["Action"] != ["dynamodb:ListStreams"]:
                    assert "*" not in statement["Resource"], name

    def test_dispatching_may_not_write(self, resources: Json) -> None:
        allowed = {
            action for each in statements(resources["DispatchEventsRole"]["Properties"]) for action in each["Action"]
        }

        assert {action for action in allowed if action.startswith("dynamodb:")} == {
            "dynamodb:GetItem",
            "dynamodb:BatchGetItem",
            "dynamodb:Query",
        }

    def test_functions_that_call_receivers_decrypt_webhook_secrets_only(self, resources: Json) -> None:
        context = "kms:EncryptionContext:subject"
        for name in ("DeliverWebhooksRole", "SendWebhookTestsRole"):
            allowed = statements(resources[name]["Properties"])
            (decrypting,) = [each for each in allowed if any(action.startswith("kms:") for action in each["Action"])]
            patterns = decrypting["Condition"]["StringLike"][context]

            assert decrypting["Action"] == ["kms:Decrypt"]
            assert matched(patterns, Destination("o", "u", "webhook", "w").subject)
            assert matched(patterns, Destination("o", "u", "rule", "r").subject)
            assert matched(patterns, Destination("o", None, "organization", "w").subject)
            for other in ("identity-secret", "bridge:b", "service:shopify", "server-key", "idempotent-answer"):
                assert not matched(patterns, other)

    @pytest.mark.parametrize("name", ["DeliverWebhooksRole", "DeliverSlowWebhooksRole"])
    def test_delivering_may_neither_delete_nor_send_mail(self, resources: Json, name: str) -> None:
        role = resources[name]
        batches = next(each for each in statements(role["Properties"]) if each["Action"] == ["dynamodb:BatchWriteItem"])

        assert not actions(role) & {"dynamodb:DeleteItem", "ses:SendEmail"}
        assert only_at(batches, keys.delivery_attempt("o", "w", "a"), keys.delivery("o", "w", "d"))

    def test_sending_tests_may_read_webhooks_and_write_attempts_only(self, resources: Json) -> None:
        role = resources["SendWebhookTestsRole"]
        reading, writing = (
            next(each for each in statements(role["Properties"]) if each["Action"] == [f"dynamodb:{action}"])
            for action in ("GetItem", "PutItem")
        )

        assert actions(role) == {
            *("dynamodb:GetItem", "dynamodb:PutItem", "kms:Decrypt"),
            *("logs:CreateLogStream", "logs:PutLogEvents"),
        }
        assert only_at(reading, keys.webhook("o", "u", "w"), keys.delivery_attempt("o", "w", "a"))
        assert only_at(writing, keys.delivery_attempt("o", "w", "a"), keys.webhook("o", "u", "w"))

    def test_only_the_api_may_invoke_functions_and_only_two(self, resources: Json) -> None:
        allowed = allowed_of(resources, "lambda")

        (name,) = allowed
        assert name in referred_to(resources["APIHandler"]["Properties"]["Role"])
        assert allowed[name] == [{"Fn::GetAtt": [each, "Arn"]} for each in ("SendWebhookTests", "WorkOnBridges")]

    def test_only_send_mail_may_send_and_only_through_the_configuration_set(self, resources: Json) -> None:
        allowed = allowed_of(resources, "ses")

        (name,) = allowed
        assert name == referred_to(resources["SendMail"]["Properties"]["Role"])
        assert [each["Fn::Sub"].rpartition(":")[2] for each in allowed[name]] == [
            "identity/*",
            "configuration-set/${MailConfigurationSet}",
        ]


class TestBounces:
    """SES reports bounces to the default event bus; a rule puts the fields we keep into the dead-letter queue."""

    def rule(self, resources: Json) -> Json:
        (rule,) = [each for each in of_type(resources, "AWS::Events::Rule").values() if "aws.ses" in str(each)]
        found: Json = rule
        return found

    def test_emails_are_sent_through_the_configuration_set_that_reports_bounces(self, resources: Json) -> None:
        variables = resources["SendMail"]["Properties"]["Environment"]["Variables"]
        (destination,) = of_type(resources, "AWS::SES::ConfigurationSetEventDestination").values()

        assert (
            variables["MAIL_CONFIGURATION_SET"]
            == destination["ConfigurationSetName"]
            == {"Ref": "MailConfigurationSet"}
        )
        assert destination["EventDestination"]["MatchingEventTypes"] == ["bounce"]
        assert destination["EventDestination"]["EventBridgeDestination"]["EventBusArn"]["Fn::Sub"].endswith("/default")

    def test_bounces_go_to_the_dead_letter_queue_and_only_the_rule_may_send_there(self, resources: Json) -> None:
        (target,) = self.rule(resources)["Targets"]
        (policy,) = of_type(resources, "AWS::SQS::QueuePolicy").values()
        (statement,) = policy["PolicyDocument"]["Statement"]

        assert referred_to(target["Arn"]) == "MailQueueDeadLetters"
        assert [referred_to(queue) for queue in policy["Queues"]] == ["MailQueueDeadLetters"]
        assert statement["Principal"] == {"Service": "events.amazonaws.com"}
        assert statement["Action"] == "sqs:SendMessage"
        assert statement["Condition"] == {"ArnEquals": {"aws:SourceArn": {"Fn::GetAtt": ["MailBounces", "Arn"]}}}

    def test_a_kept_bounce_identifies_the_email_but_not_its_recipient(self, resources: Json) -> None:
        (target,) = self.rule(resources)["Targets"]
        paths, text = (target["InputTransformer"][name] for name in ("InputPathsMap", "InputTemplate"))
        event = bounce(to_tags(MESSAGE), "mail", "jane@example.com")
        for name, path in paths.items():
            value: Any = event
            for part in path.removeprefix("$.").split("."):
                value = value[part]
            text = text.replace(f"<{name}>", json.dumps(value))

        assert "jane" not in text
        assert parse_message(json.loads(text)) == (MESSAGE, event["detail"]["mail"]["messageId"])


def matched(patterns: list[str], text: str) -> bool:
    return any(fnmatchcase(text, pattern) for pattern in patterns)


def only_at(statement: Json, inside: Key, outside: Key) -> bool:
    """Whether the statement applies to the first key and not to the second."""
    patterns = statement["Condition"]["ForAllValues:StringLike"]["dynamodb:LeadingKeys"]
    return matched(patterns, inside.pk) and not matched(patterns, outside.pk)


def actions(role: Json) -> set[str]:
    return {action for statement in statements(role["Properties"]) for action in statement["Action"]}


def allowed_of(resources: Json, service: str) -> dict[str, Any]:
    """The resources each role may access in a service, by role."""
    return {
        name: statement["Resource"]
        for name, role in of_type(resources, "AWS::IAM::Role").items()
        for statement in statements(role)
        if any(action.startswith(f"{service}:") for action in statement["Action"])
    }


def statements(role: Json) -> list[Json]:
    return [statement for policy in role.get("Policies", ()) for statement in policy["PolicyDocument"]["Statement"]]


class TestPublicBaseUrl:
    """The base of links in e-mails and pages."""

    def variable(self, resources: Json, name: str) -> Json:
        found: Json = resources[name]["Properties"]["Environment"]["Variables"]["PUBLIC_BASE_URL"]
        return found

    @pytest.mark.parametrize("name", ["APIHandler", "SendMail"])
    def test_is_the_parameter_or_else_the_custom_domain(self, resources: Json, name: str) -> None:
        condition, parameter, default = self.variable(resources, name)["Fn::If"]

        assert (condition, parameter) == ("HasPublicBaseUrl", {"Ref": "PublicBaseUrl"})
        assert default["Fn::If"][:2] == ["HasCustomDomain", {"Fn::Sub": "https://${CustomDomain}"}]

    def test_of_functions_that_the_gateway_depends_on_has_no_default(self, resources: Json) -> None:
        """The gateway is created after them: CloudFormation refuses a circle."""
        for name in ("APIHandler", "SendWebhookTests", "WorkOnBridges"):
            assert self.variable(resources, name)["Fn::If"][2]["Fn::If"][2] == ""

    def test_of_background_functions_defaults_to_the_gateways_address(self, resources: Json) -> None:
        address = self.variable(resources, "SendMail")["Fn::If"][2]["Fn::If"][2]

        assert address["Fn::Sub"].startswith("https://${RestAPI}.execute-api.")

    def test_functions_behind_the_gateway_do_not_depend_on_it(self, resources: Json) -> None:
        for name in ("APIHandler", "SendWebhookTests"):
            assert "RestAPI" not in json.dumps(resources[name])


class TestStage:
    @named(list(FUNCTIONS))
    def test_a_deployed_stage_may_not_call_loopback_addresses(self, function: Function) -> None:
        deployed = template_of("production")["Resources"][function.logical_id]["Properties"]["Environment"]

        assert deployed["Variables"]["ALLOW_LOOPBACK"] == ""
        assert deployed["Variables"]["PLATFORM_HOSTS"] == ""

    def test_the_local_template_works_in_the_local_clouds_account_only(self, template: Json) -> None:
        variables = template["Resources"]["DeliverWebhooks"]["Properties"]["Environment"]["Variables"]

        assert variables["ALLOW_LOOPBACK"] == {
            "Fn::FindInMap": ["LocalCloud", {"Ref": "AWS::AccountId"}, "AllowLoopback"]
        }
        assert template["Mappings"]["LocalCloud"].keys() == {"000000000000"}

    def test_a_deployed_template_has_no_mapping_for_the_local_cloud(self) -> None:
        assert "Mappings" not in template_of("production")

    def test_the_table_of_a_deployed_stage_is_protected_from_deletion(self) -> None:
        assert template_of("production")["Resources"]["Table"]["Properties"]["DeletionProtectionEnabled"] is True


class TestTable:
    def test_can_be_restored_and_is_retained(self, resources: Json) -> None:
        table = resources["Table"]

        assert table["DeletionPolicy"] == table["UpdateReplacePolicy"] == "Retain"
        assert table["Properties"]["PointInTimeRecoverySpecification"] == {"PointInTimeRecoveryEnabled": True}
        assert table["Properties"]["SSESpecification"] == {"SSEEnabled": True}
        assert table["Properties"]["TimeToLiveSpecification"] == {"AttributeName": "expires", "Enabled": True}

    def test_indexes_do_not_project_whole_items(self, resources: Json) -> None:
        projections = {
            index["IndexName"]: index["Projection"]
            for index in resources["Table"]["Properties"]["GlobalSecondaryIndexes"]
        }

        assert all(projection["ProjectionType"] != "ALL" for projection in projections.values())
        assert projections["due"] == {"ProjectionType": "KEYS_ONLY"}


class TestGateway:
    @pytest.mark.parametrize("kind", RESPONSES)
    def test_gateway_errors_have_the_usual_shape_and_cors_headers(self, resources: Json, kind: str) -> None:
        response = resources["RestAPI"]["Properties"]["GatewayResponses"][kind]
        error = json.loads(response["ResponseTemplates"]["application/json"])["error"]

        assert error.keys() == {"code", "message", "request_id"}
        assert error["request_id"] == "$context.requestId"
        assert response["ResponseParameters"]["Headers"]["Access-Control-Allow-Origin"] == "'*'"

    @pytest.mark.parametrize(
        ("kind", "status"),
        [
            ("MISSING_AUTHENTICATION_TOKEN", "404"),
            ("REQUEST_TOO_LARGE", "413"),
            ("THROTTLED", "429"),
            ("INTEGRATION_FAILURE", "502"),
            ("INTEGRATION_TIMEOUT", "504"),
        ],
    )
    def test_gateway_errors_have_the_documented_status(self, resources: Json, kind: str, status: str) -> None:
        assert resources["RestAPI"]["Properties"]["GatewayResponses"][kind]["StatusCode"] == status

    def test_a_throttled_response_has_retry_after(self, resources: Json) -> None:
        throttled = resources["RestAPI"]["Properties"]["GatewayResponses"]["THROTTLED"]

        assert throttled["ResponseParameters"]["Headers"]["Retry-After"] == "'1'"

    def test_requests_are_throttled_and_logged_without_their_path(self, resources: Json) -> None:
        properties = resources["RestAPI"]["Properties"]
        (settings,) = [each for each in properties["MethodSettings"] if each["ResourcePath"] == "/*"]

        assert settings["ThrottlingRateLimit"] == {"Ref": "RequestsPerSecond"}
        assert settings["ThrottlingBurstLimit"] == {"Ref": "RequestBurst"}
        assert "$context.path" not in properties["AccessLogSetting"]["Format"]

    def test_preflights_succeed_for_known_and_unknown_paths(self, resources: Json) -> None:
        paths = resources["RestAPI"]["Properties"]["DefinitionBody"]["paths"]

        assert set(paths) == {ANY_PATH} | {path for endpoint in endpoints() for path in endpoint.paths}
        assert list(paths[ANY_PATH]) == ["options"]
        for path, operations in paths.items():
            integration = operations["options"]["x-amazon-apigateway-integration"]
            headers = integration["responses"]["default"]["responseParameters"]
            assert integration["type"] == "mock", path
            assert headers["method.response.header.Access-Control-Allow-Origin"] == "'*'", path
            assert "Authorization" in headers["method.response.header.Access-Control-Allow-Headers"], path
            assert "method.response.header.Access-Control-Allow-Credentials" not in headers, path

    def test_every_public_route_has_its_own_throttle(self, resources: Json) -> None:
        throttled = {
            (each["HttpMethod"], each["ResourcePath"].removeprefix("/").replace("~1", "/"))
            for each in resources["RestAPI"]["Properties"]["MethodSettings"]
            if each["ThrottlingRateLimit"] == {"Ref": "GuestRequestsPerSecond"}
        }
        public = {
            (method, path)
            for endpoint in endpoints()
            if endpoint.auth in (Auth.PUBLIC, Auth.PUBLISHABLE_KEY, Auth.SHOP)
            for path in endpoint.paths
            for method in endpoint.methods
        }

        assert throttled == public, "see GUEST_ROUTES in infra/system.py"


class TestArtefact:
    def test_the_list_of_routes_has_every_endpoint(self, artefact: Path) -> None:
        with zipfile.ZipFile(artefact / "deployment.zip") as code:
            routes = routing.read(code.read("chalicelib/api/routes.json").decode())

        assert [route.endpoint() for route in routes] == list(endpoints())
        assert [route.paths for route in routes] == [endpoint.paths for endpoint in endpoints()]

    def test_the_code_archive_has_application_code_only(self, artefact: Path) -> None:
        names = zip_names(artefact / "deployment.zip")

        assert "app.py" in names
        assert not [name for name in names if name.startswith(("local/", "infra/", "tests/", "moto/", "pydantic/"))]

    def test_the_layer_has_every_dependency_for_lambdas_platform(self, artefact: Path) -> None:
        names = zip_names(artefact / "layer-deployment.zip")

        for name, locked in read_lock(ROOT / "requirements.txt").items():
            described = f"/{name.replace('-', '_')}-{locked.version}.dist-info/METADATA"
            assert any(each.endswith(described) for each in names), described
        assert any("pydantic_core" in name and "x86_64-linux-gnu" in name for name in names)

    def test_every_function_starts_with_code_and_layer_alone(self, artefact: Path, tmp_path: Path) -> None:
        for archive in ("layer-deployment.zip", "deployment.zip"):
            with zipfile.ZipFile(artefact / archive) as opened:
                opened.extractall(tmp_path / archive)
        (packages,) = (tmp_path / "layer-deployment.zip").glob("python/lib/*/site-packages")
        start = f"import sys; sys.path[:0] = [{str(tmp_path / 'deployment.zip')!r}, {str(packages)!r}]; import app; "

        for function in FUNCTIONS:
            entry = "app" if function.name == "api_handler" else function.name
            started = subprocess.run(
                [sys.executable, "-I", "-S", "-c", f"{start}app.{entry}"],
                env=ENVIRONMENT | {"FUNCTION": function.name},
                capture_output=True,
                text=True,
                check=False,
            )

            assert not started.returncode, f"{function.name}: {started.stderr}"


def zip_names(archive: Path) -> list[str]:
    with zipfile.ZipFile(archive) as opened:
        return opened.namelist()
