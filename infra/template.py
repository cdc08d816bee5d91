"""The template that Chalice merges into its own: `resources.yaml` plus the resources of each function and queue."""

import json
from pathlib import Path
from typing import Any

import yaml

from chalicelib.kit.version import VERSION
from chalicelib.table import keys
from chalicelib.table.keys import SHARDS
from infra import monitoring
from infra.gateway import ANY_PATH, gateway_responses, preflight
from infra.monitoring import get_att
from infra.runtime import LOCAL, architecture, identifier, python_of
from infra.storage import KEY_ARN, STREAM_ARN, TABLE_ARN, TABLE_NAME
from infra.system import DAY, FUNCTIONS, GUEST_ROUTES, QUEUES, Function, Queue

Json = dict[str, Any]

STREAM_FILTERS = (
    {"eventName": ["INSERT"], "dynamodb": {"Keys": {"pk": {"S": [{"prefix": keys.EVENT_PREFIX}]}}}},
    {"dynamodb": {"Keys": {"pk": {"S": [{"prefix": keys.END_USERS}]}, "sk": {"S": [keys.STATS]}}}},
)
FOURTEEN_DAYS = 14 * DAY
GATEWAY = "https://${RestAPI}.execute-api.${AWS::Region}.${AWS::URLSuffix}/api"
# The account id of the local cloud; no AWS account has it.
LOCAL_CLOUD = {"LocalCloud": {"000000000000": {"AllowLoopback": "1"}}}


WARM_THROUGHPUT = {
    "Fn::If": [
        "HasWarmThroughput",
        {"ReadUnitsPerSecond": {"Ref": "WarmReadUnits"}, "WriteUnitsPerSecond": {"Ref": "WarmWriteUnits"}},
        {"Ref": "AWS::NoValue"},
    ]
}


def allow_loopback(stage: str) -> Json | str:
    """Allow loopback addresses on the local stage only. The mapping resolves in the local cloud's account alone, so AWS
    rejects a template that was built for the local stage."""
    if stage != LOCAL:
        return ""
    return {"Fn::FindInMap": ["LocalCloud", {"Ref": "AWS::AccountId"}, "AllowLoopback"]}


def platform_hosts(stage: str) -> Json | str:
    """Local servers that stand in for hosts of platforms, on the local stage only. The parameter exists there alone."""
    return {"Ref": "PlatformHosts"} if stage == LOCAL else ""


def public_base_url(function: Function) -> Json:
    """The API's public address. Without a parameter for it, background functions get the gateway's own address. The
    functions that the gateway depends on can't, since it is created after them: the API's own, which uses the request's
    host, and those that it invokes."""
    is_invoked = any(function.name in each.invokes for each in FUNCTIONS)
    behind_gateway = is_invoked or not (function.queue or function.reads_stream or function.scheduled)
    own: Json | str = "" if behind_gateway else {"Fn::Sub": GATEWAY}
    named = {"Fn::If": ["HasCustomDomain", {"Fn::Sub": "https://${CustomDomain}"}, own]}
    return {"Fn::If": ["HasPublicBaseUrl", {"Ref": "PublicBaseUrl"}, named]}


def environment(function: Function, stage: str) -> Json:
    queue_urls = {f"{queue.name.upper()}_QUEUE_URL": {"Ref": queue.logical_id} for queue in QUEUES}
    invoked = {
        f"{each.name.upper()}_FUNCTION": {"Ref": each.logical_id} for each in FUNCTIONS if each.name in function.invokes
    }
    return {
        "STAGE": stage,
        "FUNCTION": function.name,
        "TABLE_NAME": TABLE_NAME,
        "KMS_KEY_ID": KEY_ARN,
        **queue_urls,
        **invoked,
        "MAIL_FROM": {"Ref": "MailFrom"},
        "MAIL_CONFIGURATION_SET": {"Ref": "MailConfigurationSet"},
        "PUBLIC_BASE_URL": public_base_url(function),
        "BRIDGE_SERVICE_URL": {"Ref": "BridgeServiceUrl"},
        "BRIDGE_SERVICES": {"Ref": "BridgeServices"},
        "ALLOW_LOOPBACK": allow_loopback(stage),
        "PLATFORM_HOSTS": platform_hosts(stage),
        "PLATFORM_CREDENTIALS": {"Ref": "PlatformCredentials"},
    }


