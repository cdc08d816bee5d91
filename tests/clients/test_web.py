"""The screens that are committed are what their sources build, with the tools that web/package-lock.json pins."""

import gzip
import json
import os
from pathlib import Path

import pytest

from infra import screens

pytestmark = pytest.mark.xdist_group("clients")
MAX_BYTES = 60 * 1024
MAX_CONSOLE_BYTES = 150 * 1024


@pytest.fixture(scope="module")
def tools() -> None:
    try:
        screens.install()
    except screens.NotBuilt as failed:
        if os.environ.get("CI"):
            raise
        pytest.skip(f"the tools of the screens cannot be installed here: {failed}")


def contents(folder: Path) -> dict[str, bytes]:
    return {str(file.relative_to(folder)): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


@pytest.mark.usefixtures("tools")
def test_the_sources_fit_the_types_of_the_api() -> None:
    screens.check()


@pytest.mark.usefixtures("tools")
def test_the_committed_files_are_what_the_sources_build(tmp_path: Path) -> None:
    screens.build(tmp_path / "static")

    built, committed = contents(tmp_path / "static"), contents(screens.STATIC)
    assert sorted(built) == sorted(committed), "run: make web"
    assert [name for name, content in built.items() if committed[name] != content] == [], "run: make web"


@pytest.mark.parametrize("language", ["en", "de", "es", "fr", "pt"])
def test_each_language_is_small(language: str) -> None:
    loader, assets = (screens.STATIC / "embed.js").read_text(), list((screens.STATIC / "assets").iterdir())
    loaded = [loader.encode(), *(each.read_bytes() for each in assets if each.name in loader)]
    assert len(loaded) > 1
    if language != "en":
        texts = [each.read_bytes() for each in assets if each.name.startswith(f"{language}-")]
        loaded.append(next(each for each in texts if f'language:"{language}"'.encode() in each))
    assert sum(len(gzip.compress(content, 9, mtime=0)) for content in loaded) <= MAX_BYTES


def test_the_console_is_small_beside_the_components() -> None:
    built = json.loads((screens.STATIC / "built.json").read_text())
    own = {built["console"]["script"], *built["console"]["imports"]} - set(built["portal"]["imports"])
    contents = [(screens.STATIC / name).read_bytes() for name in own]
    assert sum(len(gzip.compress(content, 9, mtime=0)) for content in contents) <= MAX_CONSOLE_BYTES
