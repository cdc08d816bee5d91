"""Cold start of every function, compared with an empty Chalice app with the same dependencies and with hand-written
handlers.

Each start is a new interpreter that imports what Lambda would import from the package, including clients. They take
turns, so that other load on the machine affects all of them alike; the minimum CPU time of each is compared.
"""

import os
import resource
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

from infra import package
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
EMPTY_APP = "an empty Chalice app"
ORDERS = "chalicelib.orders.routes"
"""The domain of one request, imported on that request."""


def cpu_of(code: str, cwd: Path, function: str) -> float:
    """The CPU seconds of a new interpreter that runs `code`."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    environment = {**os.environ, **ENVIRONMENT, "FUNCTION": function}
    subprocess.run([sys.executable, "-c", code], cwd=cwd, env=environment, check=True, stdout=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def run() -> bool:
    """Print the results. Returns whether the goal is met."""
    with tempfile.TemporaryDirectory() as folder:
        empty, packaged = Path(folder) / "empty", Path(folder) / "packaged"
        empty.mkdir()
        (empty / "app.py").write_text(EMPTY)
        package.build("local", package.ROOT / ".build" / "local", copy_to=packaged)
        with zipfile.ZipFile(packaged / "deployment.zip") as code:
            code.extractall(packaged)
        api, *background = FUNCTIONS
        starts = {EMPTY_APP: ("import app", empty, ""), api: ("import app", packaged, api)}
        starts[f"{api}, {ORDERS}"] = (f"import app, {ORDERS}", packaged, api)
        starts |= {name: (f"import {module}", ROOT, "") for name, module in CONTENDERS.items()}
        starts |= {name: ("import app", packaged, name) for name in background}
        starts["nothing but the interpreter"] = ("pass", empty, "")
        for start in starts.values():
            cpu_of(*start)  # compiles the modules
        best = {name: float("inf") for name in starts}
        for _ in range(TURNS):
            for name, start in starts.items():
                best[name] = min(best[name], cpu_of(*start))
    print(f"cold start, CPU of importing, minimum of {TURNS} turns\n")
    for name, seconds in best.items():
        print(f"  {name:40} {seconds * 1000:6.0f} ms   {seconds / best[EMPTY_APP]:5.2f} x empty")
    ratio = best[api] / best[EMPTY_APP]
    print(f"\n  {api}: {ratio:.2f} x empty; the goal is at most {GOAL}")
    return ratio <= GOAL


def main() -> None:
    sys.exit(0 if run() else 1)


if __name__ == "__main__":
    main()
