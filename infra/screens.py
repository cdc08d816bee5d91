"""`make web`: builds the merchants' screens from web/ into chalicelib/screens/static, which is committed. A release has
them as an npm package too."""

import gzip
import hashlib
import io
import json
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

from chalicelib.kit.version import VERSION
from infra.package import ROOT, build_lock

WEB = ROOT / "web"
STATIC = ROOT / "chalicelib/screens/static"
CLIENT = "chalicelib/storefront/client"
LOCK = WEB / "package-lock.json"
INSTALLED = WEB / "node_modules"


class NotBuilt(Exception):
    """The tools could not be installed, or a check of the sources failed; the message is their output."""


def install() -> None:
    """The tools that package-lock.json pins by hash, unless they are there. Raises NotBuilt."""
    stamp = INSTALLED / f".{hashlib.sha256(LOCK.read_bytes()).hexdigest()}"
    # Another process of the tests may be installing them.
    with build_lock(ROOT / ".build" / "web"):
        if not stamp.exists():
            run("npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts")
            stamp.touch()


def check() -> None:
    """Compare the sources with the types of the API's answers, among others. Raises NotBuilt."""
    run(tool("tsc"), "--noEmit")


def build(out: Path) -> None:
    """Raises NotBuilt."""
    run("node", "build.mjs", str(out))


def npm_package(out: Path) -> None:
    """Write the npm package's archive: the built components, their types, and their description for editors. Needs
    `install`. The same sources give the same bytes. Raises NotBuilt."""
    with tempfile.TemporaryDirectory() as folder:
        types, described = Path(folder, "types"), Path(folder, "described")
        run(tool("tsc"), "--noEmit", "false", "--declaration", "--emitDeclarationOnly", "--outDir", str(types))
        # The analyzer knows only folders relative to its own.
        run(tool("cem"), "analyze", "--outdir", os.path.relpath(described, WEB))
        files = {f"types/{each.relative_to(types)}": each.read_bytes() for each in types.rglob("*.d.ts")}
        files["custom-elements.json"] = (described / "custom-elements.json").read_bytes()
    # Types of the API come from the browser client, which the package has beside its own.
    files["types/api.d.ts"] = files["types/api.d.ts"].replace(f"../../{CLIENT}.js".encode(), b"./client.js")
    files["types/client.d.ts"] = (ROOT / f"{CLIENT}.d.ts").read_bytes()
    files |= {"LICENSE": (ROOT / "LICENSE").read_bytes(), "README.md": (ROOT / "docs/components.md").read_bytes()}
    files |= {str(each.relative_to(STATIC)): each.read_bytes() for each in STATIC.rglob("*.js")}
    files["package.json"] = (json.dumps(described_package(), indent=2) + "\n").encode()
    out.write_bytes(archived(files))


def described_package() -> dict[str, object]:
    """The package.json of a release."""
    source = json.loads((WEB / "package.json").read_text())
    kept = {name: source[name] for name in ("name", "description", "license", "dependencies")}
    return {
        **kept,
        "version": VERSION,
        "type": "module",
        "exports": {".": {"types": "./types/embed.d.ts", "default": "./embed.js"}},
        "types": "./types/embed.d.ts",
        "customElements": "custom-elements.json",
        "sideEffects": True,
    }


def archived(files: dict[str, bytes]) -> bytes:
    """A gzipped tar of the files below `package/`, as npm expects it."""
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w", format=tarfile.USTAR_FORMAT) as archive:
        for name in sorted(files):
            entry = tarfile.TarInfo(f"package/{name}")
            entry.size, entry.mode = len(files[name]), 0o644
            archive.addfile(entry, io.BytesIO(files[name]))
    return gzip.compress(packed.getvalue(), 9, mtime=0)


def tool(name: str) -> str:
    return str(INSTALLED / ".bin" / name)


def run(*command: str) -> None:
    program = shutil.which(command[0])
    if program is None:
        raise NotBuilt(f"{command[0]} is not installed. Node 20 or newer is needed to change the screens.")
    ran = subprocess.run([program, *command[1:]], cwd=WEB, capture_output=True, text=True, check=False, timeout=300)  # noqa: S603
    if ran.returncode:
        raise NotBuilt(f"{ran.stdout}\n{ran.stderr}".strip())


def main() -> None:
    try:
        install()
        check()
        build(STATIC)
    except NotBuilt as failed:
        sys.exit(f"{failed}\nerror: the screens were not built")
    print(STATIC.relative_to(ROOT))


if __name__ == "__main__":
    main()
