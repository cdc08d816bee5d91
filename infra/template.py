"""The template that Chalice merges into its own: `resources.yaml` and what repeats per function and per queue."""

import json
from pathlib import Path
from typing import Any

import yaml

from infra.gateway import gateway_responses
from infra.system import DAY, FUNCTIONS, QUEUES, Function, Queue

Json = dict[str, Any]

STREAM_FILTER = {"eventName": ["INSERT"], "dynamodb": {"Keys": {"pk": {"S": [{"prefix": "EV#"}]}}}}
FOURTEEN_DAYS = 14 * DAY
LOCAL = "local"


def get_att(logical_id: str, attribute: str = "Arn") -> Json:
    return {"Fn::GetAtt": [logical_id, attribute]}


def allow_loopback(stage: str) -> Json | str:
    """Only the local stage may call this machine; every account but the local cloud's refuses its template."""
    if stage != LOCAL:
        return ""
    return {"Fn::FindInMap": ["LocalCloud", {"Ref": "AWS::AccountId"}, "AllowLoopback"]}


def environment(function: Function, stage: str) -> Json:
    queue_urls = {f"{queue.name.upper()}_QUEUE_URL": {"Ref": queue.logical_id} for queue in QUEUES}
    return {
        "STAGE": stage,
        "FUNCTION": function.name,
        "TABLE_NAME": {"Ref": "Table"},
        "KMS_KEY_ID": get_att("Key"),
        **queue_urls,
        "MAIL_FROM": {"Ref": "MailFrom"},
        "PUBLIC_BASE_URL": {"Ref": "PublicBaseUrl"},
        "BRIDGE_SERVICE_URL": {"Ref": "BridgeServiceUrl"},
        "ALLOW_LOOPBACK": allow_loopback(stage),
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
            "Stream": get_att("Table", "StreamArn"),
            "StartingPosition": "TRIM_HORIZON",
            "FilterCriteria": {"Filters": [{"Pattern": json.dumps(STREAM_FILTER)}]},
            "FunctionResponseTypes": ["ReportBatchItemFailures"],
            # A batch that fails is halved until the bad record stands alone. It is tried for six hours, a quarter
            # of what the stream keeps; then its place in the stream goes to the dead letters and the rest moves on.
            "BisectBatchOnFunctionError": True,
            "MaximumRetryAttempts": 1000,
            "MaximumRecordAgeInSeconds": DAY // 4,
            "DestinationConfig": {"OnFailure": {"Type": "SQS", "Destination": get_att(str(function.dead_letters))}},
        }
        return {"Events": {f"{function.logical_id}DynamodbEventSource": {"Properties": source}}}
    if function.scheduled:
        # The next run does what this one could not, so an event that waited an hour is worth nothing any more.
        return {
            "EventInvokeConfig": {
                "MaximumEventAgeInSeconds": 3600,
                "MaximumRetryAttempts": 2,
                "DestinationConfig": {"OnFailure": {"Type": "SQS", "Destination": get_att(str(function.dead_letters))}},
            }
        }
    return {}


def function_settings(function: Function, stage: str) -> Json:
    properties = {
        "Timeout": function.timeout_seconds,
        "MemorySize": function.memory_mb,
        "Environment": {"Variables": environment(function, stage)},
        **triggers(function),
    }
    return {function.logical_id: {"Properties": properties}}


def dead_letter_queue(name: str) -> Json:
    return {
        "Type": "AWS::SQS::Queue",
        "Properties": {
            "QueueName": {"Fn::Sub": f"${{AWS::StackName}}-{name}-dead-letters"},
            "MessageRetentionPeriod": FOURTEEN_DAYS,
            "SqsManagedSseEnabled": True,
        },
    }


