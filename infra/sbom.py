"""The software bill of materials of a release, in CycloneDX: packages of the layer and those bundled with the code."""

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
BUNDLED_WITH_CODE = ("chalice", "flask-swagger-ui")
"""Packages whose files are copied into the code archive."""


class NotWritten(Exception):
    """The CycloneDX tool failed; the message is its output."""


def write(layer: Path, out: Path) -> None:
    """Raises NotWritten."""
    with tempfile.TemporaryDirectory() as folder:
        described, root = Path(folder) / "environment", Path(folder) / "pyproject.toml"
        describe(layer, described)
        root.write_text(project())
        tool = str(Path(sys.executable).with_name("cyclonedx-py"))
        command = [tool, "environment", str(described), "--pyproject", str(root), "--output-reproducible"]
        command += ["--output-format", "JSON", "--output-file", str(out)]
        # If this is set, the tool writes a timestamp, and the output is no longer reproducible.
        environment = {name: value for name, value in os.environ.items() if name != "SOURCE_DATE_EPOCH"}
        done = subprocess.run(command, check=False, capture_output=True, text=True, env=environment)  # noqa: S603
    if done.returncode:
        raise NotWritten(done.stderr.strip())


def describe(layer: Path, environment: Path) -> None:
    """Create an environment with each distribution's metadata only, which is all that the tool reads."""
    venv.create(environment)
    (packages,) = environment.glob("lib/*/site-packages")
    for name, content in (layer_metadata(layer) | bundled_metadata()).items():
        (packages / name).parent.mkdir(exist_ok=True)
        (packages / name).write_bytes(content)


def layer_metadata(layer: Path) -> dict[str, bytes]:
    files = {name.partition("/site-packages/")[2]: content for name, content in archive.read(layer).items()}
    return {name: content for name, content in files.items() if name.endswith(".dist-info/METADATA")}


def bundled_metadata() -> dict[str, bytes]:
    found = [distribution(name) for name in BUNDLED_WITH_CODE]
    return {
        f"{canonicalize_name(one.name).replace('-', '_')}-{one.version}.dist-info/METADATA": str(
            one.read_text("METADATA")
        ).encode()
        for one in found
    }


def project() -> str:
    """A pyproject.toml for the tool: ours, with the version and our direct dependencies added."""
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    lines = [line.partition("#")[0].strip() for line in (ROOT / "requirements.in").read_text().splitlines()]
    fields = {name: declared[name] for name in ("name", "description", "license")}
    fields |= {"version": VERSION, "dependencies": [*filter(None, lines), *BUNDLED_WITH_CODE]}
    # JSON and TOML write strings and lists of strings alike.
    return "[project]\n" + "".join(f"{name} = {json.dumps(value)}\n" for name, value in fields.items())
