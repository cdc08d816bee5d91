"""The Python that the functions run on, whichever one packages them."""

import sys

LOCAL = "local"
PYTHON = (3, 11)
"""On AWS. Another one is another line here, and the tests run with it."""
NEWEST_GLIBC_MINOR = {(3, 10): 26, (3, 11): 26}
"""Of Amazon Linux 2, which these run on; the later ones run on Amazon Linux 2023."""
GLIBC_MINOR_SINCE = 34

Python = tuple[int, int]


def python_of(stage: str) -> Python:
    """The local cloud has no Python but this machine's."""
    return sys.version_info[:2] if stage == LOCAL else PYTHON


def dotted(python: Python) -> str:
    return ".".join(map(str, python))


def identifier(python: Python) -> str:
    """As Lambda names it."""
    return f"python{dotted(python)}"


def wheel_platforms(python: Python) -> list[str]:
    """The platform tags of wheels that run there; pip takes each one to the letter."""
    newest = NEWEST_GLIBC_MINOR.get(python, GLIBC_MINOR_SINCE)
    return [*(f"manylinux_2_{minor}_x86_64" for minor in range(newest, 16, -1)), "manylinux2014_x86_64"]
