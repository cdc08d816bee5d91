"""Cold start of the API function beside an empty Chalice app with the same dependencies and beside the hand-written
contenders, and of every other function.

Each start is a new interpreter that imports the module Lambda would import, clients and all. The starts take turns, so
that whatever else the machine does falls on all of them alike; the smallest CPU time of each is compared.
"""

import os
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

from infra.system import FUNCTIONS as SYSTEM

ROOT = Path(__file__).parent.parent
TURNS = 6
EMPTY = """
from chalice import Chalice
import boto3, pynamodb.models
app = Chalice(app_name="empty")
boto3.session.Session().client("dynamodb", region_name="eu-central-1")
@app.route("/")
def index(): return {}
"""
ENVIRONMENT = {
    "AWS_ACCESS_KEY_ID": "x",
    "AWS_SECRET_ACCESS_KEY": "x",
    "AWS_DEFAULT_REGION": "eu-central-1",
    "AWS_REGION": "eu-central-1",
    "AWS_LAMBDA_FUNCTION_NAME": "benchmark",
    "PYTHONDONTWRITEBYTECODE": "",
}
FUNCTIONS = tuple(function.name for function in SYSTEM)
CONTENDERS = {"boto3 by hand": "benchmarks.by_hand", "FastAPI, Mangum and boto3": "benchmarks.with_fastapi"}
GOAL = 1.3


def cpu_of(code: str, cwd: Path, function: str) -> float:
    """CPU seconds of a new interpreter that runs `code`."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    environment = {**os.environ, **ENVIRONMENT, "FUNCTION": function}
    subprocess.run([sys.executable, "-c", code], cwd=cwd, env=environment, check=True, stdout=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def run() -> bool:
    """Prints the figures; whether the goal is met."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "app.py").write_text(EMPTY)
        starts = {"an empty Chalice app": ("import app", Path(folder), "")}
        starts |= {name: ("import app", ROOT, name) for name in FUNCTIONS[:1]}
        starts |= {name: (f"import {module}", ROOT, "") for name, module in CONTENDERS.items()}
        starts |= {name: ("import app", ROOT, name) for name in FUNCTIONS[1:]}
        starts["nothing but the interpreter"] = ("pass", Path(folder), "")
        for code, cwd, function in starts.values():
            cpu_of(code, cwd, function)  # compiles what is not compiled yet
        best = {name: float("inf") for name in starts}
        for _ in range(TURNS):
            for name, start in starts.items():
                best[name] = min(best[name], cpu_of(*start))
    empty = best["an empty Chalice app"]
    print(f"cold start, CPU of importing, smallest of {TURNS} turns\n")
    for name, seconds in best.items():
        print(f"  {name:28} {seconds * 1000:6.0f} ms   {seconds / empty:5.2f} x empty")
    ratio = best["api_handler"] / empty
    print(f"\n  api_handler: {ratio:.2f} x empty; the goal is {GOAL} or less")
    return ratio <= GOAL


def main() -> None:
    sys.exit(0 if run() else 1)


if __name__ == "__main__":
    main()
