"""CONTRIBUTING.md names existing files only."""

import re

from local.places import ROOT

PAGE = (ROOT / "CONTRIBUTING.md").read_text()
FILE = re.compile(r"`((?:[\w.-]+/)*[\w-]*\.(?:py|md|json|in|txt))`")
FOLDER = re.compile(r"`((?:[\w.-]+/)+)`")
LINK = re.compile(r"\]\((?!https?:)([^)#]+)")
IN_SEVERAL_PACKAGES = {"messages.py"}
GENERATED = {".build/release/"}


def test_named_files_exist() -> None:
    named = (
        {found for pattern in (FILE, FOLDER, LINK) for found in pattern.findall(PAGE)} - IN_SEVERAL_PACKAGES - GENERATED
    )

    assert len(named) > 25
    assert sorted(name for name in named if not (ROOT / name).exists()) == []
