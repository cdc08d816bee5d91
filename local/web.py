"""`make web`: builds the merchants' screens from web/ into chalicelib/screens/static, which is committed."""

import argparse
import hashlib
import shutil
import subprocess
import sys
from pathlib import Path

from infra.package import build_lock
from local.places import ROOT

WEB = ROOT / "web"
STATIC = ROOT / "chalicelib/screens/static"
LOCK = WEB / "package-lock.json"
INSTALLED = WEB / "node_modules"


class NotBuilt(Exception):
    """The tools could not be installed, or a check of the sources failed; the message is their output."""


def install() -> None:
    """The tools that package-lock.json pins by hash, unless they are there. Raises NotBuilt."""
    stamp = INSTALLED / f".{hashlib.sha256(LOCK.read_bytes()).hexdigest()}"
    # Another process of the tests may be installing them.
    with build_lock(ROOT / ".build" / "web"):
        if not stamp.exists():
            run("npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts")
            stamp.touch()


def check() -> None:
    """Compare the sources with the types of the API's answers, among others. Raises NotBuilt."""
    run(str(INSTALLED / ".bin/tsc"), "--noEmit")


def build(out: Path) -> None:
    """Raises NotBuilt."""
    run("node", "build.mjs", str(out))


def run(*command: str) -> None:
    program = shutil.which(command[0])
    if program is None:
        raise NotBuilt(f"{command[0]} is not installed. Node 20 or newer is needed to change the screens.")
    ran = subprocess.run([program, *command[1:]], cwd=WEB, capture_output=True, text=True, check=False, timeout=300)
    if ran.returncode:
        raise NotBuilt(f"{ran.stdout}\n{ran.stderr}".strip())


def main() -> None:
    argparse.ArgumentParser(description=__doc__).parse_args()
    try:
        install()
        check()
        build(STATIC)
    except NotBuilt as failed:
        sys.exit(f"{failed}\nerror: the screens were not built")
    print(STATIC.relative_to(ROOT))


if __name__ == "__main__":
    main()
