"""`make audit`: known vulnerabilities in what the functions run.

Audited is all that requirements.txt locks. A vulnerability fails. Where the database cannot be reached, one line says
so; that fails only with --required, so that a machine without that access can still check the rest.
"""

import argparse
import json
import subprocess
import sys
from pathlib import Path

from local.places import ROOT

PATIENCE_S = 120
NOT_DONE = 2
"""Status to end with where an audit was asked for and could not be made."""
SKIPPED = "audit: skipped, since the vulnerability database cannot be reached from this machine"


def audit(locked: Path) -> str:
    """What pip-audit found, as it writes it; nothing where it could not look."""
    command = [sys.executable, "-m", "pip_audit", "--requirement", str(locked), "--require-hashes", "--disable-pip"]
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
    status, words = judge(audit(ROOT / "requirements.txt"))
    print(words)
    return NOT_DONE if required and words == SKIPPED else status


if __name__ == "__main__":
    sys.exit(main())
