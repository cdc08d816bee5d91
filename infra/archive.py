"""Zip archives that are the same bytes for the same entries, whoever writes them and when."""

import zipfile
from collections.abc import Mapping
from pathlib import Path

WRITTEN = (1980, 1, 1, 0, 0, 0)
"""The first moment that a zip can tell."""
READABLE_FILE = 0o100644
UNIX = 3
LEVEL = 9


def write(archive: Path, entries: Mapping[str, bytes]) -> None:
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED, compresslevel=LEVEL) as opened:
        for name in sorted(entries):
            entry = zipfile.ZipInfo(name, WRITTEN)
            entry.external_attr = READABLE_FILE << 16
            entry.create_system = UNIX
            opened.writestr(entry, entries[name], zipfile.ZIP_DEFLATED, LEVEL)


def read(archive: Path) -> dict[str, bytes]:
    """Its files, by name."""
    with zipfile.ZipFile(archive) as opened:
        return {name: opened.read(name) for name in opened.namelist() if not name.endswith("/")}
