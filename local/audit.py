"""`make audit`: known vulnerabilities in what the functions run.

Audited is what is installed here of requirements.txt and of what those need in turn. A vulnerability fails. Where the
database cannot be reached, one line says so; that fails only with --required, so that a machine without that access can
still check the rest.
"""

import argparse
import json
import re
import subprocess
import sys
import tempfile
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

from packaging.requirements import Requirement

from local.places import ROOT

PATIENCE_S = 120
NOT_DONE = 2
"""Status to end with where an audit was asked for and could not be made."""
SKIPPED = "audit: skipped, since the vulnerability database cannot be reached from this machine"


def closure(names: list[str]) -> dict[str, str]:
    """Name and version of these distributions and of all that they need here."""
    found: dict[str, str] = {}
    waiting = list(names)
    while waiting:
        name = re.sub(r"[-_.]+", "-", waiting.pop()).lower()
        if name in found:
            continue
        try:
            installed = distribution(name)
        except PackageNotFoundError:
            continue
        found[name] = installed.version
        needed = (Requirement(text) for text in installed.requires or ())
        waiting += [one.name for one in needed if one.marker is None or one.marker.evaluate({"extra": ""})]
    return dict(sorted(found.items()))


def pins(file: Path) -> list[str]:
    lines = (line.partition("#")[0].strip() for line in file.read_text().splitlines())
    return [Requirement(line).name for line in lines if line]


def audit(pinned: dict[str, str]) -> str:
    """What pip-audit found, as it writes it; nothing where it could not look."""
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as file:
        file.write("".join(f"{name}=={version}\n" for name, version in pinned.items()))
        file.flush()
        command = [sys.executable, "-m", "pip_audit", "--requirement", file.name, "--no-deps", "--disable-pip"]
        command += ["--format", "json", "--progress-spinner", "off", "--timeout", "15"]
        try:
            ran = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE_S, check=False)
        except subprocess.TimeoutExpired:
            return ""
    if ran.returncode not in (0, 1):
        raise RuntimeError(f"pip-audit was called wrongly: {ran.stderr}")
    return ran.stdout


def judge(found: str) -> tuple[int, str]:
    """The status to end with, and what to print."""
    try:
        packages = json.loads(found)["dependencies"]
    except (ValueError, KeyError):
        return 0, SKIPPED
    looked_at = [package for package in packages if "skip_reason" not in package]
    if not looked_at:
        # A mirror that has the packages but not what is known about them says they are unknown.
        return 0, SKIPPED
    lines = [
        f"audit: {package['name']} {package['version']}: {known['id']}, fixed in: {', '.join(known['fix_versions'])}"
        for package in looked_at
        for known in package["vulns"]
    ]
    lines += [f"audit: {package['name']} could not be looked up" for package in packages if package not in looked_at]
    if any(package["vulns"] for package in looked_at):
        return 1, "\n".join(lines)
    return 0, "\n".join([*lines, f"audit: no known vulnerability in {len(looked_at)} packages"])


def main() -> int:
    parser = argparse.ArgumentParser(description="Known vulnerabilities in what the functions run.")
    parser.add_argument("--required", action="store_true", help="not having been able to look is a failure too")
    required = parser.parse_args().required
    status, words = judge(audit(closure(pins(ROOT / "requirements.txt"))))
    print(words)
    return NOT_DONE if required and words == SKIPPED else status


if __name__ == "__main__":
    sys.exit(main())
