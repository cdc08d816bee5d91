"""The lock files match the .in files, pin everything by hash, and name no machine."""

import re
from pathlib import Path

import pytest

from local.places import ROOT
from tests.support.locks import HASH, Locked, read_choices, read_lock

LOCKS = ("requirements", "requirements-dev")
MEND = "run `make lock`"


@pytest.fixture(params=LOCKS)
def chosen(request: pytest.FixtureRequest) -> Path:
    return ROOT / f"{request.param}.in"


@pytest.fixture
def locked(chosen: Path) -> Path:
    return chosen.with_suffix(".txt")


def test_direct_dependencies_are_locked(chosen: Path, locked: Path) -> None:
    choices, lock = read_choices(chosen), read_lock(locked)

    assert {name for name, entry in lock.items() if f"-r {chosen.name}" in entry.wanted_by} == choices.keys(), MEND
    assert [name for name, choice in choices.items() if lock[name].version not in choice.specifier] == [], MEND


def test_every_version_is_pinned_and_hashed(locked: Path) -> None:
    lock = read_lock(locked)

    assert [name for name, entry in lock.items() if not entry.version or not entry.hashes] == [], MEND


def test_every_locked_package_has_a_dependant(locked: Path) -> None:
    lock = read_lock(locked)

    def wanted(entry: Locked) -> bool:
        return any(who.startswith("-r ") or who in lock for who in entry.wanted_by)

    assert [name for name, entry in lock.items() if not wanted(entry)] == [], MEND


def test_the_environment_has_the_functions_versions() -> None:
    functions, environment = (read_lock(ROOT / f"{name}.txt") for name in LOCKS)

    differing = {name for name, entry in functions.items() if environment[name].requirement != entry.requirement}
    assert differing == set(), MEND


def test_a_lock_names_no_index_and_no_host(locked: Path) -> None:
    text = HASH.sub("", locked.read_text())

    assert re.findall(r"://|^\s*-.*", text, flags=re.MULTILINE) == []
