"""`make bench`: runs every benchmark that this machine supports, compared with hand-written code."""

import subprocess
import sys

from benchmarks import dynamodb_local

SCRIPTS: dict[str, tuple[str, ...]] = {
    "cold_start": (),
    "warm_cpu": (),
    # More orders give the same result and take much longer; `python -m benchmarks.data_room` measures them.
    "data_room": ("--sizes", "100", "2000"),
    "delivery": (),
    "pipeline": (),
    "fairness": (),
    "poisoned": (),
    "pace": (),
    "cost": (),
    "tracking": (),
    # Likewise: `python -m benchmarks.backlog` measures 100,000 of each type.
    "backlog": ("--items", "2000"),
}


def main() -> None:
    problem = ""
    try:
        dynamodb_local.jars()
    except dynamodb_local.NotHere as missing:
        problem = str(missing)
        print(f"{problem} Benchmarks that need it are skipped.\n")
    missed = []
    for name, arguments in SCRIPTS.items():
        print(f"── {name} ──", flush=True)
        # In a process each, since memory left by one would affect the next.
        command = [sys.executable, "-m", f"benchmarks.{name}", *arguments]
        done = subprocess.run(command, cwd=dynamodb_local.ROOT, check=False)
        if done.returncode and not problem:
            missed.append(name)
        print(flush=True)
    if missed:
        sys.exit(f"missed their goal: {', '.join(missed)}")


if __name__ == "__main__":
    main()
