"""Commands that act on a stack as an administrator would: they call the services with the stage's own settings."""

import argparse
import os

from local.stack import environment


def enter(stage: str) -> None:
    """Take on the settings of a stage. Before anything of chalicelib is imported: it reads them while loading."""
    os.environ.update(environment(stage))


def parser(description: str | None) -> argparse.ArgumentParser:
    made = argparse.ArgumentParser(description=description)
    made.add_argument("--stage", default="local", help="which deployment (default: the running local stack)")
    return made
