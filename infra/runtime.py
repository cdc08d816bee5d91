"""The Python version that the functions run on, regardless of the one that packages them."""

import sys

LOCAL = "local"
PYTHON = (3, 11)
"""The version on AWS. To change it, change this line and run the tests with that version."""
NEWEST_GLIBC_MINOR = {(3, 10): 26, (3, 11): 26}
"""Runtimes on Amazon Linux 2. Later ones run on Amazon Linux 2023."""
GLIBC_MINOR_SINCE = 34

Python = tuple[int, int]


def python_of(stage: str) -> Python:
    """On the local cloud functions run on this machine's Python."""
    return sys.version_info[:2] if stage == LOCAL else PYTHON


def dotted(python: Python) -> str:
    return ".".join(map(str, python))


def identifier(python: Python) -> str:
    """Lambda's name of the runtime, such as `python3.11`."""
    return f"python{dotted(python)}"


def wheel_platforms(python: Python) -> list[str]:
    """Every platform tag of wheels that run there, newest first: pip matches tags exactly."""
    newest = NEWEST_GLIBC_MINOR.get(python, GLIBC_MINOR_SINCE)
    return [*(f"manylinux_2_{minor}_x86_64" for minor in range(newest, 16, -1)), "manylinux2014_x86_64"]
