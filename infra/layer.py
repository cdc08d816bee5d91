"""Builds the Lambda layer from requirements.txt: hash-checked wheels for the Python and platform of the functions.

Chalice can build a layer too, but only for the Python it runs on, and wheels that don't fit the developer's machine it
downloads a second time by name, without checking the hash.
"""

import hashlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from infra import archive
from infra.runtime import Python, dotted, identifier, wheel_platforms

# The AWS services that the functions call. Files beside the service folders, such as endpoints, are always kept.
SERVICES = ("dynamodb", "kms", "lambda", "ses", "sesv2", "sqs", "sts")
MODEL = re.compile(r"botocore/data/([^/]+)/")
DATA = re.compile(r"[^/]+\.data/(?P<kind>[^/]+)/(?P<name>.+)")
LIBRARIES = ("purelib", "platlib")


class NotDownloaded(Exception):
    """A locked wheel could not be downloaded; the message is pip's output."""


def build(locked: Path, python: Python, architecture: str, out: Path, cache: Path) -> None:
    """Write the layer to `out`, reusing one built earlier from the folder `cache`. Raises NotDownloaded."""
    cached = cache / f"{fingerprint(locked, python, architecture)}.zip"
    if not cached.exists():
        cache.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=cache) as folder:
            download(locked, python, architecture, Path(folder))
            made = Path(folder) / "layer.zip"
            archive.write(made, contents(Path(folder), python))
            os.replace(made, cached)
    shutil.copyfile(cached, out)


def fingerprint(locked: Path, python: Python, architecture: str) -> str:
    digest = hashlib.sha256(f"{dotted(python)} {architecture}".encode())
    for file in (locked, Path(__file__), Path(archive.__file__)):
        digest.update(b"\0" + file.read_bytes())
    return digest.hexdigest()


def download(locked: Path, python: Python, architecture: str, folder: Path) -> None:
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--dest", str(folder)]
    command += ["--require-hashes", "--no-deps", "--only-binary", ":all:", "--requirement", str(locked)]
    command += [
        "--implementation",
        "cp",
        "--python-version",
        dotted(python),
        "--abi",
        f"cp{dotted(python)}".replace(".", ""),
    ]
    for platform in wheel_platforms(python, architecture):
        command += ["--platform", platform]
    done = subprocess.run(command, check=False, capture_output=True, text=True)  # noqa: S603
    if done.returncode:
        raise NotDownloaded(done.stderr.strip())


def contents(wheels: Path, python: Python) -> dict[str, bytes]:
    folder = f"python/lib/{identifier(python)}/site-packages"
    return {
        f"{folder}/{installed}": content
        for wheel in sorted(wheels.glob("*.whl"))
        for name, content in archive.read(wheel).items()
        if (installed := installed_as(name)) and is_used(installed)
    }


def installed_as(name: str) -> str | None:
    """The path of a wheel's file in site-packages; None for scripts and other files that go elsewhere."""
    data = DATA.fullmatch(name)
    if data is None:
        return name
    return data["name"] if data["kind"] in LIBRARIES else None


def is_used(name: str) -> bool:
    """Drops botocore's models of the roughly 400 services that are not called. They are most of the layer's size."""
    service = MODEL.match(name)
    return service is None or service[1] in SERVICES
