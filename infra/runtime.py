"""The Python version that the functions run on, regardless of the one that packages them."""

import platform
import sys

LOCAL = "local"
PYTHON = (3, 11)
"""The version on AWS. To change it, change this line and run the tests with that version."""
NEWEST_GLIBC_MINOR = {(3, 10): 26, (3, 11): 26}
"""Runtimes on Amazon Linux 2. Later ones run on Amazon Linux 2023."""
GLIBC_MINOR_SINCE = 34

Python = tuple[int, int]
MACHINES = {"x86_64": "x86_64", "arm64": "aarch64"}
"""Lambda's names of architectures and those of wheels."""


def python_of(stage: str) -> Python:
    """On the local cloud functions run on this machine's Python."""
    return sys.version_info[:2] if stage == LOCAL else PYTHON


def architecture(stage: str) -> str:
    """arm64 costs a fifth less than x86_64. On the local cloud functions run on this machine."""
    here = "arm64" if platform.machine() in ("arm64", "aarch64") else "x86_64"
    return here if stage == LOCAL else "arm64"


def dotted(python: Python) -> str:
    return ".".join(map(str, python))


def identifier(python: Python) -> str:
    """Lambda's name of the runtime, such as `python3.11`."""
    return f"python{dotted(python)}"


def wheel_platforms(python: Python, architecture: str) -> list[str]:
    """Every platform tag of wheels that run there, newest first: pip matches tags exactly."""
    newest, machine = NEWEST_GLIBC_MINOR.get(python, GLIBC_MINOR_SINCE), MACHINES[architecture]
    return [*(f"manylinux_2_{minor}_{machine}" for minor in range(newest, 16, -1)), f"manylinux2014_{machine}"]
