"""Shopify's published Admin schemas, from the npm package that schema.lock.json names.

Of the package only the schemas are wanted, so that it is downloaded without the hundreds of packages it depends on: by
`npm pack`, once, into .build/admin-schema, and checked against the lock.
"""

import base64
import gzip
import hashlib
import json
import shutil
import subprocess
import tarfile
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from graphql import GraphQLSchema, build_client_schema

from infra.package import build_lock
from local.places import ROOT

LOCK = json.loads((Path(__file__).parent / "schema.lock.json").read_text())
FOLDER = ROOT / ".build" / "admin-schema"
UNREACHABLE = ("ENOTFOUND", "EAI_AGAIN", "ECONNREFUSED", "ETIMEDOUT")


@cache
def stable_versions() -> list[str]:
    """Oldest first: `2025-10`, `2026-01`, … The package may have release candidates of later ones."""
    published = sorted(path.name[6:13] for path in _folder().glob("admin_20*.json.gz"))
    return [version for version in published if version <= LOCK["newest_stable"]]


@cache
def schema(version: str) -> GraphQLSchema:
    # The published schema breaks rules of naming that the validator holds.
    return build_client_schema(_document(version)["data"], assume_valid=True)


def scopes_of_types(version: str) -> dict[str, list[str]]:
    """For each type or `Mutation.field` that needs a right: the scopes of which one is enough."""
    return {
        item["typeName"] if item["type"] == "type" else f"{item['typeName']}.{item['fieldName']}": item["offlineScopes"]
        for item in _document(version)["offline_scopes"]["items"]
        if item["offlineScopes"]
    }


@cache
def _document(version: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(gzip.decompress((_folder() / f"admin_{version}.json.gz").read_bytes()))
    return found


@cache
def _folder() -> Path:
    """Skips the test where the package cannot be downloaded."""
    # Another process of the tests may be downloading it.
    with build_lock(FOLDER):
        stamp = FOLDER / LOCK["version"]
        if not stamp.exists():
            _download()
            stamp.touch()
    return FOLDER


def _download() -> None:
    npm = shutil.which("npm")
    if npm is None:
        pytest.skip("needs npm, which downloads Shopify's schemas")
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir(parents=True)
    name = f"{LOCK['package']}@{LOCK['version']}"
    packed = subprocess.run(
        [npm, "pack", name, "--silent"], cwd=FOLDER, capture_output=True, text=True, timeout=300, check=False
    )
    if packed.returncode != 0:
        if any(code in packed.stderr for code in UNREACHABLE):
            pytest.skip("npm cannot download Shopify's schemas from here")
        raise AssertionError(packed.stderr)
    archive = FOLDER / packed.stdout.strip()
    digest = base64.b64encode(hashlib.sha512(archive.read_bytes()).digest()).decode()
    assert f"sha512-{digest}" == LOCK["integrity"], "the package is not the one that schema.lock.json names"
    with tarfile.open(archive) as packed_files:
        for member in packed_files.getmembers():
            path = Path(member.name)
            if path.match("dist/data/admin_20*.json.gz") and (content := packed_files.extractfile(member)):
                (FOLDER / path.name).write_bytes(content.read())
    archive.unlink()
