"""Parses lock files: every distribution with its version, hashes and dependants."""

import re
from dataclasses import dataclass
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

HASH = re.compile(r"--hash=sha256:[0-9a-f]{64}")


@dataclass(frozen=True)
class Locked:
    requirement: Requirement
    hashes: frozenset[str]
    wanted_by: frozenset[str]
    """Dependent distributions, and `-r <file>` for direct dependencies."""

    @property
    def name(self) -> str:
        return canonicalize_name(self.requirement.name)

    @property
    def version(self) -> str:
        """Empty if the version is not pinned."""
        (only,) = self.requirement.specifier
        return only.version if only.operator == "==" and "*" not in only.version else ""


def read_lock(file: Path) -> dict[str, Locked]:
    """The entries by name. An entry begins at the margin; its hashes and dependants are indented below."""
    body = re.sub(r"^#.*\n", "", file.read_text(), flags=re.MULTILINE)
    entries = [_read(entry) for entry in re.split(r"\n(?=\S)", body) if entry.strip()]
    return {entry.name: entry for entry in entries}


def _read(entry: str) -> Locked:
    first, *rest = [line.strip().removesuffix("\\").strip() for line in entry.splitlines()]
    hashes = frozenset(line for line in rest if HASH.fullmatch(line))
    comments = [line.lstrip("# ").removeprefix("via").strip() for line in rest if line.startswith("#")]
    return Locked(Requirement(first), hashes, frozenset(filter(None, comments)))


def read_choices(file: Path) -> dict[str, Requirement]:
    """The direct dependencies of an .in file, by name."""
    lines = [line.partition("#")[0].strip() for line in file.read_text().splitlines()]
    named = [Requirement(line) for line in lines if line and not line.startswith("-")]
    return {canonicalize_name(one.name): one for one in named}
