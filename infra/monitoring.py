"""The alarms and the dashboard. docs/operations.md explains what each alarm means."""

import json
from typing import Any

from chalicelib.kit.metrics import NAMESPACE
from chalicelib.table.connection import INDEXES
from infra.storage import TABLE_NAME
from infra.system import FUNCTIONS, Function, Job

Json = dict[str, Any]
Dimensions = dict[str, Any]

TABLE = {"TableName": TABLE_NAME}
API = {"ApiName": {"Ref": "AWS::StackName"}}
MIN_ATTEMPTS = 20
"""With fewer attempts in a quarter of an hour, the failure rate depends on single receivers."""
MAX_FAILURE_PERCENT = 50


def get_att(logical_id: str, attribute: str = "Arn") -> Json:
    return {"Fn::GetAtt": [logical_id, attribute]}


def statistic(
    namespace: str, metric: str, dimensions: Dimensions, stat: str = "Sum", period: int = 60
) -> dict[str, Any]:
    return {
        "Namespace": namespace,
        "MetricName": metric,
        "Dimensions": [{"Name": name, "Value": value} for name, value in dimensions.items()],
        "Statistic": stat,
        "Period": period,
    }


def alarm(description: str, watched: Json, threshold: int, *, periods: int = 1, missing: str = "notBreaching") -> Json:
    return {
        "Type": "AWS::CloudWatch::Alarm",
        "Properties": {
            "AlarmDescription": description,
            **watched,
            "EvaluationPeriods": periods,
            "Threshold": threshold,
            "ComparisonOperator": "GreaterThanThreshold",
            "TreatMissingData": missing,
            "AlarmActions": {"Fn::If": ["HasAlarmTopic", [{"Ref": "AlarmTopicArn"}], {"Ref": "AWS::NoValue"}]},
        },
    }


def function_alarms(function: Function) -> Json:
    name, itself = function.logical_id, {"FunctionName": {"Ref": function.logical_id}}
    alarms = {
        f"{name}ErrorsAlarm": alarm(f"{function.name} raised an error", statistic("AWS/Lambda", "Errors", itself), 0),
        f"{name}ThrottlesAlarm": alarm(
            f"{function.name} was throttled", statistic("AWS/Lambda", "Throttles", itself), 0
        ),
    }
    if function.reads_stream:
        behind = f"{function.name} is more than 15 minutes behind the stream, which keeps records for 24 hours"
        age = statistic("AWS/Lambda", "IteratorAge", itself, "Maximum")
        alarms[f"{name}IteratorAgeAlarm"] = alarm(behind, age, 900_000)
    if function.dead_letters:
        depth = statistic("AWS/SQS", "ApproximateNumberOfMessagesVisible", queue(function.dead_letters), "Maximum")
        alarms[f"{function.dead_letters}Alarm"] = alarm(
            f"{function.name} has messages in its dead-letter queue", depth, 0
        )
    if function.queue:
        age = statistic("AWS/SQS", "ApproximateAgeOfOldestMessage", queue(function.queue.logical_id), "Maximum")
        alarms[f"{function.queue.logical_id}AgeAlarm"] = alarm(
            f"a message has been in the queue of {function.name} for too long",
            age,
            function.queue.oldest_message_alarm_seconds,
            periods=3,
        )
    return alarms


def queue(logical_id: str) -> Dimensions:
    return {"QueueName": get_att(logical_id, "QueueName")}


def job_alarms(job: Job, stage: str) -> Json:
    """Alarms for a job that runs late and for items it could not process. No data counts as late."""
    name, itself = job.logical_id, {"Stage": stage, "Job": job.name}
    window = max(300, job.every_seconds)
    lag = statistic(NAMESPACE, "DueLag", itself, "Maximum", window)
    failed = statistic(NAMESPACE, "DueFailed", itself, "Sum", window)
    return {
        f"{name}LagAlarm": alarm(
            f"{job.name} is running late or has stopped reporting", lag, job.lag_alarm_seconds, missing="breaching"
        ),
        f"{name}FailedAlarm": alarm(f"{job.name} could not process an item and rescheduled it", failed, 0),
    }


def delivery_alarm(stage: str) -> Json:
    """Alarms when half of all attempts fail. The cause is then rarely the receivers, but our own: an outdated
    certificate store, no outbound network, an unusable key."""
    itself, period = {"Stage": stage}, 900

    def measured(metric: str) -> Json:
        named = statistic(NAMESPACE, metric, itself, period=period)
        how = {"Stat": named.pop("Statistic"), "Period": named.pop("Period")}
        return {"Id": metric.lower(), "ReturnData": False, "MetricStat": {"Metric": named, **how}}

    ratio = f"IF(attempts >= {MIN_ATTEMPTS}, 100 * FILL(failedattempts, 0) / attempts, 0)"
    metrics = [measured("Attempts"), measured("FailedAttempts"), {"Id": "ratio", "Expression": ratio}]
    description = f"more than {MAX_FAILURE_PERCENT}% of all webhook attempts failed"
    made = alarm(description, {"Metrics": metrics}, MAX_FAILURE_PERCENT)
    # The local cloud supports neither metric math nor an alarm topic.
    made["Properties"]["AlarmActions"] = [{"Ref": "AlarmTopicArn"}]
    return {"DeliveriesFailingAlarm": {"Condition": "HasAlarmTopic", **made}}


