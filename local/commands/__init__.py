"""Administrative commands. They call the services directly, with the settings of a stage."""

import argparse
import os

from local.stack import environment


def enter(stage: str) -> None:
    """Use the settings of a stage. Call this before importing chalicelib, which reads them on import."""
    os.environ.update(environment(stage))


def parser(description: str | None) -> argparse.ArgumentParser:
    made = argparse.ArgumentParser(description=description)
    made.add_argument("--stage", default="local", help="which deployment (default: the running local stack)")
    return made
