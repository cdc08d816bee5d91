"""Republish a span of the event log after an outage that lasted longer than the stream keeps records (24 hours).

Deliveries that succeeded are not sent again; receivers recognise repeats by `webhook-id`.
"""

import sys

from local.commands import enter, parser
from local.errors import LocalError


def main() -> None:
    arguments = parser(__doc__)
    arguments.add_argument("--organization", required=True, help="organization id")
    arguments.add_argument("--from", dest="since", required=True, help="ISO 8601 time")
    arguments.add_argument("--to", dest="until", required=True, help="ISO 8601 time")
    options = arguments.parse_args()
    if not (options.organization and options.since and options.until):
        sys.exit("error: ORG, FROM or TO is missing: make republish ORG=… FROM=2026-01-15T10:00:00Z TO=…")
    try:
        enter(options.stage)
    except LocalError as error:
        sys.exit(f"error: {error}")
    from chalicelib.events.republish import republish
    from chalicelib.kit import clock
    from chalicelib.organizations import configs

    try:
        since, until = clock.normalise(options.since), clock.normalise(options.until)
    except ValueError as error:
        sys.exit(f"error: FROM and TO: {error}")
    if not configs.organization_name(options.organization):
        sys.exit("error: ORG: no organization has that id on this stage")
    print(f"{republish(options.organization, since, until)} events were sent to the events queue again")


if __name__ == "__main__":
    main()
