"""Export everything of an organization as JSON lines: one stored item a line, without secrets.

The position is kept beside the file (FILE.position) until the export is complete. If it was interrupted, the same
command continues there; a few lines may then occur twice.
"""

import json
import sys
from pathlib import Path

from local.commands import announce, enter, parser
from local.errors import LocalError


def main() -> None:
    arguments = parser(__doc__)
    arguments.add_argument("--organization", required=True, help="organization id")
    arguments.add_argument("--file", type=Path, required=True, help="where to write the lines")
    options = arguments.parse_args()
    if not options.organization or options.file == Path():
        sys.exit("error: ORG or FILE is missing: make export-org ORG=… FILE=acme.jsonl")
    if options.file.is_dir() or not options.file.parent.is_dir():
        sys.exit(f"error: FILE: {options.file} cannot be written")
    try:
        enter(options.stage)
    except LocalError as error:
        sys.exit(f"error: {error}")
    from chalicelib.kit.errors import NotFound
    from chalicelib.operations import listing

    try:
        name = listing.describe(options.organization).name
    except NotFound:
        sys.exit("error: ORG: no organization has that id on this stage")
    position_file = options.file.with_name(f"{options.file.name}.position")
    if options.file.exists() and not position_file.exists():
        sys.exit(f"error: FILE: {options.file} exists already")
    announce(f"Exporting everything of {name} to {options.file}. Secrets are left out and named on their line.")
    number = write(options.organization, options.file, position_file)
    print(f"{number} items")


def write(organization_id: str, file: Path, position_file: Path) -> int:
    """Write the lines from the saved position on. Returns how many the file has."""
    from chalicelib.kit import codec
    from chalicelib.operations.exporting import export

    position = None
    written = size = 0
    if position_file.exists():
        saved = json.loads(position_file.read_text())
        position, written, size = saved["position"], saved["items"], saved["bytes"]
    # The file holds whatever was written after the position was saved; that comes again.
    with file.open("ab") as lines:
        lines.truncate(size)
        for batch in export(organization_id, position):
            for record in batch.records:
                lines.write(f"{codec.dumps(record)}\n".encode())
            lines.flush()
            written += len(batch.records)
            save(position_file, {"position": batch.position, "items": written, "bytes": lines.tell()})
    position_file.unlink(missing_ok=True)
    return written


def save(position_file: Path, value: object) -> None:
    part = position_file.with_name(f"{position_file.name}.part")
    part.write_text(json.dumps(value))
    part.replace(position_file)


if __name__ == "__main__":
    main()
