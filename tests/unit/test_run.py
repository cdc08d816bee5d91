"""`make run` as a program: one stack in a folder, ended in order at any moment."""

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
        ports = Ports.beginning_at(first)
        try:
            require_free(ports)
        except LocalError:
            continue
        return ports
    raise AssertionError("no port is free")


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place(tmp_path)


class TestASecondOne:
    def test_in_the_same_folder_is_refused(self, place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
        # Two would write over each other's state; other ports do not help.
        run.remember(place)
        monkeypatch.setattr(run, "is_ours", lambda process_id: process_id == os.getpid())
        with pytest.raises(LocalError, match="make stop"):
            run.run(place, four_free_ports())
        assert run.remembered(place) == [os.getpid()]

    def test_does_not_mind_what_a_dead_one_left(self, place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
        run.remember(place, [1])
        monkeypatch.setattr(run, "is_ours", lambda _: False)
        assert run.remembered(place) == []


class TestStop:
    def test_says_when_there_is_nothing(self, place: Place, capsys: pytest.CaptureFixture[str]) -> None:
        run.stop(place)
        assert capsys.readouterr().out == "Nothing is running.\n"


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_ends_in_order_before_it_is_up_and_in_the_background(place: Place, number: signal.Signals) -> None:
    command = [sys.executable, "-m", "local.run", "--folder", str(place.folder)]
    # A shell starts what it runs in the background with Ctrl-C's ignored.
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
