"""Delete everything of an organization. If the command was interrupted, start it again.

The organization is suspended first. Backups and copies of logs are not touched; rate counters hold hashes alone and
expire within two days.
"""

import sys
import time
from typing import TYPE_CHECKING

from local.commands import announce, enter, parser, require_yes
from local.errors import LocalError

if TYPE_CHECKING:
    from chalicelib.operations.deletion import DeletionReport

REPORT_EVERY_S = 5.0


def main() -> None:
    arguments = parser(__doc__)
    arguments.add_argument("--organization", required=True, help="organization id")
    arguments.add_argument("--yes", action="store_true", help="do not ask")
    options = arguments.parse_args()
    if not options.organization:
        sys.exit("error: ORG is missing: make delete-org ORG=…")
    try:
        enter(options.stage)
    except LocalError as error:
        sys.exit(f"error: {error}")
    from chalicelib.kit import ids
    from chalicelib.kit.errors import NotFound
    from chalicelib.operations import listing
    from chalicelib.operations.deletion import delete_organization

    if not ids.is_id(options.organization):
        sys.exit("error: ORG is not an organization id")
    try:
        one = listing.describe(options.organization)
        described = f"{one.name}: {one.end_users} end users, {one.bridges} bridges, {one.orders} orders"
    except NotFound:
        described = "an organization that is gone; what is left of it"
    announce(f"Deleting {described}. It cannot be undone; `make export-org` keeps a copy.")
    require_yes(f"Delete {options.organization}?", options.yes)
    done = delete_organization(options.organization, Progress())
    for name, number in sorted(done.deleted.items()):
        print(f"deleted  {number:>9}  {name}")
    if not done.is_complete:
        sys.exit("error: items still appear after many passes; run the command again")
    print(f"deleted  {done.total:>9}  items in {done.passes} passes; the last one found nothing")


class Progress:
    """Prints how far the deletion is, now and then."""

    def __init__(self) -> None:
        self.printed_at = time.monotonic()

    def __call__(self, report: "DeletionReport") -> None:
        if time.monotonic() - self.printed_at >= REPORT_EVERY_S:
            self.printed_at = time.monotonic()
            print(f"… {report.total} items deleted", flush=True)


if __name__ == "__main__":
    main()
