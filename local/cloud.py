"""Starts and stops the process of the local cloud."""

import importlib.metadata
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import requests

from local.errors import LocalError
from local.places import ROOT, Place, Ports

REGION = "us-east-1"
ACCOUNT = "000000000000"
CREDENTIALS = {"AWS_ACCESS_KEY_ID": "local", "AWS_SECRET_ACCESS_KEY": "local", "AWS_DEFAULT_REGION": REGION}
START_SECONDS = 30
# The cloud saves its state while stopping; killing it earlier would lose data.
STOP_SECONDS = 60


def endpoint(ports: Ports) -> str:
    return f"http://localhost:{ports.cloud}"


def refuse_foreign_state(place: Place) -> None:
    """Raises LocalError if another version of ministack wrote the state, since this one might misread it silently."""
    installed = importlib.metadata.version("ministack")
    if place.state.exists():
        writer = place.version.read_text().strip() if place.version.exists() else "unknown"
        if writer != installed:
            raise LocalError(
                f"The data in {place.folder} was written by ministack {writer}, but {installed} is installed. "
                "Delete the data with `make clean`, or install the other version."
            )
    place.state.mkdir(parents=True, exist_ok=True)
    place.version.write_text(f"{installed}\n")


def environment(place: Place, ports: Ports) -> dict[str, str]:
    # Functions inherit the environment, and read their own bridge types from the package.
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(("AWS_", "BRIDGE_"))}
    return {
        **inherited,
        **CREDENTIALS,
        # Functions inherit this. It needs a host name, not a numeric address: see FrontDoor.
        "AWS_ENDPOINT_URL": endpoint(ports),
        "GATEWAY_PORT": str(ports.cloud),
        "MINISTACK_ACCOUNT_ID": ACCOUNT,
        "MINISTACK_REGION": REGION,
        "PERSIST_STATE": "1",
        "STATE_DIR": str(place.state),
        "S3_PERSIST": "1",
        "S3_DATA_DIR": str(place.state / "s3"),
        "TMPDIR": str(place.scratch),
        "LOG_LEVEL": "WARNING",
        # Unused listeners on fixed ports, which would collide between two stacks.
        "IOT_MTLS_ENABLED": "0",
        "SFTP_ENABLED": "0",
    }


def is_ready(ports: Ports) -> bool:
    try:
        return requests.get(f"{endpoint(ports)}/_ministack/ready", timeout=2).ok
    except requests.RequestException:
        return False


def last_line(log: Path) -> str:
    lines = log.read_text(errors="replace").strip().splitlines()
    return lines[-1] if lines else "it printed nothing"


def start(place: Place, ports: Ports, calls: Path | None = None) -> "subprocess.Popen[bytes]":
    """`calls`: a file to which each AWS call of the functions is appended."""
    refuse_foreign_state(place)
    shutil.rmtree(place.scratch, ignore_errors=True)
    place.scratch.mkdir(parents=True)
    command = [sys.executable, "-m", "local.cloud_server", str(ports.api), str(ports.cloud)]
    command += ["--calls", str(calls)] if calls else []
    with place.cloud_log.open("wb") as log:
        # In a session of its own, so that Ctrl-C reaches only the program that started it, which stops things in order.
        process = subprocess.Popen(
            command, cwd=ROOT, env=environment(place, ports), stdout=log, stderr=log, start_new_session=True
        )
    deadline = time.monotonic() + START_SECONDS
    while not is_ready(ports):
        if process.poll() is not None:
            raise LocalError(f"The local cloud did not start: {last_line(place.cloud_log)} (see {place.cloud_log})")
        if time.monotonic() > deadline:
            stop(process)
            raise LocalError(f"The local cloud was not ready after {START_SECONDS} s; see {place.cloud_log}")
        time.sleep(0.05)
    return process


def stop(process: "subprocess.Popen[bytes]") -> None:
    process.terminate()
    try:
        process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
