"""Reproducible zip archives: the same entries give the same bytes on any machine, at any time."""

import zipfile
from collections.abc import Mapping
from pathlib import Path

MODIFIED_AT = (1980, 1, 1, 0, 0, 0)
"""The earliest time the zip format can hold."""
FILE_MODE = 0o100644
CREATED_ON_UNIX = 3
COMPRESSION_LEVEL = 9


def write(archive: Path, entries: Mapping[str, bytes]) -> None:
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED, compresslevel=COMPRESSION_LEVEL) as opened:
        for name in sorted(entries):
            entry = zipfile.ZipInfo(name, MODIFIED_AT)
            entry.external_attr = FILE_MODE << 16
            entry.create_system = CREATED_ON_UNIX
            opened.writestr(entry, entries[name], zipfile.ZIP_DEFLATED, COMPRESSION_LEVEL)


def read(archive: Path) -> dict[str, bytes]:
    """The archive's files by name, without folders."""
    with zipfile.ZipFile(archive) as opened:
        return {name: opened.read(name) for name in opened.namelist() if not name.endswith("/")}
