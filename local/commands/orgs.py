"""List the organizations of a stage, with what each uses.

With --repair, organizations that were created before there was a list are put on it: those that have a bridge, and the
one that --organization names. The others enter the list with the next change of their config.
"""

import sys

from local.commands import announce, enter, parser
from local.errors import LocalError

COLUMNS = "{:<36}  {:<24}  {:<11}  {:>9}  {:>7}  {:>10}  {:>9}"


def main() -> None:
    arguments = parser(__doc__)
    arguments.add_argument("--repair", action="store_true", help="put missing organizations on the list")
    arguments.add_argument("--organization", help="with --repair: the id of an organization to put on the list")
    options = arguments.parse_args()
    try:
        enter(options.stage)
    except LocalError as error:
        sys.exit(f"error: {error}")
    from chalicelib.operations import listing

    if options.repair:
        announce("Putting organizations on the list that have a bridge and are not on it …")
        found = listing.enlist_missing()
        if options.organization:
            if not listing.enlist(options.organization):
                sys.exit("error: ORG: no organization has that id on this stage")
            found.append(options.organization)
        for organization_id in found:
            print(f"listed  {organization_id}")
    announce("Reading the list of organizations and their counters …")
    number = 0
    print(COLUMNS.format("id", "name", "state", "end users", "bridges", "orders", "shipments"))
    for one in listing.list_organizations():
        number += 1
        state = "suspended" if one.suspended_at else "active" if one.slug else "no config"
        more = "+" if one.is_partial else ""
        print(
            COLUMNS.format(
                one.id,
                one.name[:24],
                state,
                one.end_users,
                one.bridges,
                f"{one.orders}{more}",
                f"{one.shipments}{more}",
            )
        )
    print(f"{number} organizations")


if __name__ == "__main__":
    main()