def queue_resources(queue: Queue, function: Function) -> Json:
    dead_letters = f"{queue.logical_id}DeadLetters"
    main = {
        "Type": "AWS::SQS::Queue",
        "Properties": {
            "QueueName": {"Fn::Sub": f"${{AWS::StackName}}-{queue.name}"},
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


def alarm(
    description: str, namespace: str, metric: str, dimension: tuple[str, Json], threshold: int, **more: Any
) -> Json:
    name, value = dimension
    return {
        "Type": "AWS::CloudWatch::Alarm",
        "Properties": {
            "AlarmDescription": description,
            "Namespace": namespace,
            "MetricName": metric,
            "Dimensions": [{"Name": name, "Value": value}],
            "Statistic": "Sum",
            "Period": 60,
            "EvaluationPeriods": 1,
            "Threshold": threshold,
            "ComparisonOperator": "GreaterThanThreshold",
            "TreatMissingData": "notBreaching",
            "AlarmActions": {"Fn::If": ["HasAlarmTopic", [{"Ref": "AlarmTopicArn"}], {"Ref": "AWS::NoValue"}]},
            **more,
        },
    }


def function_alarms(function: Function) -> Json:
    name, itself = function.logical_id, ("FunctionName", {"Ref": function.logical_id})
    alarms = {
        f"{name}ErrorsAlarm": alarm(f"{function.name} raised an error", "AWS/Lambda", "Errors", itself, 0),
        f"{name}ThrottlesAlarm": alarm(
            f"{function.name} was refused a place to run", "AWS/Lambda", "Throttles", itself, 0
        ),
    }
    if function.reads_stream:
        behind = "events reach the queue a quarter of an hour late; the stream forgets after a day"
        alarms[f"{name}IteratorAgeAlarm"] = alarm(
            behind, "AWS/Lambda", "IteratorAge", itself, 900_000, Statistic="Maximum"
        )
    if function.dead_letters:
        queue = ("QueueName", get_att(function.dead_letters, "QueueName"))
        alarms[f"{function.dead_letters}Alarm"] = alarm(
            f"{function.name} gave something up",
            "AWS/SQS",
            "ApproximateNumberOfMessagesVisible",
            queue,
            0,
            Statistic="Maximum",
        )
    if function.queue:
        waiting = ("QueueName", get_att(function.queue.logical_id, "QueueName"))
        alarms[f"{function.queue.logical_id}AgeAlarm"] = alarm(
            f"a message has waited too long for {function.name}",
            "AWS/SQS",
            "ApproximateAgeOfOldestMessage",
            waiting,
            function.queue.oldest_message_alarm_seconds,
            Statistic="Maximum",
            EvaluationPeriods=3,
        )
    return alarms


def function_resources(function: Function, stage: str) -> Json:
    resources = function_settings(function, stage)
    if function.queue:
        resources |= queue_resources(function.queue, function)
    elif function.dead_letters:
        resources[function.dead_letters] = dead_letter_queue(function.name.replace("_", "-"))
    return resources | function_alarms(function)


def build(stage: str) -> Json:
    template: Json = yaml.safe_load(Path(__file__).with_name("resources.yaml").read_text())
    for function in FUNCTIONS:
        template["Resources"] |= function_resources(function, stage)
    template["Resources"]["Table"]["Properties"]["DeletionProtectionEnabled"] = stage != LOCAL
    template["Resources"]["RestAPI"]["Properties"]["GatewayResponses"] = gateway_responses()
    # Chalice makes this function's log group for a resource that it then calls otherwise.
    template["Resources"]["ApiHandlerLogGroup"] = {
        "Properties": {"LogGroupName": {"Fn::Sub": "/aws/lambda/${APIHandler}"}}
    }
    # Chalice names every API after the app; named after the stack, each stage of an account has figures of its own.
    template["Resources"]["RestAPI"]["Properties"]["Name"] = {"Ref": "AWS::StackName"}
    template["Resources"]["ServerErrorsAlarm"] = alarm(
        "the API answered 5xx", "AWS/ApiGateway", "5XXError", ("ApiName", {"Ref": "AWS::StackName"}), 0
    )
    for queue in QUEUES:
        template["Outputs"][f"{queue.name.title()}QueueUrl"] = {"Value": {"Ref": queue.logical_id}}
    return template
