"""The bill of materials of a release, by CycloneDX's tool: what the layer brings, and what lies beside our own code."""

import json
import os
import subprocess
import sys
import tempfile
import tomllib
import venv
from importlib.metadata import distribution
from pathlib import Path

from packaging.utils import canonicalize_name

from chalicelib.kit.version import VERSION
from infra import archive

ROOT = Path(__file__).resolve().parent.parent
BESIDE_THE_CODE = ("chalice", "flask-swagger-ui")
"""The framework's own file, and the files of Swagger UI, are taken from these."""


class NotWritten(Exception):
    """The tool failed; the message is what it said."""


def write(layer: Path, out: Path) -> None:
    """Raises NotWritten."""
    with tempfile.TemporaryDirectory() as folder:
        described, root = Path(folder) / "environment", Path(folder) / "pyproject.toml"
        describe(layer, described)
        root.write_text(project())
        tool = str(Path(sys.executable).with_name("cyclonedx-py"))
        command = [tool, "environment", str(described), "--pyproject", str(root), "--output-reproducible"]
        command += ["--output-format", "JSON", "--output-file", str(out)]
        # The tool would tell the time if this were set.
        environment = {name: value for name, value in os.environ.items() if name != "SOURCE_DATE_EPOCH"}
        done = subprocess.run(command, check=False, capture_output=True, text=True, env=environment)  # noqa: S603
    if done.returncode:
        raise NotWritten(done.stderr.strip())


def describe(layer: Path, environment: Path) -> None:
    """An environment that has of each distribution what it says of itself, which is all that the tool reads."""
    venv.create(environment)
    (packages,) = environment.glob("lib/*/site-packages")
    for name, content in (of_layer(layer) | beside_the_code()).items():
        (packages / name).parent.mkdir(exist_ok=True)
        (packages / name).write_bytes(content)


def of_layer(layer: Path) -> dict[str, bytes]:
    files = {name.partition("/site-packages/")[2]: content for name, content in archive.read(layer).items()}
    return {name: content for name, content in files.items() if name.endswith(".dist-info/METADATA")}


def beside_the_code() -> dict[str, bytes]:
    found = [distribution(name) for name in BESIDE_THE_CODE]
    return {
        f"{canonicalize_name(one.name).replace('-', '_')}-{one.version}.dist-info/METADATA": str(
            one.read_text("METADATA")
        ).encode()
        for one in found
    }


def project() -> str:
    """pyproject.toml as the tool reads it: with the version, and with what we chose."""
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    lines = [line.partition("#")[0].strip() for line in (ROOT / "requirements.in").read_text().splitlines()]
    told = {name: declared[name] for name in ("name", "description", "license")}
    told |= {"version": VERSION, "dependencies": [*filter(None, lines), *BESIDE_THE_CODE]}
    # A string or a list of strings is written alike in both languages.
    return "[project]\n" + "".join(f"{name} = {json.dumps(value)}\n" for name, value in told.items())
