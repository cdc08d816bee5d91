"""Suspend an organization, or end its suspension with --resume.

Every credential of a suspended organization gets a 403 `organization_suspended`, and so do bridge services for its
bridges. Deliveries are deferred, alerts and e-mails are not sent. Tracking and order pages for shoppers stay.
"""

import sys

from local.commands import announce, enter, parser
from local.errors import LocalError


def main() -> None:
    arguments = parser(__doc__)
    arguments.add_argument("--organization", required=True, help="organization id")
    arguments.add_argument("--resume", action="store_true", help="end the suspension")
    options = arguments.parse_args()
    target = "resume-org" if options.resume else "suspend-org"
    if not options.organization:
        sys.exit(f"error: ORG is missing: make {target} ORG=…")
    try:
        enter(options.stage)
    except LocalError as error:
        sys.exit(f"error: {error}")
    from chalicelib.kit.errors import NotFound
    from chalicelib.operations import listing
    from chalicelib.organizations import suspension

    try:
        name = listing.describe(options.organization).name
        listing.enlist(options.organization)
        if options.resume:
            announce(f"Resuming {name}: its credentials work again, and deferred deliveries go on within 5 minutes.")
            suspension.resume(options.organization)
            print("resumed")
        else:
            announce(f"Suspending {name}: no request, delivery, alert or e-mail; pages for shoppers stay.")
            print(f"suspended  since {suspension.suspend(options.organization)}")
    except NotFound:
        sys.exit("error: ORG: no organization has that id on this stage")


if __name__ == "__main__":
    main()
