"""The layer: what requirements.txt locks, each wheel by its hash, for the Python and the machine of the functions.

Chalice could build it too, but for its own Python alone, and what does not fit the developer's machine it asks for once
more by name, without the hash.
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

# What the functions call. The files beside the folders, such as the endpoints, belong to all.
SERVICES = ("dynamodb", "kms", "lambda", "ses", "sesv2", "sqs", "sts")
MODEL = re.compile(r"botocore/data/([^/]+)/")
DATA = re.compile(r"[^/]+\.data/(?P<kind>[^/]+)/(?P<name>.+)")
LIBRARIES = ("purelib", "platlib")


class NotDownloaded(Exception):
    """A wheel that is locked could not be had; the message is all that pip said."""


def build(locked: Path, python: Python, out: Path, kept_in: Path) -> None:
    """A layer that was built before is in the folder `kept_in`. Raises NotDownloaded."""
    kept = kept_in / f"{fingerprint(locked, python)}.zip"
    if not kept.exists():
        kept_in.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=kept_in) as folder:
            download(locked, python, Path(folder))
            made = Path(folder) / "layer.zip"
            archive.write(made, contents(Path(folder), python))
            os.replace(made, kept)
    shutil.copyfile(kept, out)


def fingerprint(locked: Path, python: Python) -> str:
    digest = hashlib.sha256(dotted(python).encode())
    for file in (locked, Path(__file__), Path(archive.__file__)):
        digest.update(b"\0" + file.read_bytes())
    return digest.hexdigest()


def download(locked: Path, python: Python, folder: Path) -> None:
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
    for platform in wheel_platforms(python):
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
    """Where a wheel's file goes in site-packages; None for scripts and the like, which go elsewhere."""
    data = DATA.fullmatch(name)
    if data is None:
        return name
    return data["name"] if data["kind"] in LIBRARIES else None


def is_used(name: str) -> bool:
    """botocore describes some 400 services, which is most of the layer; every cold start would carry them."""
    service = MODEL.match(name)
    return service is None or service[1] in SERVICES
