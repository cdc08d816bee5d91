"""`make run`: one stack per folder, which can be stopped in order at any time."""

import os
import signal
import subprocess
import sys
from argparse import ArgumentTypeError
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from chalicelib.catalog.bridge_types import catalog
from local import run
from local.errors import LocalError
from local.logs import PREFIX, Follower
from local.places import ROOT, Place, Ports, require_free
from local.stack import Stack


def free_ports_in_a_row() -> Ports:
    for first in range(20_000, 60_000, 6):
        ports = Ports.starting_at(first)
        try:
            require_free(ports)
        except LocalError:
            continue
        return ports
    raise AssertionError("no port is free")


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place(tmp_path)


class TestSecondStack:
    def test_in_the_same_folder_is_refused(self, place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
        # Even on other ports, two stacks would overwrite each other's state.
        run.save_processes(place)
        monkeypatch.setattr(run, "is_ours", lambda process_id: process_id == os.getpid())
        with pytest.raises(LocalError, match="make stop"):
            run.run(place, free_ports_in_a_row())
        assert run.saved_processes(place) == [os.getpid()]

    def test_ignores_processes_that_have_ended(self, place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
        run.save_processes(place, [1])
        monkeypatch.setattr(run, "is_ours", lambda _: False)
        assert run.saved_processes(place) == []


class TestStop:
    def test_reports_that_nothing_is_running(self, place: Place, capsys: pytest.CaptureFixture[str]) -> None:
        run.stop(place)
        assert capsys.readouterr().out == "Nothing is running.\n"


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_stops_in_order_during_start_and_in_the_background(place: Place, number: signal.Signals) -> None:
    command = [sys.executable, "-m", "local.run", "--folder", str(place.folder)]
    # A shell starts background processes with SIGINT ignored.
    ignoring = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        started = subprocess.Popen(
            [*command, "--port", str(free_ports_in_a_row().api)],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
    finally:
        signal.signal(signal.SIGINT, ignoring)
    assert started.stdout is not None
    assert started.stdout.readline() == "Packaging …\n".encode()
    assert place.processes.exists()
    started.send_signal(number)
    _, errors = started.communicate()
    assert (started.returncode, errors) == (130, b"")
    assert not place.processes.exists()


class TestArguments:
    @pytest.mark.parametrize("port", ["99999", "65533", "0", "-1", "80 80", "eight", ""])
    def test_a_port_that_does_not_exist_is_refused_in_one_line(self, port: str) -> None:
        with pytest.raises(ArgumentTypeError, match="PORT must be a number from 1 to 65530"):
            run.first_port(port)

    @pytest.mark.parametrize("url", ["localhost:9100", "ftp://localhost", "http://", "http://localhost/?a=1"])
    def test_a_bridge_service_needs_a_url(self, url: str) -> None:
        with pytest.raises(ArgumentTypeError, match="BRIDGE_SERVICE must be a URL"):
            run.service_url(url)

    @pytest.mark.parametrize("argument", [["--port", "99999"], ["--bridge-service", "localhost"], ["--logs", "some"]])
    def test_wrong_arguments_are_reported_in_one_line(self, argument: list[str]) -> None:
        command = [sys.executable, "-m", "local.run", *argument]
        ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
        assert (ran.returncode, ran.stdout) == (1, "")
        assert ran.stderr.startswith("error: ")
        assert ran.stderr.count("\n") == 1


class TestBridgeServices:
    def test_the_demo_serves_the_types_of_others(self, place: Place) -> None:
        services = Stack(place, Ports.starting_at(8000)).bridge_services()
        assert services["BridgeServiceUrl"] == ""
        named = dict(pair.split("=") for pair in services["BridgeServices"].split(","))
        assert named.keys() == catalog().keys() - {"amazon", "woocommerce"}
        assert named["shopify"] == "http://localhost:8002/shopify"

    def test_a_service_of_ones_own_serves_all_types(self, place: Place) -> None:
        stack = Stack(place, Ports.starting_at(8000), "http://localhost:9100")
        assert stack.bridge_services() == {"BridgeServiceUrl": "http://localhost:9100", "BridgeServices": ""}


class Logs:
    """CloudWatch Logs with one log group."""

    def __init__(self, *messages: str) -> None:
        self.events = [{"message": f"{message}\n", "timestamp": 1} for message in messages]

    def get_paginator(self, _: str) -> Any:
        page = {"logGroups": [{"logGroupName": f"{PREFIX}DeliverWebhooks-1A2B"}]}
        return SimpleNamespace(paginate=lambda **_: [page])

    def filter_log_events(self, **_: Any) -> dict[str, Any]:
        events, self.events = self.events, []
        return {"events": events}


class TestLogs:
    INFO = '{"level": "info", "event": "request"}'
    IMPORTANT = ('{"level": "warning", "event": "a"}', '{"level": "error", "event": "b"}', "Traceback", "[1]")
    LAMBDAS = ("START RequestId: 1", '{"_aws": {}}', "REPORT RequestId: 1")

    @pytest.mark.parametrize("prints_all", [True, False])
    def test_warnings_are_printed_and_everything_is_in_the_file(
        self, prints_all: bool, place: Place, capsys: pytest.CaptureFixture[str]
    ) -> None:
        logs = Logs(self.INFO, *self.IMPORTANT, *self.LAMBDAS)
        Follower(logs, place.function_log, prints_all=prints_all).print_new()
        every_line = [f"[DeliverWebhooks] {message}" for message in (self.INFO, *self.IMPORTANT)]
        assert place.function_log.read_text().splitlines() == every_line
        assert capsys.readouterr().out.splitlines() == (every_line if prints_all else every_line[1:])
