"""Builds the artefact that AWS and the local cloud run: template, code and layer.

Unchanged sources are not built again. The same sources give the same bytes on any machine with the same zlib.
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

from chalicelib.catalog import bridge_types
from infra import archive, layer, template
from infra.runtime import architecture, python_of

ROOT = Path(__file__).resolve().parent.parent
STAMP = "built-from"
SWAGGER_UI = ("swagger-ui-bundle.js", "swagger-ui.css", "LICENSE")
LAYERS = ROOT / ".build" / "layers"


class PackagingFailed(Exception):
    """Packaging failed; the message is the tool's output, whose last line is the reason."""

    @property
    def reason(self) -> str:
        return str(self).splitlines()[-1]


def sources() -> Iterator[Path]:
    """The files that the code and the roles are built from."""
    yield from (ROOT / name for name in ("app.py", ".chalice/config.json"))
    for folder, pattern in (("chalicelib", "**/*"), (".chalice/policies", "*.json")):
        yield from files(folder, pattern)


def inputs() -> Iterator[Path]:
    yield from sources()
    yield from (ROOT / name for name in ("requirements.txt", "requirements-dev.txt"))
    yield from files("infra", "*.*")


def files(folder: str, pattern: str) -> Iterator[Path]:
    """Matching files in order, without hidden and compiled ones."""
    found = sorted((ROOT / folder).glob(pattern))
    yield from (path for path in found if path.is_file() and path.suffix != ".pyc" and not path.name.startswith("."))


def fingerprint(stage: str) -> str:
    digest = hashlib.sha256(f"{stage} {sys.version}".encode())
    for path in inputs():
        digest.update(f"\0{path.relative_to(ROOT)}\0".encode() + path.read_bytes())
    for name, content in own_bridge_types().items():
        digest.update(f"\0{name}\0".encode() + content)
    return digest.hexdigest()


@contextmanager
def build_lock(out: Path) -> Iterator[None]:
    """Excludes other processes that build into `out`."""
    out.parent.mkdir(parents=True, exist_ok=True)
    with out.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def build(stage: str, out: Path, copy_to: Path | None = None) -> bool:
    """Write sam.json, deployment.zip and layer-deployment.zip to `out`; False if they were up to date.

    `copy_to` gets a copy that later builds into `out` don't change. Raises PackagingFailed.
    """
    with build_lock(out):
        current = fingerprint(stage)
        stamp = out / STAMP
        unchanged = stamp.exists() and stamp.read_text() == current
        if not unchanged:
            shutil.rmtree(out, ignore_errors=True)
            out.mkdir()
            package(stage, out)
            stamp.write_text(current)
        if copy_to:
            shutil.copytree(out, copy_to, dirs_exist_ok=True)
    return not unchanged


def package(stage: str, out: Path) -> None:
    with tempfile.TemporaryDirectory(dir=out) as folder:
        run_chalice(stage, out, Path(folder))
    code = out / "deployment.zip"
    archive.write(code, archive.read(code) | swagger_ui() | generated() | own_bridge_types())
    try:
        layer.build(
            ROOT / "requirements.txt", python_of(stage), architecture(stage), out / "layer-deployment.zip", LAYERS
        )
    except layer.NotDownloaded as failed:
        raise PackagingFailed(str(failed)) from None
    sam = out / "sam.json"
    sam.write_text(json.dumps(json.loads(sam.read_text()), separators=(",", ":")))


def run_chalice(stage: str, out: Path, source: Path) -> None:
    """Run `chalice package` on a copy with only the code: requirements are in the layer, and compiled files vary."""
    copy_sources(source)
    merge = source / "merge.json"
    merge.write_text(json.dumps(template.build(stage)))
    chalice = str(Path(sys.executable).with_name("chalice"))
    command = [chalice, "package", "--stage", stage, "--merge-template", str(merge), str(out)]
    # Chalice needs a region only for the names of service principals. With no function named, the app declares all
    # functions and routes.
    environment = {
        "AWS_DEFAULT_REGION": "us-east-1",
        **environment_elsewhere(),
        "FUNCTION": "",
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    done = subprocess.run(command, cwd=source, env=environment, check=False, capture_output=True, text=True)  # noqa: S603
    if done.returncode:
        raise PackagingFailed(done.stderr.strip() or done.stdout.strip())


def copy_sources(folder: Path) -> None:
    for path in sources():
        copy = folder / path.relative_to(ROOT)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, copy)


def swagger_ui() -> dict[str, bytes]:
    """The files of Swagger UI that /docs serves."""
    dist = Path(flask_swagger_ui.__file__).parent / "dist"
    return {f"chalicelib/api/renderer/{name}": (dist / name).read_bytes() for name in SWAGGER_UI}


def own_bridge_types() -> dict[str, bytes]:
    """The deployment's own bridge types, from the file that BRIDGE_TYPES names. Raises PackagingFailed."""
    name = os.environ.get("BRIDGE_TYPES")
    if not name:
        return {}
    try:
        text = Path(name).read_text(encoding="utf-8")
        bridge_types.parse_types(text)
    except (OSError, ValueError) as error:
        raise PackagingFailed(f"BRIDGE_TYPES={name} cannot be used: {error}") from None
    return {"chalicelib/catalog/own_types.json": text.encode()}


def environment_elsewhere() -> dict[str, str]:
    """The environment for a command in another directory, which declares the routes of own bridge types too."""
    name = os.environ.get("BRIDGE_TYPES")
    return {**os.environ, **({"BRIDGE_TYPES": str(Path(name).resolve())} if name else {})}


def generated() -> dict[str, bytes]:
    """The list of routes and the OpenAPI document, which a function would otherwise import every room to compute."""
    command = "from chalicelib.api import documents, routing; print(routing.write()); print(documents.openapi_text())"
    printed = subprocess.run(  # noqa: S603
        [sys.executable, "-c", command], cwd=ROOT, env=environment_elsewhere(), check=True, capture_output=True
    )
    texts = printed.stdout.splitlines()
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
