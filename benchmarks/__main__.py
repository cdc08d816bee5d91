"""`make bench`: every figure that can be had on this machine, each beside something hand-written."""

import importlib.util
import subprocess
import sys

from benchmarks import dynamodb_local

SCRIPTS = ("cold_start", "warm_cpu", "data_room", "delivery", "fairness", "cost")


def main() -> None:
    problem = ""
    try:
        dynamodb_local.jars()
    except dynamodb_local.NotHere as missing:
        problem = str(missing)
        print(f"{problem} What is measured on it is left out.\n")
    missed = []
    for name in SCRIPTS:
        if importlib.util.find_spec(f"benchmarks.{name}") is None:
            continue
        print(f"── {name} ──", flush=True)
        # A process each: what one leaves behind in memory would be measured by the next.
        done = subprocess.run([sys.executable, "-m", f"benchmarks.{name}"], cwd=dynamodb_local.ROOT, check=False)
        if done.returncode and not problem:
            missed.append(name)
        print(flush=True)
    if missed:
        sys.exit(f"not as they should be: {', '.join(missed)}")


if __name__ == "__main__":
    main()
