"""`make run`: the local stack with its demonstration, until Ctrl-C. `make stop` ends one that was left running."""

import argparse
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from botocore.exceptions import BotoCoreError, ClientError

from local import places
from local.cloud import STOP_SECONDS
from local.errors import LocalError
from local.logs import Follower
from local.places import ROOT, Place, Ports
from local.stack import Stack

Processes = list["subprocess.Popen[bytes]"]


def start_service(module: str, *arguments: str) -> "subprocess.Popen[bytes]":
    return subprocess.Popen([sys.executable, "-m", module, *arguments], cwd=ROOT, start_new_session=True)


@contextmanager
def demo_services(stack: Stack) -> Iterator[Processes]:
    folder = stack.place.folder
    services = [
        start_service(
            "local.demo.receiver",
            "--port",
            str(stack.ports.receiver),
            "--secrets",
            str(folder / "webhook-secrets.json"),
        ),
        start_service(
            "local.demo.bridge_service",
            "--port",
            str(stack.ports.bridge_service),
            "--base-url",
            stack.base_url,
            "--demo-file",
            str(stack.place.demo),
        ),
    ]
    try:
        yield services
    finally:
        for service in services:
            service.terminate()
        for service in services:
            service.wait()


def seed(stack: Stack) -> None:
    """Runs the demonstration's seed, which writes demo.json and prints what to try."""
    if not (ROOT / "local" / "demo" / "seed.py").exists():
        return
    command = [sys.executable, "-m", "local.demo.seed", "--folder", str(stack.place.folder)]
    seeded = subprocess.run(command, cwd=ROOT, env={**os.environ, **stack.environment}, check=False)
    if seeded.returncode:
        raise LocalError("The demonstration could not be set up; its last words are above.")


def remember(place: Place, processes: Sequence[int] = ()) -> None:
    """For `make stop`: this process first, which ends the others."""
    place.processes.write_text(json.dumps([os.getpid(), *processes]))


def remembered(place: Place) -> list[int]:
    """Those of them that still run."""
    if not place.processes.exists():
        return []
    started: list[int] = json.loads(place.processes.read_text())
    return [process_id for process_id in started if is_ours(process_id)]


def follow_logs(stack: Stack) -> None:
    """Until Ctrl-C, SIGTERM or the end of the cloud."""
    follower = Follower(stack.client("logs"))
    print("Logs follow; Ctrl-C stops and keeps the data.\n", flush=True)
    try:
        follower.follow()
    except (ClientError, BotoCoreError) as error:
        raise LocalError(f"The local cloud has gone ({error}); see {stack.place.cloud_log}") from None
    except KeyboardInterrupt:
        print()


def run(place: Place, ports: Ports) -> None:
    began = time.monotonic()
    place.folder.mkdir(parents=True, exist_ok=True)
    places.require_free(ports)
    if remembered(place):
        raise LocalError(f"A stack runs in {place.folder} already; it ends with Ctrl-C where it runs, or `make stop`.")
    remember(place)
    try:
        print("Packaging …", flush=True)
        stack = Stack(place, ports)
        stack.pack()
        print("Starting the local cloud, deploying …", flush=True)
        stack.start()
        try:
            demonstrate(stack, began)
        finally:
            print("Stopping …", flush=True)
            stack.stop()
    finally:
        place.processes.unlink(missing_ok=True)


def demonstrate(stack: Stack, began: float) -> None:
    with demo_services(stack) as services:
        cloud = [stack.process.pid] if stack.process else []
        remember(stack.place, [*(service.pid for service in services), *cloud])
        seed(stack)
        print(f"\n{stack.base_url} is up after {time.monotonic() - began:.0f} s.", flush=True)
        follow_logs(stack)


def is_ours(process_id: int) -> bool:
    """Whether the process still is one of this module's; ids are given again."""
    return "local." in command_of(process_id)


def command_of(process_id: int) -> str:
    """Empty where there is no such process."""
    if Path("/proc/self").exists():
        # Small Linux images come without `ps`.
        try:
            return Path(f"/proc/{process_id}/cmdline").read_text(errors="replace")
        except OSError:
            return ""
    command = ["ps", "-p", str(process_id), "-o", "command="]
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout


def stop(place: Place) -> None:
    running = remembered(place)
    # The first one ends the others; those it left behind are ended one by one.
    for process_id in running:
        if not is_ours(process_id):
            continue
        os.kill(process_id, signal.SIGTERM)
        deadline = time.monotonic() + STOP_SECONDS
        while is_ours(process_id) and time.monotonic() < deadline:
            time.sleep(0.1)
    place.processes.unlink(missing_ok=True)
    place.stack.unlink(missing_ok=True)
    print("Stopped; the data is kept." if running else "Nothing is running.")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folder", type=Path, default=Place().folder, help="where the stack keeps its data")
    parser.add_argument("--port", type=int, default=8000, help="the API's port; the three after it are taken too")
    parser.add_argument("--stop", action="store_true", help="end a stack that was left running")
    options = parser.parse_args()
    place = Place(options.folder.resolve())
    # Both end it in order at any moment, also where it was started in the background, which ignores Ctrl-C's.
    for ending in (signal.SIGINT, signal.SIGTERM):
        signal.signal(ending, signal.default_int_handler)
    try:
        if options.stop:
            stop(place)
        else:
            run(place, Ports.beginning_at(options.port))
    except LocalError as error:
        sys.exit(f"error: {error}")
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    main()
