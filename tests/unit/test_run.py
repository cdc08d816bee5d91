"""`make run`: one stack per folder, which can be stopped in order at any time."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from local import run
from local.errors import LocalError
from local.places import ROOT, Place, Ports, require_free


def four_free_ports() -> Ports:
    for first in range(20_000, 60_000, 4):
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
            run.run(place, four_free_ports())
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
            [*command, "--port", str(four_free_ports().api)], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE
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