def triggers(function: Function) -> Json:
    if function.queue:
        source = {
            "Queue": get_att(function.queue.logical_id),
            "BatchSize": function.queue.batch_size,
            "MaximumBatchingWindowInSeconds": function.queue.batching_window_seconds,
            "FunctionResponseTypes": ["ReportBatchItemFailures"],
            "ScalingConfig": {"MaximumConcurrency": function.queue.max_concurrency},
        }
        return {"Events": {f"{function.logical_id}SqsEventSource": {"Properties": source}}}
    if function.reads_stream:
        source = {
            "Stream": STREAM_ARN,
            "StartingPosition": "TRIM_HORIZON",
            "FilterCriteria": {"Filters": [{"Pattern": json.dumps(pattern)} for pattern in STREAM_FILTERS]},
            "FunctionResponseTypes": ["ReportBatchItemFailures"],
            # A failing batch is halved until the bad record is alone. That is retried for six hours, a quarter of the
            # stream's retention; then its position goes to the dead-letter queue and the rest continues.
            "BisectBatchOnFunctionError": True,
            # Events are unordered, so a shard may have several batches under way.
            "ParallelizationFactor": 4,
            "MaximumRetryAttempts": 1000,
            "MaximumRecordAgeInSeconds": DAY // 4,
            "DestinationConfig": {"OnFailure": {"Type": "SQS", "Destination": get_att(str(function.dead_letters))}},
        }
        return {"Events": {f"{function.logical_id}DynamodbEventSource": {"Properties": source}}}
    if function.scheduled:
        # The next run does the same work, so an event older than an hour can be dropped.
        return {
            **(schedules(function) if function.fans_out else {}),
            "EventInvokeConfig": {
                "MaximumEventAgeInSeconds": 3600,
                "MaximumRetryAttempts": 2,
                "DestinationConfig": {"OnFailure": {"Type": "SQS", "Destination": get_att(str(function.dead_letters))}},
            },
        }
    return {}


def schedules(function: Function) -> Json:
    """A schedule for each shard. Chalice makes the first one, and reads all of EventBridge's fields."""
    head = dict.fromkeys(("version", "id", "source", "account", "time", "region", "detail-type"), "")
    rate = {"Schedule": f"rate({function.jobs[0].every_seconds // 60} minute)"}
    found = {}
    for shard in range(SHARDS):
        name = f"{function.logical_id}Event{shard or ''}"
        sent = {"Input": json.dumps({**head, "resources": [], "detail": {"shard": shard}})}
        found[name] = {"Properties": sent} if shard == 0 else {"Type": "Schedule", "Properties": {**rate, **sent}}
    return {"Events": found}


def loops(function: Function) -> Json:
    """Long work continues with a message to the function's own queue until it is done. Without this setting Lambda
    stops such a chain after sixteen messages, as an unintended loop."""
    continues = function.queue is not None and function.queue.name in function.sends_to
    return {"RecursiveLoop": "Allow"} if continues else {}


def function_settings(function: Function, stage: str) -> Json:
    properties = {
        "Runtime": identifier(python_of(stage)),
        "Architectures": [architecture(stage)],
        "Layers": [{"Ref": "ManagedLayer"}],
        "Timeout": function.timeout_seconds,
        "MemorySize": function.memory_mb,
        "Environment": {"Variables": environment(function, stage)},
        **loops(function),
        **triggers(function),
    }
    return {function.logical_id: {"Properties": properties}}


def layer(stage: str) -> Json:
    properties = {
        "LayerName": f"orderly-embed-{stage}-managed-layer",
        "ContentUri": "./layer-deployment.zip",
        "CompatibleRuntimes": [identifier(python_of(stage))],
        "CompatibleArchitectures": [architecture(stage)],
    }
    return {"ManagedLayer": {"Type": "AWS::Serverless::LayerVersion", "Properties": properties}}


