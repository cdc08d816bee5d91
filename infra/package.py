"""Builds the artefact that both AWS and the local cloud run: template, code and layer.

Nothing is built when nothing went in that was not there the last time.
"""

import argparse
import fcntl
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import flask_swagger_ui

from infra import template

ROOT = Path(__file__).resolve().parent.parent
STAMP = "built-from"
# What the functions call. The files beside the folders, such as the endpoints, belong to all.
SERVICES = ("dynamodb", "kms", "lambda", "ses", "sesv2", "sqs", "sts")
RENDERER = ("swagger-ui-bundle.js", "swagger-ui.css", "LICENSE")
MODEL = re.compile(r".*/botocore/data/([^/]+)/")


class PackagingFailed(Exception):
    """Chalice could not package the app; the message is all it said, and its last line the reason."""

    @property
    def reason(self) -> str:
        return str(self).splitlines()[-1]


def inputs() -> Iterator[Path]:
    yield from (ROOT / name for name in ("app.py", "requirements.txt", "requirements-dev.txt", ".chalice/config.json"))
    for folder, pattern in (("chalicelib", "**/*"), ("infra", "*.*"), (".chalice/policies", "*.json")):
        yield from (path for path in sorted((ROOT / folder).glob(pattern)) if path.suffix != ".pyc" and path.is_file())


def fingerprint(stage: str) -> str:
    digest = hashlib.sha256(f"{stage} {sys.version}".encode())
    for path in inputs():
        digest.update(f"\0{path.relative_to(ROOT)}\0".encode() + path.read_bytes())
    return digest.hexdigest()


@contextmanager
def alone(out: Path) -> Iterator[None]:
    """One builder at a time, whoever else builds on this machine."""
    out.parent.mkdir(parents=True, exist_ok=True)
    with out.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def build(stage: str, out: Path, copy_to: Path | None = None) -> bool:
    """Puts sam.json, deployment.zip and layer-deployment.zip into `out`; False if they were there already.

    A copy stays as it is when somebody else builds something newer into `out`.
    Raises PackagingFailed.
    """
    with alone(out):
        wanted = fingerprint(stage)
        stamp = out / STAMP
        unchanged = stamp.exists() and stamp.read_text() == wanted
        if not unchanged:
            shutil.rmtree(out, ignore_errors=True)
            out.mkdir()
            package(stage, out)
            stamp.write_text(wanted)
        if copy_to:
            shutil.copytree(out, copy_to, dirs_exist_ok=True)
    return not unchanged


def package(stage: str, out: Path) -> None:
    merge = out / "merge.json"
    merge.write_text(json.dumps(template.build(stage)))
    chalice = str(Path(sys.executable).with_name("chalice"))
    command = [chalice, "package", "--stage", stage, "--merge-template", str(merge), str(out)]
    # Chalice wants a region to name the service principals with, and nothing else of AWS. Without the name of a
    # function the app brings all of them, and every route.
    environment = {"AWS_DEFAULT_REGION": "us-east-1", **os.environ, "FUNCTION": ""}
    done = subprocess.run(command, cwd=ROOT, env=environment, check=False, capture_output=True, text=True)  # noqa: S603
    if done.returncode:
        raise PackagingFailed(done.stderr.strip() or done.stdout.strip())
    merge.unlink()
    drop_unused_service_models(out / "layer-deployment.zip")
    add_renderer(out / "deployment.zip")
    add_written_down(out / "deployment.zip")
    sam = out / "sam.json"
    sam.write_text(json.dumps(json.loads(sam.read_text()), separators=(",", ":")))


def drop_unused_service_models(layer: Path) -> None:
    """botocore describes some 400 services, which is most of the layer; every cold start would carry them."""
    slim = layer.with_suffix(".slim")
    with zipfile.ZipFile(layer) as full, zipfile.ZipFile(slim, "w", zipfile.ZIP_DEFLATED) as kept:
        for entry in full.infolist():
            service = MODEL.match(entry.filename)
            if service is None or service[1] in SERVICES:
                kept.writestr(entry, full.read(entry))
    slim.replace(layer)


def add_renderer(code: Path) -> None:
    """The files of Swagger UI that /docs is made of."""
    dist = Path(flask_swagger_ui.__file__).parent / "dist"
    with zipfile.ZipFile(code, "a", zipfile.ZIP_DEFLATED) as archive:
        for name in RENDERER:
            archive.write(dist / name, f"chalicelib/api/renderer/{name}")


def add_written_down(code: Path) -> None:
    """What would otherwise take importing every room: the list of routes, and the OpenAPI document."""
    command = "from chalicelib.api import documents, routing; print(routing.write()); print(documents.openapi_text())"
    written = subprocess.run([sys.executable, "-c", command], cwd=ROOT, check=True, capture_output=True, text=True)  # noqa: S603
    with zipfile.ZipFile(code, "a", zipfile.ZIP_DEFLATED) as archive:
        for name, text in zip(("routes.json", "openapi.json"), written.stdout.splitlines(), strict=True):
            archive.writestr(f"chalicelib/api/{name}", text)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--stage", default="local")
    parser.add_argument("--out", type=Path)
    options = parser.parse_args()
    out = (options.out or ROOT / ".build" / options.stage).resolve()
    try:
        built = build(options.stage, out)
    except PackagingFailed as failed:
        sys.exit(f"{failed}\nerror: packaging failed: {failed.reason}")
    print(f"{'packaged' if built else 'unchanged'}: {out}")


if __name__ == "__main__":
    main()
