"""Counts the instructions of a warm request with valgrind, which does not depend on the machine's load."""

import json
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from benchmarks.dynamodb_local import ROOT

FEW, MANY = 5, 20
COLLECTED = re.compile(r"Collected\s*: (\d+)")


def can_count() -> bool:
    return shutil.which("valgrind") is not None


def count(handler: str, event: Mapping[str, Any], environment: Mapping[str, str]) -> float:
    """Millions of instructions per request: the difference between many and few requests, without the start."""
    # One after the other: two at once that write the same items would have to repeat their transactions.
    few, many = (_run(handler, event, environment, requests) for requests in (FEW, MANY))
    return (many - few) / (MANY - FEW) / 1e6


def _run(handler: str, event: Mapping[str, Any], environment: Mapping[str, str], requests: int) -> int:
    with tempfile.TemporaryDirectory() as folder:
        command = ["valgrind", "--tool=callgrind", f"--callgrind-out-file={Path(folder) / 'out'}"]
        command += [sys.executable, "-m", "benchmarks.worker", handler]
        done = subprocess.run(
            command,
            input=json.dumps({"event": event, "requests": requests}) + "\n",
            env={**environment, "PYTHONHASHSEED": "0"},
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=True,
        )
    found = COLLECTED.search(done.stderr)
    assert found, done.stderr
    assert json.loads(done.stdout)["status"] in (200, 201), done.stdout
    return int(found[1])


def counts(
    handlers: Mapping[str, str], events: Mapping[str, Mapping[str, Any]], environment: Mapping[str, str]
) -> dict[str, float]:
    """Millions of instructions per request, by contender."""
    return {name: count(handler, events[name], environment) for name, handler in handlers.items()}


def lines(request: str, counted: Mapping[str, float], beside: str) -> Iterator[str]:
    yield f"{request}, instructions as valgrind counts them"
    names: Sequence[str] = list(counted)
    for name in names:
        yield f"  {name:24} {counted[name]:6.1f} M   {counted[name] / counted[beside]:5.2f} x {beside}"
