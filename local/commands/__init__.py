"""Administrative commands. They call the services directly, with the settings of a stage."""

import os
from argparse import ArgumentTypeError

from local.errors import Arguments
from local.stack import environment


def enter(stage: str) -> None:
    """Use the settings of a stage. Call this before importing chalicelib, which reads them on import."""
    os.environ.update(environment(stage))


def parser(description: str | None) -> Arguments:
    made = Arguments(description=description)
    made.add_argument("--stage", default="local", help="which deployment (default: the running local stack)")
    return made


def positive(text: str) -> int:
    """An argument that is a positive whole number."""
    if not (text.isascii() and text.isdigit() and int(text)):
        raise ArgumentTypeError(f"{text!r} is not a positive whole number")
    return int(text)
