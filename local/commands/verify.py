"""Recount end users' orders and shipments, and say which counters differ.

Everything is counted from the lists themselves: all end users of an organization, or one. With the file that an import
was made from, orders by seller and status are compared with that too. While records come in, a difference may be no
more than the moment between two reads.
"""

import json
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from local.commands import enter, parser
from local.errors import LocalError
from local.places import Place

if TYPE_CHECKING:
    from chalicelib.end_users.schemas import EndUserRead

PAGE = 100


def organization(given: str | None, stage: str) -> str:
    demo = Place().demo
    if given is None and stage == "local" and demo.exists():
        given = json.loads(demo.read_text())["organization_id"]
    if given is None:
        raise LocalError("Say whose counters: make verify ORGANIZATION=…")
    return given


def end_users_of(organization_id: str, external_id: str | None) -> "Iterator[EndUserRead]":
    from chalicelib.end_users import service
    from chalicelib.table.pages import Window

    below = None
    while True:
        found, _, below = service.list_all(organization_id, external_id, Window(PAGE, below=below))
        yield from found
        if below is None:
            return


def counted_in(file: Path) -> dict[str, Counter[str]]:
    """Orders by seller and counter, as the file has them."""
    from chalicelib.totals.service import order_counter
    from local.commands.import_orders import by_seller

    sellers = by_seller(file, None)
    return {
        seller: Counter(order_counter(record["order"]["status"]) for record in records)
        for seller, records in sellers.items()
    }


def verify(organization_id: str, external_id: str | None, expected: dict[str, Counter[str]]) -> tuple[int, list[str]]:
    """How many end users were looked at, and what differs."""
    from chalicelib.totals.service import is_order_counter
    from local.recount import recount

    problems: list[str] = []
    seen: set[str] = set()
    number = 0
    for user in end_users_of(organization_id, external_id):
        number += 1
        found, drifts = recount(organization_id, user.id)
        for drift in drifts:
            whose = f"bridge {drift.bridge_id}" if drift.bridge_id else "the end user"
            problems.append(
                f"{user.external_id}: {drift.counter} of {whose} is kept as {drift.kept}, there are {drift.found}"
            )
        wanted = expected.get(user.external_id)
        if wanted is not None:
            seen.add(user.external_id)
            orders = {name: there for name, there in found.items() if is_order_counter(name)}
            if orders != dict(wanted):
                problems.append(f"{user.external_id}: found {orders}, the file has {dict(wanted)}")
    if external_id is None:
        problems += [f"{seller}: is in the file, but there is no such end user" for seller in expected.keys() - seen]
    return number, problems


def main() -> None:
    arguments = parser(__doc__)
    arguments.add_argument("--organization", help="its id (default: the demonstration's)")
    arguments.add_argument("--end-user", help="external id of one end user (default: all)")
    arguments.add_argument("--file", type=Path, help="the file that was imported")
    options = arguments.parse_args()
    try:
        enter(options.stage)
        organization_id = organization(options.organization, options.stage)
    except LocalError as error:
        sys.exit(f"error: {error}")
    expected = counted_in(options.file) if options.file else {}
    number, problems = verify(organization_id, options.end_user, expected)
    for problem in problems:
        print(problem)
    if problems:
        sys.exit(f"error: {len(problems)} differences in {number} end users")
    print(f"{number} end users: every counter is what there is")


if __name__ == "__main__":
    main()
