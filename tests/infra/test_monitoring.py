"""Alarms and dashboard are complete and use the metric names that the code emits."""

import ast
import json
import re
from pathlib import Path
from typing import Any

import pytest

from chalicelib.kit import metrics
from infra.monitoring import MIN_ATTEMPTS, graphs
from infra.system import FUNCTIONS, Job
from infra.template import build
from local.places import ROOT

Json = dict[str, Any]
ALARM = "AWS::CloudWatch::Alarm"
JOBS = [job for function in FUNCTIONS for job in function.jobs]


@pytest.fixture(scope="module")
def resources() -> Json:
    found: Json = build("production")["Resources"]
    return found


@pytest.fixture
def dashboard(resources: Json) -> Json:
    text, _ = resources["Dashboard"]["Properties"]["DashboardBody"]["Fn::Sub"]
    body: Json = json.loads(text)
    return body


def alarms(resources: Json) -> Json:
    return {name: each["Properties"] for name, each in resources.items() if each.get("Type") == ALARM}


def emitted() -> set[str]:
    """The names of all metrics in the code: the keys of the values passed to `metrics.emit`."""
    names = set()
    for path in (ROOT / "chalicelib").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "metrics.emit":
                values = node.args[1]
                assert isinstance(values, ast.Dict)
                names |= {str(key.value) for key in values.keys if isinstance(key, ast.Constant)}
    return names


class TestAlarms:
    @pytest.mark.parametrize("job", JOBS, ids=lambda job: job.name)
    def test_a_job_that_runs_late_or_not_at_all_raises_an_alarm(self, resources: Json, job: Job) -> None:
        alarm = alarms(resources)[f"{job.logical_id}LagAlarm"]
        dimensions = {each["Name"]: each["Value"] for each in alarm["Dimensions"]}

        assert (alarm["Namespace"], alarm["MetricName"]) == (metrics.NAMESPACE, "DueLag")
        assert dimensions == {"Stage": "production", "Job": job.name}
        assert alarm["TreatMissingData"] == "breaching"
        assert alarm["Period"] >= job.every_seconds
        assert job.every_seconds < alarm["Threshold"] <= job.every_seconds + 3600

    @pytest.mark.parametrize("job", JOBS, ids=lambda job: job.name)
    def test_due_work_that_fails_raises_an_alarm(self, resources: Json, job: Job) -> None:
        assert alarms(resources)[f"{job.logical_id}FailedAlarm"]["MetricName"] == "DueFailed"

    def test_the_failure_rate_of_deliveries_is_judged_from_a_minimum_number_on(self, resources: Json) -> None:
        alarm = alarms(resources)["DeliveriesFailingAlarm"]
        (ratio,) = [each["Expression"] for each in alarm["Metrics"] if "Expression" in each]

        assert ratio.startswith(f"IF(attempts >= {MIN_ATTEMPTS}, ")
        assert [each["ReturnData"] for each in alarm["Metrics"] if "MetricStat" in each] == [False, False]

    def test_every_alarm_notifies_the_topic_and_has_a_description(self, resources: Json) -> None:
        for name, alarm in alarms(resources).items():
            assert alarm["AlarmDescription"], name
            if resources[name].get("Condition") == "HasAlarmTopic":
                assert alarm["AlarmActions"] == [{"Ref": "AlarmTopicArn"}], name
            else:
                assert alarm["AlarmActions"]["Fn::If"][:2] == ["HasAlarmTopic", [{"Ref": "AlarmTopicArn"}]], name

    def test_every_alarm_is_explained_in_the_operations_page(self, resources: Json) -> None:
        page = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
        patterns = [re.escape(each).replace("…", r"\w+") for each in re.findall(r"`([\w…]+Alarm)`", page)]

        for name in alarms(resources):
            assert any(re.fullmatch(pattern, name) for pattern in patterns), name


class TestDashboard:
    def test_it_shows_every_alarm(self, resources: Json, dashboard: Json) -> None:
        (states,) = [each for each in dashboard["widgets"] if each["type"] == "alarm"]

        # A conditional resource cannot be referenced; this alarm has a graph of its own instead.
        always = [name for name in alarms(resources) if "Condition" not in resources[name]]
        assert alarms(resources).keys() - always == {"DeliveriesFailingAlarm"}
        assert states["properties"]["alarms"] == [f"${{{name}.Arn}}" for name in always]
        assert len(states["properties"]["alarms"]) <= 100

    def test_it_references_existing_resources_only(self, resources: Json, dashboard: Json) -> None:
        named = set(re.findall(r"\$\{(\w+)[.}]", json.dumps(dashboard)))
        _, variables = resources["Dashboard"]["Properties"]["DashboardBody"]["Fn::Sub"]

        assert named <= {*resources, *variables, *(function.logical_id for function in FUNCTIONS)}
        assert variables.keys() <= named

    def test_graphs_do_not_overlap(self, dashboard: Json) -> None:
        places = [(each["x"], each["y"]) for each in dashboard["widgets"]]

        assert len(set(places)) == len(places)
        assert all(each["x"] + each["width"] <= 24 for each in dashboard["widgets"])


class TestNames:
    def test_graphs_and_alarms_use_metrics_that_the_code_emits(self, resources: Json) -> None:
        text = json.dumps([graphs("production"), alarms(resources)])
        ours = {"Attempts", "FailedAttempts", "DeliveryLatency", "FiredAlerts", "SuppressedAlerts"}
        ours |= {"DueLag", "DueFailed"}

        assert all(name in text for name in ours)
        assert ours <= emitted()

    def test_every_type_of_due_work_has_a_job(self) -> None:
        declared = set()
        for path in (ROOT / "chalicelib").rglob("*.py"):
            declared |= kinds_in(path)

        assert {job.name for job in JOBS} == declared


def kinds_in(path: Path) -> set[str]:
    """Types of due work in a module: the constants passed to `due_key` first."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    constants = {
        target.id: node.value.value
        for node in tree.body
        if isinstance(node, ast.Assign | ast.AnnAssign) and isinstance(node.value, ast.Constant)
        for target in (node.targets if isinstance(node, ast.Assign) else [node.target])
        if isinstance(target, ast.Name)
    }
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and ast.unparse(node.func) == "due_key"]
    return {str(constants[ast.unparse(call.args[0])]) for call in calls if ast.unparse(call.args[0]) in constants}
