"""Errors of the commands, reported in one line."""

import argparse
import re
import sys
from typing import NoReturn


class LocalError(Exception):
    """A problem that the user can fix; the message says what is wrong and how to fix it."""


class Arguments(argparse.ArgumentParser):
    """Reports wrong arguments in one line, like every other error."""

    def error(self, message: str) -> NoReturn:
        # Our own messages name the variable of `make`, which is what was typed.
        sys.exit(f"error: {re.sub(r'^argument --[a-z-]+: (?=[A-Z_]+ must )', '', message)}")
