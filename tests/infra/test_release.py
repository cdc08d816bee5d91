"""The files of `make release` are complete, carry one version and checksums, and are reproducible."""

import hashlib
import json
import subprocess
import tarfile
from pathlib import Path
from typing import Any

import pytest

from chalicelib.api.documents import openapi_text
from chalicelib.kit.version import VERSION
from infra import release, sbom, screens
from local.places import ROOT
from tests.support.locks import read_lock

pytestmark = [pytest.mark.package, pytest.mark.xdist_group("package")]
Json = dict[str, Any]


@pytest.fixture(scope="module")
def released(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("release")
    release.release(folder)
    return folder


@pytest.fixture
def materials(released: Path) -> Json:
    read: Json = json.loads((released / release.named("sbom.json")).read_text())
    return read


def test_file_names_carry_the_version(released: Path) -> None:
    parts = ("code.zip", "layer.zip", "npm.tgz", "openapi.json", "sbom.json", "template.json")

    assert {file.name for file in released.iterdir()} == {f"orderly-embed-{VERSION}-{part}" for part in parts} | {
        "SHA256SUMS"
    }


def test_checksums_match_the_files(released: Path) -> None:
    lines = (released / "SHA256SUMS").read_text().splitlines()

    listed = {name: digest for digest, _, name in (line.partition("  ") for line in lines)}
    found = {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in released.iterdir()}
    assert listed == {name: digest for name, digest in found.items() if name != "SHA256SUMS"}


def test_the_template_references_the_released_archives(released: Path) -> None:
    text = (released / release.named("template.json")).read_text()
    resources = json.loads(text)["Resources"]

    assert resources["APIHandler"]["Properties"]["CodeUri"] == f"./{release.named('code.zip')}"
    assert resources["ManagedLayer"]["Properties"]["ContentUri"] == f"./{release.named('layer.zip')}"
    assert "deployment.zip" not in text


def test_the_openapi_document_is_the_one_that_is_served(released: Path) -> None:
    assert (released / release.named("openapi.json")).read_text() == openapi_text()


def test_the_npm_package_is_complete_and_made_again_alike(released: Path, tmp_path: Path) -> None:
    file = released / release.named("npm.tgz")
    with tarfile.open(file) as archive:
        names = set(archive.getnames())
        described = json.load(archive.extractfile("package/package.json"))  # type: ignore[arg-type]
        manifest = json.load(archive.extractfile("package/custom-elements.json"))  # type: ignore[arg-type]
        typed = archive.extractfile("package/types/api.d.ts").read().decode()  # type: ignore[union-attr]
    tags = {each["tagName"] for module in manifest["modules"] for each in module["declarations"] if "tagName" in each}

    assert described["version"] == VERSION
    assert {
        f"package/{name}" for name in ("README.md", "LICENSE", "embed.js", "types/embed.d.ts", "types/client.d.ts")
    } <= names
    assert {"orderly-embed", "orderly-orders", "orderly-connect", "orderly-webhooks"} <= tags
    assert "./client.js" in typed
    assert "../" not in typed
    screens.npm_package(tmp_path / "again.tgz")
    assert (tmp_path / "again.tgz").read_bytes() == file.read_bytes()


def test_the_bill_of_materials_has_every_package_that_runs(materials: Json) -> None:
    listed = {each["purl"].replace("_", "-"): each for each in materials["components"]}
    versions = {name: locked.version for name, locked in read_lock(ROOT / "requirements-dev.txt").items()}
    runs = {*read_lock(ROOT / "requirements.txt"), *sbom.BUNDLED_WITH_CODE}

    assert listed.keys() == {f"pkg:pypi/{name}@{versions[name]}" for name in runs}
    assert [name for name, each in listed.items() if not each["licenses"]] == []


def test_the_bill_of_materials_is_for_this_version(materials: Json) -> None:
    root = materials["metadata"]["component"]

    assert (materials["bomFormat"], root["name"], root["version"]) == ("CycloneDX", "orderly-embed", VERSION)
    assert "timestamp" not in materials["metadata"]
    assert "serialNumber" not in materials


def test_a_second_build_has_the_same_bytes(released: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONHASHSEED", "7")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1")
    release.release(tmp_path)

    assert (tmp_path / "SHA256SUMS").read_text() == (released / "SHA256SUMS").read_text()


def test_uncommitted_changes_are_not_released(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(release, "ROOT", tmp_path)
    subprocess.run(["git", "init", "--quiet"], cwd=tmp_path, check=True)
    release.require_one_commit()
    (tmp_path / "new.py").touch()

    with pytest.raises(release.Refused, match=r"new\.py"):
        release.require_one_commit()
