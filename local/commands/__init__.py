"""Administrative commands. They call the services directly, with the settings of a stage."""

import os
import sys
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


def announce(text: str) -> None:
    """Say what the command will do, before it does it."""
    print(text, flush=True)


def require_yes(question: str, given: bool) -> None:
    """Exit unless YES=1 was given or the question is answered with yes."""
    if given:
        return
    if not sys.stdin.isatty():
        sys.exit("error: this cannot be undone; confirm it with YES=1")
    if input(f"{question} Type yes to continue: ").strip().lower() != "yes":
        sys.exit("error: not confirmed, nothing was changed")


def positive(text: str) -> int:
    """An argument that is a positive whole number."""
    if not (text.isascii() and text.isdigit() and int(text)):
        raise ArgumentTypeError(f"{text!r} is not a positive whole number")
    return int(text)
