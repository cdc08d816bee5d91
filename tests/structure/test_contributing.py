"""The page for contributors leads somewhere: every file it names is there."""

import re

from local.places import ROOT

PAGE = (ROOT / "CONTRIBUTING.md").read_text()
FILE = re.compile(r"`((?:[\w.-]+/)*[\w-]*\.(?:py|md|json|in|txt))`")
FOLDER = re.compile(r"`((?:[\w.-]+/)+)`")
LINK = re.compile(r"\]\((?!https?:)([^)#]+)")
OF_EVERY_PACKAGE = {"messages.py"}
MADE = {".build/release/"}


def test_what_it_names_exists() -> None:
    named = {found for pattern in (FILE, FOLDER, LINK) for found in pattern.findall(PAGE)} - OF_EVERY_PACKAGE - MADE

    assert len(named) > 25
    assert sorted(name for name in named if not (ROOT / name).exists()) == []