def dead_letter_queue(name: str) -> Json:
    return {
        "Type": "AWS::SQS::Queue",
        "Properties": {
            "QueueName": {"Fn::Sub": f"${{AWS::StackName}}-{name.replace('_', '-')}-dead-letters"},
            "MessageRetentionPeriod": FOURTEEN_DAYS,
            "SqsManagedSseEnabled": True,
        },
    }


def queue_resources(queue: Queue, function: Function) -> Json:
    dead_letters = f"{queue.logical_id}DeadLetters"
    main = {
        "Type": "AWS::SQS::Queue",
        "Properties": {
            "QueueName": {"Fn::Sub": f"${{AWS::StackName}}-{queue.name.replace('_', '-')}"},
            "VisibilityTimeout": 6 * function.timeout_seconds,
            "MessageRetentionPeriod": FOURTEEN_DAYS,
            "ReceiveMessageWaitTimeSeconds": 20,
            "SqsManagedSseEnabled": True,
            "RedrivePolicy": {
                "deadLetterTargetArn": get_att(dead_letters),
                "maxReceiveCount": queue.max_receive_count,
            },
        },
    }
    return {queue.logical_id: main, dead_letters: dead_letter_queue(queue.name)}


def function_resources(function: Function, stage: str) -> Json:
    resources = function_settings(function, stage)
    if function.queue:
        resources |= queue_resources(function.queue, function)
    elif function.dead_letters:
        resources[function.dead_letters] = dead_letter_queue(function.name.replace("_", "-"))
    return resources


def guest_throttles() -> list[Json]:
    rate = {"Ref": "GuestRequestsPerSecond"}
    return [
        {
            # The format API Gateway requires: a slash, then the path with its slashes written as `~1`.
            "ResourcePath": f"/{path.replace('/', '~1')}",
            "HttpMethod": method,
            "MetricsEnabled": False,
            "ThrottlingRateLimit": rate,
            "ThrottlingBurstLimit": rate,
        }
        for method, path in GUEST_ROUTES
    ]


def build(stage: str) -> Json:
    template: Json = yaml.safe_load(Path(__file__).with_name("resources.yaml").read_text())
    for function in FUNCTIONS:
        template["Resources"] |= function_resources(function, stage)
    template["Resources"] |= layer(stage)
    if stage == LOCAL:
        template["Mappings"] = LOCAL_CLOUD
        template["Parameters"]["PlatformHosts"] = {"Type": "String", "Default": ""}
    template["Resources"]["RestAPI"]["Properties"]["MethodSettings"] += guest_throttles()
    table = template["Resources"]["Table"]["Properties"]
    table["DeletionProtectionEnabled"] = stage != LOCAL
    if stage == LOCAL:
        # The local cloud has no warm throughput.
        del template["Conditions"]["HasWarmThroughput"]
        del template["Parameters"]["WarmReadUnits"], template["Parameters"]["WarmWriteUnits"]
    else:
        for part in (table, *table["GlobalSecondaryIndexes"]):
            part["WarmThroughput"] = WARM_THROUGHPUT
    template["Resources"]["BackupSelection"]["Properties"]["BackupSelection"]["Resources"] = [TABLE_ARN]
    template["Resources"]["RestAPI"]["Properties"]["GatewayResponses"] = gateway_responses()
    template["Resources"]["RestAPI"]["Properties"]["DefinitionBody"] = {"paths": {ANY_PATH: preflight()}}
    # Chalice declares the log group of this function for a resource name that it then doesn't use.
    template["Resources"]["ApiHandlerLogGroup"] = {
        "Properties": {"LogGroupName": {"Fn::Sub": "/aws/lambda/${APIHandler}"}}
    }
    # Chalice names every API after the app. Named after the stack, each stage of an account has metrics of its own.
    template["Resources"]["RestAPI"]["Properties"]["Name"] = {"Ref": "AWS::StackName"}
    alarms = monitoring.alarms(stage)
    template["Resources"] |= alarms | {"Dashboard": monitoring.dashboard(stage, alarms)}
    template["Description"] = f"Orderly Embed {VERSION}"
    template["Outputs"]["Version"] = {"Value": VERSION}
    for queue in QUEUES:
        template["Outputs"][f"{queue.logical_id}Url"] = {"Value": {"Ref": queue.logical_id}}
    return template
