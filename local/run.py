"""`make run`: runs the local stack with the demo until Ctrl-C. `make stop` ends one that was left running."""

import argparse
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import fields
from pathlib import Path
from urllib.parse import urlsplit

from botocore.exceptions import BotoCoreError, ClientError

from local import places
from local.cloud import STOP_SECONDS
from local.errors import Arguments, LocalError
from local.logs import Follower
from local.places import ROOT, Place, Ports
from local.stack import SHOP_HOST, Stack

Processes = list["subprocess.Popen[bytes]"]
MAX_FIRST_PORT = 65_536 - len(fields(Ports))
"""Ports in a row are used."""


def start_service(module: str, *arguments: str) -> "subprocess.Popen[bytes]":
    return subprocess.Popen([sys.executable, "-m", module, *arguments], cwd=ROOT, start_new_session=True)


@contextmanager
def demo_services(stack: Stack) -> Iterator[Processes]:
    folder = stack.place.folder
    receiver = ("local.demo.receiver", "--port", str(stack.ports.receiver))
    shop = ("local.demo.woocommerce.server", "--port", str(stack.ports.shop))
    easypost = ("local.demo.easypost.server", "--port", str(stack.ports.easypost))
    services = [
        start_service(*receiver, "--secrets", str(folder / "webhook-secrets.json")),
        start_service(*shop, "--folder", str(stack.place.shop), "--store-url", f"https://{SHOP_HOST}"),
        start_service(*easypost, "--file", str(stack.place.easypost)),
    ]
    if not stack.bridge_service:
        bridges = ("local.demo.bridge_service", "--port", str(stack.ports.bridge_service))
        services.append(start_service(*bridges, "--base-url", stack.base_url, "--demo-file", str(stack.place.demo)))
    try:
        yield services
    finally:
        for service in services:
            service.terminate()
        for service in services:
            service.wait()


def seed(stack: Stack) -> None:
    """Run the demo's seed, which writes demo.json and prints commands to try."""
    command = [sys.executable, "-m", "local.demo.seed", "--folder", str(stack.place.folder)]
    seeded = subprocess.run(command, cwd=ROOT, env={**os.environ, **stack.environment}, check=False)
    if seeded.returncode:
        raise LocalError("The demo could not be set up; see the error above.")


def save_processes(place: Place, processes: Sequence[int] = ()) -> None:
    """Save the process ids for `make stop`, this process first, as it ends the others."""
    place.processes.write_text(json.dumps([os.getpid(), *processes]))


def saved_processes(place: Place) -> list[int]:
    """The saved processes that are still running."""
    if not place.processes.exists():
        return []
    started: list[int] = json.loads(place.processes.read_text())
    return [process_id for process_id in started if is_ours(process_id)]


def follow_logs(stack: Stack, logs: str) -> None:
    """Print logs until Ctrl-C or SIGTERM. Raises LocalError if the cloud ends."""
    follower = Follower(stack.client("logs"), stack.place.function_log, prints_all=logs == "all")
    shown = "All log lines" if logs == "all" else "Webhooks, warnings and errors"
    print(f"{shown} follow; {stack.place.function_log} has every log line.", flush=True)
    print("Ctrl-C stops the stack and keeps its data.\n", flush=True)
    try:
        follower.follow()
    except (ClientError, BotoCoreError) as error:
        raise LocalError(f"The local cloud has ended ({error}); see {stack.place.cloud_log}") from None
    except KeyboardInterrupt:
        print()


def run(place: Place, ports: Ports, *, bridge_service: str | None = None, logs: str = "warnings") -> None:
    began = time.monotonic()
    place.folder.mkdir(parents=True, exist_ok=True)
    places.require_free(ports)
    if saved_processes(place):
        raise LocalError(f"A stack is running in {place.folder} already. End it with Ctrl-C or `make stop`.")
    save_processes(place)
    try:
        print("Packaging …", flush=True)
        stack = Stack(place, ports, bridge_service)
        stack.pack()
        print("Starting the local cloud, deploying …", flush=True)
        stack.start()
        try:
            demonstrate(stack, began, logs)
        finally:
            print("Stopping …", flush=True)
            stack.stop()
    finally:
        place.processes.unlink(missing_ok=True)


def demonstrate(stack: Stack, began: float, logs: str) -> None:
    with demo_services(stack) as services:
        cloud = [stack.process.pid] if stack.process else []
        save_processes(stack.place, [*(service.pid for service in services), *cloud])
        seed(stack)
        print(f"\n{stack.base_url} is up after {time.monotonic() - began:.0f} s.", flush=True)
        follow_logs(stack, logs)


def is_ours(process_id: int) -> bool:
    """Whether the process belongs to this project: the system reuses process ids."""
    return "local." in command_of(process_id)


def command_of(process_id: int) -> str:
    """The command line of a process; empty if there is none."""
    if Path("/proc/self").exists():
        # Small Linux images have no `ps`.
        try:
            return Path(f"/proc/{process_id}/cmdline").read_text(errors="replace")
        except OSError:
            return ""
    command = ["ps", "-p", str(process_id), "-o", "command="]
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout


def stop(place: Place) -> None:
    running = saved_processes(place)
    # The first process ends the others; any that remain are ended one by one.
    for process_id in running:
        if not is_ours(process_id):
            continue
        os.kill(process_id, signal.SIGTERM)
        deadline = time.monotonic() + STOP_SECONDS
        while is_ours(process_id) and time.monotonic() < deadline:
            time.sleep(0.1)
    place.processes.unlink(missing_ok=True)
    place.stack.unlink(missing_ok=True)
    print("Stopped. The data is kept." if running else "Nothing is running.")


def first_port(text: str) -> int:
    port = int(text) if text.isascii() and text.isdigit() else 0
    if not 1 <= port <= MAX_FIRST_PORT:
        raise argparse.ArgumentTypeError(f"PORT must be a number from 1 to {MAX_FIRST_PORT}, not {text!r}")
    return port


def service_url(text: str) -> str:
    parts = urlsplit(text)
    if parts.scheme not in ("http", "https") or not parts.netloc or parts.query or parts.fragment:
        raise argparse.ArgumentTypeError(f"BRIDGE_SERVICE must be a URL such as http://localhost:9100, not {text!r}")
    return text.rstrip("/")


def main() -> None:
    parser = Arguments(description=__doc__)
    parser.add_argument("--folder", type=Path, default=Place().folder, help="folder of the stack's data")
    parser.add_argument("--port", type=first_port, default=8000, help="the API's port; the next ones are used too")
    parser.add_argument("--bridge-service", type=service_url, help="base URL of your own bridge services")
    parser.add_argument(
        "--logs", choices=("warnings", "all"), default="warnings", help="log lines of functions to print"
    )
    parser.add_argument("--stop", action="store_true", help="end a stack that was left running")
    options = parser.parse_args()
    place = Place(options.folder.resolve())
    # Both stop it in order at any time, even in the background, where Ctrl-C is ignored by default.
    for ending in (signal.SIGINT, signal.SIGTERM):
        signal.signal(ending, signal.default_int_handler)
    try:
        if options.stop:
            stop(place)
        else:
            ports = Ports.starting_at(options.port)
            run(place, ports, bridge_service=options.bridge_service, logs=options.logs)
    except LocalError as error:
        sys.exit(f"error: {error}")
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    main()
