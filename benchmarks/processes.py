"""Processes that end with the benchmark, also if it is killed."""

import ctypes
import signal
import subprocess
import sys
from collections.abc import Sequence
from typing import Any

PR_SET_PDEATHSIG = 1


def start(command: Sequence[str], **options: Any) -> "subprocess.Popen[Any]":
    """Start a process. On Linux the kernel kills it once the thread that calls this has ended."""
    before = _end_with_parent if sys.platform == "linux" else None
    return subprocess.Popen(command, preexec_fn=before, **options)


def _end_with_parent() -> None:
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
