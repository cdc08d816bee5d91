"""Builds the artefact that both AWS and the local cloud run: template, code and layer.

Nothing is built when nothing went in that was not there the last time. What is built from the same sources is the same
bytes, on any machine that has the same zlib.
"""

import argparse
import fcntl
import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import flask_swagger_ui

from infra import archive, layer, template
from infra.runtime import python_of

ROOT = Path(__file__).resolve().parent.parent
STAMP = "built-from"
RENDERER = ("swagger-ui-bundle.js", "swagger-ui.css", "LICENSE")
LAYERS = ROOT / ".build" / "layers"


class PackagingFailed(Exception):
    """Chalice could not package the app; the message is all it said, and its last line the reason."""

    @property
    def reason(self) -> str:
        return str(self).splitlines()[-1]


def sources() -> Iterator[Path]:
    """What the code and the roles are made of."""
    yield from (ROOT / name for name in ("app.py", ".chalice/config.json"))
    for folder, pattern in (("chalicelib", "**/*"), (".chalice/policies", "*.json")):
        yield from files(folder, pattern)


def inputs() -> Iterator[Path]:
    yield from sources()
    yield from (ROOT / name for name in ("requirements.txt", "requirements-dev.txt"))
    yield from files("infra", "*.*")


def files(folder: str, pattern: str) -> Iterator[Path]:
    """Nothing hidden and nothing compiled."""
    found = sorted((ROOT / folder).glob(pattern))
    yield from (path for path in found if path.is_file() and path.suffix != ".pyc" and not path.name.startswith("."))


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
    with tempfile.TemporaryDirectory(dir=out) as folder:
        run_chalice(stage, out, Path(folder))
    code = out / "deployment.zip"
    archive.write(code, archive.read(code) | renderer() | written_down())
    try:
        layer.build(ROOT / "requirements.txt", python_of(stage), out / "layer-deployment.zip", LAYERS)
    except layer.NotDownloaded as failed:
        raise PackagingFailed(str(failed)) from None
    sam = out / "sam.json"
    sam.write_text(json.dumps(json.loads(sam.read_text()), separators=(",", ":")))


def run_chalice(stage: str, out: Path, source: Path) -> None:
    """From a copy that has the code and nothing else: no requirements, which are the layer's, and nothing compiled."""
    copy_sources(source)
    merge = source / "merge.json"
    merge.write_text(json.dumps(template.build(stage)))
    chalice = str(Path(sys.executable).with_name("chalice"))
    command = [chalice, "package", "--stage", stage, "--merge-template", str(merge), str(out)]
    # Chalice wants a region to name the service principals with, and nothing else of AWS. Without the name of a
    # function the app brings all of them, and every route.
    environment = {"AWS_DEFAULT_REGION": "us-east-1", **os.environ, "FUNCTION": "", "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(command, cwd=source, env=environment, check=False, capture_output=True, text=True)  # noqa: S603
    if done.returncode:
        raise PackagingFailed(done.stderr.strip() or done.stdout.strip())


def copy_sources(folder: Path) -> None:
    for path in sources():
        copy = folder / path.relative_to(ROOT)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, copy)


def renderer() -> dict[str, bytes]:
    """The files of Swagger UI that /docs is made of."""
    dist = Path(flask_swagger_ui.__file__).parent / "dist"
    return {f"chalicelib/api/renderer/{name}": (dist / name).read_bytes() for name in RENDERER}


def written_down() -> dict[str, bytes]:
    """What a function would otherwise import every room for: the list of routes, and the OpenAPI document."""
    command = "from chalicelib.api import documents, routing; print(routing.write()); print(documents.openapi_text())"
    written = subprocess.run([sys.executable, "-c", command], cwd=ROOT, check=True, capture_output=True)  # noqa: S603
    texts = written.stdout.splitlines()
    return {f"chalicelib/api/{name}": text for name, text in zip(("routes.json", "openapi.json"), texts, strict=True)}


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
