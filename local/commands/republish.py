"""Send a span of the event log through the pipeline once more, after an outage that outlived the stream's day.

Receivers tell repeats by `webhook-id`, and a delivery that succeeded is not sent again.
"""

import sys

from local.commands import enter, parser
from local.errors import LocalError


def main() -> None:
    arguments = parser(__doc__)
    arguments.add_argument("--organization", required=True, help="its id")
    arguments.add_argument("--from", dest="since", required=True, help="ISO 8601 time")
    arguments.add_argument("--to", dest="until", required=True, help="ISO 8601 time")
    options = arguments.parse_args()
    if not (options.organization and options.since and options.until):
        sys.exit("error: say whose events and which: make republish ORG=… FROM=2026-01-15T10:00:00Z TO=…")
    try:
        enter(options.stage)
    except LocalError as error:
        sys.exit(f"error: {error}")
    from chalicelib.events.republish import republish
    from chalicelib.kit import clock
    from chalicelib.organizations import service as organizations

    try:
        since, until = clock.normalise(options.since), clock.normalise(options.until)
    except ValueError as error:
        sys.exit(f"error: FROM and TO: {error}")
    if not organizations.name_of(options.organization):
        sys.exit("error: ORG: there is no organization with that id on this stage")
    print(f"{republish(options.organization, since, until)} events sent to the events queue again")


if __name__ == "__main__":
    main()