def table_alarms() -> Json:
    """DynamoDB reports throttling of an index under the index's own dimensions, and not with the table's."""
    made = {}
    for side in ("Read", "Write"):
        metric = f"{side}ThrottleEvents"
        made[f"Table{side}ThrottledAlarm"] = alarm(
            f"DynamoDB throttled {side.lower()}s of the table", statistic("AWS/DynamoDB", metric, TABLE), 0
        )
        for index in INDEXES:
            itself = {**TABLE, "GlobalSecondaryIndexName": index}
            made[f"Table{index.title()}{side}ThrottledAlarm"] = alarm(
                f"DynamoDB throttled {side.lower()}s of the index {index}", statistic("AWS/DynamoDB", metric, itself), 0
            )
    return made


def alarms(stage: str) -> Json:
    made = {
        "ServerErrorsAlarm": alarm("the API returned a 5xx response", statistic("AWS/ApiGateway", "5XXError", API), 0)
    }
    made |= table_alarms() | delivery_alarm(stage)
    for function in FUNCTIONS:
        made |= function_alarms(function)
        for job in function.jobs:
            made |= job_alarms(job, stage)
    return made


# The dashboard. Its body is text in which Fn::Sub replaces names such as `${RelayEvents}`.
Series = list[Any]
HALF, HEIGHT = 12, 6


def graph(title: str, series: list[Series], **more: Any) -> Json:
    properties = {"title": title, "metrics": series, "region": "${AWS::Region}", "view": "timeSeries", "period": 300}
    return {"type": "metric", "properties": {**properties, **more}}


def line(namespace: str, metric: str, dimensions: dict[str, str], label: str, stat: str = "Sum", **more: Any) -> Series:
    named = [part for pair in dimensions.items() for part in pair]
    return [namespace, metric, *named, {"label": label, "stat": stat, **more}]


def by_function(metric: str, stat: str) -> list[Series]:
    return [
        line("AWS/Lambda", metric, {"FunctionName": f"${{{each.logical_id}}}"}, each.name, stat) for each in FUNCTIONS
    ]


def by_queue(metric: str, *, dead_letters: bool) -> list[Series]:
    found = []
    for function in FUNCTIONS:
        logical_id = function.dead_letters if dead_letters else function.queue and function.queue.logical_id
        if logical_id:
            dimensions = {"QueueName": f"${{{logical_id}.QueueName}}"}
            found.append(line("AWS/SQS", metric, dimensions, function.name, "Maximum"))
    return found


def by_job(stage: str, metric: str, stat: str) -> list[Series]:
    jobs = [job for function in FUNCTIONS for job in function.jobs]
    return [line(NAMESPACE, metric, {"Stage": stage, "Job": job.name}, job.name, stat) for job in jobs]


def graphs(stage: str) -> list[Json]:
    api, ours, table = {"ApiName": "${AWS::StackName}"}, {"Stage": stage}, {"TableName": "${TableName}"}
    by_class = f"SEARCH('{{{NAMESPACE},Stage,ErrorClass}} MetricName=\"FailedAttempts\" Stage=\"{stage}\"', 'Sum')"
    return [
        graph(
            "API: requests and errors",
            [line("AWS/ApiGateway", metric, api, metric) for metric in ("Count", "4XXError", "5XXError")],
        ),
        graph(
            "API: latency",
            [line("AWS/ApiGateway", "Latency", api, stat, stat) for stat in ("p50", "p95", "p99")],
        ),
        graph("Functions: errors", by_function("Errors", "Sum")),
        graph("Functions: duration, p95", by_function("Duration", "p95")),
        graph(
            "Webhooks: attempts",
            [line(NAMESPACE, metric, ours, metric) for metric in ("Attempts", "FailedAttempts")],
        ),
        graph("Webhooks: failures by class", [[{"expression": by_class, "label": "${!PROP('Dim.ErrorClass')}"}]]),
        graph(
            "Webhooks: from event to first attempt",
            [line(NAMESPACE, "DeliveryLatency", ours, stat, stat) for stat in ("p50", "p95", "p99")],
        ),
        graph(
            "Alerts: fired and suppressed",
            [line(NAMESPACE, metric, ours, metric) for metric in ("FiredAlerts", "SuppressedAlerts")],
        ),
        graph("Queues: age of the oldest message", by_queue("ApproximateAgeOfOldestMessage", dead_letters=False)),
        graph("Dead letters", by_queue("ApproximateNumberOfMessagesVisible", dead_letters=True)),
        graph("Due work: lag", by_job(stage, "DueLag", "Maximum")),
        graph("Due work: rescheduled after a failure", by_job(stage, "DueFailed", "Sum")),
        graph(
            "Table: capacity",
            [line("AWS/DynamoDB", f"Consumed{side}CapacityUnits", table, side.lower()) for side in ("Read", "Write")],
        ),
        graph(
            "Stream: lag of the relay",
            [line("AWS/Lambda", "IteratorAge", {"FunctionName": "${RelayEvents}"}, "age", "Maximum")],
        ),
    ]


def dashboard(stage: str, watched: Json) -> Json:
    # A conditional alarm cannot be referenced where its condition is false.
    always = [name for name, itself in watched.items() if "Condition" not in itself]
    states = {"type": "alarm", "properties": {"title": "Alarms", "alarms": [f"${{{name}.Arn}}" for name in always]}}
    placed = [{**states, "x": 0, "y": 0, "width": 2 * HALF, "height": HEIGHT}]
    for position, widget in enumerate(graphs(stage)):
        row, column = divmod(position, 2)
        placed.append({**widget, "x": column * HALF, "y": (row + 1) * HEIGHT, "width": HALF, "height": HEIGHT})
    body = json.dumps({"widgets": placed}, separators=(",", ":"))
    return {
        "Type": "AWS::CloudWatch::Dashboard",
        "Properties": {
            "DashboardName": {"Ref": "AWS::StackName"},
            "DashboardBody": {"Fn::Sub": [body, {"TableName": TABLE_NAME}]},
        },
    }
