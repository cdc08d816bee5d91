"""`make release`: the files of a version, in .build/release. The same commit gives the same bytes."""

import hashlib
import json
import shutil
import subprocess
import sys
from pathlib import Path

from chalicelib.kit.version import VERSION
from infra import package, sbom, screens
from infra.package import ROOT

STAGE = "production"
OUT = ROOT / ".build" / "release"
CHECKSUMS = "SHA256SUMS"
ARCHIVES = {"deployment.zip": "code.zip", "layer-deployment.zip": "layer.zip"}


class Refused(Exception):
    """The working tree cannot be released; the message says why."""


def named(part: str) -> str:
    return f"orderly-embed-{VERSION}-{part}"


def require_one_commit() -> None:
    """Raises Refused if there are uncommitted changes. Sources without git, such as an archive, are accepted."""
    status = subprocess.run(["git", "status", "--porcelain"], cwd=ROOT, check=False, capture_output=True, text=True)  # noqa: S607
    if status.stdout.strip():
        raise Refused(
            f"A release is built from one commit, and these changes are not committed:\n{status.stdout.rstrip()}"
        )


def release(out: Path) -> list[Path]:
    """Raises PackagingFailed, NotBuilt and NotWritten."""
    built = ROOT / ".build" / STAGE
    package.build(STAGE, built)
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    for archive, part in ARCHIVES.items():
        shutil.copyfile(built / archive, out / named(part))
    (out / named("template.json")).write_text(template(built))
    (out / named("openapi.json")).write_text(openapi())
    screens.install()
    screens.npm_package(out / named("npm.tgz"))
    sbom.write(built / "layer-deployment.zip", out / named("sbom.json"))
    (out / CHECKSUMS).write_text(checksums(out))
    return sorted(out.iterdir())


def template(built: Path) -> str:
    """The template, with the archives' names in the release."""
    text = (built / "sam.json").read_text()
    for archive, part in ARCHIVES.items():
        text = text.replace(json.dumps(f"./{archive}"), json.dumps(f"./{named(part)}"))
    return text


def openapi() -> str:
    """The document that /openapi.json serves."""
    command = "from chalicelib.api.documents import openapi_text; print(openapi_text(), end='')"
    done = subprocess.run([sys.executable, "-c", command], cwd=ROOT, check=True, capture_output=True, text=True)  # noqa: S603
    return done.stdout


def checksums(folder: Path) -> str:
    """The folder's files in the format of `sha256sum --check`."""
    return "".join(
        f"{hashlib.sha256(file.read_bytes()).hexdigest()}  {file.name}\n" for file in sorted(folder.iterdir())
    )


def main() -> None:
    try:
        require_one_commit()
        files = release(OUT)
    except Refused as refused:
        sys.exit(f"error: {refused}")
    except (package.PackagingFailed, screens.NotBuilt, sbom.NotWritten) as failed:
        sys.exit(f"{failed}\nerror: {VERSION} could not be built")
    for file in files:
        print(file.relative_to(ROOT))


if __name__ == "__main__":
    main()
