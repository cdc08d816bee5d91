"""A stage's settings for commands and programs, and local stacks for `make run` and tests."""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import boto3
import yaml
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from infra import package
from infra.system import QUEUES
from local import cloud, deployment, gateway
from local.errors import LocalError
from local.places import API_ID, BUILT, ROOT, Place, Ports

BUCKET = "orderly-embed-artefacts"
SENDER = "orders@example.com"
SHOP_HOST = "adas-mugs.example"
"""The demo shop, as connectors know it."""
EASYPOST_HOST = "api.easypost.com"
DEMO_TYPES = ("shopify", "shipstation", "bigcommerce")
"""The bridge types of the demo service. `woocommerce` has its connector, and `amazon` neither."""


def variables(stage: str, outputs: dict[str, str]) -> dict[str, str]:
    """The environment variables of the stage's functions, from the stack's outputs."""
    return {
        "STAGE": stage,
        "FUNCTION": "command",
        "TABLE_NAME": outputs["TableName"],
        "KMS_KEY_ID": outputs["KeyId"],
        **{f"{queue.name.upper()}_QUEUE_URL": outputs[f"{queue.logical_id}Url"] for queue in QUEUES},
        "MAIL_FROM": outputs["MailFrom"],
        "MAIL_CONFIGURATION_SET": outputs["MailConfigurationSet"],
        "PUBLIC_BASE_URL": outputs["PublicBaseUrl"],
        "BASE_URL": outputs["PublicBaseUrl"],
        "BRIDGE_SERVICE_URL": outputs["BridgeServiceUrl"],
        "BRIDGE_SERVICES": outputs["BridgeServices"],
        "ALLOW_LOOPBACK": "",
    }


def environment(stage: str, place: Place | None = None) -> dict[str, str]:
    """The environment variables with which a command uses the stack of `stage`: from the running local stack, or from
    AWS with your credentials. Raises LocalError if the stack does not exist or can't be read."""
    if stage != "local":
        deployment.region()
        try:
            return variables(stage, deployment.outputs(boto3.client("cloudformation"), deployment.stack_name(stage)))
        except (BotoCoreError, ClientError) as refused:
            raise LocalError(f"AWS refused: {refused}") from None
    written = (place or Place()).stack
    if not written.exists():
        raise LocalError("The local stack is not running. Start it with `make run`.")
    found: dict[str, str] = json.loads(written.read_text())
    return found


@dataclass
class Stack:
    """A local stack."""

    place: Place
    ports: Ports
    bridge_service: str | None = None
    """Base URL of the bridge services of all types; the demo service serves DEMO_TYPES otherwise."""
    calls: Path | None = None
    """A file to which each AWS call of the functions is appended."""
    environment: dict[str, str] = field(default_factory=dict)
    changed: bool = False
    process: "subprocess.Popen[bytes] | None" = None

    @property
    def base_url(self) -> str:
        return f"http://localhost:{self.ports.api}"

    def client(self, service: str) -> Any:
        return boto3.client(
            service,
            endpoint_url=cloud.endpoint(self.ports),
            region_name=cloud.REGION,
            aws_access_key_id=cloud.CREDENTIALS["AWS_ACCESS_KEY_ID"],
            aws_secret_access_key=cloud.CREDENTIALS["AWS_SECRET_ACCESS_KEY"],
            config=Config(s3={"addressing_style": "path"}),
        )

    def pack(self) -> None:
        """Build the artefact if its sources changed. Raises LocalError with the packager's reason."""
        try:
            package.build("local", BUILT, copy_to=self.place.artefact)
        except yaml.YAMLError as unreadable:
            raise LocalError(f"infra/resources.yaml is not valid YAML: {' '.join(str(unreadable).split())}") from None
        except package.PackagingFailed as failed:
            raise LocalError(f"Packaging failed: {failed.reason} (`make package` prints the details)") from None

    def start(self) -> None:
        """Start the cloud and deploy. On failure, stops everything and raises LocalError."""
        self.process = cloud.start(self.place, self.ports, self.calls)
        try:
            self.deploy()
        except BaseException:
            self.stop()
            raise

    def bridge_services(self) -> dict[str, str]:
        """The template's parameters for bridge services."""
        if self.bridge_service:
            return {"BridgeServiceUrl": self.bridge_service, "BridgeServices": ""}
        demo = f"http://localhost:{self.ports.bridge_service}"
        return {"BridgeServiceUrl": "", "BridgeServices": ",".join(f"{name}={demo}/{name}" for name in DEMO_TYPES)}

    @property
    def platform_hosts(self) -> str:
        """The servers on this machine that functions find under the names of platforms' hosts."""
        served = {SHOP_HOST: self.ports.shop, EASYPOST_HOST: self.ports.easypost}
        return ",".join(f"{host}=http://localhost:{port}" for host, port in served.items())

    def deploy(self, **more: str) -> None:
        """`more`: further parameters of the template."""
        parameters = {
            "MailFrom": SENDER,
            "PublicBaseUrl": self.base_url,
            "PlatformHosts": self.platform_hosts,
            **self.bridge_services(),
            **more,
        }
        self.changed = deployment.deploy(
            self.client,
            self.place.artefact,
            "local",
            parameters,
            account=cloud.ACCOUNT,
            bucket=BUCKET,
            tags={"ms-custom-id": API_ID},
            report=lambda _: None,
            poll_seconds=0.1,
        )
        if self.changed:
            gateway.complete(self.client("apigateway"), self.place.artefact)
        self.client("ses").verify_email_identity(EmailAddress=SENDER)
        outputs = deployment.outputs(self.client("cloudformation"), deployment.stack_name("local"))
        self.environment = {
            **variables("local", outputs),
            **cloud.CREDENTIALS,
            "AWS_REGION": cloud.REGION,
            "AWS_ENDPOINT_URL": cloud.endpoint(self.ports),
            "PUBLIC_BASE_URL": self.base_url,
            "BASE_URL": self.base_url,
            "RECEIVER_URL": f"http://localhost:{self.ports.receiver}",
            "DEMO_SHOP": f"http://localhost:{self.ports.shop}",
            "DEMO_EASYPOST": f"http://localhost:{self.ports.easypost}",
            "DEMO_BRIDGE_SERVICE": self.bridge_service or f"http://localhost:{self.ports.bridge_service}",
            "ALLOW_LOOPBACK": "1",
            # Commands started with this environment use this stack.
            "LOCAL_FOLDER": str(self.place.folder),
        }
        self.place.stack.write_text(json.dumps(self.environment, indent=2) + "\n")

    def command(self, name: str, *arguments: str) -> str:
        """The output of `python -m local.commands.<name>`. Raises subprocess.CalledProcessError if it fails."""
        command = [sys.executable, "-m", f"local.commands.{name}", *arguments]
        environment = {**os.environ, **self.environment}
        done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True)
        return done.stdout

    def stop(self) -> None:
        """Stop the stack and keep its data."""
        if self.process:
            cloud.stop(self.process)
            self.process = None
        self.place.stack.unlink(missing_ok=True)

    def restart(self) -> None:
        self.stop()
        self.start()


@contextmanager
def running(folder: Path | None = None, ports: Ports | None = None, calls: Path | None = None) -> Iterator[Stack]:
    """A local stack on free ports and in a temporary folder, unless others are given. Stopped afterwards."""
    with tempfile.TemporaryDirectory() as temporary:
        stack = Stack(Place(folder or Path(temporary)), ports or Ports.free(), calls=calls)
        stack.pack()
        stack.start()
        try:
            yield stack
        finally:
            stack.stop()
