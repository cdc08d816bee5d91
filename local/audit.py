"""`make audit`: looks up known vulnerabilities of all packages that requirements.txt locks.

A vulnerability is a failure. An unreachable database is one only with --required, so that `make check` also works on
machines without access to it.
"""

import argparse
import json
import subprocess
import sys
from pathlib import Path

from local.places import ROOT

TIMEOUT_S = 120
NOT_DONE = 2
"""Exit status if a required audit was not possible."""
SKIPPED = "audit: skipped, the vulnerability database cannot be reached from this machine"


def audit(locked: Path) -> str:
    """pip-audit's JSON output; empty if it could not look up the packages."""
    command = [sys.executable, "-m", "pip_audit", "--requirement", str(locked), "--require-hashes", "--disable-pip"]
    command += ["--format", "json", "--progress-spinner", "off", "--timeout", "15"]
    try:
        ran = subprocess.run(command, capture_output=True, text=True, timeout=TIMEOUT_S, check=False)
    except subprocess.TimeoutExpired:
        return ""
    if ran.returncode not in (0, 1):
        raise RuntimeError(f"pip-audit failed: {ran.stderr}")
    return ran.stdout


def judge(output: str) -> tuple[int, str]:
    """The exit status and the text to print for pip-audit's output."""
    try:
        packages = json.loads(output)["dependencies"]
    except (ValueError, KeyError):
        return 0, SKIPPED
    audited = [package for package in packages if "skip_reason" not in package]
    if not audited:
        # A package mirror without vulnerability data reports every package as unknown.
        return 0, SKIPPED
    lines = [
        f"audit: {package['name']} {package['version']}: {known['id']}, fixed in: {', '.join(known['fix_versions'])}"
        for package in audited
        for known in package["vulns"]
    ]
    lines += [f"audit: {package['name']} could not be looked up" for package in packages if package not in audited]
    if any(package["vulns"] for package in audited):
        return 1, "\n".join(lines)
    return 0, "\n".join([*lines, f"audit: no known vulnerability in {len(audited)} packages"])


def main() -> int:
    parser = argparse.ArgumentParser(
        description="Look up known vulnerabilities of the packages that the functions use."
    )
    parser.add_argument("--required", action="store_true", help="fail if the database cannot be reached")
    required = parser.parse_args().required
    status, report = judge(audit(ROOT / "requirements.txt"))
    print(report)
    return NOT_DONE if required and report == SKIPPED else status


if __name__ == "__main__":
    sys.exit(main())
