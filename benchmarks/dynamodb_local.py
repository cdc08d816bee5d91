"""DynamoDB Local, AWS's own engine, as one Java process. It counts capacity as AWS does, unlike ministack.

Maven downloads it once into `.build/dynamodb-local`, with the native SQLite libraries.
"""

import hashlib
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import boto3
import yaml
from botocore.config import Config

from benchmarks import processes

ROOT = Path(__file__).parent.parent
PROJECT = Path(__file__).with_name("pom.xml")
KEPT = ROOT / ".build" / "dynamodb-local"
MAIN = "com.amazonaws.services.dynamodbv2.local.main.ServerRunner"
START_SECONDS = 30
REGION = "us-east-1"
CREDENTIALS = {"AWS_ACCESS_KEY_ID": "benchmark", "AWS_SECRET_ACCESS_KEY": "benchmark", "AWS_DEFAULT_REGION": REGION}


class NotHere(Exception):
    """DynamoDB Local cannot run on this machine; the message says what is missing."""


def jars() -> Path:
    """The folder of its jars. Raises NotHere."""
    for tool in ("java", "mvn"):
        if shutil.which(tool) is None:
            raise NotHere(f"DynamoDB Local needs `{tool}`, which is not on this machine.")
    version = hashlib.sha256(PROJECT.read_bytes()).hexdigest()[:12]
    folder = KEPT / version
    if not folder.exists():
        _fetch(folder)
    return folder


def _fetch(folder: Path) -> None:
    print("Downloading DynamoDB Local …", flush=True)
    folder.parent.mkdir(parents=True, exist_ok=True)
    # Each process downloads into its own folder; the first to finish wins.
    with tempfile.TemporaryDirectory(prefix="fetching-", dir=folder.parent) as fetching:
        command = ["mvn", "-B", "-q", "-f", str(PROJECT), "dependency:copy-dependencies"]
        command += [f"-DoutputDirectory={fetching}/jars"]
        fetched = subprocess.run(command, capture_output=True, text=True, check=False)
        if fetched.returncode:
            errors = [line for line in fetched.stdout.splitlines() if "ERROR" in line]
            reason = errors[0] if errors else "no reason given"
            raise NotHere(f"DynamoDB Local could not be downloaded with Maven: {reason}")
        try:
            Path(fetching, "jars").rename(folder)
        except OSError:
            if not folder.exists():
                raise


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as found:
        port: int = found.getsockname()[1]
    return port


@contextmanager
def running() -> Iterator[str]:
    """The endpoint of an empty, in-memory DynamoDB Local. Raises NotHere."""
    folder, port = jars(), free_port()
    command = ["java", "-Xmx1g", f"-Djava.library.path={folder}", "-cp", f"{folder}/*", MAIN]
    command += ["-inMemory", "-sharedDb", "-disableTelemetry", "-port", str(port)]
    process = processes.start(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        wait_for(process, port)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait()


def wait_for(process: "subprocess.Popen[bytes]", port: int) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise NotHere("DynamoDB Local did not start on this machine.")


def client(endpoint: str) -> Any:
    return boto3.client(
        "dynamodb",
        endpoint_url=endpoint,
        region_name=REGION,
        aws_access_key_id=CREDENTIALS["AWS_ACCESS_KEY_ID"],
        aws_secret_access_key=CREDENTIALS["AWS_SECRET_ACCESS_KEY"],
        config=Config(retries={"total_max_attempts": 2}),
    )


def create_table(endpoint: str, name: str) -> None:
    """Create our table as infra/resources.yaml declares it."""
    template = yaml.safe_load((ROOT / "infra" / "resources.yaml").read_text())
    declared = template["Resources"]["Table"]["Properties"]
    wanted = ("BillingMode", "AttributeDefinitions", "KeySchema", "GlobalSecondaryIndexes")
    client(endpoint).create_table(TableName=name, **{part: declared[part] for part in wanted})
