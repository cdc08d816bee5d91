"""`make bench`: every figure that can be had on this machine, each beside something hand-written."""

import subprocess
import sys

from benchmarks import dynamodb_local

SCRIPTS: dict[str, tuple[str, ...]] = {
    "cold_start": (),
    "warm_cpu": (),
    # More orders say the same and take much longer: `python -m benchmarks.data_room` has them.
    "data_room": ("--sizes", "100", "2000"),
    "delivery": (),
    "fairness": (),
    "cost": (),
    # As with `data_room`: `python -m benchmarks.backlog` takes 100,000 of each kind.
    "backlog": ("--items", "2000"),
}


def main() -> None:
    problem = ""
    try:
        dynamodb_local.jars()
    except dynamodb_local.NotHere as missing:
        problem = str(missing)
        print(f"{problem} What is measured on it is left out.\n")
    missed = []
    for name, arguments in SCRIPTS.items():
        print(f"── {name} ──", flush=True)
        # A process each: what one leaves behind in memory would be measured by the next.
        command = [sys.executable, "-m", f"benchmarks.{name}", *arguments]
        done = subprocess.run(command, cwd=dynamodb_local.ROOT, check=False)
        if done.returncode and not problem:
            missed.append(name)
        print(flush=True)
    if missed:
        sys.exit(f"not as they should be: {', '.join(missed)}")


if __name__ == "__main__":
    main()
