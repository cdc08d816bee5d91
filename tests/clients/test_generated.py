"""Clients that generators make of the OpenAPI document compile, and so does a program that uses our own client.

The TypeScript tools are locked in package-lock.json and installed once into .build/clients.
"""

import hashlib
import importlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from chalicelib.api.documents import openapi_text
from infra.package import build_lock
from local.client_types import CLIENT, TYPES
from local.places import ROOT

pytestmark = pytest.mark.xdist_group("clients")
HERE = Path(__file__).parent
TOOLS = ROOT / ".build" / "clients"
UNREACHABLE = ("ENOTFOUND", "EAI_AGAIN", "ECONNREFUSED", "ETIMEDOUT")
STRICT = ("--noEmit", "--strict", "--skipLibCheck", "false", "--target", "es2022", "--module", "nodenext")


def run(*command: str | Path, cwd: Path) -> str:
    environment = {**os.environ, "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}"}
    ran = subprocess.run(
        list(map(str, command)), cwd=cwd, env=environment, capture_output=True, text=True, timeout=300, check=False
    )
    assert ran.returncode == 0, f"{ran.stdout}\n{ran.stderr}"
    return ran.stdout


@pytest.fixture(scope="session")
def document(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("document") / "openapi.json"
    file.write_text(openapi_text())
    return file


@pytest.fixture(scope="session")
def tools() -> Path:
    """The folder of the npm programs."""
    npm = shutil.which("npm")
    if npm is None or shutil.which("node") is None:
        pytest.skip("needs Node and npm")
    # Another process of the tests may be installing them.
    with build_lock(TOOLS):
        stamp = TOOLS / hashlib.sha256((HERE / "package-lock.json").read_bytes()).hexdigest()
        if not stamp.exists():
            install(npm)
            stamp.touch()
    return TOOLS / "node_modules" / ".bin"


def install(npm: str) -> None:
    shutil.rmtree(TOOLS, ignore_errors=True)
    TOOLS.mkdir(parents=True)
    for name in ("package.json", "package-lock.json"):
        shutil.copyfile(HERE / name, TOOLS / name)
    try:
        run(npm, "ci", "--no-audit", "--no-fund", "--ignore-scripts", cwd=TOOLS)
    except AssertionError as failed:
        if any(code in str(failed) for code in UNREACHABLE):
            pytest.skip("npm cannot download the TypeScript tools from here")
        raise


def test_openapi_typescript_makes_types_that_compile(document: Path, tools: Path, tmp_path: Path) -> None:
    run(tools / "openapi-typescript", document, "--output", "api.d.ts", cwd=tmp_path)
    shutil.copyfile(HERE / "generated.mts", tmp_path / "generated.mts")
    run(tools / "tsc", *STRICT, "generated.mts", cwd=tmp_path)


def test_the_browser_clients_declarations_compile(tools: Path, tmp_path: Path) -> None:
    for file in (CLIENT, TYPES, HERE / "browser.mts"):
        shutil.copyfile(file, tmp_path / file.name)
    run(tools / "tsc", *STRICT, "--lib", "es2022,dom", "browser.mts", cwd=tmp_path)


def test_openapi_python_client_makes_a_package_that_imports(
    document: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = tmp_path / "orderly_client"
    generator = Path(sys.executable).with_name("openapi-python-client")
    printed = run(generator, "generate", "--path", document, "--meta", "none", "--output-path", package, cwd=tmp_path)
    assert "Warning" not in printed
    run(sys.executable, "-m", "compileall", "-q", package, cwd=tmp_path)
    monkeypatch.syspath_prepend(tmp_path)
    names = [".".join(file.relative_to(tmp_path).with_suffix("").parts) for file in package.rglob("*.py")]
    for name in names:
        importlib.import_module(name.removesuffix(".__init__"))
    operations = [each for methods in json.loads(document.read_text())["paths"].values() for each in methods.values()]
    assert sum(".api." in name for name in names) >= len(operations)
